import { describe, expect, it } from "vitest";
import { noncentralTCdf, noncentralTQuantile, noncentralTUpper } from "../../../sim/numerics/noncentralT.ts";
import { normalCdf } from "../../../sim/numerics/normal.ts";
import { tCdf, tQuantile } from "../../../sim/numerics/studentT.ts";
import { expectAccurate, readCases } from "./cases.ts";

describe("noncentral t against independent values", () => {
  it("both tails, against mpmath", () => {
    const cases = readCases("noncentralT");
    expectAccurate(cases, "noncentralTCdf", noncentralTCdf, 1e-14, "absolute");
    expectAccurate(cases, "noncentralTUpper", noncentralTUpper, 1e-14, "absolute");
    const notTiny = cases.filter(({ value }) => value > 1e-15);
    expectAccurate(notTiny, "noncentralTCdf", noncentralTCdf, 1e-10);
    expectAccurate(notTiny, "noncentralTUpper", noncentralTUpper, 1e-10);
  });
  it("power of the two-sided t test, and critical values", () => {
    const cases = readCases("noncentralTPower");
    expectAccurate(cases, "noncentralTCdf", noncentralTCdf, 1e-14, "absolute");
    const power = (df: number, ncp: number): number => {
      const critical = tQuantile(0.975, df);
      return noncentralTUpper(critical, df, ncp) + noncentralTCdf(-critical, df, ncp);
    };
    expectAccurate(cases, "twoSidedPower", power, 1e-14, "absolute");
    expectAccurate(cases, "tQuantile975", (df) => tQuantile(0.975, df), 2e-15);
  });
  it("quantile undoes the distribution function", () => {
    for (const df of [0.7, 3, 30, 309, 1e5]) {
      for (const ncp of [-12, 0.4, 2.8, 20]) {
        for (const p of [1e-9, 0.025, 0.5, 0.8, 0.975]) {
          const t = noncentralTQuantile(p, df, ncp);
          expect(Math.abs(noncentralTCdf(t, df, ncp) / p - 1), `p ${p}, df ${df}, ncp ${ncp}`).toBeLessThan(1e-7);
          expect(Math.abs(noncentralTCdf(t, df, ncp) - p)).toBeLessThan(1e-13);
        }
      }
    }
  });
  it("special cases: central, t = 0, ends of the range, NaN and refusals", () => {
    expect(noncentralTCdf(1.3, 7, 0)).toBe(tCdf(1.3, 7));
    expect(noncentralTCdf(0, 7, 1.2)).toBe(normalCdf(-1.2));
    expect(noncentralTUpper(0, 7, 1.2)).toBe(normalCdf(1.2));
    expect(noncentralTCdf(Number.POSITIVE_INFINITY, 7, 1)).toBe(1);
    expect(noncentralTUpper(Number.POSITIVE_INFINITY, 7, 1)).toBe(0);
    expect(noncentralTCdf(Number.NEGATIVE_INFINITY, 7, 1)).toBe(0);
    expect(noncentralTQuantile(0, 7, 1)).toBe(Number.NEGATIVE_INFINITY);
    expect(noncentralTQuantile(1, 7, 1)).toBe(Number.POSITIVE_INFINITY);
    expect(noncentralTCdf(Number.NaN, 7, 1)).toBeNaN();
    expect(noncentralTUpper(1, Number.NaN, 1)).toBeNaN();
    expect(noncentralTQuantile(0.5, 7, Number.NaN)).toBeNaN();
    expect(() => noncentralTCdf(1, 0, 1)).toThrow("noncentralTCdf: df must be > 0 and finite, got 0");
    expect(() => noncentralTUpper(1, 3, Number.POSITIVE_INFINITY)).toThrow(
      "noncentralTUpper: ncp must be finite, got Infinity",
    );
    expect(() => noncentralTQuantile(1.5, 3, 1)).toThrow("noncentralTQuantile: p must be in [0, 1], got 1.5");
  });
});
