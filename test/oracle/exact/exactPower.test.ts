// Is the exact power right? Against R's own quadrature (generate.R), a second table, a large simulation and a published one.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exactPower, rejectionProbability } from "../../../models/exact/exactPower.ts";
import { populationOf } from "../../../models/paths/population.ts";
import type { PathParameters, TestName } from "../../../models/scenario/types.ts";
import { pathsWith } from "../../scenarioFixture.ts";
import { LIMIT } from "../../statistical/expectStatistics.ts";

type Given = {
  a: number;
  b: number;
  cPrime: number;
  standardized: boolean;
  share: number | null;
  sdM: number;
  sdY: number;
  nCovariates: number;
  rSquaredM: number;
  rSquaredY: number;
  relX: number;
  relM: number;
  relY: number;
  nClients: number;
  level: number;
};
type Cell<Value> = { readonly cell: string } & Readonly<Record<(typeof TABLE_TESTS)[number], Value>>;

const TABLE_TESTS = ["jointSignificance", "sobel", "productDistribution"] as const;
const EFFECTS: Readonly<Record<string, number>> = { S: 0.14, H: 0.26, M: 0.39, L: 0.59 };

function read(name: string) {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
}
const fromR: {
  readonly cases: readonly { readonly given: Given; readonly power: Readonly<Record<string, number>> }[];
  readonly fritzMacKinnon2007: readonly Cell<{
    n: number;
    power: number;
    smallestN: number;
    powerAtSmallestN: number;
    powerBelow: number;
  }>[];
} = read("cases.json");
const reference: {
  readonly fritzMacKinnon2007: readonly Cell<{ n: number; power: number; smallestN: number }>[];
  readonly typeIError: readonly ({ b: number; n: number } & Record<(typeof TABLE_TESTS)[number], number>)[];
  readonly simulated: {
    readonly replications: number;
    readonly cases: readonly ({ a: number; b: number; cPrime: number; n: number } & Record<
      (typeof TABLE_TESTS)[number],
      number
    >)[];
  };
  readonly mackinnon2002: { slopes: number[]; n: number[]; replications: number; power: number[][] };
} = read("reference.json");

function pathsOf(given: Given): PathParameters {
  return pathsWith({
    a: given.a,
    b: given.b,
    cPrime: given.cPrime,
    standardized: given.standardized,
    x: given.share === null ? { distribution: "normal" } : { distribution: "binary", share: given.share },
    residualSd: { m: given.sdM, y: given.sdY },
    covariates: { n: given.nCovariates, rSquaredM: given.rSquaredM, rSquaredY: given.rSquaredY },
    reliability: { x: given.relX, m: given.relM, y: given.relY },
  });
}

function powerOf(changes: Partial<PathParameters>, nClients: number, test: TestName, level = 0.95): number {
  return exactPower({ nClients, paths: pathsWith({ cPrime: 0, ...changes }), analysis: { level } }, test) as number;
}

describe("exact power against R's quadrature", () => {
  it.each(fromR.cases)("$given", ({ given, power }) => {
    const few = given.nClients - given.nCovariates < 10;
    for (const [test, expected] of Object.entries(power)) {
      if (Number.isNaN(expected) || expected === null) continue;
      const got = powerOf(pathsOf(given), given.nClients, test as TestName, given.level);
      expect(Math.abs(got - expected), `${test} ${got} instead of ${expected}`).toBeLessThan(few ? 1e-6 : 2e-8);
    }
  });
});

describe("Fritz & MacKinnon's cells", () => {
  it.each(fromR.fritzMacKinnon2007)("$cell: power at their N, and the smallest N for .80 to the unit", (row) => {
    const changes = { a: EFFECTS[row.cell[0]], b: EFFECTS[row.cell[1]] };
    for (const test of TABLE_TESTS) {
      const { n, power, smallestN, powerAtSmallestN, powerBelow } = row[test];
      expect(powerOf(changes, n, test)).toBeCloseTo(power, 8);
      expect(powerOf(changes, smallestN, test)).toBeCloseTo(powerAtSmallestN, 8);
      expect(powerOf(changes, smallestN - 1, test)).toBeCloseTo(powerBelow, 8);
      expect(powerAtSmallestN >= 0.8 && powerBelow < 0.8).toBe(true);
    }
  });

  it("agree with the second table within its own error", () => {
    let differentN = 0;
    for (const [i, row] of reference.fritzMacKinnon2007.entries()) {
      const changes = { a: EFFECTS[row.cell[0]], b: EFFECTS[row.cell[1]] };
      for (const test of TABLE_TESTS) {
        const { n, power, smallestN } = row[test];
        expect(Math.abs(powerOf(changes, n, test) - power), `${row.cell} ${test}`).toBeLessThan(0.00055);
        if (fromR.fritzMacKinnon2007[i][test].smallestN !== smallestN) {
          differentN++;
          expect([row.cell, test, smallestN]).toEqual(["HL", "productDistribution", 119]);
          expect(powerOf(changes, smallestN, test)).toBeCloseTo(0.799975, 6);
        }
      }
    }
    expect(differentN).toBe(1);
  });
});

describe("type I error and further points of the second table", () => {
  it.each(reference.typeIError)("a = 0, b = $b, n = $n", (row) => {
    for (const test of TABLE_TESTS)
      expect(Math.abs(powerOf({ a: 0, b: row.b }, row.n, test) - row[test])).toBeLessThan(0.000035);
  });

  it("standardized .3, .3, .1: smallest N 114 (joint) and 115 (product)", () => {
    const changes = { a: 0.3, b: 0.3, cPrime: 0.1, standardized: true };
    for (const [test, n] of [
      ["jointSignificance", 114],
      ["productDistribution", 115],
    ] as const) {
      expect(powerOf(changes, n, test)).toBeGreaterThanOrEqual(0.8);
      expect(powerOf(changes, n - 1, test)).toBeLessThan(0.8);
    }
  });

  it("binary X in halves, a = .5, b = .3", () => {
    const changes = { a: 0.5, b: 0.3, x: { distribution: "binary", share: 0.5 } } as const;
    const expected = { 100: [0.5756, 0.3626, 0.5618], 150: [0.815, 0.6729, 0.8106] };
    for (const [n, values] of Object.entries(expected))
      for (const [t, test] of TABLE_TESTS.entries())
        expect(Math.abs(powerOf(changes, Number(n), test) - values[t])).toBeLessThan(0.00015);
  });
});

describe("a simulation of 4,000,000 studies", () => {
  it.each(reference.simulated.cases)("standardized a $a, b $b, c′ $cPrime, n $n", (row) => {
    const { a, b, cPrime, n } = row;
    for (const test of TABLE_TESTS) {
      const exact = powerOf({ a, b, cPrime, standardized: true }, n, test);
      const se = Math.sqrt((exact * (1 - exact)) / reference.simulated.replications);
      expect(Math.abs(row[test] - exact), test).toBeLessThan(LIMIT * se + 1e-12);
    }
  });

  it("would notice one degree of freedom", () => {
    const { a, b, cPrime, n, jointSignificance } = reference.simulated.cases[0];
    const wrong = powerOf({ a, b, cPrime, standardized: true }, n - 1, "jointSignificance");
    const se = Math.sqrt((wrong * (1 - wrong)) / reference.simulated.replications);
    expect(Math.abs(jointSignificance - wrong)).toBeGreaterThan(LIMIT * se);
  });
});

describe("MacKinnon et al. 2002, table 6: Sobel, 500 replications a cell", () => {
  const { slopes, n, power, replications } = reference.mackinnon2002;
  it.each(slopes.map((slope, i) => ({ slope, row: power[i] })))("slopes $slope", ({ slope, row }) => {
    for (const [i, published] of row.entries()) {
      const exact = powerOf({ a: slope, b: slope }, n[i], "sobel");
      const se = Math.sqrt((exact * (1 - exact)) / replications);
      // A share of 500 can't be nearer than half a replication.
      expect(Math.abs(published - exact), `n = ${n[i]}`).toBeLessThan(LIMIT * se + 0.001);
    }
  });
});

describe("the quadrature", () => {
  const tests = ["jointSignificance", "sobel", "aroian", "goodman", "productDistribution"] as const;
  it.each([
    [{ a: 0.14, b: 0.14 }, 530, 1e-9],
    [{ a: 0.39, b: 0.39 }, 74, 1e-8],
    [{ a: 1.2, b: 0.2 }, 30, 1e-8],
    [{ a: 20, b: 20 }, 50, 1e-7],
    [{ a: 0.001, b: 0.001 }, 10_000_000, 1e-9],
    [{ a: 1e6, b: 0 }, 10_000_000, 1e-9],
    [{ a: 0.5, b: 0.5 }, 6, 1e-7],
    [{ a: 0.7, b: 0.7, x: { distribution: "binary", share: 0.3 } } as const, 12, 1e-8],
  ])("does not change when its steps are halved: %j, n = %i", (changes, n, limit) => {
    const population = populationOf(pathsWith({ cPrime: 0, ...changes }));
    for (const test of tests) {
      const power = rejectionProbability(population, n, 0.95, test) as number;
      const finer = rejectionProbability(population, n, 0.95, test, 2) as number;
      expect(Math.abs(power - finer), test).toBeLessThan(limit);
    }
  });

  it("holds with one degree of freedom and paths without end", () => {
    for (const [changes, limit] of [
      [{ a: 0.5, b: 0.5 }, 1e-6],
      [{ a: 1e6, b: 1e6 }, 1e-8],
    ] as const) {
      const population = populationOf(pathsWith({ cPrime: 0, ...changes }));
      const power = rejectionProbability(population, 4, 0.95, "productDistribution") as number;
      const finer = rejectionProbability(population, 4, 0.95, "productDistribution", 1.5) as number;
      expect(Math.abs(power - finer)).toBeLessThan(limit);
      if (changes.a === 1e6) expect(Math.abs(power - 1)).toBeLessThan(limit);
    }
  });

  it("gives the product of two levels at a = b = 0, and the level at a = 0 with b without end", () => {
    for (const level of [0.5, 0.9, 0.95, 0.999]) {
      expect(powerOf({ a: 0, b: 0 }, 33, "jointSignificance", level)).toBeCloseTo((1 - level) ** 2, 9);
      expect(powerOf({ a: 0, b: 1e6 }, 33, "jointSignificance", level)).toBeCloseTo(1 - level, 9);
    }
  });

  it("does not care for the signs of the paths, nor for units", () => {
    for (const test of tests) {
      const power = powerOf({ a: 0.3, b: 0.2 }, 90, test);
      expect(powerOf({ a: -0.3, b: 0.2 }, 90, test)).toBe(power);
      expect(powerOf({ a: 0.3, b: -0.2 }, 90, test)).toBe(power);
      expect(powerOf({ a: 0.3 * 7, b: 0.2 / 7, residualSd: { m: 7, y: 1 } }, 90, test)).toBeCloseTo(power, 12);
    }
  });

  it("is one value for the Monte-Carlo interval and the product distribution", () => {
    expect(powerOf({}, 80, "monteCarlo")).toBe(powerOf({}, 80, "productDistribution"));
  });
});

describe("exactPower is null where it does not apply", () => {
  it.each([
    [{}, 100, "percentileBootstrap", 0.95],
    [{ residualSkew: { m: 1, y: 0 } }, 100, "sobel", 0.95],
    [{ x: { distribution: "binary", share: 0.5 }, reliability: { x: 0.9, m: 1, y: 1 } }, 100, "sobel", 0.95],
    [{ covariates: { n: 3, rSquaredM: 0, rSquaredY: 0 } }, 6, "jointSignificance", 0.95],
    [{}, 100, "goodman", 0.6],
  ] as const)("%j, n = %i, %s at %d", (changes, nClients, test, level) => {
    expect(exactPower({ nClients, paths: pathsWith(changes), analysis: { level } }, test)).toBeNull();
  });
});
