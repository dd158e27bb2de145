import { createMoments, type Moments, proportionOf } from "../sim/montecarlo/summarise.ts";
import { type DecisionName, decisionNamesOf, hasInterval, partsOf } from "./decisionNames.ts";
import { CONTAINS, FAILED, REJECTS, UNDEFINED } from "./estimators/decisions.ts";
import { exactPower } from "./exact/exactPower.ts";
import type { ConditionSummary, RowBlock, TestSummary } from "./powerTypes.ts";
import type { Condition } from "./scenario/types.ts";
import type { Truth } from "./truth.ts";

/** Simulated and exact power further apart than this many Monte-Carlo SE are flagged: by chance once in 10⁶ comparisons. */
const DISAGREEMENT_LIMIT = 4.9;
/** The same limit for rare events, in counts: the skewness term of the binomial's Cornish–Fisher expansion. */
const SKEWNESS_ALLOWANCE = (DISAGREEMENT_LIMIT * DISAGREEMENT_LIMIT - 1) / 6;

/** Counts over the replications of one condition; a container that `add` changes, its size fixed. */
export type PowerTally = {
  /** The next block, in replication order. */
  add(block: RowBlock): void;
  summary(): ConditionSummary;
};

type TestTally = { rejects: number; contains: number; undefinedCount: number };

/**
 * Rejection rates, coverage, bias and standard errors of one condition, as replications come in.
 *
 * @param truth its true indirect effect
 *
 * @source performance measures of Morris, White & Crowther (2019), table 6, doi:10.1002/sim.8086
 */
export function createPowerTally(condition: Condition, truth: Truth): PowerTally {
  const names = decisionNamesOf(condition.analysis);
  const tallies: TestTally[] = names.map(() => ({ rejects: 0, contains: 0, undefinedCount: 0 }));
  const estimates = createMoments();
  const analysed = createMoments();
  const modelVariance = createMoments();
  let nFailed = 0;

  return {
    add({ n, a, seA, b, seB, decisions, count }) {
      for (let r = 0; r < count; r++) {
        analysed.add(n[r]);
        if (Number.isNaN(a[r])) {
          nFailed++;
          continue;
        }
        estimates.add(a[r] * b[r]);
        modelVariance.add((a[r] * seB[r]) ** 2 + (b[r] * seA[r]) ** 2);
      }
      for (const [t, tally] of tallies.entries()) {
        for (const said of decisions[t]) {
          if (said === UNDEFINED) tally.undefinedCount++;
          else if (said !== FAILED) {
            if (said & REJECTS) tally.rejects++;
            if (said & CONTAINS) tally.contains++;
          }
        }
      }
    },
    summary: () => ({
      ...(condition.label === undefined ? {} : { label: condition.label }),
      factors: condition.factors,
      nClients: condition.nClients,
      meanAnalysed: analysed.mean(),
      ...truth,
      nFailed,
      nFitted: estimates.count(),
      estimate: estimateSummary(estimates, modelVariance, truth),
      ...ratesOf(
        names.map((name, t) => [name, testSummary(name, tallies[t], estimates.count(), exactOf(condition, name))]),
      ),
    }),
  };
}

function estimateSummary(estimates: Moments, modelVariance: Moments, { estimand, estimandMcse }: Truth) {
  const mcse = estimates.sd() / Math.sqrt(estimates.count());
  return {
    mean: estimates.mean(),
    bias: estimates.mean() - estimand,
    // The truth of a service is itself estimated, from other replications.
    biasMcse: estimandMcse === null ? mcse : Math.sqrt(mcse * mcse + estimandMcse * estimandMcse),
    empiricalSe: estimates.sd(),
    modelSe: Math.sqrt(modelVariance.mean()),
  };
}

/** Tests of ab under their names; path a apart, by estimator. */
function ratesOf(rates: readonly (readonly [DecisionName, TestSummary])[]): Pick<ConditionSummary, "tests" | "pathA"> {
  const ofPathA = rates.filter(([name]) => partsOf(name).test === "pathA");
  const tests = Object.fromEntries(rates.filter((one) => !ofPathA.includes(one)));
  if (ofPathA.length === 0) return { tests };
  return { tests, pathA: Object.fromEntries(ofPathA.map(([name, rate]) => [partsOf(name).estimator, rate])) };
}

function exactOf(condition: Condition, name: DecisionName): number | null {
  const { test, estimator } = partsOf(name);
  if (condition.generator === "service" || estimator !== "ols" || test === "pathA") return null;
  return exactPower(condition, test);
}

/** Where a test is not defined it does not reject: the replication stays in the denominator and is counted apart. */
function testSummary(test: DecisionName, tally: TestTally, nFitted: number, exact: number | null): TestSummary {
  const power = proportionOf(tally.rejects, nFitted);
  const coverage = hasInterval(test) ? proportionOf(tally.contains, nFitted - tally.undefinedCount) : null;
  return {
    power: power.rate,
    mcse: power.mcse,
    ci: power.ci,
    coverage: coverage?.rate ?? null,
    coverageMcse: coverage?.mcse ?? null,
    exact,
    disagrees: exact !== null && disagrees(power.rate, exact, nFitted),
    nUndefined: tally.undefinedCount,
  };
}

function disagrees(rate: number, exact: number, nFitted: number): boolean {
  const mcse = Math.sqrt((exact * (1 - exact)) / nFitted);
  const allowance = (Math.abs(1 - 2 * exact) * SKEWNESS_ALLOWANCE) / nFitted;
  return Math.abs(rate - exact) > DISAGREEMENT_LIMIT * mcse + allowance;
}
