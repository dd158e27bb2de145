import { describe, expect, it } from "vitest";
import { exp, expm1, log, log1p } from "../../../sim/numerics/elementary.ts";
import { normalCdf, normalPdf } from "../../../sim/numerics/normal.ts";
import { normalQuantile } from "../../../sim/numerics/normalQuantile.ts";
import { expectAccurate, readCases } from "./cases.ts";

describe("elementary functions against mpmath", () => {
  const cases = readCases("elementary");
  it("exp and log to one ulp", () => {
    expectAccurate(cases, "exp", exp, 2.3e-16);
    expectAccurate(cases, "log", log, 2.3e-16);
  });
  it("expm1 and log1p near 0 and far away", () => {
    expectAccurate(cases, "expm1", expm1, 5e-16);
    expectAccurate(cases, "log1p", log1p, 5e-16);
  });
  it("limits and NaN", () => {
    expect(expm1(Number.NEGATIVE_INFINITY)).toBe(-1);
    expect(expm1(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(expm1(-0)).toBe(-0);
    expect(log1p(-1)).toBe(Number.NEGATIVE_INFINITY);
    expect(log1p(-2)).toBeNaN();
    expect(log1p(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(expm1(Number.NaN)).toBeNaN();
    expect(log1p(Number.NaN)).toBeNaN();
  });
});

describe("normal distribution against mpmath", () => {
  const cases = readCases("normal");
  it("density and distribution function keep relative accuracy in the tails", () => {
    expectAccurate(cases, "normalPdf", normalPdf, 6e-16);
    expectAccurate(cases, "normalCdf", normalCdf, 1e-15);
  });
  it("quantile", () => {
    expectAccurate(cases, "normalQuantile", normalQuantile, 1e-15);
  });
  it("limits and NaN", () => {
    expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(normalCdf(Number.POSITIVE_INFINITY)).toBe(1);
    expect(normalCdf(-40)).toBe(0);
    expect(normalCdf(Number.NaN)).toBeNaN();
    expect(normalPdf(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(normalPdf(Number.NaN)).toBeNaN();
  });
});
