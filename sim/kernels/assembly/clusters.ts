// Cluster bootstrap of an indirect effect. Reference: sim/kernels/referenceClusters.ts.
//
// A resample's cross-products are a weighted sum of its clusters' cross-products. Two resamples at a time, one in each
// half of every vector: both draw, sum and factor with the same instructions.

import { threefryLanesTwice } from "./threefry";

const blocks: usize = memory.data(64, 16);
/** A pivot below this share of its own sum of squares counts as zero: the resample can't be fitted. */
const SINGULAR: f64 = 1e-10;
/** Up to this many clusters one word of random bits gives two draws. */
const MAX_FOR_TWO: i32 = 512;

@inline
function addDraw(weights: usize, cluster: u64): void {
  const at = weights + (<usize>cluster << 4);
  store<f64>(at, load<f64>(at) + 1);
}

/** Adds the draws of the four blocks at `words` to one resample's weights (every second double); returns how many are drawn. */
@inline
function addDraws(words: usize, nClusters: i32, drawn: i32, weights: usize): i32 {
  const size = u64(nClusters);
  const two = nClusters <= MAX_FOR_TWO;
  for (let block: usize = 0; block < 16 && drawn < nClusters; block += 4) {
    for (let word: usize = 0; word < 32; word += 16) {
      const scaled = u64(load<u32>(words + block + word)) * size;
      if (drawn < nClusters) addDraw(weights, scaled >> 32);
      drawn++;
      if (two) {
        if (drawn < nClusters) addDraw(weights, ((scaled & 0xffffffff) * size) >> 32);
        drawn++;
      }
    }
  }
  return drawn;
}

/** Weights of resamples `first` and `first + 1`, side by side: how often each cluster is drawn. */
function drawPair(key0: i32, key1: i32, first: i32, nClusters: i32, weights: usize): void {
  memory.fill(weights, 0, <usize>nClusters << 4);
  const lanes0 = i32x4.splat(key0);
  const lanes1 = i32x4.splat(key1);
  const who = i32x4.splat(first);
  const nextWho = i32x4.splat(first + 1);
  let drawn = 0;
  for (let block = 0; drawn < nClusters; block += 4) {
    const when = i32x4.add(i32x4.splat(block), i32x4(0, 1, 2, 3));
    threefryLanesTwice(lanes0, lanes1, who, when, nextWho, when, blocks);
    addDraws(blocks + 32, nClusters, drawn, weights + 8);
    drawn = addDraws(blocks, nClusters, drawn, weights);
  }
}

/** sums ← Σ weight · row of the table, for two resamples; `stride` doubles a row, a multiple of 8. */
function sumPair(nClusters: i32, stride: i32, table: usize, weights: usize, sums: usize): void {
  const rowBytes = <usize>stride << 3;
  const end = weights + (<usize>nClusters << 4);
  for (let column: usize = 0; column < rowBytes; column += 64) {
    let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
    let row = table + column;
    for (let at = weights; at < end; at += 16) {
      const weight = v128.load(at);
      s0 = f64x2.add(s0, f64x2.mul(weight, v128.load64_splat(row)));
      s1 = f64x2.add(s1, f64x2.mul(weight, v128.load64_splat(row, 8)));
      s2 = f64x2.add(s2, f64x2.mul(weight, v128.load64_splat(row, 16)));
      s3 = f64x2.add(s3, f64x2.mul(weight, v128.load64_splat(row, 24)));
      s4 = f64x2.add(s4, f64x2.mul(weight, v128.load64_splat(row, 32)));
      s5 = f64x2.add(s5, f64x2.mul(weight, v128.load64_splat(row, 40)));
      s6 = f64x2.add(s6, f64x2.mul(weight, v128.load64_splat(row, 48)));
      s7 = f64x2.add(s7, f64x2.mul(weight, v128.load64_splat(row, 56)));
      row += rowBytes;
    }
    const out = sums + (column << 1);
    v128.store(out, s0);
    v128.store(out, s1, 16);
    v128.store(out, s2, 32);
    v128.store(out, s3, 48);
    v128.store(out, s4, 64);
    v128.store(out, s5, 80);
    v128.store(out, s6, 96);
    v128.store(out, s7, 112);
  }
}

/**
 * ab of two resamples from their sums and products: S = L·D·L′ of the centred products with unit diagonal in L, in the
 * order covariates, x, m, y, so that row m holds the regression of m on what is before it: a = L_mx, b = L_ym.
 * `scaled`: room for one row of L·D; `inverses`: 1/D; `factor`: L, p to a row.
 */
function factorPair(p: i32, sums: usize, factor: usize, scaled: usize, inverses: usize): v128 {
  const one = f64x2.splat(1);
  const perClient = f64x2.div(one, v128.load(sums));
  const means = sums + 16;
  let product = means + (<usize>p << 4);
  let fits = i64x2.splat(-1);
  const rowBytes = <usize>p << 4;
  for (let i = 0; i < p; i++) {
    const rowI = factor + <usize>i * rowBytes;
    const last = <usize>i << 4;
    const mean = f64x2.mul(v128.load(means + last), perClient);
    let rowJ = factor;
    for (let j: usize = 0; j < last; j += 16) {
      let value = f64x2.sub(v128.load(product), f64x2.mul(mean, v128.load(means + j)));
      product += 16;
      for (let k: usize = 0; k < j; k += 16)
        value = f64x2.sub(value, f64x2.mul(v128.load(scaled + k), v128.load(rowJ + k)));
      v128.store(scaled + j, value);
      v128.store(rowI + j, f64x2.mul(value, v128.load(inverses + j)));
      rowJ += rowBytes;
    }
    if (i == p - 1) break;
    const raw = v128.load(product);
    product += 16;
    let pivot = f64x2.sub(raw, f64x2.mul(mean, v128.load(means + last)));
    for (let k: usize = 0; k < last; k += 16)
      pivot = f64x2.sub(pivot, f64x2.mul(v128.load(scaled + k), v128.load(rowI + k)));
    fits = v128.and(fits, f64x2.gt(pivot, f64x2.mul(f64x2.splat(SINGULAR), raw)));
    v128.store(inverses + last, f64x2.div(one, pivot));
  }
  const rowM = factor + <usize>(p - 2) * rowBytes;
  const a = v128.load(rowM + (<usize>(p - 3) << 4));
  const b = v128.load(rowM + rowBytes + (<usize>(p - 2) << 4));
  return v128.bitselect(f64x2.mul(a, b), f64x2.splat(NaN), fits);
}

/**
 * ab of resamples first … first + count − 1 (count even) to `out`, NaN where a resample can't be fitted.
 * p = covariates + 3 variables in the order covariates, x, m, y. `table`: one row of `stride` doubles per cluster: its size, the
 * sums of the p variables, their products row by row of the lower triangle (yy left out), zeros up to a multiple of 8.
 * `weights`: 2 doubles a cluster; `sums`: 2 doubles a column of the table; `factor`: 2·p·(p + 2) doubles.
 */
export function bootstrapClusters(
  key0: i32, key1: i32, first: i32, count: i32, nClusters: i32, p: i32, stride: i32,
  table: usize, weights: usize, sums: usize, factor: usize, out: usize,
): void {
  const scaled = factor + (<usize>(p * p) << 4);
  const inverses = scaled + (<usize>p << 4);
  for (let k = 0; k < count; k += 2) {
    drawPair(key0, key1, first + k, nClusters, weights);
    sumPair(nClusters, stride, table, weights, sums);
    v128.store(out + (<usize>k << 3), factorPair(p, sums, factor, scaled, inverses));
  }
}
