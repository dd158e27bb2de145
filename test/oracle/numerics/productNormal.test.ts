import { describe, expect, it } from "vitest";
import {
  productExcludesZero,
  productIntervalContains,
  productNormalCdf,
  productNormalQuantile,
} from "../../../sim/numerics/productNormal.ts";
import { expectAccurate, readCases } from "./cases.ts";

const parameters = (a: number, seA: number, b: number, seB: number) => ({ a, seA, b, seB });

describe("product of two normals against mpmath", () => {
  const cases = readCases("productNormal");
  it("distribution function", () => {
    expectAccurate(cases, "productNormalCdf", (x, ...rest) => productNormalCdf(x, at(rest)), 1e-13, "absolute");
  });
  it("quantile, in units of the standard deviation", () => {
    for (const { name, args, value } of cases) {
      if (name !== "productNormalQuantile") continue;
      const [p, a, seA, b, seB] = args;
      const sd = Math.sqrt(a * a * seB * seB + b * b * seA * seA + seA * seA * seB * seB);
      const error = Math.abs(productNormalQuantile(p, { a, seA, b, seB }) - value) / sd;
      expect(error, `quantile(${args.join(", ")})`).toBeLessThan(1e-10);
    }
  });
  it("published limits", () => {
    const limits = (a: number, b: number, seA: number, seB: number) =>
      [0.025, 0.5, 0.975].map((p) => productNormalQuantile(p, { a, seA, b, seB }).toFixed(6));
    expect(limits(0.2, 0.4, 1, 1)).toEqual(["-2.188179", "0.015962", "2.587222"]);
    expect(limits(0.3, 0.4, 0.1, 0.05)).toEqual(["0.040196", "0.118340", "0.209068"]);
    expect(limits(0.1, 0.2, 0.05, 0.03)).toEqual(["0.000390", "0.019578", "0.041916"]);
    expect(limits(0, 0, 1, 1)).toEqual(["-2.181949", "0.000000", "2.181949"]);
  });
  it("degenerate factors: a normal, or a point", () => {
    expect(productNormalCdf(2.5, parameters(2, 0, 1, 0.25))).toBeCloseTo(0.8413447460685429, 15);
    expect(productNormalQuantile(0.975, parameters(1, 0.25, 2, 0))).toBeCloseTo(2 + 0.5 * 1.959963984540054, 14);
    const point = parameters(2, 0, 3, 0);
    expect([5.9, 6, 6.1].map((x) => productNormalCdf(x, point))).toEqual([0, 1, 1]);
    expect(productNormalQuantile(0.3, point)).toBe(6);
    expect(productIntervalContains(6.01, point, 0.05)).toBe(false);
    expect(productNormalCdf(0, parameters(0, 0, 3, 1))).toBe(1);
    expect(productIntervalContains(2, parameters(2, 0, 1, 0.25), 0.05)).toBe(true);
  });
  it("z of a million on both sides is the normal distribution", () => {
    const large = parameters(1e6, 1, 1e6, 1);
    expect(productNormalCdf(1e12, large)).toBeCloseTo(0.5, 6);
    expect(productNormalQuantile(0.975, large)).toBeCloseTo(1e12 + 1.959963984540054 * Math.SQRT2 * 1e6, -1);
    expect(productNormalCdf(2e6, parameters(1e6, 1, 1, 1))).toBeCloseTo(0.8413447460685429, 9);
  });
  it("ends of the range, NaN and refusals", () => {
    const some = parameters(1, 1, 2, 1);
    expect(productNormalCdf(Number.POSITIVE_INFINITY, some)).toBe(1);
    expect(productNormalCdf(Number.NEGATIVE_INFINITY, some)).toBe(0);
    expect(productNormalQuantile(0, some)).toBe(Number.NEGATIVE_INFINITY);
    expect(productNormalQuantile(1, some)).toBe(Number.POSITIVE_INFINITY);
    expect(productNormalCdf(Number.NaN, some)).toBeNaN();
    expect(productNormalCdf(1, parameters(Number.NaN, 1, 1, 1))).toBeNaN();
    expect(productNormalQuantile(0.5, parameters(1, Number.NaN, 1, 1))).toBeNaN();
    expect(productIntervalContains(1, parameters(1, Number.NaN, 1, 1), 0.05)).toBe(false);
    expect(productExcludesZero(Number.NaN, 3, 0.05)).toBe(false);
    expect(() => productNormalCdf(1, parameters(1, -1, 1, 1))).toThrow(
      "productNormalCdf: seA must be >= 0 and finite, got -1",
    );
    expect(() => productNormalQuantile(2, some)).toThrow("productNormalQuantile: p must be in [0, 1], got 2");
    expect(() => productIntervalContains(1, some, 0)).toThrow(
      "productIntervalContains: alpha must be in (0, 1), got 0",
    );
    expect(() => productExcludesZero(1, 1, 1)).toThrow("productExcludesZero: alpha must be in (0, 1), got 1");
  });
});

function at([a, seA, b, seB]: readonly number[]) {
  return { a, seA, b, seB };
}
