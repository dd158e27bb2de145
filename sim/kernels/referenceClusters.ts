import type { Key } from "../random/address.ts";
import { threefry2x32 } from "../random/threefry.ts";
import { standardize } from "./bootstrapKernel.ts";

/**
 * Plain TypeScript twin of the cluster bootstrap kernel: the same arithmetic in the same order, so the same bits.
 * Slow and readable; tests compare the kernel with it.
 */

const words = new Uint32Array(2);
const TWO_32 = 4294967296;
const MAX_FOR_TWO = 512;
const SINGULAR = 1e-10;

/** The clusters of one resample, `nClusters` of them: two per word of random bits up to 512 clusters, otherwise one. */
export function referenceClusters(stream: Key, resample: number, nClusters: number): number[] {
  const drawn: number[] = [];
  for (let block = 0; drawn.length < nClusters; block++) {
    threefry2x32(stream[0], stream[1], resample, block, words);
    for (const word of words) {
      const scaled = word * nClusters;
      const cluster = Math.floor(scaled / TWO_32);
      drawn.push(cluster);
      if (nClusters <= MAX_FOR_TWO) drawn.push(Math.floor(((scaled - cluster * TWO_32) * nClusters) / TWO_32));
    }
  }
  return drawn.slice(0, nClusters);
}

/**
 * Twin of the kernel: ab of one resample, NaN when singular.
 *
 * @param columns covariates, x, m, y
 * @param index   cluster of each row
 */
export function referenceClusterResample(
  stream: Key,
  resample: number,
  columns: readonly Float64Array[],
  index: ArrayLike<number>,
  nClusters: number,
): number {
  const weights = new Float64Array(nClusters);
  for (const cluster of referenceClusters(stream, resample, nClusters)) weights[cluster]++;
  const standardized = columns.map(standardize);
  const values = standardized.map((column) => column.values);
  const p = columns.length;
  // Within clusters over their rows, then over the clusters with their weights.
  const weightedSum = (product: (i: number) => number) => {
    const perCluster = new Float64Array(nClusters);
    for (let i = 0; i < index.length; i++) perCluster[index[i]] += product(i);
    return perCluster.reduce((sum, value, cluster) => sum + weights[cluster] * value, 0);
  };
  const perClient = 1 / weightedSum(() => 1);
  const sums = values.map((column) => weightedSum((i) => column[i]));
  const factor = values.map(() => new Float64Array(p));
  const inverses = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    const scaled = new Float64Array(p);
    const mean = sums[i] * perClient;
    for (let j = 0; j <= i && !(i === p - 1 && j === i); j++) {
      const raw = weightedSum((row) => values[i][row] * values[j][row]);
      let value = raw - mean * sums[j];
      for (let k = 0; k < j; k++) value -= scaled[k] * factor[j][k];
      if (i === j && !(value > SINGULAR * raw)) return Number.NaN;
      if (i === j) inverses[i] = 1 / value;
      scaled[j] = value;
      factor[i][j] = value * inverses[j];
    }
  }
  const [x, m, y] = [p - 3, p - 2, p - 1];
  return factor[m][x] * factor[y][m] * (standardized[y].scale / standardized[x].scale);
}
