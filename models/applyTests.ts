import { tQuantile } from "../sim/numerics/studentT.ts";
import type { Block } from "../sim/montecarlo/replicate.ts";
import { type Key, streamOf } from "../sim/random/address.ts";
import { createBootstrapDecider, createClusterBootstrapDecider } from "./decideByResampling.ts";
import { decisionNamesOf, isNormalTheory, otherEstimators } from "./decisionNames.ts";
import type { Clusters } from "./estimators/cluster/clusters.ts";
import { FAILED, isBootstrapTest, REJECTS, UNDEFINED } from "./estimators/decisions.ts";
import { fitPaths } from "./estimators/fitPaths.ts";
import { fitPathsBy } from "./estimators/fitPathsBy.ts";
import { type PathDecision, pathDecisionRule } from "./estimators/normalTheoryDecisions.ts";
import type { PathFit, StudyData } from "./estimators/types.ts";
import type { RowBlock } from "./powerTypes.ts";
import type { AnalysisPlan } from "./scenario/types.ts";
import { WHAT } from "./what.ts";

/**
 * Analyses one study and writes what it finds into row r of a block.
 *
 * @param clusters the team of each client; null where the plan asks for nothing that needs it (`clusterNames`)
 */
export type StudyAnalyzer = (data: StudyData, clusters: Clusters | null, key: Key, rows: RowBlock, r: number) => void;

/**
 * Every test of a plan, applied to one study after the other; the normal-theory tests by every estimator.
 *
 * @param plan     tests, estimators, level, bootstrap
 * @param estimand true indirect effect, for coverage
 */
export function createStudyAnalyzer(plan: AnalysisPlan, estimand: number): StudyAnalyzer {
  const bootstrapTests = plan.tests.filter(isBootstrapTest);
  const bootstrap = bootstrapTests.length > 0 ? createBootstrapDecider(plan, bootstrapTests, estimand) : null;
  const ofTeams = plan.tests.includes("clusterBootstrap") ? createClusterBootstrapDecider(plan, estimand) : null;
  const rulesFor = decisionRules(plan, estimand);
  const compare = otherEstimators(plan).length > 0 ? createComparison(plan, estimand) : null;

  return (data, clusters, key, rows, r) => {
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
    const teams = ofTeams?.(data, clusters, fit, streamOf(key, WHAT.bootstrapClusters));
    rows.resamples[r] = (resampled?.nResamples ?? 0) + (teams?.nResamples ?? 0);
    let next = 0;
    for (const [t, rule] of rulesFor(fit.dfA).entries()) {
      const said = plan.tests[t] === "clusterBootstrap" ? teams?.decisions[0] : undefined;
      rows.decisions[t][r] =
        rule !== null ? rule(fit.a, fit.seA, fit.b, fit.seB) : (said ?? resampled?.decisions[next++] ?? UNDEFINED);
    }
    compare?.(data, clusters, fit, rows, r);
  };
}

/** The normal-theory tests by every other estimator, then path a by all: the decisions after those of ordinary regression. */
function createComparison(plan: AnalysisPlan, estimand: number) {
  const { level } = plan;
  const tests = plan.tests.filter(isNormalTheory);
  const others = otherEstimators(plan);
  return (data: StudyData, clusters: Clusters | null, ols: PathFit, rows: RowBlock, r: number): void => {
    const fits = others.map((estimator) => fitPathsBy(estimator, data, clusters));
    let next = plan.tests.length;
    for (const fit of fits)
      for (const test of tests)
        rows.decisions[next++][r] =
          fit === null
            ? UNDEFINED
            : pathDecisionRule(test, level, fit.dfA, fit.dfB, estimand)(fit.a, fit.seA, fit.b, fit.seB);
    for (const fit of [ols, ...fits])
      rows.decisions[next++][r] =
        fit === null ? UNDEFINED : Math.abs(fit.a) > tQuantile((1 + level) / 2, fit.dfA) * fit.seA ? REJECTS : 0;
  };
}

/** The rules of the normal-theory tests by the degrees of freedom of path a; null for a test that draws resamples. */
export function decisionRules({ tests, level }: AnalysisPlan, estimand: number) {
  const known = new Map<number, readonly (PathDecision | null)[]>();
  return (dfA: number): readonly (PathDecision | null)[] => {
    const rules =
      known.get(dfA) ??
      tests.map((test) => (isNormalTheory(test) ? pathDecisionRule(test, level, dfA, dfA - 1, estimand) : null));
    known.set(dfA, rules);
    return rules;
  };
}

/** A block of rows to be filled in, with a column for every decision of a plan: nothing fitted yet. */
export function emptyRows({ conditionIndex, firstReplication, count }: Block, plan: AnalysisPlan): RowBlock {
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
    decisions: decisionNamesOf(plan).map(() => new Uint8Array(count)),
    resamples: new Uint32Array(count),
  };
}
