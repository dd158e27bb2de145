import type { ClusterRobustType } from "../cluster/clusterRobust.ts";
import { describeClusterFailure } from "../cluster/clusters.ts";
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
      return robust(study, { type: "HC0" }, level);
    case "hc1":
      return robust(study, { type: "HC1" }, level);
    case "hc2":
      return robust(study, { type: "HC2" }, level);
    case "hc3":
      return robust(study, { type: "HC3" }, level);
    case "hc4":
      return robust(study, { type: "HC4" }, level);
    case "cr0":
      return clusterRobust(study, "CR0", level);
    case "cr1":
      return clusterRobust(study, "CR1", level);
    case "cr1s":
      return clusterRobust(study, "CR1S", level);
    case "cr2":
      return clusterRobust(study, "CR2", level);
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
  if (clusters.nClusters < nCoefficients) {
    const because =
      `${clusters.nClusters} values of ${name} are fewer than the ${nCoefficients} coefficients of the regression of ${y}: ` +
      "cluster-robust errors need more clusters; use fewer covariates or a mixed model";
    return { ok: false, kind: "estimator", because };
  }
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

/** A coefficient that the clusters determine exactly: no variance, no test. */
function untested(estimate: number): Coefficient {
  const { NaN: none } = Number;
  return { estimate, se: none, df: none, t: none, p: none, ci: [none, none] };
}
