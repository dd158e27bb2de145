import type { Key } from "../random/address.ts";
import { instantiateKernels } from "./kernels.ts";

/**
 * Case bootstrap of a product of two regression coefficients: a of x in m ~ x + c…, b of m in y ~ m + x + c….
 *
 * Resample k draws n rows with replacement at address (stream, who = k, when = block of draws); its ab does not depend
 * on how many resamples are drawn, in which order or in how many calls. A row number's chance differs from 1/n by a
 * factor of at most 1 ± 1.5·10⁻⁵ (n ≤ 65,536; ± n·2⁻³² beyond).
 */
export type BootstrapKernel = {
  /** The data of the following resamples; columns of equal length n ≥ 1. Scratch memory is kept from one load to the next. */
  load(x: Float64Array, m: Float64Array, y: Float64Array, covariates: readonly Float64Array[]): void;
  /** ab of resamples first … first + count − 1 to `out`; NaN where a resample is singular. */
  resample(stream: Key, first: number, count: number, out: Float64Array): void;
};

/** Resamples per call into the kernel: bounds the memory for results. */
const BATCH = 1024;
/** Doubles per row of a tile of products. */
const TILE = 8;

export function createBootstrapKernel(): BootstrapKernel {
  const kernels = instantiateKernels();
  let n = 0;
  let p = 0;
  let nTiles = 0;
  /** sd(y)/sd(x): takes ab of the standardized columns back to the columns' own units. */
  let unit = 1;
  let offsets: number[] = [];

  return {
    load(x, m, y, covariates) {
      n = x.length;
      p = covariates.length + 3;
      const columns = [...covariates, x, m, y].map(standardize);
      unit = columns[p - 1].scale / columns[p - 3].scale;
      const rowsLength = Math.ceil(n / 32) * 32 * 4;
      if (p === 3) {
        offsets = kernels.layOut([n * 64, rowsLength, BATCH * 8]);
        fillSimpleTable(kernels.doubles(offsets[0], n * 8), columns);
      } else {
        const nProducts = p + (p * (p + 1)) / 2 - 1;
        nTiles = Math.ceil(nProducts / TILE);
        offsets = kernels.layOut([n * nTiles * 64, rowsLength, n * 4, (n + 1) * 16, nTiles * 64, p * p * 8, BATCH * 8]);
        fillTiledTable(kernels.doubles(offsets[0], n * nTiles * TILE), columns);
      }
    },
    resample([key0, key1], first, count, out) {
      for (let done = 0; done < count; done += BATCH) {
        const batch = Math.min(BATCH, count - done);
        const outAt = offsets[offsets.length - 1];
        if (p === 3) {
          kernels.run.bootstrapSimple(key0, key1, first + done, batch, n, offsets[0], offsets[1], outAt);
        } else {
          const [table, rows, weights, used, sums, factor] = offsets;
          const { bootstrapGeneral } = kernels.run;
          bootstrapGeneral(
            key0,
            key1,
            first + done,
            batch,
            n,
            p,
            nTiles,
            table,
            rows,
            weights,
            used,
            sums,
            factor,
            outAt,
          );
        }
        const results = kernels.doubles(outAt, batch);
        for (let i = 0; i < batch; i++) out[done + i] = results[i] * unit;
      }
    },
  };
}

type StandardizedColumn = { readonly values: Float64Array; readonly scale: number };

/** Centred on the mean and divided by the SD, so that sums of products lose no digits to a large mean. */
export function standardize(column: Float64Array): StandardizedColumn {
  const n = column.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += column[i];
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (column[i] - mean) * (column[i] - mean);
  const scale = squares > 0 ? Math.sqrt(squares / n) : 1;
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) values[i] = (column[i] - mean) / scale;
  return { values, scale };
}

function fillSimpleTable(table: Float64Array, columns: readonly StandardizedColumn[]): void {
  const [{ values: x }, { values: m }, { values: y }] = columns;
  for (let i = 0; i < x.length; i++) {
    const row = i * 8;
    table[row] = x[i];
    table[row + 1] = m[i];
    table[row + 2] = y[i];
    table[row + 3] = x[i] * x[i];
    table[row + 4] = x[i] * m[i];
    table[row + 5] = m[i] * m[i];
    table[row + 6] = x[i] * y[i];
    table[row + 7] = m[i] * y[i];
  }
}

/** Row by row: all products of a row are made while its values are at hand. */
function fillTiledTable(table: Float64Array, columns: readonly StandardizedColumn[]): void {
  const p = columns.length;
  const n = columns[0].values.length;
  const nextTile = n * TILE - (TILE - 1);
  const row = new Float64Array(p);
  table.fill(0);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < p; j++) row[j] = columns[j].values[i];
    let at = i * TILE;
    for (let j = 0; j < p; j++) {
      table[at] = row[j];
      at += at % TILE === TILE - 1 ? nextTile : 1;
    }
    for (let j = 0; j < p; j++) {
      const left = row[j];
      const last = j === p - 1 ? j - 1 : j;
      for (let k = 0; k <= last; k++) {
        table[at] = left * row[k];
        at += at % TILE === TILE - 1 ? nextTile : 1;
      }
    }
  }
}
