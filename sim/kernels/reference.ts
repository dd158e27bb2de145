import { type Key, normalAt, uniformAt } from "../random/address.ts";
import { threefry2x32 } from "../random/threefry.ts";
import { standardize } from "./bootstrapKernel.ts";

/**
 * Plain TypeScript twins of the WebAssembly kernels: the same arithmetic in the same order, so the same bits.
 * Slow and readable; tests compare the kernels with them.
 */

/** Twin of `fillNormals`. */
export function referenceFillNormals(out: Float64Array, key: Key, what: number, when: number, ids: Uint32Array): void {
  for (let i = 0; i < ids.length; i++) out[i] = normalAt(key, ids[i], what, when);
}

/** Twin of `fillUniforms`. */
export function referenceFillUniforms(out: Float64Array, key: Key, what: number, when: number, ids: Uint32Array): void {
  for (let i = 0; i < ids.length; i++) out[i] = uniformAt(key, ids[i], what, when);
}

const words = new Uint32Array(2);
const MASK_52 = (1n << 52n) - 1n;

/** Row numbers of one resample of n rows: four per block of random bits up to 512 rows, otherwise one per word. */
export function referenceRows(stream: Key, resample: number, n: number): number[] {
  const rows: number[] = [];
  for (let block = 0; rows.length < n; block++) {
    threefry2x32(stream[0], stream[1], resample, block, words);
    if (n <= 512) {
      let fraction = (BigInt(words[0]) << 20n) | BigInt(words[1] >>> 12);
      for (let i = 0; i < 4; i++) {
        const product = fraction * BigInt(n);
        rows.push(Number(product >> 52n));
        fraction = product & MASK_52;
      }
    } else {
      rows.push(Math.floor((words[0] * n) / 4294967296), Math.floor((words[1] * n) / 4294967296));
    }
  }
  return rows.slice(0, n);
}

const SINGULAR = 1e-10;

/** Twin of the bootstrap kernels: ab of one resample, NaN when singular. */
export function referenceResample(
  stream: Key,
  resample: number,
  x: Float64Array,
  m: Float64Array,
  y: Float64Array,
  covariates: readonly Float64Array[],
): number {
  const columns = [...covariates, x, m, y].map(standardize);
  const p = columns.length;
  const unit = columns[p - 1].scale / columns[p - 3].scale;
  const values = columns.map((column) => column.values);
  const rows = referenceRows(stream, resample, x.length);
  return (p === 3 ? simple(values, rows) : general(values, rows)) * unit;
}

function simple([x, m, y]: readonly Float64Array[], rows: readonly number[]): number {
  const n = rows.length;
  const pairs = n - (n % 2);
  const sum = (product: (i: number) => number) => {
    let even = 0;
    let odd = 0;
    for (let d = 0; d < pairs; d += 2) {
      even += product(rows[d]);
      odd += product(rows[d + 1]);
    }
    if (n > pairs) even += product(rows[pairs]);
    return even + odd;
  };
  const sx = sum((i) => x[i]);
  const sm = sum((i) => m[i]);
  const sy = sum((i) => y[i]);
  const rawXX = sum((i) => x[i] * x[i]);
  const rawMM = sum((i) => m[i] * m[i]);
  const vx = rawXX - (sx * sx) / n;
  const xm = sum((i) => x[i] * m[i]) - (sx * sm) / n;
  const vm = rawMM - (sm * sm) / n;
  const xy = sum((i) => x[i] * y[i]) - (sx * sy) / n;
  const my = sum((i) => m[i] * y[i]) - (sm * sy) / n;
  const a = xm / vx;
  const residual = vm - a * xm;
  const fits = vx > SINGULAR * rawXX && residual > SINGULAR * rawMM;
  return fits ? (a * (my - a * xy)) / residual : Number.NaN;
}

function general(columns: readonly Float64Array[], rows: readonly number[]): number {
  const n = rows.length;
  const p = columns.length;
  const weights = new Float64Array(n);
  for (const row of rows) weights[row]++;
  const weightedSum = (product: (i: number) => number) => {
    let sum = 0;
    for (let i = 0; i < n; i++) if (weights[i] > 0) sum += weights[i] * product(i);
    return sum;
  };
  const sums = columns.map((column) => weightedSum((i) => column[i]));
  const factor = columns.map(() => new Float64Array(p));
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i && !(i === p - 1 && j === i); j++) {
      const raw = weightedSum((row) => columns[i][row] * columns[j][row]);
      let value = raw - (sums[i] * sums[j]) / n;
      for (let l = 0; l < j; l++) value -= factor[i][l] * factor[j][l];
      if (i === j && !(value > SINGULAR * raw)) return Number.NaN;
      factor[i][j] = i === j ? Math.sqrt(value) : value / factor[j][j];
    }
  }
  const [x, m, y] = [p - 3, p - 2, p - 1];
  return (factor[m][x] / factor[x][x]) * (factor[y][m] / factor[m][m]);
}
