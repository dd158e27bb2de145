import { symmetricEigen } from "../../../sim/numerics/symmetricEigen.ts";
import type { ClusterGeometry } from "./clusterGeometry.ts";

/**
 * How each cluster's residuals are weighted before its scores are squared: A_g = I, or A_g = (I − H_gg)^(−½), the symmetric
 * root of the pseudo-inverse. As H_gg = Q_g Q_g′, all that A_g does happens in the P dimensions of the basis: with
 * K_g = Σ λ·u·u′ (eigenvalues in [0, 1]), Q_g′A_g v = Σ φ(λ) u (u′Q_g′v), where φ = 1 or (1 − λ)^(−½).
 */
export type ClusterWeights = {
  readonly order: number;
  readonly nClusters: number;
  /** Q_g′A_g e_g of each cluster, G × P. */
  readonly scores: Float64Array;
  /**
   * For a direction z (length P): writes r_g = φ(K_g)·K_g·z to `r` from position `at` on, and returns
   * ω_gg = z′φ²K_g(I − K_g)z, the cluster's part in the expected variance when errors are independent with variance 1.
   */
  readonly influence: (g: number, z: Float64Array, r: Float64Array, at: number) => number;
};

/** Below this, 1 − λ is 0: the cluster alone determines a direction, and the pseudo-inverse leaves it out. */
const SINGULAR = 1e-10;

/** A_g = I. */
export function plainWeights({ order, nClusters, products, scores }: ClusterGeometry): ClusterWeights {
  const size = order * order;
  const influence = (g: number, z: Float64Array, r: Float64Array, at: number) => {
    let diagonal = 0;
    for (let j = 0; j < order; j++) {
      let sum = 0;
      for (let k = 0; k < order; k++) sum += products[g * size + j * order + k] * z[k];
      r[at + j] = sum;
      diagonal += (z[j] - sum) * sum;
    }
    return diagonal;
  };
  return { order, nClusters, scores, influence };
}

/** A_g = (I − H_gg)^(−½): P³ work per cluster. */
export function biasReducedWeights({ order, nClusters, products, scores }: ClusterGeometry): ClusterWeights {
  const size = order * order;
  const values = new Float64Array(nClusters * order);
  const vectors = new Float64Array(nClusters * size);
  const roots = new Float64Array(nClusters * order);
  const weighted = new Float64Array(nClusters * order);
  for (let g = 0; g < nClusters; g++) {
    const first = g * order;
    const block = products.slice(g * size, (g + 1) * size);
    const ownValues = values.subarray(first, first + order);
    symmetricEigen(block, order, ownValues, vectors.subarray(g * size, (g + 1) * size));
    for (let k = 0; k < order; k++) {
      const left = 1 - values[first + k];
      if (left <= SINGULAR) continue;
      roots[first + k] = 1 / Math.sqrt(left);
      const u = g * size + k * order;
      let along = 0;
      for (let j = 0; j < order; j++) along += vectors[u + j] * scores[first + j];
      along *= roots[first + k];
      for (let j = 0; j < order; j++) weighted[first + j] += along * vectors[u + j];
    }
  }
  const influence = (g: number, z: Float64Array, r: Float64Array, at: number) => {
    let diagonal = 0;
    for (let j = 0; j < order; j++) r[at + j] = 0;
    for (let k = 0; k < order; k++) {
      const root = roots[g * order + k];
      if (root === 0) continue;
      const u = g * size + k * order;
      let along = 0;
      for (let j = 0; j < order; j++) along += vectors[u + j] * z[j];
      const length = values[g * order + k] * along;
      diagonal += length * along;
      for (let j = 0; j < order; j++) r[at + j] += root * length * vectors[u + j];
    }
    return diagonal;
  };
  return { order, nClusters, scores: weighted, influence };
}

/** Σ_g (z′Q_g′A_g e_g)², the variance of the coefficient whose weights are Qz. */
export function directionVariance({ order, nClusters, scores }: ClusterWeights, z: Float64Array): number {
  let variance = 0;
  for (let g = 0; g < nClusters; g++) {
    let score = 0;
    for (let j = 0; j < order; j++) score += z[j] * scores[g * order + j];
    variance += score * score;
  }
  return variance;
}

/** Share of a coefficient's variance below which what the clusters leave of it is rounding. */
const NO_VARIANCE = 1e-10;

/**
 * Satterthwaite's degrees of freedom of a coefficient's cluster-robust variance, (Σω_gg)²/Σ_gh ω_gh², when errors are
 * independent and equally variable. ω_gh = p_g′p_h, where p_g are the weights of all errors in cluster g's score:
 * ω_gh = −r_g′r_h for g ≠ h. G²P work.
 *
 * @param z the coefficient is z′Q′y
 * @returns df > 0; 0 where the clusters determine the coefficient exactly, so that its variance is 0
 * @source  Pustejovsky & Tipton (2018), doi:10.1080/07350015.2016.1247004
 */
export function satterthwaiteDf({ order, nClusters, influence }: ClusterWeights, z: Float64Array): number {
  const r = new Float64Array(nClusters * order);
  let trace = 0;
  let squares = 0;
  for (let g = 0; g < nClusters; g++) {
    const diagonal = influence(g, z, r, g * order);
    trace += diagonal;
    squares += diagonal * diagonal;
    for (let h = 0; h < g; h++) {
      let product = 0;
      for (let j = 0; j < order; j++) product += r[g * order + j] * r[h * order + j];
      squares += 2 * product * product;
    }
  }
  let length = 0;
  for (let j = 0; j < order; j++) length += z[j] * z[j];
  return trace > NO_VARIANCE * length ? (trace * trace) / squares : 0;
}
