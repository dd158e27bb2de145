import type { Key } from "../random/address.ts";
import { standardize } from "./bootstrapKernel.ts";
import { instantiateKernels } from "./kernels.ts";

/**
 * Bootstrap of a product of two regression coefficients that draws whole clusters: a of x in m ~ x + c…, b of m in
 * y ~ m + x + c…, both fitted to the same resample.
 *
 * Resample k draws G clusters with replacement at address (stream, who = k, when = block of draws); its ab does not depend
 * on how many resamples are drawn, in which order or in how many calls. A cluster's chance differs from 1/G by a factor of
 * at most 1 ± G²·2⁻³² (5·10⁻⁸ at 14 clusters, 6·10⁻⁵ at 512; ± G·2⁻³² beyond).
 */
export type ClusterBootstrapKernel = {
  /**
   * The data of the following resamples. Scratch memory is kept from one load to the next.
   *
   * @param columns covariates, x, m, y in this order, of equal length n ≥ 1
   * @param index   cluster of each row, 0 … nClusters − 1
   */
  load(columns: readonly Float64Array[], index: ArrayLike<number>, nClusters: number): void;
  /** ab of resamples first … first + count − 1 to `out`; NaN where a resample is singular. */
  resample(stream: Key, first: number, count: number, out: Float64Array): void;
};

/** Resamples per call into the kernel, a multiple of 4: bounds the memory for results. */
const BATCH = 1024;

export function createClusterBootstrapKernel(): ClusterBootstrapKernel {
  const kernels = instantiateKernels();
  let nClusters = 0;
  let p = 0;
  let stride = 0;
  /** sd(y)/sd(x): takes ab of the standardized columns back to the columns' own units. */
  let unit = 1;
  let offsets: number[] = [];

  return {
    load(columns, index, count) {
      const standardized = columns.map(standardize);
      nClusters = count;
      p = columns.length;
      unit = standardized[p - 1].scale / standardized[p - 3].scale;
      stride = Math.ceil((p + (p * (p + 1)) / 2) / 4) * 4;
      offsets = kernels.layOut([nClusters * stride * 8, nClusters * 32, stride * 32, p * (p + 2) * 32, BATCH * 8]);
      const table = kernels.doubles(offsets[0], nClusters * stride);
      const values = standardized.map((column) => column.values);
      fillClusterTable(table, stride, values, index);
    },
    resample([key0, key1], first, count, out) {
      const [table, weights, sums, factor, outAt] = offsets;
      for (let done = 0; done < count; done += BATCH) {
        const batch = Math.min(BATCH, count - done);
        const whole = Math.ceil(batch / 4) * 4;
        const { bootstrapClusters } = kernels.run;
        bootstrapClusters(key0, key1, first + done, whole, nClusters, p, stride, table, weights, sums, factor, outAt);
        const results = kernels.doubles(outAt, batch);
        for (let i = 0; i < batch; i++) out[done + i] = results[i] * unit;
      }
    },
  };
}

/** One row per cluster: its size, the sums of the p columns, and their products (lower triangle by rows, without y·y). */
export function fillClusterTable(
  table: Float64Array,
  stride: number,
  columns: readonly Float64Array[],
  index: ArrayLike<number>,
): void {
  const p = columns.length;
  const row = new Float64Array(p);
  table.fill(0);
  for (let i = 0; i < index.length; i++) {
    let at = index[i] * stride;
    table[at++]++;
    for (let j = 0; j < p; j++) {
      row[j] = columns[j][i];
      table[at++] += row[j];
    }
    for (let j = 0; j < p; j++) {
      const left = row[j];
      const last = j === p - 1 ? j - 1 : j;
      for (let k = 0; k <= last; k++) table[at++] += left * row[k];
    }
  }
}
