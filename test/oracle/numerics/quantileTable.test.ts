import { describe, expect, it } from "vitest";
import { gaussLegendre } from "../../../sim/numerics/quadrature.ts";
import { chiSquareQuantileTable } from "../../../sim/numerics/quantileTable.ts";
import { wilsonInterval } from "../../../sim/numerics/wilson.ts";
import { expectAccurate, readCases } from "./cases.ts";

describe("chi-square quantile table against mpmath", () => {
  const cases = readCases("quantileTable");
  it("cube root of χ²/df", () => {
    expectAccurate(cases, "cubeRoot", (z, df) => Math.cbrt(chiSquareQuantileTable(df).at(z) / df), 2e-12, "absolute");
  });
  it("from 2 degrees of freedom on, to thirteen digits", () => {
    const usual = cases.filter(({ args: [, df] }) => df >= 2);
    expectAccurate(usual, "cubeRoot", (z, df) => Math.cbrt(chiSquareQuantileTable(df).at(z) / df), 2e-13, "absolute");
  });
  it("keeps tables, and clamps scores beyond ±8.3", () => {
    const table = chiSquareQuantileTable(30);
    expect(chiSquareQuantileTable(30)).toBe(table);
    expect(table.at(9)).toBe(table.at(8.3));
    expect(table.at(-9)).toBe(table.at(-8.3));
    expect(table.at(Number.NaN)).toBeNaN();
  });
  it("refuses other degrees of freedom", () => {
    expect(() => chiSquareQuantileTable(0.4)).toThrow(
      "chiSquareQuantileTable: df must be in [0.5, 10000000000], got 0.4",
    );
    expect(() => chiSquareQuantileTable(Number.NaN)).toThrow(RangeError);
  });
});

describe("Wilson interval against mpmath", () => {
  const cases = readCases("wilson");
  it("both limits", () => {
    expectAccurate(cases, "lower", (s, n, level) => wilsonInterval(s, n, level)[0], 1e-14, "absolute");
    expectAccurate(cases, "upper", (s, n, level) => wilsonInterval(s, n, level)[1], 1e-14, "absolute");
    const positive = cases.filter(({ args: [s] }) => s > 0);
    expectAccurate(positive, "lower", (s, n, level) => wilsonInterval(s, n, level)[0], 1e-14);
  });
  it("ends of the range, NaN and refusals", () => {
    expect(wilsonInterval(0, 50, 0.95)[0]).toBe(0);
    expect(wilsonInterval(50, 50, 0.95)[1]).toBe(1);
    expect(wilsonInterval(0, 0, 0.95)).toEqual([0, 1]);
    expect(wilsonInterval(Number.NaN, 3, 0.95)).toEqual([Number.NaN, Number.NaN]);
    expect(() => wilsonInterval(4, 3, 0.95)).toThrow("wilsonInterval: successes must be in [0, trials = 3], got 4");
    expect(() => wilsonInterval(1, -1, 0.95)).toThrow("wilsonInterval: trials must be >= 0 and finite, got -1");
    expect(() => wilsonInterval(1, 3, 1)).toThrow("wilsonInterval: level must be in (0, 1), got 1");
  });
});

describe("Gauss–Legendre rules against mpmath", () => {
  const cases = readCases("quadrature");
  it("nodes and weights", () => {
    expectAccurate(cases, "node", (n, i) => gaussLegendre(n).nodes[i], 1e-15, "absolute");
    expectAccurate(cases, "weight", (n, i) => gaussLegendre(n).weights[i], 1e-15, "absolute");
    expectAccurate(cases, "weight", (n, i) => gaussLegendre(n).weights[i], 1e-12);
  });
  it("powers up to degree 2n − 1", () => {
    const integral = (n: number, power: number): number => {
      const { nodes, weights } = gaussLegendre(n);
      return nodes.reduce((sum, x, i) => sum + weights[i] * x ** power, 0);
    };
    expectAccurate(cases, "integral", integral, 2e-15, "absolute");
  });
  it("refuses other counts", () => {
    expect(() => gaussLegendre(0)).toThrow("gaussLegendre: n must be an integer from 1 to 10000, got 0");
    expect(() => gaussLegendre(2.5)).toThrow(RangeError);
  });
});
