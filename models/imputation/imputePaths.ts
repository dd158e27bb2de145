import type { Key } from "../../sim/random/address.ts";
import { fitPaths } from "../estimators/fitPaths.ts";
import type { PathFit, StudyData } from "../estimators/types.ts";
import { imputeOnce, prepareImputation } from "./imputeChained.ts";
import { type PooledPaths, poolPaths } from "./pool.ts";
import type { DroppedPredictor, ImputationFailure, ImputationMethod, ImputationOptions } from "./types.ts";

/** A study with missing values, and what may help to impute them. */
export type IncompleteStudy = {
  /** NaN where a value is missing. */
  readonly data: StudyData;
  /** Columns that predict missing values but are in no equation; may have missing values of their own. */
  readonly auxiliary?: readonly Float64Array[];
  /** By column: x, m, y, covariates, auxiliary. What is left out is chosen by the column's values. */
  readonly methods?: readonly (ImputationMethod | undefined)[];
};

export type ImputedPaths = PooledPaths & {
  readonly ok: true;
  readonly imputations: number;
  /** Missing values by column: x, m, y, covariates, auxiliary. */
  readonly nMissing: readonly number[];
  readonly dropped: readonly DroppedPredictor[];
};

/** A completed data set (its index, from 0) that could not be fitted. */
export type NotFitted = { readonly ok: false; readonly kind: "notFitted"; readonly imputation: number };

/**
 * The two paths of the indirect effect from a study with missing values: chained equations, a fit of each completed data
 * set, Rubin's rules. The result feeds every test of ab; `monteCarlo(result.paths, …)` is the Monte-Carlo interval on pooled paths.
 *
 * @param options m ≥ 2
 * @param key     key of the replication
 * @param fitStudy the complete-data analysis; null where it fails
 * @returns pooled paths; or why there are none. `column` of a failure counts x, m, y, covariates, auxiliary
 * @source  Rubin (1987); Wu & Jia (2013), doi:10.1080/00273171.2013.816235 (mediation after multiple imputation)
 */
export function imputePaths(
  { data, auxiliary = [], methods = [] }: IncompleteStudy,
  options: ImputationOptions,
  key: Key,
  fitStudy: (data: StudyData) => PathFit | null = fitPaths,
): ImputedPaths | ImputationFailure | NotFitted {
  const columns = [data.x, data.m, data.y, ...data.covariates, ...auxiliary].map((values, column) => {
    const method = methods[column];
    return method === undefined ? { values } : { values, method };
  });
  const task = prepareImputation(columns);
  if (!task.ok) return task;
  const nCovariates = data.covariates.length;
  const fits: PathFit[] = [];
  const dropped = new Map<number, DroppedPredictor>();
  for (let index = 0; index < options.imputations; index++) {
    const set = imputeOnce(task, options, key, index);
    for (const pair of set.dropped) dropped.set(pair.column * columns.length + pair.predictor, pair);
    const [x, m, y, ...others] = set.columns;
    const paths = fitStudy({ n: data.n, x, m, y, covariates: others.slice(0, nCovariates) });
    if (paths === null) return { ok: false, kind: "notFitted", imputation: index };
    fits.push(paths);
  }
  return {
    ok: true,
    ...poolPaths(fits),
    imputations: options.imputations,
    nMissing: task.columns.map(({ missing }) => missing.length),
    dropped: [...dropped.values()],
  };
}
