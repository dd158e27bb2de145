// Does a replication depend on nothing but the seed, its number and its condition?
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quantileOfSorted } from "../../models/estimators/bootstrapPositions.ts";
import { CONTAINS, FAILED, REJECTS } from "../../models/estimators/decisions.ts";
import { productDistribution } from "../../models/estimators/productDistribution.ts";
import { createIndirectBootstrap } from "../../models/estimators/resampleIndirect.ts";
import { sobel } from "../../models/estimators/sobel.ts";
import { createStudyGenerator } from "../../models/paths/generateStudy.ts";
import { populationOf } from "../../models/paths/population.ts";
import type { RowBlock } from "../../models/powerTypes.ts";
import { TEST_NAMES, type TestName } from "../../models/scenario/types.ts";
import { coverageResamples } from "../../models/decideByResampling.ts";
import { createBlockSimulator } from "../../models/simulateBlock.ts";
import { WHAT } from "../../models/what.ts";
import { keyOf, seedKeyOf, streamOf } from "../../sim/random/address.ts";
import { conditionWith } from "../scenarioFixture.ts";

const NORMAL_TESTS = TEST_NAMES.filter((test) => !test.endsWith("Bootstrap"));
const seed = seedKeyOf("blocks");

function rowsOf(block: RowBlock): string[] {
  return Array.from({ length: block.count }, (_, r) =>
    JSON.stringify([
      block.a[r],
      block.seA[r],
      block.b[r],
      block.seB[r],
      block.resamples[r],
      block.decisions.map((d) => d[r]),
    ]),
  );
}

const run = (condition: ReturnType<typeof conditionWith>, firstReplication: number, count: number) =>
  createBlockSimulator(condition, seed)({ conditionIndex: 0, firstReplication, count });

describe("a replication is the same in any block", () => {
  for (const [name, tests] of [
    ["from sufficient statistics", NORMAL_TESTS],
    ["from rows, with bootstraps", TEST_NAMES],
  ] as [string, readonly TestName[]][])
    it(name, () => {
      const condition = conditionWith(40, tests, { covariates: { n: 1, rSquaredM: 0.1, rSquaredY: 0.1 } });
      const whole = rowsOf(run(condition, 0, 24));
      fc.assert(
        fc.property(fc.nat(22), fc.integer({ min: 1, max: 10 }), (first, count) => {
          const n = Math.min(count, 24 - first);
          expect(rowsOf(run(condition, first, n))).toEqual(whole.slice(first, first + n));
        }),
        { numRuns: 20 },
      );
    });

  it("adding a test changes nothing about the others", () => {
    const alone = run(conditionWith(40, ["percentileBootstrap"]), 0, 20);
    const together = run(conditionWith(40, ["sobel", "bcaBootstrap", "percentileBootstrap"]), 0, 20);
    expect([...together.a]).toEqual([...alone.a]);
    expect([...together.decisions[2]].map((d) => d & REJECTS)).toEqual([...alone.decisions[0]].map((d) => d & REJECTS));
  });

  it("a change of effect leaves the luck alone: â moves by exactly the change of a, to rounding", () => {
    const weak = run(conditionWith(40, ["sobel"], { a: 0.2 }), 0, 50);
    const strong = run(conditionWith(40, ["sobel"], { a: 0.5 }), 0, 50);
    for (let r = 0; r < 50; r++) expect(strong.a[r] - weak.a[r]).toBeCloseTo(0.3, 12);
    expect([...strong.seA]).toEqual([...weak.seA]);
  });
});

describe("the decision rules say what the tests' own intervals say", () => {
  it("sobel family and product distribution", () => {
    const condition = conditionWith(30, ["sobel", "aroian", "goodman", "productDistribution", "monteCarlo"]);
    const { estimand } = populationOf(condition.paths);
    const block = run(condition, 0, 200);
    for (let r = 0; r < block.count; r++) {
      const fit = { a: block.a[r], seA: block.seA[r], dfA: 28, b: block.b[r], seB: block.seB[r], dfB: 27 };
      const intervals = [
        ...(["sobel", "aroian", "goodman"] as const).map((variant) => sobel(fit, 0.95, variant)?.ci ?? null),
        productDistribution(fit, 0.95).ci,
        productDistribution(fit, 0.95).ci,
      ];
      for (const [t, interval] of intervals.entries()) {
        if (interval === null) continue;
        const [lower, upper] = interval;
        const expected =
          (lower > 0 || upper < 0 ? REJECTS : 0) | (lower <= estimand && estimand <= upper ? CONTAINS : 0);
        expect(block.decisions[t][r]).toBe(expected);
      }
    }
  });
});

describe("bootstrap coverage", () => {
  it("is that of the sorted set of all resamples, up to as many as the level asks for", () => {
    const condition = conditionWith(
      40,
      ["percentileBootstrap"],
      {},
      { level: 0.99, bootstrap: { resamples: 1000, curtail: true } },
    );
    const { paths, nClients } = condition;
    const population = populationOf(paths);
    const generate = createStudyGenerator(population, paths.residualSkew, nClients);
    const { decisions } = run(condition, 0, 150);
    for (let r = 0; r < 150; r++) {
      const key = keyOf(seed, r);
      const values = new Float64Array(1000);
      createIndirectBootstrap(generate(key)).resample(streamOf(key, WHAT.bootstrapRows), 0, 1000, values);
      const sorted = values.sort();
      const [lower, upper] = [quantileOfSorted(sorted, 0.005), quantileOfSorted(sorted, 0.995)];
      expect(Boolean(decisions[0][r] & CONTAINS)).toBe(lower <= population.estimand && population.estimand <= upper);
    }
  });

  it("looks at more resamples the higher the level", () => {
    expect([0.9, 0.95, 0.99, 0.999].map(coverageResamples)).toEqual([250, 500, 2500, 25000]);
  });
});

describe("curtailment", () => {
  it("leaves every rejection and coverage as the full number of resamples gives it, and draws fewer", () => {
    const plan = (curtail: boolean) => ({ bootstrap: { resamples: 600, curtail } });
    const tests = ["percentileBootstrap", "biasCorrectedBootstrap", "bcaBootstrap"] as const;
    const curtailed = run(conditionWith(50, tests, {}, plan(true)), 0, 150);
    const full = run(conditionWith(50, tests, {}, plan(false)), 0, 150);
    expect(curtailed.decisions.map((d) => [...d])).toEqual(full.decisions.map((d) => [...d]));
    expect(full.resamples.every((drawn) => drawn === 600)).toBe(true);
    expect(curtailed.resamples.some((drawn) => drawn < 600)).toBe(true);
    expect(full.decisions.some((said) => said.includes(FAILED))).toBe(false);
  });
});
