// Are quantiles found from a density's shape those of the distribution, wherever the search starts?
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chiSquareQuantile } from "../../sim/numerics/chiSquare.ts";
import { densityQuantile } from "../../sim/numerics/densityQuantile.ts";
import { exp, log } from "../../sim/numerics/elementary.ts";
import { normalQuantile } from "../../sim/numerics/normalQuantile.ts";

const probability = fc.double({ min: 0.001, max: 0.999, noNaN: true });

describe("densityQuantile", () => {
  it("normal densities, narrow or wide, inside or outside the first guess", () => {
    const place = fc.double({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(place, fc.double({ min: -4, max: 4, noNaN: true }), place, probability, (mean, logSd, low, u) => {
        const sd = exp(logSd);
        const found = densityQuantile((x) => -(((x - mean) / sd) ** 2) / 2, low, low + 6, u);
        expect(Math.abs((found - mean) / sd - normalQuantile(u))).toBeLessThan(0.015);
      }),
    );
  });

  it.each([
    [1, 0.3],
    [2, 0.1],
    [5, 0.02],
    [13, 0.015],
    [1000, 0.015],
  ])("ln χ² with %i df, off by less than %f standard deviations of a normal as wide", (df, limit) => {
    const sd = Math.sqrt(2 / df);
    fc.assert(
      fc.property(probability, fc.double({ min: -6, max: 3, noNaN: true }), (u, low) => {
        const found = densityQuantile((x) => (df * x - exp(x)) / 2, low, low + 9, u);
        expect(Math.abs(found - log(chiSquareQuantile(u, df))) / sd).toBeLessThan(limit);
      }),
    );
  });

  it("looks 20 times where the guess is good, and a higher probability is a higher quantile", () => {
    let calls = 0;
    const shape = (x: number) => {
      calls++;
      return -x * x;
    };
    const quantiles = [0.1, 0.2, 0.5, 0.9].map((u) => densityQuantile(shape, -4, 4, u));
    expect(calls).toBe(80);
    expect(quantiles.toSorted((a, b) => a - b)).toEqual(quantiles);
    expect(quantiles[2]).toBeCloseTo(0, 10);
  });
});
