import type { Key } from "../../sim/random/address.ts";
import type { Clusters } from "../estimators/cluster/clusters.ts";
import type { PathFit } from "../estimators/types.ts";
import { imputeOnce } from "./imputeOnce.ts";
import { type PooledPaths, poolPaths } from "./pool.ts";
import { prepareImputation } from "./prepareImputation.ts";
import type { DroppedPredictor, ImputationFailure, ImputationOptions, IncompleteColumn } from "./types.ts";

/** A completed data set (its index, from 0) that could not be fitted: the first of them. */
export type NotFitted = { readonly ok: false; readonly kind: "notFitted"; readonly imputation: number };

/** What one analysis makes of the imputed data sets. */
export type PooledFit = (PooledPaths & { readonly ok: true }) | NotFitted;

export type ImputedFits = {
  readonly ok: true;
  /** One per analysis, in their order. */
  readonly results: readonly PooledFit[];
  readonly imputations: number;
  /** Missing values by column. */
  readonly nMissing: readonly number[];
  readonly dropped: readonly DroppedPredictor[];
};

/**
 * Imputes columns once, and pools what each of several analyses makes of the completed data sets.
 *
 * @param columns  every column that any analysis uses, and what may help to impute them; at least two
 * @param clusters the team of each row; null: rows are independent
 * @param options  m ≥ 2
 * @param key      key of the replication; uses the streams `imputation…`
 * @param analyses of the completed columns, in the order of `columns`; null where one fails. An analysis that fails for one
 *                 data set is not asked about the later ones
 * @returns a result per analysis; or why nothing can be imputed, naming the column
 * @source  Rubin (1987), Multiple Imputation for Nonresponse in Surveys
 */
export function imputeAndPool(
  columns: readonly IncompleteColumn[],
  clusters: Clusters | null,
  options: ImputationOptions,
  key: Key,
  analyses: readonly ((columns: readonly Float64Array[]) => PathFit | null)[],
): ImputedFits | ImputationFailure {
  const task = prepareImputation(columns, clusters, options);
  if (!task.ok) return task;
  const { imputations } = options;
  const fits = analyses.map((): PathFit[] => []);
  const dropped = new Map<number, DroppedPredictor>();
  for (let index = 0; index < imputations; index++) {
    const set = imputeOnce(task, options, key, index);
    for (const pair of set.dropped) dropped.set(pair.column * columns.length + pair.predictor, pair);
    for (const [k, analysis] of analyses.entries()) {
      const fit = fits[k].length === index ? analysis(set.columns) : null;
      if (fit !== null) fits[k].push(fit);
    }
  }
  return {
    ok: true,
    results: fits.map((ofSets) =>
      ofSets.length === imputations
        ? { ok: true, ...poolPaths(ofSets) }
        : { ok: false, kind: "notFitted", imputation: ofSets.length },
    ),
    imputations,
    nMissing: task.columns.map(({ missing }) => missing.length),
    dropped: [...dropped.values()],
  };
}
