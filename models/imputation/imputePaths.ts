import type { Key } from "../../sim/random/address.ts";
import type { Clusters } from "../estimators/cluster/clusters.ts";
import type { PathFit, StudyData } from "../estimators/types.ts";
import { type ImputedFits, imputeAndPool } from "./imputeAndPool.ts";
import type { ImputationFailure, ImputationMethod, ImputationOptions } from "./types.ts";

/** A study with missing values, and what may help to impute them. */
export type IncompleteStudy = {
  /** NaN where a value is missing. */
  readonly data: StudyData;
  /** Columns that predict missing values but are in no equation; may have missing values of their own. */
  readonly auxiliary?: readonly Float64Array[];
  /** By column: x, m, y, covariates, auxiliary. What is left out is chosen by the column's values. */
  readonly methods?: readonly (ImputationMethod | undefined)[];
};

/**
 * The two paths of the indirect effect from a study with missing values, by each of several complete-data analyses:
 * chained equations, a fit of each completed data set, Rubin's rules. A result feeds every test of ab;
 * `monteCarlo(result.paths, …)` is the Monte-Carlo interval on pooled paths.
 *
 * @param clusters the team of each client; null: clients are independent
 * @param options  m ≥ 2
 * @param key      key of the replication
 * @param analyses of a completed study; null where one fails
 * @returns pooled paths of each analysis; or why there are none. `column` of a failure counts x, m, y, covariates, auxiliary
 * @source  Rubin (1987); Wu & Jia (2013), doi:10.1080/00273171.2013.816235 (mediation after multiple imputation)
 */
export function imputePaths(
  { data, auxiliary = [], methods = [] }: IncompleteStudy,
  clusters: Clusters | null,
  options: ImputationOptions,
  key: Key,
  analyses: readonly ((data: StudyData) => PathFit | null)[],
): ImputedFits | ImputationFailure {
  const columns = [data.x, data.m, data.y, ...data.covariates, ...auxiliary].map((values, column) => {
    const method = methods[column];
    return method === undefined ? { values } : { values, method };
  });
  const nCovariates = data.covariates.length;
  const ofColumns = analyses.map((analysis) => ([x, m, y, ...others]: readonly Float64Array[]) => {
    return analysis({ n: data.n, x, m, y, covariates: others.slice(0, nCovariates) });
  });
  return imputeAndPool(columns, clusters, options, key, ofColumns);
}
