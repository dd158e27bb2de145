// Does simulated power agree with exact power? Fritz & MacKinnon's 16 cells × 3 tests, 20,000 replications each.
import { describe, expect, it } from "vitest";
import { REJECTS } from "../../models/estimators/decisions.ts";
import { exactPower } from "../../models/exact/exactPower.ts";
import type { PathParameters, TestName } from "../../models/scenario/types.ts";
import { createBlockSimulator } from "../../models/simulateBlock.ts";
import { seedKeyOf } from "../../sim/random/address.ts";
import { conditionWith } from "../scenarioFixture.ts";
import { expectRate, LIMIT, seedFor } from "./expectStatistics.ts";

const R = 20_000;
const TESTS = ["jointSignificance", "sobel", "productDistribution"] as const;
const EFFECTS = { S: 0.14, H: 0.26, M: 0.39, L: 0.59 };
/** Sample sizes of the order of those for power .80, so that every cell is tested where a fault would show. */
const SIZES: Record<string, number> = { S: 400, H: 125, M: 74, L: 40 };

function rates(n: number, tests: readonly TestName[], changes: Partial<PathParameters>, level = 0.95) {
  const condition = conditionWith(n, tests, changes, { level });
  const rows = createBlockSimulator(
    condition,
    seedKeyOf(seedFor("exact agreement")),
  )({
    conditionIndex: 0,
    firstReplication: 0,
    count: R,
  });
  return tests.map((test, t) => ({
    simulated: rows.decisions[t].reduce((sum, said) => sum + (said & REJECTS), 0) / R,
    exact: exactPower(condition, test) as number,
  }));
}

describe(`simulated and exact power, ${R} replications`, () => {
  for (const [nameA, a] of Object.entries(EFFECTS))
    for (const [nameB, b] of Object.entries(EFFECTS))
      it(`${nameA}${nameB}`, () => {
        const n = Math.max(SIZES[nameA], SIZES[nameB]);
        for (const { simulated, exact } of rates(n, TESTS, { a, b, cPrime: 0 })) expectRate(simulated, exact, R);
      });

  const others: [string, number, Partial<PathParameters>, number?][] = [
    ["type I error, both paths zero", 50, { a: 0, b: 0 }],
    ["type I error, strong b", 50, { a: 0, b: 0.59 }],
    [
      "nine covariates, standardized",
      60,
      { standardized: true, covariates: { n: 9, rSquaredM: 0.07, rSquaredY: 0.25 } },
    ],
    ["measurement error", 150, { reliability: { x: 0.8, m: 0.7, y: 0.9 } }],
    ["binary X", 100, { a: 0.5, x: { distribution: "binary", share: 0.5 } }],
    [
      "binary X, covariates",
      40,
      { a: 0.9, x: { distribution: "binary", share: 0.3 }, covariates: { n: 4, rSquaredM: 0.1, rSquaredY: 0.2 } },
    ],
    ["tiny study", 6, { a: 1, b: 1 }],
    ["99 % level", 120, {}, 0.99],
  ];
  for (const [name, n, changes, level] of others)
    it(name, () => {
      for (const { simulated, exact } of rates(n, [...TESTS, "aroian"], changes, level))
        expectRate(simulated, exact, R);
    });

  it("would notice a power that is off by .02, and one tenth of a path forgotten", () => {
    const [{ simulated, exact }] = rates(159, ["jointSignificance"], { a: 0.26, b: 0.26 });
    expect(() => expectRate(simulated, exact - 0.02, R)).toThrow(/MCSE/);
    const [{ exact: weaker }] = rates(159, ["jointSignificance"], { a: 0.26, b: 0.234 });
    expect(Math.abs(simulated - weaker)).toBeGreaterThan(LIMIT * Math.sqrt((weaker * (1 - weaker)) / R));
  });
});
