import type { ClusterFailure, Clusters } from "./clusters.ts";

/** One-way analysis of variance of a variable by cluster. */
export type ClusterVariation = {
  readonly ok: true;
  /**
   * ICC(1) = (MSB − MSW)/(MSB + (n₀ − 1)·MSW): the share of the variable's variance that lies between clusters. Negative
   * where clusters differ less than chance would have them.
   */
  readonly icc: number;
  /** Mean cluster size as it counts here, (n − Σn_g²/n)/(G − 1): below the plain mean where sizes differ. */
  readonly n0: number;
  readonly meanSquareBetween: number;
  readonly meanSquareWithin: number;
  /**
   * 1 + (n₀ − 1)·ICC: what clustering multiplies the variance of a mean by when clusters are of one size. Of unequal ones a
   * plain mean's variance grows by more, 1 + (Σn_g²/n − 1)·ICC.
   */
  readonly designEffect: number;
};

/** The variable takes one value. */
export type ConstantVariable = { readonly ok: false; readonly kind: "constant" };

/**
 * Intraclass correlation by analysis of variance, clusters of any sizes. The REML estimate is `iccOf` a mixed model.
 *
 * @param values   length n, finite
 * @param clusters of the n clients, with at least one cluster of two
 * @source  Donner (1986), doi:10.2307/1403259; design effect: Kish (1965), Survey Sampling, ch. 5
 */
export function clusterVariation(
  values: Float64Array,
  { nClusters, index, sizes }: Clusters,
): ClusterVariation | ClusterFailure | ConstantVariable {
  const n = values.length;
  if (nClusters === 1) return { ok: false, kind: "oneCluster", nClusters };
  if (nClusters === n) return { ok: false, kind: "clusterPerClient", nClusters };
  if (values.every((value) => value === values[0])) return { ok: false, kind: "constant" };
  const means = new Float64Array(nClusters);
  for (let i = 0; i < n; i++) means[index[i]] += values[i];
  let total = 0;
  let sizeSquares = 0;
  for (let g = 0; g < nClusters; g++) {
    total += means[g];
    means[g] /= sizes[g];
    sizeSquares += sizes[g] * sizes[g];
  }
  const mean = total / n;
  let between = 0;
  for (let g = 0; g < nClusters; g++) between += sizes[g] * (means[g] - mean) * (means[g] - mean);
  let within = 0;
  for (let i = 0; i < n; i++) within += (values[i] - means[index[i]]) * (values[i] - means[index[i]]);
  const meanSquareBetween = between / (nClusters - 1);
  const meanSquareWithin = within / (n - nClusters);
  const n0 = (n - sizeSquares / n) / (nClusters - 1);
  const icc = (meanSquareBetween - meanSquareWithin) / (meanSquareBetween + (n0 - 1) * meanSquareWithin);
  return { ok: true, icc, n0, meanSquareBetween, meanSquareWithin, designEffect: designEffect(n0, icc) };
}

/** 1 + (n₀ − 1)·ICC. */
export function designEffect(n0: number, icc: number): number {
  return 1 + (n0 - 1) * icc;
}
