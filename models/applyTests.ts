import { tQuantile } from "../sim/numerics/studentT.ts";
import type { Block } from "../sim/montecarlo/replicate.ts";
import { type Key, streamOf } from "../sim/random/address.ts";
import { createBootstrapDecider, createClusterBootstrapDecider } from "./decideByResampling.ts";
import { decisionNamesOf, isImputed, isNormalTheory, otherEstimators } from "./decisionNames.ts";
import { FAILED, isBootstrapTest, REJECTS, UNDEFINED } from "./estimators/decisions.ts";
import { type PathDecision, pathDecisionRule } from "./estimators/normalTheoryDecisions.ts";
import { crossSection, fitPathStudies, type PathModel, type PathStudies } from "./estimators/pathStudies.ts";
import type { Groups, PathFit } from "./estimators/types.ts";
import { asColumn } from "./imputation/asColumn.ts";
import { imputeAndPool } from "./imputation/imputeAndPool.ts";
import type { RowBlock } from "./powerTypes.ts";
import { type AnalysisPlan, IMPUTED_ESTIMATORS, type ImputedEstimator } from "./scenario/types.ts";
import { WHAT } from "./what.ts";

/** A study as it was observed: columns as the path model of the analysis takes them, NaN where a value is missing. */
export type ObservedColumns = {
  readonly columns: readonly Float64Array[];
  /** null where the plan asks for nothing that needs them (`clusterNames`), or nobody belongs together. */
  readonly groups: Groups | null;
};

/** Analyses one study and writes what it finds into row r of a block. */
export type StudyAnalyzer = (study: ObservedColumns, key: Key, rows: RowBlock, r: number) => void;

/**
 * Every test of a plan, applied to one study after the other: by ordinary regression of the complete cases, then the
 * normal-theory tests by every other estimator.
 *
 * @param plan     tests, estimators, level, bootstrap
 * @param estimand true indirect effect, for coverage
 * @param model    which regressions give a and b; bootstraps need them to be those of one study (`crossSection`)
 */
export function createStudyAnalyzer(
  plan: AnalysisPlan,
  estimand: number,
  model: PathModel = crossSection,
): StudyAnalyzer {
  const bootstrapTests = plan.tests.filter(isBootstrapTest);
  const bootstrap = bootstrapTests.length > 0 ? createBootstrapDecider(plan, bootstrapTests, estimand) : null;
  const ofTeams = plan.tests.includes("clusterBootstrap") ? createClusterBootstrapDecider(plan, estimand) : null;
  const rulesFor = decisionRules(plan, estimand);
  const compare = otherEstimators(plan).length > 0 ? createComparison(plan, estimand, model) : null;

  return (study, key, rows, r) => {
    const complete = model(study.columns, study.groups);
    rows.n[r] = complete.nClients;
    const fit = fitPathStudies("ols", complete);
    if (fit === null) {
      for (const bytes of rows.decisions) bytes[r] = FAILED;
      return;
    }
    rows.a[r] = fit.a;
    rows.seA[r] = fit.seA;
    rows.b[r] = fit.b;
    rows.seB[r] = fit.seB;
    const { ofA: data, groups } = complete;
    const resampled = bootstrap?.(data, fit, streamOf(key, WHAT.bootstrapRows));
    const teams = ofTeams?.(data, groups?.teams ?? null, fit, streamOf(key, WHAT.bootstrapClusters));
    rows.resamples[r] = (resampled?.nResamples ?? 0) + (teams?.nResamples ?? 0);
    let next = 0;
    for (const [t, rule] of rulesFor(fit.dfA, fit.dfB).entries()) {
      const said = plan.tests[t] === "clusterBootstrap" ? teams?.decisions[0] : undefined;
      rows.decisions[t][r] =
        rule !== null ? rule(fit.a, fit.seA, fit.b, fit.seB) : (said ?? resampled?.decisions[next++] ?? UNDEFINED);
    }
    compare?.(study, complete, fit, key, rows, r);
  };
}

/** The normal-theory tests by every other estimator, then path a by all: the decisions after those of ordinary regression. */
function createComparison(plan: AnalysisPlan, estimand: number, model: PathModel) {
  const { level } = plan;
  const tests = plan.tests.filter(isNormalTheory);
  const others = otherEstimators(plan);
  const impute = createImputedFits(plan, others.filter(isImputed), model);
  return (study: ObservedColumns, complete: PathStudies, ols: PathFit, key: Key, rows: RowBlock, r: number): void => {
    const imputed = impute(study, complete, key);
    const fits = others.map((estimator) =>
      isImputed(estimator) ? (imputed.get(estimator) ?? null) : fitPathStudies(estimator, complete),
    );
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

/** The pooled paths of every estimator that imputes, from one set of completed data; without missing values those of the data. */
function createImputedFits({ imputation }: AnalysisPlan, estimators: readonly ImputedEstimator[], model: PathModel) {
  const { count: imputations, iterations, method } = imputation;
  const fitsOf = (studies: PathStudies) => estimators.map((name) => fitPathStudies(IMPUTED_ESTIMATORS[name], studies));
  return (
    { columns, groups }: ObservedColumns,
    complete: PathStudies,
    key: Key,
  ): ReadonlyMap<ImputedEstimator, PathFit | null> => {
    if (estimators.length === 0) return new Map();
    if (columns.every((column) => !column.some(Number.isNaN)))
      return new Map(fitsOf(complete).map((fit, e) => [estimators[e], fit]));
    const pooled = imputeAndPool(
      columns.map((values) => asColumn(values, method)),
      groups?.teams ?? null,
      { imputations, iterations },
      key,
      estimators.map((name) => (completed) => fitPathStudies(IMPUTED_ESTIMATORS[name], model(completed, groups))),
    );
    if (!pooled.ok) return new Map();
    return new Map(pooled.results.map((result, e) => [estimators[e], result.ok ? result.paths : null]));
  };
}

/** The rules of the normal-theory tests by the degrees of freedom of the paths; null for a test that draws resamples. */
export function decisionRules({ tests, level }: AnalysisPlan, estimand: number) {
  const known = new Map<string, readonly (PathDecision | null)[]>();
  return (dfA: number, dfB: number): readonly (PathDecision | null)[] => {
    const name = `${dfA} ${dfB}`;
    const rules =
      known.get(name) ??
      tests.map((test) => (isNormalTheory(test) ? pathDecisionRule(test, level, dfA, dfB, estimand) : null));
    known.set(name, rules);
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
