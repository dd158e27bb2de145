import type { OrthonormalBasis } from "../../../sim/numerics/orthonormalBasis.ts";
import type { Clusters } from "./clusters.ts";

/**
 * A fitted regression seen cluster by cluster, in an orthonormal basis Q of its P columns (X = Q S⁻¹, hat matrix H = QQ′).
 * It is all that cluster-robust covariances need, and nothing in it has the order of a cluster's size.
 */
export type ClusterGeometry = {
  readonly n: number;
  /** P, the constant included. */
  readonly order: number;
  readonly nClusters: number;
  /** K_g = Q_g′Q_g of each cluster, G × P × P, both triangles; they add up to I. */
  readonly products: Float64Array;
  /** Q_g′e_g of each cluster, G × P; they add up to 0. */
  readonly scores: Float64Array;
};

/**
 * @param basis     of the design, n rows
 * @param residuals length n
 */
export function clusterGeometry(
  { n, order, q }: OrthonormalBasis,
  residuals: Float64Array,
  { nClusters, index }: Clusters,
): ClusterGeometry {
  const size = order * order;
  const products = new Float64Array(nClusters * size);
  const scores = new Float64Array(nClusters * order);
  for (let i = 0; i < n; i++) {
    const row = i * order;
    const residual = residuals[i];
    const score = index[i] * order;
    let at = index[i] * size;
    for (let j = 0; j < order; j++, at += order) {
      const factor = q[row + j];
      scores[score + j] += residual * factor;
      for (let k = 0; k <= j; k++) products[at + k] += factor * q[row + k];
    }
  }
  for (let at = 0; at < products.length; at += size)
    for (let j = 0; j < order; j++)
      for (let k = 0; k < j; k++) products[at + k * order + j] = products[at + j * order + k];
  return { n, order, nClusters, products, scores };
}
