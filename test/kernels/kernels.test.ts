import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBootstrapKernel } from "../../sim/kernels/bootstrapKernel.ts";
import {
  referenceFillNormals,
  referenceFillUniforms,
  referenceResample,
  referenceRows,
} from "../../sim/kernels/reference.ts";
import { keyOf, normalAt, seedKeyOf } from "../../sim/random/address.ts";
import { fillNormals, fillUniforms, normalsAcrossReplications } from "../../sim/random/fill.ts";

const column = (key: readonly [number, number], what: number, n: number) =>
  Float64Array.from({ length: n }, (_, i) => normalAt(key, i, what, 0));

describe("batch draws have the bits of single draws", () => {
  it("fillNormals, any identities and count", () => {
    fc.assert(
      fc.property(fc.uint32Array({ minLength: 1, maxLength: 40 }), fc.nat(), fc.nat(), (ids, what, when) => {
        const key = keyOf("batch", what % 7);
        const batch = new Float64Array(ids.length);
        const single = new Float64Array(ids.length);
        fillNormals(batch, key, what, when, ids);
        referenceFillNormals(single, key, what, when, ids);
        expect([...batch]).toEqual([...single]);
      }),
    );
  });

  it("fillUniforms, any identities and count", () => {
    fc.assert(
      fc.property(fc.uint32Array({ minLength: 1, maxLength: 40 }), fc.nat(), fc.nat(), (ids, what, when) => {
        const key = keyOf("batch", what % 7);
        const batch = new Float64Array(ids.length);
        const single = new Float64Array(ids.length);
        fillUniforms(batch, key, what, when, ids);
        referenceFillUniforms(single, key, what, when, ids);
        expect([...batch]).toEqual([...single]);
      }),
    );
  });

  it("fillNormals over more than one batch of memory, tails included", () => {
    const key = keyOf("long", 0);
    const batch = new Float64Array(200_001);
    fillNormals(batch, key, 3, 5);
    for (let i = 0; i < batch.length; i++) if (batch[i] !== normalAt(key, i, 3, 5)) expect.fail(`draw ${i} differs`);
  });

  it("normalsAcrossReplications", () => {
    const seed = seedKeyOf("across");
    for (const count of [1, 2, 5, 64]) {
      const draws = normalsAcrossReplications(seed, 1000, count, 9, 3);
      for (let j = 0; j < 3; j++)
        expect([...draws[j]]).toEqual(
          Array.from({ length: count }, (_, r) => normalAt(keyOf("across", 1000 + r), 0, 9, j)),
        );
    }
  });
});

describe("the bootstrap kernels have the bits of the plain reference", () => {
  for (const nCovariates of [0, 1, 2, 4, 9])
    it(`${nCovariates} covariates`, () => {
      const key = keyOf("bootstrap", nCovariates);
      const kernel = createBootstrapKernel();
      for (const n of [5, 13, 16, 17, 100, 311, 512, 513, 1000]) {
        if (n < nCovariates + 4) continue;
        const x = column(key, 1, n);
        const m = column(key, 2, n).map((value, i) => 1e6 + 0.4 * x[i] + value);
        const y = column(key, 3, n).map((value, i) => 0.3 * m[i] + 100 * value);
        const covariates = Array.from({ length: nCovariates }, (_, j) => column(key, 10 + j, n));
        kernel.load(x, m, y, covariates);
        const out = new Float64Array(7);
        kernel.resample(key, 1020, 7, out);
        const reference = Array.from(out, (_, k) => referenceResample(key, 1020 + k, x, m, y, covariates));
        expect([...out]).toEqual(reference);
      }
    });

  it("a resample does not depend on how many are drawn or in how many calls", () => {
    const key = keyOf("calls", 0);
    const kernel = createBootstrapKernel();
    kernel.load(column(key, 1, 50), column(key, 2, 50), column(key, 3, 50), []);
    const whole = new Float64Array(3000);
    kernel.resample(key, 0, 3000, whole);
    const part = new Float64Array(10);
    kernel.resample(key, 1500, 10, part);
    expect([...part]).toEqual([...whole.subarray(1500, 1510)]);
  });

  it("singular resamples are NaN, not numbers", () => {
    const key = keyOf("singular", 0);
    const kernel = createBootstrapKernel();
    const x = Float64Array.of(0, 0, 0, 0, 0, 1);
    kernel.load(x, column(key, 2, 6), column(key, 3, 6), []);
    const out = new Float64Array(2000);
    kernel.resample(key, 0, 2000, out);
    const nSingular = out.filter(Number.isNaN).length;
    // All six draws miss the one row with x = 1, or hit it every time: (5/6)⁶ + (1/6)⁶ = .335; MCSE .0106.
    expect(Math.abs(nSingular / 2000 - 0.3349)).toBeLessThan(4.9 * 0.0106);
  });
});

describe("row numbers are uniform", () => {
  for (const n of [3, 311, 700])
    it(`n = ${n}`, () => {
      const counts = new Float64Array(n);
      const nResamples = Math.ceil(300_000 / n);
      for (let k = 0; k < nResamples; k++) for (const row of referenceRows([1, 2], k, n)) counts[row]++;
      const expected = nResamples;
      const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      // χ² with n − 1 df: mean n − 1, SD √(2(n − 1)); 6 SD covers its skewness at α = 1e-6.
      expect(Math.abs(chiSquare - (n - 1))).toBeLessThan(6 * Math.sqrt(2 * (n - 1)) + 12);
    });
});
