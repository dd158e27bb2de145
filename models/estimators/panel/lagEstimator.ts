import type { LeastSquaresFit } from "../../../sim/numerics/leastSquares.ts";
import { CASE_ERRORS, CLUSTER_ERRORS } from "../analysis/estimate.ts";
import { mixedPart } from "../analysis/estimateMixed.ts";
import type { Clustering, EstimatorName, MixedPart } from "../analysis/types.ts";
import { type ClusterFailure, describeClusterFailure, tooFewForRobust } from "../cluster/clusters.ts";
import { coefficientTest, untested } from "../cluster/coefficientTest.ts";
import {
  clusterErrors,
  type FittedEquation,
  type RobustErrors,
  robustRegression,
} from "../cluster/robustRegression.ts";
import { fitMixed, type MixedFailure, mixedTests } from "../mixed/fitMixed.ts";
import { type RandomIntercepts, randomIntercepts, teamIntercepts } from "../mixed/randomIntercepts.ts";
import type { Method } from "../mixed/restrictedLikelihood.ts";
import type { Coefficient } from "../regressionTable.ts";

/** Estimators of a panel: all but the 2-1-1 model, which is of one X that teams share. */
export type PanelEstimatorName = Exclude<EstimatorName, "withinBetween">;

/** How every equation of a panel is estimated. */
export type LagEstimator =
  | { readonly kind: "ordinary" }
  | { readonly kind: "robust"; readonly errors: RobustErrors }
  | { readonly kind: "mixed"; readonly intercepts: RandomIntercepts; readonly method: Method };

/** Why the clusters do not allow the estimator, in words. */
export type NoLagEstimator = { readonly ok: false; readonly because: string };

/**
 * The estimator by its name. Clusters that are constant or unique are refused whatever the estimator.
 *
 * @param nCoefficients of each equation, the constant included
 * @throws RangeError where an estimator that needs clusters has none
 */
export function lagEstimator(
  { estimator, method }: { readonly estimator: PanelEstimatorName; readonly method: Method },
  clustering: Clustering | null,
  nCoefficients: number,
): LagEstimator | NoLagEstimator {
  const refused = ({ name }: Clustering, failure: ClusterFailure): NoLagEstimator => ({
    ok: false,
    because: describeClusterFailure(failure, name, []),
  });
  const teams = clustering && teamIntercepts(clustering.clusters);
  if (clustering !== null && teams !== null && !teams.ok) return refused(clustering, teams);
  switch (estimator) {
    case "ols":
      return { kind: "ordinary" };
    case "hc0":
    case "hc1":
    case "hc2":
    case "hc3":
    case "hc4":
      return { kind: "robust", errors: { type: CASE_ERRORS[estimator] } };
  }
  if (clustering === null) throw new RangeError("this estimator needs clusters");
  const { name, clusters, managers } = clustering;
  if (estimator === "mixed") {
    const intercepts = randomIntercepts(clusters, managers?.clusters ?? null);
    return intercepts.ok ? { kind: "mixed", intercepts, method } : refused(clustering, intercepts);
  }
  const tooFew = tooFewForRobust(clusters, nCoefficients, name, "each equation");
  if (tooFew !== null) return { ok: false, because: tooFew };
  return { kind: "robust", errors: clusterErrors(CLUSTER_ERRORS[estimator], clusters) };
}

/** The coefficients of one equation, the constant first. */
export type LagEstimates = {
  readonly ok: true;
  /** NaN but for the estimate where the clusters determine the coefficient exactly. */
  readonly tests: readonly Coefficient[];
  readonly mixed: MixedPart | null;
  /** Of robust errors: what cases or clusters add to a coefficient's error. */
  readonly contributions: ((coefficient: number) => Float64Array) | null;
};

/**
 * One equation by the estimator. Robust errors leave ordinary regression's slopes as they are; mixed models have slopes of
 * their own.
 *
 * @param equation   by ordinary regression of `response` on `predictors`
 * @param level      confidence level in (0, 1)
 */
export function estimateLag(
  equation: FittedEquation,
  predictors: readonly Float64Array[],
  response: Float64Array,
  estimator: LagEstimator,
  level: number,
): LagEstimates | MixedFailure {
  switch (estimator.kind) {
    case "ordinary":
      return { ok: true, tests: ordinaryTests(equation.fit, level), mixed: null, contributions: null };
    case "robust": {
      const result = robustRegression(equation, estimator.errors, level);
      if (!result.ok) return result;
      const { intercept, coefficients } = equation.fit;
      const tests = result.tests.map((test, j) => test ?? untested(j === 0 ? intercept : coefficients[j - 1]));
      return { ok: true, tests, mixed: null, contributions: result.contributions };
    }
    case "mixed": {
      const fit = fitMixed(response, predictors, estimator.intercepts, estimator.method);
      return fit.ok ? { ok: true, tests: mixedTests(fit, level), mixed: mixedPart(fit), contributions: null } : fit;
    }
  }
}

function ordinaryTests({ intercept, interceptSe, coefficients, se, df }: LeastSquaresFit, level: number) {
  const slopes = Array.from(coefficients, (estimate, j) => coefficientTest(estimate, se[j], df, level));
  return [coefficientTest(intercept, interceptSe, df, level), ...slopes];
}
