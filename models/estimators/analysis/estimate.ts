import type { ClusterRobustType } from "../cluster/clusterRobust.ts";
import type { HeteroskedasticityType } from "../cluster/heteroskedasticityRobust.ts";
import { describeClusterFailure, tooFewForRobust } from "../cluster/clusters.ts";
import { untested } from "../cluster/coefficientTest.ts";
import { clusterErrors, type RobustErrors, robustRegression } from "../cluster/robustRegression.ts";
import { type ColumnNames, type Equation, M_INDEX, type MediationFit, nameOf, X_INDEX } from "../fitMediation.ts";
import type { Method } from "../mixed/restrictedLikelihood.ts";
import { type Coefficient, type RegressionTable, regressionTable } from "../regressionTable.ts";
import type { StudyData } from "../types.ts";
import { estimateMixed } from "./estimateMixed.ts";
import { estimateWithinBetween } from "./estimateWithinBetween.ts";
import type {
  AnalysisFailure,
  Clustering,
  EstimatorName,
  MixedParts,
  Models,
  Paths,
  WithinBetweenPart,
} from "./types.ts";

/** Robust errors by the estimators' names. */
export const CASE_ERRORS = { hc0: "HC0", hc1: "HC1", hc2: "HC2", hc3: "HC3", hc4: "HC4" } as const satisfies Readonly<
  Partial<Record<EstimatorName, HeteroskedasticityType>>
>;
export const CLUSTER_ERRORS = { cr0: "CR0", cr1: "CR1", cr1s: "CR1S", cr2: "CR2" } as const satisfies Readonly<
  Partial<Record<EstimatorName, ClusterRobustType>>
>;

/** What an estimator makes of one data set. */
export type Estimates = {
  readonly ok: true;
  readonly paths: Paths;
  readonly models: Models | null;
  readonly mixed: MixedParts | null;
  readonly withinBetween: WithinBetweenPart | null;
};

/** One data set with its ordinary fit and its clusters, as every estimator takes it. */
export type Study = {
  readonly data: StudyData;
  readonly names: ColumnNames;
  readonly fit: MediationFit;
  readonly clustering: Clustering | null;
};

/**
 * The paths by one estimator. Robust standard errors leave the slopes of ordinary regression as they are; mixed and 2-1-1
 * models have slopes of their own.
 *
 * @param level confidence level in (0, 1)
 * @throws  RangeError where an estimator that needs clusters has none
 */
export function estimate(
  study: Study,
  estimator: EstimatorName,
  method: Method,
  level: number,
): Estimates | AnalysisFailure {
  switch (estimator) {
    case "ols":
      return ordinary(study, level);
    case "hc0":
    case "hc1":
    case "hc2":
    case "hc3":
    case "hc4":
      return robust(study, { type: CASE_ERRORS[estimator] }, level);
    case "cr0":
    case "cr1":
    case "cr1s":
    case "cr2":
      return clusterRobust(study, CLUSTER_ERRORS[estimator], level);
    case "mixed":
      return estimateMixed(study, clusteringOf(study), method, level);
    case "withinBetween":
      return estimateWithinBetween(study, clusteringOf(study), level);
  }
}

/** The clusters of an estimator that cannot do without. */
function clusteringOf({ clustering }: Study): Clustering {
  if (clustering === null) throw new RangeError("this estimator needs clusters");
  return clustering;
}

function ordinary({ fit, names }: Study, level: number): Estimates {
  return fromModels({
    m: regressionTable(fit.mediator, names, level),
    y: regressionTable(fit.outcome, names, level),
    total: regressionTable(fit.total, names, level),
  });
}

/** The paths as coefficients of the three regressions: the constant comes first in each. */
function fromModels(models: Models): Estimates {
  const slope = ({ coefficients }: RegressionTable, index: number): Coefficient => {
    const { name: _, ...coefficient } = coefficients[index + 1];
    return coefficient;
  };
  const paths = {
    a: slope(models.m, X_INDEX),
    b: slope(models.y, M_INDEX),
    cPrime: slope(models.y, X_INDEX),
    c: slope(models.total, X_INDEX),
  };
  return { ok: true, paths, models, mixed: null, withinBetween: null };
}

function clusterRobust(study: Study, type: ClusterRobustType, level: number): Estimates | AnalysisFailure {
  const { name, clusters } = clusteringOf(study);
  const { y } = study.names;
  const nCoefficients = study.fit.outcome.predictors.length + 1;
  const tooFew = tooFewForRobust(clusters, nCoefficients, name, `the regression of ${y}`);
  if (tooFew !== null) return estimatorFailure(tooFew);
  return robust(study, clusterErrors(type, clusters), level);
}

function robust({ fit, names, clustering }: Study, errors: RobustErrors, level: number): Estimates | AnalysisFailure {
  const tables: RegressionTable[] = [];
  for (const [equation, pathAt] of [
    [fit.mediator, [X_INDEX]],
    [fit.outcome, [M_INDEX]],
    [fit.total, []],
  ] as const) {
    const result = robustTable(equation, names, errors, level);
    if (!result.ok) return estimatorFailure(describeClusterFailure(result.failure, clustering?.name ?? "", []));
    const lost = pathAt.find((index) => Number.isNaN(result.table.coefficients[index + 1].se));
    if (lost !== undefined) {
      const { coefficients } = result.table;
      const nClusters = clustering?.clusters.nClusters ?? 0;
      const failure = { ok: false, kind: "clustersDetermine", nClusters, coefficient: lost + 1 } as const;
      return estimatorFailure(
        describeClusterFailure(
          failure,
          clustering?.name ?? "",
          coefficients.map(({ name }) => name),
        ),
      );
    }
    tables.push(result.table);
  }
  const [m, y, total] = tables;
  return fromModels({ m, y, total });
}

function estimatorFailure(because: string): AnalysisFailure {
  return { ok: false, kind: "estimator", because };
}

/** The ordinary table with other standard errors; its F, which rests on the ordinary ones, is taken out. */
function robustTable(equation: Equation, names: ColumnNames, errors: RobustErrors, level: number) {
  const result = robustRegression(equation, errors, level);
  if (!result.ok) return { ok: false, failure: result } as const;
  const own = regressionTable(equation, names, level);
  const coefficients = result.tests.map((test, index) => ({
    name: index === 0 ? "constant" : nameOf(equation.predictors[index - 1], names),
    ...(test ?? untested(own.coefficients[index].estimate)),
  }));
  return { ok: true, table: { ...own, f: Number.NaN, p: Number.NaN, coefficients } } as const;
}
