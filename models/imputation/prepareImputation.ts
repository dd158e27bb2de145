import type { Clusters } from "../estimators/cluster/clusters.ts";
import { type ObservedTeams, observedTeams } from "./teams.ts";
import type { ImputationFailure, ImputationMethod, ImputationOptions, IncompleteColumn } from "./types.ts";

/** A study ready to be imputed. */
export type ImputationTask = {
  readonly ok: true;
  readonly n: number;
  readonly columns: readonly PreparedColumn[];
  /** null: rows are independent, or of one team. */
  readonly clusters: Clusters | null;
  /** Team means of the other columns are predictors too. */
  readonly withMeans: boolean;
};

export type PreparedColumn = {
  readonly values: Float64Array;
  readonly method: ImputationMethod;
  /** Rows with and without a value. */
  readonly observed: Int32Array;
  readonly missing: Int32Array;
  /** The observed rows by team; null where rows are independent. */
  readonly observedTeams: ObservedTeams | null;
  /** Mean and standard deviation of the observed values; 0 and 1 for a logistic column, which keeps its 0s and 1s. */
  readonly origin: number;
  readonly unit: number;
};

/**
 * Checks the columns, and settles how each is imputed.
 *
 * @param clusters the team of each row; null: rows are independent
 */
export function prepareImputation(
  columns: readonly IncompleteColumn[],
  clusters: Clusters | null,
  { teamMeans = false }: Pick<ImputationOptions, "teamMeans"> = {},
): ImputationTask | ImputationFailure {
  const n = columns[0].values.length;
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  const teams = clusters !== null && clusters.nClusters > 1 ? clusters : null;
  const withMeans = teams !== null && teamMeans;
  const prepared: PreparedColumn[] = [];
  for (const [column, { values, method: asked }] of columns.entries()) {
    const observed = rows.filter((row) => !Number.isNaN(values[row]));
    const missing = rows.filter((row) => Number.isNaN(values[row]));
    if (observed.length === 0) return { ok: false, kind: "allMissing", column };
    if (observed.every((row) => values[row] === values[observed[0]])) return { ok: false, kind: "constant", column };
    const isBinary = observed.every((row) => values[row] === 0 || values[row] === 1);
    const method = asked ?? (isBinary ? "logistic" : "normal");
    if (method === "logistic" && !isBinary) return { ok: false, kind: "notBinary", column };
    const needed = columns.length + 1;
    if (missing.length > 0 && observed.length < needed)
      return { ok: false, kind: "tooFewObserved", column, observed: observed.length, needed };
    const byTeam = teams && observedTeams(teams, observed);
    if (missing.length > 0 && byTeam !== null && withMeans && method !== "logistic") {
      const nTeams = byTeam.sizes.filter((size) => size > 0).length;
      if (nTeams < needed) return { ok: false, kind: "tooFewTeams", column, observed: nTeams, needed };
    }
    prepared.push({ values, method, observed, missing, observedTeams: byTeam, ...scaleOf(values, observed, method) });
  }
  return { ok: true, n, columns: prepared, clusters: teams, withMeans };
}

function scaleOf(values: Float64Array, observed: Int32Array, method: ImputationMethod) {
  if (method === "logistic") return { origin: 0, unit: 1 };
  let mean = 0;
  for (const row of observed) mean += values[row] / observed.length;
  let squares = 0;
  for (const row of observed) squares += (values[row] - mean) * (values[row] - mean);
  return { origin: mean, unit: Math.sqrt(squares / (observed.length - 1)) };
}
