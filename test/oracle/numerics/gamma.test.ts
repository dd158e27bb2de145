import { describe, expect, it } from "vitest";
import { chiSquareCdf, chiSquareQuantile, chiSquareUpper } from "../../../sim/numerics/chiSquare.ts";
import { fUpper } from "../../../sim/numerics/fDistribution.ts";
import { logGamma, regularizedBeta, regularizedGammaP, regularizedGammaQ } from "../../../sim/numerics/gamma.ts";
import { expectAccurate, readCases } from "./cases.ts";

describe("gamma functions against mpmath", () => {
  const cases = readCases("gamma");
  it("logGamma, also beside its zeros at 1 and 2", () => {
    expectAccurate(cases, "logGamma", logGamma, 5e-16);
  });
  it("both incomplete gamma functions, down to 1e-250", () => {
    expectAccurate(cases, "regularizedGammaP", regularizedGammaP, 2e-13);
    expectAccurate(cases, "regularizedGammaQ", regularizedGammaQ, 2e-13);
  });
  it("incomplete beta function", () => {
    expectAccurate(readCases("beta"), "regularizedBeta", regularizedBeta, 3e-13);
  });
  it("ends of the range, NaN and refusals", () => {
    expect(regularizedGammaP(2, 0)).toBe(0);
    expect(regularizedGammaQ(2, 0)).toBe(1);
    expect(regularizedGammaP(2, Number.POSITIVE_INFINITY)).toBe(1);
    expect(regularizedGammaQ(2, Number.POSITIVE_INFINITY)).toBe(0);
    expect(regularizedGammaP(1e7, 1)).toBe(0);
    expect(regularizedGammaQ(1e7, 1)).toBe(1);
    expect(regularizedBeta(0, 2, 3)).toBe(0);
    expect(regularizedBeta(1, 2, 3)).toBe(1);
    expect(regularizedGammaP(Number.NaN, 1)).toBeNaN();
    expect(regularizedBeta(0.5, Number.NaN, 1)).toBeNaN();
    expect(logGamma(Number.NaN)).toBeNaN();
    expect(() => logGamma(0)).toThrow("logGamma: x must be > 0, got 0");
    expect(() => regularizedGammaP(0, 1)).toThrow("regularizedGammaP: a must be > 0 and finite, got 0");
    expect(() => regularizedGammaQ(1, -1)).toThrow("regularizedGammaQ: x must be >= 0, got -1");
    expect(() => regularizedBeta(1.5, 1, 1)).toThrow("regularizedBeta: x must be in [0, 1], got 1.5");
    expect(() => regularizedBeta(0.5, -1, 1)).toThrow("regularizedBeta: a must be > 0 and finite, got -1");
  });
});

describe("chi-square distribution against mpmath", () => {
  const cases = readCases("chiSquare");
  it("both tails", () => {
    expectAccurate(cases, "chiSquareCdf", chiSquareCdf, 5e-14);
    expectAccurate(cases, "chiSquareUpper", chiSquareUpper, 5e-14);
  });
  it("quantile for real degrees of freedom from 0.3 on", () => {
    expectAccurate(cases, "chiSquareQuantile", chiSquareQuantile, 2e-14);
  });
  it("ends of the range, NaN and refusals", () => {
    expect(chiSquareQuantile(0, 3)).toBe(0);
    expect(chiSquareQuantile(1, 3)).toBe(Number.POSITIVE_INFINITY);
    expect(chiSquareQuantile(Number.NaN, 3)).toBeNaN();
    expect(chiSquareCdf(Number.NaN, 3)).toBeNaN();
    expect(() => chiSquareQuantile(1.1, 3)).toThrow("chiSquareQuantile: p must be in [0, 1], got 1.1");
    expect(() => chiSquareCdf(-1, 3)).toThrow("chiSquareCdf: x must be >= 0, got -1");
    expect(() => chiSquareUpper(1, 0)).toThrow("chiSquareUpper: df must be > 0 and finite, got 0");
  });
});

describe("F distribution against mpmath", () => {
  it("upper tail down to 1e-170", () => {
    expectAccurate(readCases("fDistribution"), "fUpper", fUpper, 2e-13);
  });
  it("ends of the range, NaN and refusals", () => {
    expect(fUpper(0, 2, 30)).toBe(1);
    expect(fUpper(Number.POSITIVE_INFINITY, 2, 30)).toBe(0);
    expect(fUpper(Number.NaN, 2, 30)).toBeNaN();
    expect(() => fUpper(-1, 2, 30)).toThrow("fUpper: f must be >= 0, got -1");
    expect(() => fUpper(1, 0, 30)).toThrow("fUpper: df1 must be > 0 and finite, got 0");
  });
});
