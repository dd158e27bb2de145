/** Which cluster (team, case manager) each client belongs to. */
export type Clusters = {
  readonly nClusters: number;
  /** Cluster of each client, 0 … nClusters − 1 in the order of first appearance; length n. */
  readonly index: Int32Array;
  /** Clients per cluster, length nClusters. */
  readonly sizes: Int32Array;
};

/** Why clustered data gave no estimate. A replication that fails is data: it is counted, never dropped silently. */
export type ClusterFailure =
  /** All clients share one cluster. */
  | { readonly ok: false; readonly kind: "oneCluster"; readonly nClusters: 1 }
  /** Every cluster has one client: its variance is the residual's. */
  | { readonly ok: false; readonly kind: "clusterPerClient"; readonly nClusters: number }
  /** The clusters determine coefficient `coefficient` (0 is the constant) exactly: no variance can be estimated for it. */
  | { readonly ok: false; readonly kind: "clustersDetermine"; readonly nClusters: number; readonly coefficient: number }
  /** The predictors leave no difference between clusters to estimate their variance from. */
  | { readonly ok: false; readonly kind: "tooFewClusters"; readonly nClusters: number }
  /** Every team has one case manager: the two variances cannot be told apart. */
  | { readonly ok: false; readonly kind: "managerPerTeam"; readonly nClusters: number }
  /** Every case manager has one client. */
  | { readonly ok: false; readonly kind: "managerPerClient"; readonly nClusters: number };

/** Which equation of the mediation model failed, and why. */
export type EquationFailure = ClusterFailure & { readonly response: "m" | "y" };

/**
 * Numbers clusters by first appearance.
 *
 * @param labels one label per client: numbers or text, compared by ===
 */
export function clustersOf(labels: ArrayLike<number | string>): Clusters {
  const position = new Map<number | string, number>();
  const index = new Int32Array(labels.length);
  const sizes: number[] = [];
  for (let i = 0; i < labels.length; i++) {
    let cluster = position.get(labels[i]);
    if (cluster === undefined) {
      cluster = sizes.length;
      position.set(labels[i], cluster);
      sizes.push(0);
    }
    index[i] = cluster;
    sizes[cluster]++;
  }
  return { nClusters: sizes.length, index, sizes: Int32Array.from(sizes) };
}

/**
 * Why clusters cannot carry cluster-robust errors, in words; null where there are at least as many as coefficients.
 *
 * @param cluster what a cluster is called, e.g. "team"
 * @param what    which regression has that many coefficients: "the regression of qol"
 */
export function tooFewForRobust(
  { nClusters }: Clusters,
  nCoefficients: number,
  cluster: string,
  what: string,
): string | null {
  if (nClusters >= nCoefficients) return null;
  return (
    `${nClusters} values of ${cluster} are fewer than the ${nCoefficients} coefficients of ${what}: ` +
    "cluster-robust errors need more clusters; use fewer covariates or a mixed model"
  );
}

/**
 * The failure in words.
 *
 * @param cluster      what a cluster is called, e.g. "team"
 * @param coefficients names of the equation's coefficients, "constant" first
 */
export function describeClusterFailure(
  failure: ClusterFailure,
  cluster: string,
  coefficients: readonly string[],
): string {
  switch (failure.kind) {
    case "oneCluster":
      return `${cluster} takes 1 value: clustered standard errors need at least 2`;
    case "clusterPerClient":
      return `${cluster} takes a value of its own in each of ${failure.nClusters} cases: its variance cannot be told from the residual's`;
    case "clustersDetermine":
      return `${failure.nClusters} values of ${cluster} determine the coefficient of ${coefficients[failure.coefficient]} exactly: it has no standard error`;
    case "tooFewClusters":
      return `${failure.nClusters} values of ${cluster} are too few: the predictors leave no difference between them to estimate a variance from`;
    case "managerPerTeam":
      return `case managers do not divide the ${failure.nClusters} values of ${cluster}: their variances cannot be told apart`;
    case "managerPerClient":
      return `each of ${failure.nClusters} case managers has 1 client: their variance cannot be told from the residual's`;
  }
}
