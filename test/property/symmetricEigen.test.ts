import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { symmetricEigen } from "../../sim/numerics/symmetricEigen.ts";

const p = (matrix: readonly number[]) => Math.sqrt(matrix.length);

function decompose(matrix: readonly number[]) {
  const order = p(matrix);
  const values = new Float64Array(order);
  const vectors = new Float64Array(order * order);
  symmetricEigen(Float64Array.from(matrix), order, values, vectors);
  return { order, values, vectors };
}

/** Σ wₖ vₖ[i] vₖ[j] */
function combine(order: number, weights: Float64Array, vectors: Float64Array): number[] {
  return Array.from({ length: order * order }, (_, at) => {
    const [i, j] = [Math.floor(at / order), at % order];
    let sum = 0;
    for (let k = 0; k < order; k++) sum += weights[k] * vectors[k * order + i] * vectors[k * order + j];
    return sum;
  });
}

const entry = fc.oneof(fc.double({ min: -10, max: 10, noNaN: true }), fc.constantFrom(0, 1, -1));
const symmetric = fc.integer({ min: 1, max: 14 }).chain((order) =>
  fc.array(entry, { minLength: order * order, maxLength: order * order }).map((values) =>
    values.map((value, at) => {
      const [i, j] = [Math.floor(at / order), at % order];
      return i < j ? values[j * order + i] : value;
    }),
  ),
);

describe("symmetricEigen", () => {
  it("rebuilds the matrix from orthonormal vectors", () => {
    fc.assert(
      fc.property(symmetric, (matrix) => {
        const { order, values, vectors } = decompose(matrix);
        const scale = Math.max(1e-300, ...values.map(Math.abs));
        combine(order, values, vectors).forEach((value, at) => {
          expect(Math.abs(value - matrix[at])).toBeLessThan(1e-13 * scale + 1e-300);
        });
        combine(order, new Float64Array(order).fill(1), vectors).forEach((value, at) => {
          expect(Math.abs(value - (at % (order + 1) === 0 ? 1 : 0))).toBeLessThan(1e-13);
        });
      }),
      { numRuns: 300, seed: 4 },
    );
  });

  it("finds the eigenvalues 2 − 2cos(kπ/(p + 1)) of the second difference", () => {
    const order = 12;
    const matrix = Array.from({ length: order * order }, (_, at) => {
      const distance = Math.abs(Math.floor(at / order) - (at % order));
      return distance === 0 ? 2 : distance === 1 ? -1 : 0;
    });
    const sorted = decompose(matrix).values.sort();
    sorted.forEach((value, k) => {
      expect(value).toBeCloseTo(2 - 2 * Math.cos(((k + 1) * Math.PI) / (order + 1)), 14);
    });
  });

  it("refuses entries that are not finite", () => {
    expect(() => decompose([1, Number.NaN, Number.NaN, 1])).toThrow("symmetricEigen");
    expect(() => decompose([Number.POSITIVE_INFINITY, 1, 1, 1])).toThrow("symmetricEigen");
  });
});
