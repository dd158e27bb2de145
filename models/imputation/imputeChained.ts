import type { Key } from "../../sim/random/address.ts";
import type { Clusters } from "../estimators/cluster/clusters.ts";
import { imputeOnce } from "./imputeOnce.ts";
import { prepareImputation } from "./prepareImputation.ts";
import type { DroppedPredictor, ImputationFailure, ImputationOptions, IncompleteColumn } from "./types.ts";

export type Imputation = {
  readonly ok: true;
  /** completed[j][column]: data set j, columns of length n without missing values. Complete columns are the ones given. */
  readonly completed: readonly (readonly Float64Array[])[];
  /** Missing values of each column. */
  readonly nMissing: readonly number[];
  /** Predictors that had to be left out in some round. */
  readonly dropped: readonly DroppedPredictor[];
};

/**
 * Multiple imputation by chained equations: missing values start as observed ones drawn at random; then, round by round,
 * each incomplete column is regressed on all others where it is observed, and its missing values are drawn anew from the
 * posterior predictive distribution.
 *
 * Draws are addressed by data set, round, column and row: data set j is the same whatever m is, however many workers share
 * the work, and a round is the same however many follow. The columns' order is the order of imputation.
 *
 * With clusters, columns imputed by `normal` have a random intercept for each team, and the predictions of
 * `predictiveMeanMatching` include it (`drawTwoLevel`): imputed values of a team are as alike as observed ones. Slopes between
 * teams are those within, unless `teamMeans` are predictors too (Lüdtke, Robitzsch & Grund 2017). Logistic columns take no
 * notice of teams: imputed 0s and 1s of one team are less alike than observed ones. One team alone is no team.
 *
 * @param columns every column that any analysis of the imputed data uses, the outcome included; at least two
 * @param clusters the team of each row; null: rows are independent
 * @param key     key of the replication; uses the streams `imputation…`
 * @returns completed data sets; or why there are none, naming the column
 * @source  van Buuren & Groothuis-Oudshoorn (2011), doi:10.18637/jss.v045.i03; White, Royston & Wood (2011), doi:10.1002/sim.4067;
 *          Lüdtke, Robitzsch & Grund (2017), doi:10.1037/met0000096; Grund, Lüdtke & Robitzsch (2018), doi:10.1177/1094428117703686
 */
export function imputeChained(
  columns: readonly IncompleteColumn[],
  clusters: Clusters | null,
  options: ImputationOptions,
  key: Key,
): Imputation | ImputationFailure {
  const task = prepareImputation(columns, clusters, options);
  if (!task.ok) return task;
  const sets = Array.from({ length: options.imputations }, (_, index) => imputeOnce(task, options, key, index));
  const dropped = new Map<number, DroppedPredictor>();
  for (const pair of sets.flatMap((set) => set.dropped))
    dropped.set(pair.column * columns.length + pair.predictor, pair);
  return {
    ok: true,
    completed: sets.map((set) => set.columns),
    nMissing: task.columns.map(({ missing }) => missing.length),
    dropped: [...dropped.values()],
  };
}
