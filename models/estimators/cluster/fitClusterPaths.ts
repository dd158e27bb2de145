import { cholesky } from "../../../sim/numerics/cholesky.ts";
import { addCrossProducts } from "../../../sim/numerics/crossProducts.ts";
import type { PathFit, StudyData } from "../types.ts";
import type { ClusterGeometry } from "./clusterGeometry.ts";
import { type ClusterRobustType, clusterFactor } from "./clusterRobust.ts";
import type { Clusters, EquationFailure } from "./clusters.ts";
import { biasReducedWeights, directionVariance, plainWeights, satterthwaiteDf } from "./clusterWeights.ts";

/** Why a study gave no paths: its design (or a residual of 0), or its clusters. */
export type ClusterPathsFailure = EquationFailure | { readonly ok: false; readonly kind: "singular" };

/** Beyond this loss of a column to those before it, cross-products keep too few digits to tell 1 − λ from 0. */
const NEARLY_COLLINEAR = 1e-4;

/**
 * The two regressions M ~ X + C and Y ~ M + X + C with cluster-robust standard errors, from one pass that sums each
 * cluster's cross-products: the fit of a power run. With the columns 1, C, X, M, Y in this order, S = Σ S_g = L L′, and
 * L⁻¹S_gL⁻ᵀ holds both equations' K_g as its leading blocks and their scores in the rows of M and Y.
 * `robustPaths` does the same from the rows, for any design, and agrees to rounding.
 *
 * @param data     columns of equal length n; fitted when n ≥ covariates + 4
 * @param clusters of the n clients
 * @param df       Satterthwaite's per coefficient, or G − 1
 * @returns the paths; or `singular` where a column is nearly a combination of those before it (10⁻⁴ of its squares left) or
 *          there are too few clients (`fitMediation` and `robustPaths` can say more); or what is wrong with the clusters
 */
export function fitClusterPaths(
  data: StudyData,
  clusters: Clusters,
  type: ClusterRobustType,
  df: "satterthwaite" | "clusters",
): { readonly ok: true; readonly paths: PathFit } | ClusterPathsFailure {
  const { nClusters } = clusters;
  if (nClusters === 1) return { ok: false, kind: "oneCluster", nClusters, response: "m" };
  const columns = [...data.covariates, data.x, data.m, data.y];
  const order = columns.length + 1;
  const m = order - 2;
  const y = order - 1;
  const lengths = columns.map(centredLength);
  if (data.n < order || lengths.some(({ length }) => length === 0)) return { ok: false, kind: "singular" };
  const blocks = blockProducts(columns, lengths, clusters);
  const factor = cholesky(total(blocks, order, nClusters));
  if (factor === null || factor.some((row, j) => j <= m && row[j] * row[j] < NEARLY_COLLINEAR)) {
    return { ok: false, kind: "singular" };
  }
  whiten(blocks, factor, nClusters);
  const lengthOf = (column: number) => lengths[column - 1].length;

  const results = [m, y].map((response) => {
    const residualLength = factor[response][response] * lengthOf(response);
    const geometry = leadingGeometry(blocks, order, response, data.n, nClusters, residualLength);
    const weights = type === "CR2" ? biasReducedWeights(geometry) : plainWeights(geometry);
    // The path is the last slope: z is a multiple of the last unit vector.
    const z = new Float64Array(response);
    z[response - 1] = 1 / (factor[response - 1][response - 1] * lengthOf(response - 1));
    const ownDf = satterthwaiteDf(weights, z);
    return {
      slope: factor[response][response - 1] * lengthOf(response) * z[response - 1],
      se: Math.sqrt(clusterFactor(type, geometry) * directionVariance(weights, z)),
      df: df === "satterthwaite" || ownDf === 0 ? ownDf : nClusters - 1,
    };
  });
  const [a, b] = results;
  if (a.df === 0) return { ok: false, kind: "clustersDetermine", nClusters, coefficient: 1, response: "m" };
  if (b.df === 0) return { ok: false, kind: "clustersDetermine", nClusters, coefficient: 2, response: "y" };
  return { ok: true, paths: { a: a.slope, seA: a.se, dfA: a.df, b: b.slope, seB: b.se, dfB: b.df } };
}

type CentredLength = { readonly mean: number; readonly length: number };

/** Mean, and √Σ(v − v̄)². */
function centredLength(column: Float64Array): CentredLength {
  const n = column.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += column[i];
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (column[i] - mean) * (column[i] - mean);
  return { mean, length: Math.sqrt(squares) };
}

/** Cross-products of 1/√n and the columns, centred and of length 1, in each cluster: G × D × D; the lower triangles. */
function blockProducts(
  columns: readonly Float64Array[],
  lengths: readonly CentredLength[],
  { nClusters, index, sizes }: Clusters,
): Float64Array {
  const n = index.length;
  const order = columns.length + 1;
  // Each cluster's columns, one after the other, so that its products are sums over neighbours.
  const firsts = new Int32Array(nClusters + 1);
  for (let g = 0; g < nClusters; g++) firsts[g + 1] = firsts[g] + sizes[g] * order;
  const next = firsts.slice();
  const position = new Int32Array(n);
  for (let i = 0; i < n; i++) position[i] = next[index[i]]++;
  const stride = new Int32Array(n);
  for (let i = 0; i < n; i++) stride[i] = sizes[index[i]];
  const sorted = new Float64Array(n * order);
  const one = 1 / Math.sqrt(n);
  for (let i = 0; i < n; i++) sorted[position[i]] = one;
  for (let j = 1; j < order; j++) {
    const column = columns[j - 1];
    const { mean, length } = lengths[j - 1];
    for (let i = 0; i < n; i++) {
      position[i] += stride[i];
      sorted[position[i]] = (column[i] - mean) / length;
    }
  }
  const size = order * order;
  const blocks = new Float64Array(nClusters * size);
  for (let g = 0; g < nClusters; g++) {
    const own = sorted.subarray(firsts[g], firsts[g + 1]);
    addCrossProducts(own, own, order, sizes[g], blocks.subarray(g * size, (g + 1) * size));
  }
  return blocks;
}

function total(blocks: Float64Array, order: number, nClusters: number): Float64Array[] {
  const size = order * order;
  return Array.from({ length: order }, (_, j) => {
    const row = new Float64Array(order);
    for (let g = 0; g < nClusters; g++) for (let k = 0; k <= j; k++) row[k] += blocks[g * size + j * order + k];
    return row;
  });
}

/** Each block B ← L⁻¹BL⁻ᵀ, both triangles: forward substitution from the left, then from the right. */
function whiten(blocks: Float64Array, factor: readonly Float64Array[], nClusters: number): void {
  const order = factor.length;
  const size = order * order;
  for (let start = 0; start < nClusters * size; start += size) {
    for (let j = 0; j < order; j++)
      for (let k = 0; k < j; k++) blocks[start + k * order + j] = blocks[start + j * order + k];
    for (let i = 0; i < order; i++) {
      const row = factor[i];
      const at = start + i * order;
      for (let l = 0; l < i; l++) {
        const weight = row[l];
        const other = start + l * order;
        for (let j = 0; j < order; j++) blocks[at + j] -= weight * blocks[other + j];
      }
      for (let j = 0; j < order; j++) blocks[at + j] /= row[i];
    }
    for (let i = 0; i < order; i++) {
      const at = start + i * order;
      for (let j = 0; j <= i; j++) {
        const row = factor[j];
        let value = blocks[at + j];
        for (let l = 0; l < j; l++) value -= row[l] * blocks[at + l];
        blocks[at + j] = value / row[j];
      }
    }
    for (let j = 0; j < order; j++)
      for (let k = 0; k < j; k++) blocks[start + k * order + j] = blocks[start + j * order + k];
  }
}

/** The equation whose response is column `response`: the columns before it are its basis, itself is its scaled residual. */
function leadingGeometry(
  blocks: Float64Array,
  total: number,
  response: number,
  n: number,
  nClusters: number,
  residualLength: number,
): ClusterGeometry {
  const products = new Float64Array(nClusters * response * response);
  const scores = new Float64Array(nClusters * response);
  for (let g = 0; g < nClusters; g++) {
    const start = g * total * total;
    for (let j = 0; j < response; j++) {
      const to = (g * response + j) * response;
      for (let k = 0; k < response; k++) products[to + k] = blocks[start + j * total + k];
      scores[g * response + j] = residualLength * blocks[start + response * total + j];
    }
  }
  return { n, order: response, nClusters, products, scores };
}
