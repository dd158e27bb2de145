import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chiSquareCdf, chiSquareQuantile, chiSquareUpper } from "../../sim/numerics/chiSquare.ts";
import { regularizedBeta } from "../../sim/numerics/gamma.ts";
import { noncentralTCdf, noncentralTUpper } from "../../sim/numerics/noncentralT.ts";
import { normalCdf } from "../../sim/numerics/normal.ts";
import { normalQuantile } from "../../sim/numerics/normalQuantile.ts";
import { chiSquareQuantileTable } from "../../sim/numerics/quantileTable.ts";
import { findRoot, smallestInteger } from "../../sim/numerics/roots.ts";
import { tCdf, tQuantile } from "../../sim/numerics/studentT.ts";
import { wilsonInterval } from "../../sim/numerics/wilson.ts";

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
/** Degrees of freedom spread evenly over the magnitudes. */
const df = between(Math.log(0.5), Math.log(1e7)).map(Math.exp);
const probability = fc.oneof(
  between(1e-12, 1 - 1e-12),
  between(-60, -1).map((exponent) => 10 ** exponent),
);

describe("distributions", () => {
  it("quantiles and distribution functions undo each other", () => {
    const undo = fc.property(probability, df, (p, nu) => {
      expect(Math.abs(normalCdf(normalQuantile(p)) / p - 1)).toBeLessThan(1e-12);
      expect(Math.abs(tCdf(tQuantile(p, nu), nu) / p - 1)).toBeLessThan(1e-12);
      const x = chiSquareQuantile(p, nu);
      if (x > 1e-300) expect(Math.abs(chiSquareCdf(x, nu) / p - 1)).toBeLessThan(1e-12 * (1 + Math.sqrt(nu)));
    });
    fc.assert(undo, { seed: 21, numRuns: 3000 });
  });

  it("the two tails add up to 1", () => {
    const complement = fc.property(df, between(-8, 8), between(0, 1), between(-30, 30), (nu, score, x, ncp) => {
      const value = nu * Math.max(1e-6, 1 + score * Math.sqrt(2 / nu));
      expect(Math.abs(chiSquareCdf(value, nu) + chiSquareUpper(value, nu) - 1)).toBeLessThan(1e-14);
      expect(Math.abs(noncentralTCdf(score, nu, ncp) + noncentralTUpper(score, nu, ncp) - 1)).toBeLessThan(1e-14);
      const b = Math.min(nu, 500);
      expect(Math.abs(regularizedBeta(x, 2.5, b, 1 - x) + regularizedBeta(1 - x, b, 2.5, x) - 1)).toBeLessThan(1e-13);
    });
    fc.assert(complement, { seed: 22, numRuns: 500 });
  });

  it("no seam where one method takes over from another: the distribution functions never fall", () => {
    const rising = fc.property(df, between(-8, 8), between(1e-9, 1e-3), (nu, score, step) => {
      const value = nu * Math.max(1e-6, 1 + score * Math.sqrt(2 / nu));
      expect(chiSquareCdf(value * (1 + step), nu)).toBeGreaterThanOrEqual(chiSquareCdf(value, nu) * (1 - 1e-12));
      expect(normalCdf(score + step)).toBeGreaterThanOrEqual(normalCdf(score));
      expect(tCdf(score + step, nu)).toBeGreaterThanOrEqual(tCdf(score, nu) * (1 - 1e-13));
    });
    fc.assert(rising, { seed: 23, numRuns: 3000 });
  });

  it("the quantile table is the quantile function", () => {
    const same = fc.property(fc.constantFrom(0.5, 1, 2, 7, 41.5, 309, 1e5, 1e7), between(-6, 6), (nu, z) => {
      const exact = Math.cbrt(chiSquareQuantile(normalCdf(z), nu) / nu);
      // Φ(z) close to 1 is a rounded argument: what that does to the quantile is allowed for.
      const rounding = (1e-16 / normalCdf(-z)) * 2;
      expect(Math.abs(Math.cbrt(chiSquareQuantileTable(nu).at(z) / nu) - exact)).toBeLessThan(1e-11 + rounding);
    });
    fc.assert(same, { seed: 24, numRuns: 3000 });
  });

  it("Wilson limits are where the share is z standard errors away", () => {
    const score = fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      between(0, 1),
      between(0.5, 0.999),
      (n, u, level) => {
        const s = Math.round(u * n);
        const z = normalQuantile((1 + level) / 2);
        for (const limit of wilsonInterval(s, n, level)) {
          if (limit > 0 && limit < 1) {
            expect(Math.abs(Math.abs(s / n - limit) / Math.sqrt((limit * (1 - limit)) / n) / z - 1)).toBeLessThan(1e-7);
          }
        }
      },
    );
    fc.assert(score, { seed: 25, numRuns: 2000 });
  });
});

describe("roots", () => {
  it("finds the root of a function that rises, however steep or flat", () => {
    const found = fc.property(between(-50, 50), fc.constantFrom(1, 3, 9), between(0.01, 40), (root, power, width) => {
      const f = (x: number): number => (x - root) ** power;
      const tolerance = 1e-9;
      expect(Math.abs(findRoot(f, root - width, root + 2 * width, tolerance) - root)).toBeLessThanOrEqual(tolerance);
      expect(Math.abs(findRoot((x) => -f(x), root + width, root - width, tolerance) - root)).toBeLessThanOrEqual(
        tolerance,
      );
      const jump = findRoot((x) => (x < root ? -1 : 2), root - width, root + width, tolerance);
      expect(Math.abs(jump - root)).toBeLessThanOrEqual(tolerance);
    });
    fc.assert(found, { seed: 26, numRuns: 500 });
    expect(findRoot((x) => x - 1, 1, 5)).toBe(1);
    expect(findRoot((x) => x - 5, 1, 5)).toBe(5);
    expect(findRoot(() => Number.NaN, 1, 5)).toBeNaN();
    expect(() => findRoot((x) => x * x + 1, -1, 1)).toThrow(
      "findRoot: f must change sign between -1 and 1, got 2 and 2",
    );
  });

  it("finds the smallest integer, or says that there is none", () => {
    const smallest = fc.property(fc.integer(), fc.nat(1e6), fc.nat(1e6), (low, width, offset) => {
      const first = low + offset;
      const answer = smallestInteger((n) => n >= first, low, low + width);
      expect(answer).toBe(offset <= width ? first : undefined);
    });
    fc.assert(smallest, { seed: 27, numRuns: 2000 });
    expect(() => smallestInteger(() => true, 0.5, 3)).toThrow("smallestInteger: low must be an integer, got 0.5");
    expect(() => smallestInteger(() => true, 4, 3)).toThrow("smallestInteger: low must be <= high, got 4 and 3");
  });
});
