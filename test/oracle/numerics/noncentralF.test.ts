import { describe, expect, it } from "vitest";
import { noncentralFCdf, noncentralityOfF } from "../../../sim/numerics/noncentralF.ts";
import { noncentralTCdf } from "../../../sim/numerics/noncentralT.ts";
import { fUpper } from "../../../sim/numerics/fDistribution.ts";
import { expectAccurate, readCases } from "./cases.ts";

describe("noncentral F against independent values", () => {
  it("distribution function, against mpmath", () => {
    expectAccurate(readCases("noncentralF"), "noncentralFCdf", noncentralFCdf, 1e-13, "absolute");
  });
  it("with one numerator df it is the square of noncentral t", () => {
    for (const [t, df, delta] of [
      [1.3, 5, 0.4],
      [3.27, 300, 2.5],
      [6, 40, 9],
    ]) {
      const fromT = noncentralTCdf(t, df, delta) - noncentralTCdf(-t, df, delta);
      expect(Math.abs(noncentralFCdf(t * t, 1, df, delta * delta) - fromT)).toBeLessThan(1e-13);
    }
  });
  it("the noncentrality undoes it, and is 0 where F is too small for any", () => {
    for (const [f, df1, df2] of [
      [10.67, 1, 300],
      [2.2, 5, 8],
      [4, 9, 290],
    ])
      for (const p of [0.025, 0.5, 0.9]) {
        const lambda = noncentralityOfF(f, df1, df2, p);
        if (1 - fUpper(f, df1, df2) <= p) expect(lambda).toBe(0);
        else expect(Math.abs(noncentralFCdf(f, df1, df2, lambda) - p)).toBeLessThan(1e-11);
      }
    expect(noncentralityOfF(0.0001, 1, 300, 0.975)).toBe(0);
    expect(noncentralityOfF(0.0001, 1, 300, 0.025)).toBe(0);
  });
  it("ends of the range and refusals", () => {
    expect(noncentralFCdf(0, 2, 10, 3)).toBe(0);
    expect(noncentralFCdf(2, 2, 10, 0)).toBe(1 - fUpper(2, 2, 10));
    expect(() => noncentralFCdf(-1, 2, 10, 3)).toThrow(RangeError);
    expect(() => noncentralFCdf(1, 2, 10, -3)).toThrow(RangeError);
  });
});
