// Cluster bootstrap of an indirect effect. Reference: sim/kernels/referenceClusters.ts.
//
// A resample's cross-products are a weighted sum of its clusters' cross-products. Four resamples at a time, in the four
// halves of two vectors: all draw, sum and factor with the same instructions, and none waits for its own last result.

import { threefryLanesTwice } from "./threefry";

const blocks: usize = memory.data(64, 16);
/** A pivot below this share of its own sum of squares counts as zero: the resample can't be fitted. */
const SINGULAR: f64 = 1e-10;
/** Up to this many clusters one word of random bits gives two draws. */
const MAX_FOR_TWO: i32 = 512;

@inline
function addDraw(weights: usize, cluster: u64): void {
  const at = weights + (<usize>cluster << 5);
  store<f64>(at, load<f64>(at) + 1);
}

/** Adds the draws of the four blocks at `words` to one resample's weights (every fourth double); returns how many are drawn. */
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

/** Weights of four resamples from `first` on, side by side: how often each cluster is drawn. */
function drawFour(key0: i32, key1: i32, first: i32, nClusters: i32, weights: usize): void {
  memory.fill(weights, 0, <usize>nClusters << 5);
  const lanes0 = i32x4.splat(key0);
  const lanes1 = i32x4.splat(key1);
  for (let half = 0; half < 4; half += 2) {
    const who = i32x4.splat(first + half);
    const nextWho = i32x4.splat(first + half + 1);
    const at = weights + (<usize>half << 3);
    let drawn = 0;
    for (let block = 0; drawn < nClusters; block += 4) {
      const when = i32x4.add(i32x4.splat(block), i32x4(0, 1, 2, 3));
      threefryLanesTwice(lanes0, lanes1, who, when, nextWho, when, blocks);
      addDraws(blocks + 32, nClusters, drawn, at + 8);
      drawn = addDraws(blocks, nClusters, drawn, at);
    }
  }
}

/** sums ← Σ weight · row of the table, for four resamples; `stride` doubles a row, a multiple of 4. */
function sumFour(nClusters: i32, stride: i32, table: usize, weights: usize, sums: usize): void {
  const rowBytes = <usize>stride << 3;
  const end = weights + (<usize>nClusters << 5);
  for (let column: usize = 0; column < rowBytes; column += 32) {
    let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
    let row = table + column;
    for (let at = weights; at < end; at += 32) {
      const near = v128.load(at);
      const far = v128.load(at, 16);
      const value0 = v128.load64_splat(row);
      const value1 = v128.load64_splat(row, 8);
      const value2 = v128.load64_splat(row, 16);
      const value3 = v128.load64_splat(row, 24);
      s0 = f64x2.add(s0, f64x2.mul(near, value0));
      s1 = f64x2.add(s1, f64x2.mul(far, value0));
      s2 = f64x2.add(s2, f64x2.mul(near, value1));
      s3 = f64x2.add(s3, f64x2.mul(far, value1));
      s4 = f64x2.add(s4, f64x2.mul(near, value2));
      s5 = f64x2.add(s5, f64x2.mul(far, value2));
      s6 = f64x2.add(s6, f64x2.mul(near, value3));
      s7 = f64x2.add(s7, f64x2.mul(far, value3));
      row += rowBytes;
    }
    const out = sums + (column << 2);
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
 * ab of four resamples from their sums and products: S = L·D·L′ of the centred products with unit diagonal in L, in the
 * order covariates, x, m, y, so that row m holds the regression of m on what is before it: a = L_mx, b = L_ym.
 * `scaled`: room for one row of L·D; `inverses`: 1/D; `factor`: L, p to a row; four doubles an element.
 */
function factorFour(p: i32, sums: usize, factor: usize, scaled: usize, inverses: usize, out: usize): void {
  const one = f64x2.splat(1);
  const limit = f64x2.splat(SINGULAR);
  const perClient0 = f64x2.div(one, v128.load(sums));
  const perClient1 = f64x2.div(one, v128.load(sums, 16));
  const means = sums + 32;
  const rowBytes = <usize>p << 5;
  let product = means + rowBytes;
  let fits0 = i64x2.splat(-1);
  let fits1 = fits0;
  for (let last: usize = 0, rowI = factor; last < rowBytes; last += 32, rowI += rowBytes) {
    const mean0 = f64x2.mul(v128.load(means + last), perClient0);
    const mean1 = f64x2.mul(v128.load(means + last, 16), perClient1);
    let rowJ = factor;
    for (let j: usize = 0; j < last; j += 32) {
      let value0 = f64x2.sub(v128.load(product), f64x2.mul(mean0, v128.load(means + j)));
      let value1 = f64x2.sub(v128.load(product, 16), f64x2.mul(mean1, v128.load(means + j, 16)));
      product += 32;
      for (let k: usize = 0; k < j; k += 32) {
        value0 = f64x2.sub(value0, f64x2.mul(v128.load(scaled + k), v128.load(rowJ + k)));
        value1 = f64x2.sub(value1, f64x2.mul(v128.load(scaled + k, 16), v128.load(rowJ + k, 16)));
      }
      v128.store(scaled + j, value0);
      v128.store(scaled + j, value1, 16);
      v128.store(rowI + j, f64x2.mul(value0, v128.load(inverses + j)));
      v128.store(rowI + j, f64x2.mul(value1, v128.load(inverses + j, 16)), 16);
      rowJ += rowBytes;
    }
    if (last + 32 == rowBytes) break;
    const raw0 = v128.load(product);
    const raw1 = v128.load(product, 16);
    product += 32;
    let pivot0 = f64x2.sub(raw0, f64x2.mul(mean0, v128.load(means + last)));
    let pivot1 = f64x2.sub(raw1, f64x2.mul(mean1, v128.load(means + last, 16)));
    for (let k: usize = 0; k < last; k += 32) {
      pivot0 = f64x2.sub(pivot0, f64x2.mul(v128.load(scaled + k), v128.load(rowI + k)));
      pivot1 = f64x2.sub(pivot1, f64x2.mul(v128.load(scaled + k, 16), v128.load(rowI + k, 16)));
    }
    fits0 = v128.and(fits0, f64x2.gt(pivot0, f64x2.mul(limit, raw0)));
    fits1 = v128.and(fits1, f64x2.gt(pivot1, f64x2.mul(limit, raw1)));
    v128.store(inverses + last, f64x2.div(one, pivot0));
    v128.store(inverses + last, f64x2.div(one, pivot1), 16);
  }
  const a = factor + <usize>(p - 2) * rowBytes + (<usize>(p - 3) << 5);
  const b = factor + <usize>(p - 1) * rowBytes + (<usize>(p - 2) << 5);
  const nan = f64x2.splat(NaN);
  v128.store(out, v128.bitselect(f64x2.mul(v128.load(a), v128.load(b)), nan, fits0));
  v128.store(out, v128.bitselect(f64x2.mul(v128.load(a, 16), v128.load(b, 16)), nan, fits1), 16);
}

/**
 * ab of resamples first … first + count − 1 (count a multiple of 4) to `out`, NaN where a resample can't be fitted.
 * p = covariates + 3 variables in the order covariates, x, m, y. `table`: one row of `stride` doubles per cluster: its size, the
 * sums of the p variables, their products row by row of the lower triangle (yy left out), zeros up to a multiple of 4.
 * `weights`: 4 doubles a cluster; `sums`: 4 doubles a column of the table; `factor`: 4·p·(p + 2) doubles.
 */
export function bootstrapClusters(
  key0: i32, key1: i32, first: i32, count: i32, nClusters: i32, p: i32, stride: i32,
  table: usize, weights: usize, sums: usize, factor: usize, out: usize,
): void {
  const scaled = factor + (<usize>(p * p) << 5);
  const inverses = scaled + (<usize>p << 5);
  for (let k = 0; k < count; k += 4) {
    drawFour(key0, key1, first + k, nClusters, weights);
    sumFour(nClusters, stride, table, weights, sums);
    factorFour(p, sums, factor, scaled, inverses, out + (<usize>k << 3));
  }
}
