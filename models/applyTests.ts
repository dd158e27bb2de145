import { createBootstrapKernel } from "../sim/kernels/bootstrapKernel.ts";
import type { Block } from "../sim/montecarlo/replicate.ts";
import { type Key, streamOf } from "../sim/random/address.ts";
import { type BootstrapTestName, createCurtailedDecision } from "./estimators/bootstrapDecision.ts";
import { CONTAINS, FAILED, isBootstrapTest, REJECTS, UNDEFINED } from "./estimators/decisions.ts";
import { fitMediation } from "./estimators/fitMediation.ts";
import { fitPaths } from "./estimators/fitPaths.ts";
import { accelerationOf, jackknifeIndirect } from "./estimators/jackknife.ts";
import { type PathDecision, pathDecisionRule } from "./estimators/normalTheoryDecisions.ts";
import type { PathFit, StudyData } from "./estimators/types.ts";
import type { RowBlock } from "./powerTypes.ts";
import type { AnalysisPlan } from "./scenario/types.ts";
import { WHAT } from "./what.ts";

/** Resamples between two looks at whether the decision can still change. */
const CURTAILMENT_STEP = 64;

/**
 * How many of the first resamples make the interval that is judged for coverage: 25/α, so that 12½ are expected beyond
 * either limit at any level (500 at 95 %, 2,500 at 99 %). With quantiles at (B + 1)p the expected level does not depend on B,
 * so that these tell the coverage of all: in 1,000 replications at power .5, .950 by 500 resamples and .950 by 5,000.
 */
export function coverageResamples(level: number): number {
  return Math.ceil(25 / (1 - level) - 1e-6);
}

/** Analyses one study and writes what it finds into row r of a block. */
export type StudyAnalyzer = (data: StudyData, key: Key, rows: RowBlock, r: number) => void;

/**
 * Every test of a plan, applied to one study after the other.
 *
 * @param plan     tests, level, bootstrap
 * @param estimand true indirect effect, for coverage
 */
export function createStudyAnalyzer(plan: AnalysisPlan, estimand: number): StudyAnalyzer {
  const bootstrapTests = plan.tests.filter(isBootstrapTest);
  const bootstrap = bootstrapTests.length > 0 ? createBootstrapDecider(plan, bootstrapTests, estimand) : null;
  const rulesFor = decisionRules(plan, estimand);

  return (data, key, rows, r) => {
    rows.n[r] = data.n;
    const fit = fitPaths(data);
    if (fit === null) {
      for (const bytes of rows.decisions) bytes[r] = FAILED;
      return;
    }
    rows.a[r] = fit.a;
    rows.seA[r] = fit.seA;
    rows.b[r] = fit.b;
    rows.seB[r] = fit.seB;
    const resampled = bootstrap?.(data, fit, streamOf(key, WHAT.bootstrapRows));
    if (resampled !== undefined) rows.resamples[r] = resampled.nResamples;
    let next = 0;
    for (const [t, rule] of rulesFor(fit.dfA).entries())
      rows.decisions[t][r] =
        rule !== null ? rule(fit.a, fit.seA, fit.b, fit.seB) : (resampled?.decisions[next++] ?? UNDEFINED);
  };
}

/** The rules of the normal-theory tests by the degrees of freedom of path a; null for a bootstrap test. */
export function decisionRules({ tests, level }: AnalysisPlan, estimand: number) {
  const known = new Map<number, readonly (PathDecision | null)[]>();
  return (dfA: number): readonly (PathDecision | null)[] => {
    const rules =
      known.get(dfA) ??
      tests.map((test) => (isBootstrapTest(test) ? null : pathDecisionRule(test, level, dfA, dfA - 1, estimand)));
    known.set(dfA, rules);
    return rules;
  };
}

/** A block of rows to be filled in: nothing fitted yet. */
export function emptyRows({ conditionIndex, firstReplication, count }: Block, nTests: number): RowBlock {
  const missing = () => new Float64Array(count).fill(Number.NaN);
  return {
    conditionIndex,
    firstReplication,
    count,
    n: new Uint32Array(count),
    a: missing(),
    seA: missing(),
    b: missing(),
    seB: missing(),
    decisions: Array.from({ length: nTests }, () => new Uint8Array(count)),
    resamples: new Uint32Array(count),
  };
}

/**
 * Bootstraps one study until every bootstrap test of the plan is decided. Rejection is that of all B resamples, exactly.
 * Coverage is judged by the interval of the first `coverageResamples`, so that it does not keep a settled test going.
 */
function createBootstrapDecider(
  { level, bootstrap: { resamples, curtail } }: AnalysisPlan,
  tests: readonly BootstrapTestName[],
  estimand: number,
) {
  const kernel = createBootstrapKernel();
  const values = new Float64Array(CURTAILMENT_STEP);
  const needsAcceleration = tests.includes("bcaBootstrap");

  return (data: StudyData, fit: PathFit, stream: Key) => {
    kernel.load(data.x, data.m, data.y, data.covariates);
    const common = {
      tests,
      level,
      estimate: fit.a * fit.b,
      acceleration: needsAcceleration ? accelerationIn(data) : null,
    };
    const rejection = createCurtailedDecision({ ...common, resamples, estimand: null });
    const nForCoverage = Math.min(resamples, coverageResamples(level));
    const coverage = createCurtailedDecision({ ...common, resamples: nForCoverage, estimand });
    let done = 0;
    while (done < resamples && !(curtail && done > 0 && rejection.settled() && coverage.settled())) {
      const count = Math.min(CURTAILMENT_STEP, resamples - done);
      kernel.resample(stream, done, count, values);
      rejection.add(values, count);
      if (done < nForCoverage) coverage.add(values, Math.min(count, nForCoverage - done));
      done += count;
    }
    const covers = coverage.decisions();
    return {
      nResamples: done,
      decisions: rejection
        .decisions()
        .map((said, t) =>
          said === null ? UNDEFINED : (said.rejects ? REJECTS : 0) | (covers[t]?.contains ? CONTAINS : 0),
        ),
    };
  };
}

function accelerationIn(data: StudyData): number | null {
  const fit = fitMediation(data);
  return fit.ok ? accelerationOf(jackknifeIndirect(fit)) : null;
}
