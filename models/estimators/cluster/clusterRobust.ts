import type { OrthonormalBasis } from "../../../sim/numerics/orthonormalBasis.ts";
import { clusterGeometry } from "./clusterGeometry.ts";
import type { ClusterFailure, Clusters } from "./clusters.ts";
import { biasReducedWeights, plainWeights, satterthwaiteDf } from "./clusterWeights.ts";
import { coefficientCovariance, rowProducts } from "./sandwich.ts";

export type ClusterRobustType = "CR0" | "CR1" | "CR1S" | "CR2";

export type ClusterRobustFit = {
  readonly ok: true;
  readonly type: ClusterRobustType;
  readonly nClusters: number;
  /** Covariance of the coefficients, P × P by rows, the constant first. */
  readonly covariance: Float64Array;
  /**
   * Satterthwaite degrees of freedom of one coefficient (0 is the constant), > 0; 0 where the clusters determine the
   * coefficient exactly, so that it has neither variance nor test. Computed on request.
   */
  readonly satterthwaite: (coefficient: number) => number;
  /** What each cluster adds to a coefficient's error, length G: their squares add up to its variance. Computed on request. */
  readonly contributions: (coefficient: number) => Float64Array;
};

/**
 * Cluster-robust covariance of least-squares coefficients, (X′X)⁻¹ (Σ_g X_g′A_g e_g e_g′A_g X_g) (X′X)⁻¹, and its degrees
 * of freedom.
 *   CR0: A_g = I. CR1: CR0 × G/(G − 1). CR1S (Stata's): CR0 × G/(G − 1) × (n − 1)/(n − P).
 *   CR2 (Bell & McCaffrey): A_g = (I − H_gg)^(−½), the symmetric root of the pseudo-inverse: exactly unbiased when errors
 *   are independent and equally variable.
 *
 * @param basis     of the design, P columns with the constant first
 * @param residuals length n
 * @param clusters  of the n clients
 * @returns covariance and df; or a failure when there is one cluster
 * @source  Bell & McCaffrey (2002), Survey Methodology 28(2), 169–181; Pustejovsky & Tipton (2018),
 *          doi:10.1080/07350015.2016.1247004. R's clubSandwich gives the same to 1e-12, badly scaled columns included
 *          (test/oracle/cluster)
 */
export function clusterRobust(
  basis: OrthonormalBasis,
  residuals: Float64Array,
  clusters: Clusters,
  type: ClusterRobustType,
): ClusterRobustFit | ClusterFailure {
  const { nClusters } = clusters;
  if (nClusters === 1) return { ok: false, kind: "oneCluster", nClusters };
  const geometry = clusterGeometry(basis, residuals, clusters);
  const weights = type === "CR2" ? biasReducedWeights(geometry) : plainWeights(geometry);
  const { order, toCoefficients } = basis;
  const { scores } = weights;
  const meat = new Float64Array(order * order);
  const factor = clusterFactor(type, geometry);
  const coefficientRow = (j: number) => toCoefficients.subarray(j * order, (j + 1) * order);
  for (let g = 0; g < nClusters; g++)
    for (let j = 0; j < order; j++) {
      const left = factor * scores[g * order + j];
      for (let k = 0; k <= j; k++) meat[j * order + k] += left * scores[g * order + k];
    }
  return {
    ok: true,
    type,
    nClusters,
    covariance: coefficientCovariance(basis, meat),
    satterthwaite: (j) => satterthwaiteDf(weights, coefficientRow(j)),
    contributions: (j) => rowProducts(scores, coefficientRow(j)).map((product) => Math.sqrt(factor) * product),
  };
}

/** What the sum over clusters is multiplied by. */
export function clusterFactor(
  type: ClusterRobustType,
  { n, order, nClusters }: { readonly n: number; readonly order: number; readonly nClusters: number },
): number {
  switch (type) {
    case "CR0":
    case "CR2":
      return 1;
    case "CR1":
      return nClusters / (nClusters - 1);
    case "CR1S":
      return (nClusters / (nClusters - 1)) * ((n - 1) / (n - order));
  }
}
