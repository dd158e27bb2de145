import type { Estimates } from "../estimators/analysis/estimate.ts";
import { type FittedStudy, slopesOf } from "../estimators/analysis/fitStudy.ts";
import type {
  ClusterSummary,
  MixedPart,
  PathName,
  Paths,
  VariableClustering,
  WithinBetweenPart,
} from "../estimators/analysis/types.ts";
import type { EffectSizeBasis } from "../estimators/effectSizes.ts";
import type { Coefficient, RegressionTable } from "../estimators/regressionTable.ts";
import { pool, type PooledEstimate, pooledTest } from "./pool.ts";

export type PooledStudy = {
  readonly study: FittedStudy;
  /** Share of information on each of the estimator's paths that is lost to missing values. */
  readonly fractionMissing: Readonly<Record<PathName, number>>;
};

/**
 * One study from its imputed data sets: every coefficient by Rubin's rules with the degrees of freedom of Barnard and Rubin
 * (the complete-data df is the data sets' mean); everything without a standard error, R² among it, as their mean.
 *
 * @param studies m ≥ 2, all of the same columns and estimator
 * @param level   confidence level in (0, 1)
 * @source  Rubin (1987), ch. 3; Barnard & Rubin (1999), doi:10.1093/biomet/86.4.948
 */
export function poolStudies(studies: readonly FittedStudy[], level: number): PooledStudy {
  const [first] = studies;
  const own = poolEstimates(
    studies.map((study) => study.own),
    level,
  );
  const ordinary = poolEstimates(
    studies.map((study) => study.ordinary),
    level,
  );
  const basis = meanOf(
    studies.map((study) => study.basis),
    ["sdX", "sdM", "sdY", "partialRA", "partialRB"],
  );
  const lost = (path: PathName) => poolCoefficients(studies.map((study) => study.own.paths[path])).fractionMissing;
  return {
    study: {
      ...first,
      own,
      ordinary,
      basis: { ...first.basis, ...basis, ...slopesOf(own) } satisfies EffectSizeBasis,
      clusters: first.clusters && poolClusters(studies.map((study) => study.clusters ?? first.clusters!)),
    },
    fractionMissing: { a: lost("a"), b: lost("b"), cPrime: lost("cPrime"), c: lost("c") },
  };
}

function poolEstimates(sets: readonly Estimates[], level: number): Estimates {
  const [first] = sets;
  const path = (name: PathName) =>
    pooledCoefficient(
      sets.map(({ paths }) => paths[name]),
      level,
    );
  const paths: Paths = { a: path("a"), b: path("b"), cPrime: path("cPrime"), c: path("c") };
  const model = (name: "m" | "y" | "total") =>
    poolTables(
      sets.flatMap(({ models }) => (models === null ? [] : [models[name]])),
      level,
    );
  const part = (name: "m" | "y" | "total") =>
    poolParts(sets.flatMap(({ mixed }) => (mixed === null ? [] : [mixed[name]])));
  return {
    ok: true,
    paths,
    models: first.models && { m: model("m"), y: model("y"), total: model("total") },
    mixed: first.mixed && { method: first.mixed.method, m: part("m"), y: part("y"), total: part("total") },
    withinBetween:
      first.withinBetween &&
      poolWithinBetween(
        sets.flatMap(({ withinBetween }) => withinBetween ?? []),
        level,
      ),
  };
}

function poolWithinBetween(parts: readonly WithinBetweenPart[], level: number): WithinBetweenPart {
  const coefficient = (name: "bWithin" | "contextual") =>
    pooledCoefficient(
      parts.map((part) => part[name]),
      level,
    );
  const variances = (name: "m" | "y") =>
    meanOf(
      parts.map((part) => part.variances[name]),
      ["between", "within"],
    );
  return {
    bWithin: coefficient("bWithin"),
    contextual: coefficient("contextual"),
    variances: { m: variances("m"), y: variances("y") },
  };
}

/** F and its p belong to one data set: they are NaN. */
function poolTables(tables: readonly RegressionTable[], level: number): RegressionTable {
  const [first] = tables;
  const means = meanOf(tables, ["rSquared", "adjustedRSquared", "mse"]);
  return {
    ...first,
    ...means,
    r: Math.sqrt(means.rSquared),
    f: Number.NaN,
    p: Number.NaN,
    coefficients: first.coefficients.map(({ name }, index) => ({
      name,
      ...pooledCoefficient(
        tables.map(({ coefficients }) => coefficients[index]),
        level,
      ),
    })),
  };
}

/** Means over the data sets; singular where any is. */
export function poolParts(parts: readonly MixedPart[]): MixedPart {
  const means = meanOf(parts, ["teamVariance", "residualVariance", "icc", "logLik"]);
  const managers = parts.flatMap(({ managerVariance }) => managerVariance ?? []);
  return {
    ...means,
    managerVariance: managers.length === 0 ? null : mean(managers),
    singular: parts.some(({ singular }) => singular),
  };
}

function poolClusters(summaries: readonly ClusterSummary[]): ClusterSummary {
  const variable = (name: "m" | "y"): VariableClustering => {
    const each = summaries.map(({ icc }) => icc[name]);
    const reml = each.flatMap((one) => one.reml ?? []);
    return {
      ...meanOf(each, ["anova", "n0", "designEffect"]),
      reml: reml.length === each.length ? mean(reml) : null,
    };
  };
  return { ...summaries[0], icc: { m: variable("m"), y: variable("y") } };
}

function poolCoefficients(coefficients: readonly Coefficient[]): PooledEstimate {
  return pool(
    coefficients.map(({ estimate }) => estimate),
    coefficients.map(({ se }) => se),
    mean(coefficients.map(({ df }) => df)),
  );
}

/** By Rubin's rules. A coefficient without a test in some data set has none. */
export function pooledCoefficient(coefficients: readonly Coefficient[], level: number): Coefficient {
  const untested = coefficients.find(({ se }) => Number.isNaN(se));
  if (untested !== undefined) return { ...untested, estimate: mean(coefficients.map(({ estimate }) => estimate)) };
  return pooledTest(poolCoefficients(coefficients), level);
}

/** The mean of each named number. */
export function meanOf<Name extends string>(
  items: readonly Readonly<Record<Name, number>>[],
  names: readonly Name[],
): Record<Name, number> {
  const entries = names.map((name) => [name, mean(items.map((item) => item[name]))]);
  return Object.fromEntries(entries) as Record<Name, number>;
}

function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
