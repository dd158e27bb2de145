import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type BootstrapDecision,
  type BootstrapTestName,
  createCurtailedDecision,
} from "../../models/estimators/bootstrapDecision.ts";
import {
  bcaBootstrap,
  biasCorrectedBootstrap,
  bootstrapDistribution,
  percentileBootstrap,
} from "../../models/estimators/bootstrapIntervals.ts";
import type { Interval } from "../../models/estimators/types.ts";
import { keyOf, normalAt, uniformAt } from "../../sim/random/address.ts";

const TESTS = ["percentileBootstrap", "biasCorrectedBootstrap", "bcaBootstrap"] as const;

type Case = {
  readonly values: Float64Array;
  readonly level: number;
  readonly estimate: number;
  readonly estimand: number | null;
  readonly acceleration: number | null;
};

/** The decisions from the sorted full set: the truth that curtailment must not change. */
function fullDecisions({ values, level, estimate, estimand, acceleration }: Case): BootstrapDecision[] {
  const distribution = bootstrapDistribution(values, estimate);
  const decide = (ci: Interval | null): BootstrapDecision =>
    ci && {
      rejects: ci[0] > 0 || ci[1] < 0,
      contains: estimand === null ? null : ci[0] <= estimand && estimand <= ci[1],
    };
  return [
    decide(percentileBootstrap(distribution, level).ci),
    decide(biasCorrectedBootstrap(distribution, level).ci),
    decide(bcaBootstrap(distribution, level, acceleration).ci),
  ];
}

function curtailed(study: Case, tests: readonly BootstrapTestName[], chunk: number) {
  const { values, ...rest } = study;
  const decision = createCurtailedDecision({ ...rest, tests, resamples: values.length });
  let done = 0;
  while (!decision.settled()) {
    const count = Math.min(chunk, values.length - done);
    decision.add(values.subarray(done, done + count), count);
    done += count;
  }
  return { decisions: decision.decisions(), done };
}

/** Resamples whose centre, ties, share of singular ones and distance from 0 and from the estimand all vary. */
const cases = fc
  .record({
    seed: fc.string({ minLength: 1, maxLength: 8 }),
    resamples: fc.constantFrom(1, 2, 5, 19, 39, 40, 99, 100, 199, 999),
    level: fc.constantFrom(0.5, 0.8, 0.9, 0.95, 0.99, 0.999),
    centre: fc.double({ min: -4, max: 4, noNaN: true }),
    shift: fc.double({ min: -2, max: 2, noNaN: true }),
    estimand: fc.option(fc.double({ min: -4, max: 4, noNaN: true }), { nil: null, freq: 4 }),
    // Rounding to this grid makes ties with 0, with the estimate and with each other.
    grid: fc.constantFrom(0, 0, 0.05, 0.5, 2),
    degenerate: fc.constantFrom(0, 0, 0.02, 0.5, 1),
    acceleration: fc.option(fc.double({ min: -0.4, max: 0.4, noNaN: true }), { nil: null, freq: 10 }),
  })
  .map(({ seed, resamples, level, centre, shift, estimand, grid, degenerate, acceleration }): Case => {
    const key = keyOf(seed, 0);
    const round = (value: number) => (grid === 0 ? value : Math.round(value / grid) * grid);
    const values = Float64Array.from({ length: resamples }, (_, i) =>
      uniformAt(key, i, 1, 0) < degenerate ? Number.NaN : round(centre + normalAt(key, i, 2, 0)),
    );
    return { values, level, estimate: round(centre + shift), estimand: estimand && round(estimand), acceleration };
  });

describe("curtailed bootstrap decision", () => {
  it("equals the decision from all resamples, for all three tests, with ties and singular resamples", () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 128 }), (study, chunk) => {
        expect(curtailed(study, TESTS, chunk).decisions).toEqual(fullDecisions(study));
      }),
      { numRuns: 4000, seed: 1 },
    );
  });

  it("equals it for each test alone, where it stops as early as that test allows", () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(0, 1, 2), (study, which) => {
        expect(curtailed(study, [TESTS[which]], 1).decisions).toEqual([fullDecisions(study)[which]]);
      }),
      { numRuns: 2000, seed: 2 },
    );
  });

  it("never takes back a decision: at every stop, every way to go on ends in the same one", () => {
    // Exhaustive: seven resamples on a grid of three values and NaN, all 4⁷ orders.
    const grid = [-1, 0, 1, Number.NaN];
    let stoppedEarly = 0;
    for (let code = 0; code < grid.length ** 7; code++) {
      const values = Float64Array.from(
        { length: 7 },
        (_, i) => grid[Math.floor(code / grid.length ** i) % grid.length],
      );
      for (const estimate of [0, 0.5]) {
        const study: Case = { values, level: 0.5, estimate, estimand: 0, acceleration: 0.1 };
        const full = fullDecisions(study);
        for (const [which, test] of TESTS.entries()) {
          const { decisions, done } = curtailed(study, [test], 1);
          if (JSON.stringify(decisions[0]) !== JSON.stringify(full[which])) expect.fail(`${test} at [${values}]`);
          if (done < 7) stoppedEarly++;
        }
      }
    }
    expect(stoppedEarly).toBeGreaterThan(0);
  });

  it("reads the quantile between two neighbours of 0 from their values", () => {
    // (23 + 1)·.0625 = 1.5: halfway between the two smallest.
    const decisionFor = (smallest: number, next: number) => {
      const values = Float64Array.from({ length: 23 }, (_, i) => (i === 0 ? smallest : i === 1 ? next : i));
      return curtailed({ values, level: 0.875, estimate: 5, estimand: 5, acceleration: 0 }, TESTS.slice(0, 1), 1);
    };
    expect(decisionFor(-1, 1.5).decisions[0]?.rejects).toBe(true);
    expect(decisionFor(-1, 1).decisions[0]?.rejects).toBe(false);
    expect(decisionFor(-1, 0.5).decisions[0]?.rejects).toBe(false);
  });

  it("saves at least 30 % of the resamples at power .5 when only rejection is wanted", () => {
    const key = keyOf("curtailment", 0);
    const resamples = 1999;
    let drawn = 0;
    let rejected = 0;
    const nStudies = 1000;
    for (let study = 0; study < nStudies; study++) {
      // An estimate with unit standard error that is significant half of the time.
      const estimate = 1.96 + normalAt(key, study, 3, 0);
      const values = Float64Array.from({ length: resamples }, (_, i) => estimate + normalAt(key, i, 4, study));
      const outcome = curtailed(
        { values, level: 0.95, estimate, estimand: null, acceleration: 0 },
        TESTS.slice(0, 1),
        16,
      );
      drawn += outcome.done;
      if (outcome.decisions[0]?.rejects) rejected++;
    }
    expect(rejected / nStudies).toBeGreaterThan(0.4);
    expect(rejected / nStudies).toBeLessThan(0.6);
    expect(drawn / (nStudies * resamples)).toBeLessThan(0.7);
  });

  it("refuses resamples past the full number, and decisions before they are settled", () => {
    const decision = createCurtailedDecision({
      tests: TESTS,
      level: 0.95,
      resamples: 10,
      estimate: 1,
      estimand: 1,
      acceleration: 0,
    });
    expect(() => decision.decisions()).toThrow("decisions are open after 0 of 10 resamples");
    expect(() => decision.add(new Float64Array(11), 11)).toThrow("11 resamples are more than the full 10");
  });
});
