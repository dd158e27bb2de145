import { describe, expect, it } from "vitest";
import { tCdf, tQuantile, tTwoSidedP } from "../../../sim/numerics/studentT.ts";
import { expectAccurate, readCases } from "./cases.ts";

describe("Student's t against mpmath", () => {
  const cases = readCases("studentT");
  it("two-sided p keeps relative accuracy down to 1e-227", () => {
    expectAccurate(cases, "tTwoSidedP", tTwoSidedP, 2e-13);
  });
  it("distribution function", () => {
    expectAccurate(cases, "tCdf", tCdf, 2e-14);
  });
  it("quantile, also where p is within 1e-15 of ½", () => {
    expectAccurate(cases, "tQuantile", tQuantile, 1e-14);
  });
  it("closed forms at 1 and 2 degrees of freedom", () => {
    expect(tQuantile(0.75, 1)).toBeCloseTo(1, 14);
    expect(tTwoSidedP(1, 1)).toBeCloseTo(0.5, 15);
    expect(tQuantile(0.975, 2)).toBeCloseTo((2 * 0.975 - 1) / Math.sqrt(2 * 0.975 * 0.025), 13);
  });
  it("so far out that t² overflows", () => {
    // At 1 degree of freedom P(|T| > t) = (2/π)·atan(1/t), here 2/(πt) to double precision.
    expect((tTwoSidedP(1e200, 1) * Math.PI * 1e200) / 2).toBeCloseTo(1, 12);
    expect((-tQuantile(1e-200, 1) * Math.PI) / 1e200).toBeCloseTo(1, 12);
    expect((-tQuantile(1e-149, 1) * Math.PI) / 1e149).toBeCloseTo(1, 12);
  });
  it("many degrees of freedom lead to the normal distribution without a seam", () => {
    const infinite = tTwoSidedP(1.96, Number.POSITIVE_INFINITY);
    expect(tTwoSidedP(1.96, 1e12) / infinite - 1).toBeLessThan(1e-11);
    expect(tQuantile(0.975, Number.POSITIVE_INFINITY)).toBeCloseTo(1.959963984540054, 14);
  });
  it("ends of the range, NaN and refusals", () => {
    expect(tTwoSidedP(0, 5)).toBe(1);
    expect(tTwoSidedP(Number.POSITIVE_INFINITY, 5)).toBe(0);
    expect(tTwoSidedP(Number.POSITIVE_INFINITY, 500)).toBe(0);
    expect(tTwoSidedP(1e-200, 5)).toBe(1);
    expect(tCdf(Number.NEGATIVE_INFINITY, 5)).toBe(0);
    expect(tQuantile(0, 5)).toBe(Number.NEGATIVE_INFINITY);
    expect(tQuantile(1, 5)).toBe(Number.POSITIVE_INFINITY);
    expect(tQuantile(0.5, 5)).toBe(0);
    expect(tQuantile(1e-200, 0.3)).toBe(Number.NEGATIVE_INFINITY);
    expect(tTwoSidedP(Number.NaN, 5)).toBeNaN();
    expect(tCdf(1, Number.NaN)).toBeNaN();
    expect(tQuantile(Number.NaN, 5)).toBeNaN();
    expect(() => tTwoSidedP(1, 0)).toThrow("tTwoSidedP: df must be > 0, got 0");
    expect(() => tQuantile(-0.1, 5)).toThrow("tQuantile: p must be in [0, 1], got -0.1");
  });
});
