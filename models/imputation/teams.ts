import type { Clusters } from "../estimators/cluster/clusters.ts";
import type { Rows } from "./gram.ts";

/** Teams of a data set in some round. */
export type TeamState = {
  readonly nTeams: number;
  /** Team of each row. */
  readonly index: Int32Array;
  /** Rows per team, all ≥ 1. */
  readonly sizes: Int32Array;
  /** Column sums by team over all rows, nTeams × p by rows; kept up to date as values are replaced. */
  readonly sums: Float64Array;
};

/** Rows in which some column is observed, by team. */
export type ObservedTeams = {
  readonly count: number;
  /** Observed rows per team; 0 where a team has none. */
  readonly sizes: Int32Array;
  /** The sizes > 0 that occur, and how many teams have each. */
  readonly groups: { readonly sizes: Int32Array; readonly nTeams: Int32Array };
  /** Group of each team; −1 where it has no observed rows. */
  readonly groupOf: Int32Array;
};

export function teamStateOf({ n, p, values }: Rows, { nClusters, index, sizes }: Clusters): TeamState {
  const sums = new Float64Array(nClusters * p);
  for (let row = 0; row < n; row++) for (let a = 0; a < p; a++) sums[index[row] * p + a] += values[row * p + a];
  return { nTeams: nClusters, index, sizes, sums };
}

export function observedTeams({ nClusters, index }: Clusters, observed: Int32Array): ObservedTeams {
  const sizes = new Int32Array(nClusters);
  for (const row of observed) sizes[index[row]]++;
  const distinct = Int32Array.from(new Set(sizes)).filter((size) => size > 0);
  return {
    count: observed.length,
    sizes,
    groups: { sizes: distinct, nTeams: distinct.map((size) => sizes.filter((other) => other === size).length) },
    groupOf: sizes.map((size) => distinct.indexOf(size)),
  };
}
