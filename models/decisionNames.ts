import { isBootstrapTest } from "./estimators/decisions.ts";
import type { NormalTheoryTest } from "./estimators/normalTheoryDecisions.ts";
import {
  type AnalysisPlan,
  type EstimatorName,
  IMPUTED_ESTIMATORS,
  type ImputedEstimator,
  type OtherEstimator,
  type PowerTest,
} from "./scenario/types.ts";

/** A test of ab as results name it: alone by ordinary regression, "sobel:cr2" by another estimator. */
export type RateName = PowerTest | `${NormalTheoryTest}:${OtherEstimator}`;

/** The t test of path a, by each estimator: where a is 0 its rate is the type I error of that estimator. */
export type PathTestName = "pathA" | `pathA:${OtherEstimator}`;

/** All that is decided in a replication, as columns of rows.csv name it. */
export type DecisionName = RateName | PathTestName;

type Plan = Pick<AnalysisPlan, "tests" | "estimators">;

/** The tests of a plan: by ordinary regression in its order, then the normal-theory tests by each other estimator. */
export function rateNamesOf({ tests, estimators }: Plan): RateName[] {
  const others = otherEstimators({ estimators });
  return [
    ...tests,
    ...others.flatMap((name) => tests.filter(isNormalTheory).map((test) => `${test}:${name}` as const)),
  ];
}

/** The same and, where estimators are compared, path a by each of them. */
export function decisionNamesOf(plan: Plan): DecisionName[] {
  const others = otherEstimators(plan);
  if (others.length === 0) return rateNamesOf(plan);
  return [...rateNamesOf(plan), "pathA", ...others.map((name) => `pathA:${name}` as const)];
}

export function otherEstimators({ estimators }: Pick<Plan, "estimators">): OtherEstimator[] {
  return estimators.filter((name) => name !== "ols");
}

/** What is tested, and by which estimator. */
export function partsOf(name: DecisionName): { readonly test: PowerTest | "pathA"; readonly estimator: EstimatorName } {
  const [test, estimator = "ols"] = name.split(":");
  return { test: test as PowerTest | "pathA", estimator: estimator as EstimatorName };
}

/** Whether a test comes with an interval for ab, so that it has a coverage. */
export function hasInterval(name: DecisionName): boolean {
  const { test } = partsOf(name);
  return test !== "jointSignificance" && test !== "pathA";
}

/** The tests that need nothing but the two paths and their standard errors. */
export function isNormalTheory(test: PowerTest): test is NormalTheoryTest {
  return !drawsResamples(test);
}

/** The tests that draw resamples: of clients, or of whole teams. */
export function drawsResamples(test: PowerTest): boolean {
  return test === "clusterBootstrap" || isBootstrapTest(test);
}

/** The estimators that fill in missing values. */
export function isImputed(estimator: EstimatorName): estimator is ImputedEstimator {
  return estimator in IMPUTED_ESTIMATORS;
}

/** The estimators and tests of a plan that need to know each client's team. */
export function clusterNames({ tests, estimators }: Plan): (OtherEstimator | "clusterBootstrap")[] {
  return [
    ...otherEstimators({ estimators }).filter((name) => name !== "hc3" && name !== "imputed"),
    ...tests.filter((test) => test === "clusterBootstrap"),
  ];
}
