import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalQuantile } from "../../sim/numerics/normalQuantile.ts";
import {
  productExcludesZero,
  productIntervalContains,
  productNormalCdf,
  productNormalQuantile,
} from "../../sim/numerics/productNormal.ts";

const finite = { noNaN: true, noDefaultInfinity: true };
const z = fc.oneof(fc.double({ min: -8, max: 8, ...finite }), fc.double({ min: -60, max: 60, ...finite }));
const se = fc.double({ min: 0.01, max: 10, ...finite });
const alpha = fc.constantFrom(0.001, 0.01, 0.05, 0.1, 0.5);
const parameters = fc.record({ zA: z, zB: z, seA: se, seB: se }).map(({ zA, zB, seA, seB }) => ({
  a: zA * seA,
  seA,
  b: zB * seB,
  seB,
}));
const spread = ({ a, seA, b, seB }: { a: number; seA: number; b: number; seB: number }) =>
  Math.sqrt(a * a * seB * seB + b * b * seA * seA + seA * seA * seB * seB);

describe("product of two normals", () => {
  it("the fast decision is the distribution function's", () => {
    const decide = fc.property(parameters, alpha, fc.double({ min: -4, max: 4, ...finite }), (fit, level, score) => {
      const theta = fit.a * fit.b + score * spread(fit);
      const cdf = productNormalCdf(theta, fit);
      // Closer to a limit than the error of the distribution function there is nothing to agree about.
      fc.pre(Math.abs(cdf - level / 2) > 1e-12 && Math.abs(1 - cdf - level / 2) > 1e-12);
      expect(productIntervalContains(theta, fit, level)).toBe(cdf >= level / 2 && cdf <= 1 - level / 2);
    });
    fc.assert(decide, { seed: 11, numRuns: 20_000 });
  });

  it("the fast decision is right just inside and just outside the limits", () => {
    const nearLimit = fc.property(
      parameters,
      alpha,
      fc.boolean(),
      fc.constantFrom(1e-7, 1e-5, 1e-3),
      (fit, level, upper, gap) => {
        const limit = productNormalQuantile(upper ? 1 - level / 2 : level / 2, fit);
        const step = (upper ? gap : -gap) * spread(fit);
        expect(productIntervalContains(limit - step, fit, level)).toBe(true);
        expect(productIntervalContains(limit + step, fit, level)).toBe(false);
      },
    );
    fc.assert(nearLimit, { seed: 12, numRuns: 1000 });
  });

  it("excludes zero exactly when zero is outside the interval, and by the critical values of the closed rule", () => {
    const atZero = fc.property(z, z, alpha, (zA, zB, level) => {
      const fit = { a: zA, seA: 1, b: zB, seB: 1 };
      const cdf = productNormalCdf(0, fit);
      const excluded = productExcludesZero(zA, zB, level);
      fc.pre(Math.abs(Math.min(cdf, 1 - cdf) - level / 2) > 1e-15);
      expect(excluded).toBe(cdf < level / 2 || cdf > 1 - level / 2);
      expect(excluded).toBe(!productIntervalContains(0, fit, level));
    });
    fc.assert(atZero, { seed: 13, numRuns: 5000 });
    expect(productExcludesZero(-normalQuantile(0.0249), 40, 0.05)).toBe(true);
    expect(productExcludesZero(-normalQuantile(0.0251), 40, 0.05)).toBe(false);
  });

  it("distribution function: exchange, reflection and order", () => {
    const symmetric = fc.property(parameters, fc.double({ min: -5, max: 5, ...finite }), (fit, score) => {
      const x = fit.a * fit.b + score * spread(fit);
      const cdf = productNormalCdf(x, fit);
      const exchanged = { a: fit.b, seA: fit.seB, b: fit.a, seB: fit.seA };
      expect(Math.abs(productNormalCdf(x, exchanged) - cdf)).toBeLessThan(1e-12);
      expect(Math.abs(productNormalCdf(-x, { ...fit, a: -fit.a }) + cdf - 1)).toBeLessThan(1e-12);
      expect(productNormalCdf(x + 0.01 * spread(fit), fit)).toBeGreaterThanOrEqual(cdf - 1e-13);
    });
    fc.assert(symmetric, { seed: 14, numRuns: 3000 });
  });

  it("quantile and distribution function undo each other", () => {
    const roundTrip = fc.property(parameters, fc.double({ min: 1e-6, max: 1 - 1e-6, ...finite }), (fit, p) => {
      expect(Math.abs(productNormalCdf(productNormalQuantile(p, fit), fit) - p)).toBeLessThan(2e-12);
    });
    fc.assert(roundTrip, { seed: 15, numRuns: 1500 });
  });
});
