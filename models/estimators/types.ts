import type { Clusters } from "./cluster/clusters.ts";

/**
 * One study's data, ready to analyse: no missing values, columns of equal length n.
 * What a study observed, never the truth behind it.
 */
export type StudyData = {
  readonly n: number;
  readonly x: Float64Array;
  readonly m: Float64Array;
  readonly y: Float64Array;
  readonly covariates: readonly Float64Array[];
};

/** Who belongs together in a study. */
export type Groups = {
  readonly teams: Clusters;
  /** Case manager of each client, by any number; length n. null where they are not known. */
  readonly managers: Int32Array | null;
};

/** What any test of ab needs of a fit: the two paths, their standard errors and degrees of freedom. */
export type PathFit = {
  readonly a: number;
  readonly seA: number;
  readonly dfA: number;
  readonly b: number;
  readonly seB: number;
  readonly dfB: number;
};

export type Interval = readonly [lower: number, upper: number];
