// Case bootstrap of an indirect effect from cross-products. Reference: sim/kernels/reference.ts.
//
// Nothing is refitted from rows: a resample is n row numbers, its cross-products are sums of precomputed row products,
// and both regressions are read off a Cholesky factor of them.

import { threefryLanesTwice } from "./threefry";

const blocks: usize = memory.data(64, 16);
const MASK_52: u64 = 0xfffffffffffff;
/** A pivot below this share of its own variance counts as zero: the resample can't be fitted. */
const SINGULAR: f64 = 1e-10;

/** Stores the row numbers of one block: its 52 top bits are a fraction f in [0, 1); ⌊fn⌋ is a row number, what is left of fn the next fraction. */
@inline
function storeFour(block: u64, size: u64, shift: u64, out: usize): void {
  const first = (block >> 12) * size;
  const second = (first & MASK_52) * size;
  const third = (second & MASK_52) * size;
  const fourth = (third & MASK_52) * size;
  store<u32>(out, u32((first >> 52) << shift));
  store<u32>(out, u32((second >> 52) << shift), 4);
  store<u32>(out, u32((third >> 52) << shift), 8);
  store<u32>(out, u32((fourth >> 52) << shift), 12);
}

/** Stores the top words of two pairs of 64-bit products, alternating: row numbers of two blocks, two each. */
@inline
function storeTwo(fromHigh: v128, fromLow: v128, shift: u64, out: usize): void {
  v128.store(out, i32x4.shl(v128.shuffle<i32>(fromHigh, fromLow, 1, 5, 3, 7), i32(shift)));
}

/**
 * Row numbers of one resample, n of them (memory for n rounded up to 32), each shifted left by `shift` bits.
 * Up to 512 rows, one block of random bits gives four row numbers: the fraction f in [0, 1) gives ⌊fn⌋ and the
 * remainder is the next fraction. Otherwise one row number per 32-bit word.
 */
function drawRows(key0: i32, key1: i32, resample: i32, n: i32, shift: u64, out: usize): void {
  const lanes0 = i32x4.splat(key0);
  const lanes1 = i32x4.splat(key1);
  const who = i32x4.splat(resample);
  const size = u64(n);
  const perBlock = n <= 512 ? 4 : 2;
  const nBlocks = (n + perBlock - 1) / perBlock;
  for (let block = 0; block < nBlocks; block += 8) {
    const when = i32x4.add(i32x4.splat(block), i32x4(0, 1, 2, 3));
    threefryLanesTwice(lanes0, lanes1, who, when, who, i32x4.add(when, i32x4.splat(4)), blocks);
    for (let half: usize = 0; half < 64; half += 32) {
      const high = v128.load(blocks + half);
      const low = v128.load(blocks + half, 16);
      if (perBlock == 4) {
        // Both words of a block side by side, the first word on top.
        const pair01 = v128.shuffle<i32>(low, high, 0, 4, 1, 5);
        const pair23 = v128.shuffle<i32>(low, high, 2, 6, 3, 7);
        storeFour(i64x2.extract_lane(pair01, 0), size, shift, out);
        storeFour(i64x2.extract_lane(pair01, 1), size, shift, out + 16);
        storeFour(i64x2.extract_lane(pair23, 0), size, shift, out + 32);
        storeFour(i64x2.extract_lane(pair23, 1), size, shift, out + 48);
        out += 64;
      } else {
        const multiplier = i32x4.splat(n);
        storeTwo(i64x2.extmul_low_i32x4_u(high, multiplier), i64x2.extmul_low_i32x4_u(low, multiplier), shift, out);
        storeTwo(i64x2.extmul_high_i32x4_u(high, multiplier), i64x2.extmul_high_i32x4_u(low, multiplier), shift, out + 16);
        out += 32;
      }
    }
  }
}

/**
 * Without covariates. `table`: n rows of 8 doubles x, m, y, xx, xm, mm, xy, my (columns centred and scaled beforehand).
 * Writes ab of resamples first … first + count − 1 to `out`, NaN where a resample can't be fitted.
 */
export function bootstrapSimple(
  key0: i32, key1: i32, first: i32, count: i32, n: i32, table: usize, rows: usize, out: usize,
): void {
  const size = f64(n);
  for (let k = 0; k < count; k++) {
    drawRows(key0, key1, first + k, n, 6, rows);
    // Two sets of sums, for even and odd draws: additions of one need not wait for the other's.
    let x0 = f64x2.splat(0), x1 = x0, x2 = x0, x3 = x0, y0 = x0, y1 = x0, y2 = x0, y3 = x0;
    const pairs = rows + (<usize>(n & ~1) << 2);
    let at = rows;
    for (; at < pairs; at += 8) {
      const even = table + load<u32>(at);
      const odd = table + load<u32>(at, 4);
      x0 = f64x2.add(x0, v128.load(even));
      x1 = f64x2.add(x1, v128.load(even, 16));
      x2 = f64x2.add(x2, v128.load(even, 32));
      x3 = f64x2.add(x3, v128.load(even, 48));
      y0 = f64x2.add(y0, v128.load(odd));
      y1 = f64x2.add(y1, v128.load(odd, 16));
      y2 = f64x2.add(y2, v128.load(odd, 32));
      y3 = f64x2.add(y3, v128.load(odd, 48));
    }
    if (n & 1) {
      const last = table + load<u32>(at);
      x0 = f64x2.add(x0, v128.load(last));
      x1 = f64x2.add(x1, v128.load(last, 16));
      x2 = f64x2.add(x2, v128.load(last, 32));
      x3 = f64x2.add(x3, v128.load(last, 48));
    }
    x0 = f64x2.add(x0, y0);
    x1 = f64x2.add(x1, y1);
    x2 = f64x2.add(x2, y2);
    x3 = f64x2.add(x3, y3);
    const sx = f64x2.extract_lane(x0, 0);
    const sm = f64x2.extract_lane(x0, 1);
    const sy = f64x2.extract_lane(x1, 0);
    const vx = f64x2.extract_lane(x1, 1) - (sx * sx) / size;
    const xm = f64x2.extract_lane(x2, 0) - (sx * sm) / size;
    const vm = f64x2.extract_lane(x2, 1) - (sm * sm) / size;
    const xy = f64x2.extract_lane(x3, 0) - (sx * sy) / size;
    const my = f64x2.extract_lane(x3, 1) - (sm * sy) / size;
    const a = xm / vx;
    const residual = vm - a * xm;
    const ab = (a * (my - a * xy)) / residual;
    const fits = vx > SINGULAR * f64x2.extract_lane(x1, 1) && residual > SINGULAR * f64x2.extract_lane(x2, 1);
    store<f64>(out + (<usize>k << 3), fits ? ab : NaN);
  }
}

/**
 * With covariates: p = covariates + 3 variables in the order covariates, x, m, y.
 * `table`: products in tiles of 8 doubles, tile-major (tile, row, 8): first the p variables themselves, then their
 * cross-products row by row of the lower triangle (yy left out), zero-padded to whole tiles.
 */
export function bootstrapGeneral(
  key0: i32, key1: i32, first: i32, count: i32, n: i32, p: i32, nTiles: i32,
  table: usize, rows: usize, weights: usize, used: usize, sums: usize, factor: usize, out: usize,
): void {
  const tileBytes = <usize>n << 6;
  for (let k = 0; k < count; k++) {
    drawRows(key0, key1, first + k, n, 2, rows);
    memory.fill(weights, 0, <usize>n << 2);
    for (let i: usize = 0; i < <usize>n; i++) {
      const at = weights + load<u32>(rows + (i << 2));
      store<u32>(at, load<u32>(at) + 1);
    }
    // The rows drawn at least once (about 63 %), each with its count.
    let end = used;
    for (let i: usize = 0; i < <usize>n; i++) {
      const weight = load<u32>(weights + (i << 2));
      store<u64>(end, u64(i << 6));
      store<f64>(end, f64(weight), 8);
      end += weight != 0 ? 16 : 0;
    }
    for (let tile = 0; tile < nTiles; tile += 2) {
      const base = table + tileBytes * <usize>tile;
      const next = base + tileBytes;
      const out0 = sums + (<usize>tile << 6);
      let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
      if (tile + 1 < nTiles) {
        for (let at = used; at < end; at += 16) {
          const row = <usize>load<u64>(at);
          const weight = v128.load64_splat(at, 8);
          s0 = f64x2.add(s0, f64x2.mul(weight, v128.load(base + row)));
          s1 = f64x2.add(s1, f64x2.mul(weight, v128.load(base + row, 16)));
          s2 = f64x2.add(s2, f64x2.mul(weight, v128.load(base + row, 32)));
          s3 = f64x2.add(s3, f64x2.mul(weight, v128.load(base + row, 48)));
          s4 = f64x2.add(s4, f64x2.mul(weight, v128.load(next + row)));
          s5 = f64x2.add(s5, f64x2.mul(weight, v128.load(next + row, 16)));
          s6 = f64x2.add(s6, f64x2.mul(weight, v128.load(next + row, 32)));
          s7 = f64x2.add(s7, f64x2.mul(weight, v128.load(next + row, 48)));
        }
        v128.store(out0, s4, 64);
        v128.store(out0, s5, 80);
        v128.store(out0, s6, 96);
        v128.store(out0, s7, 112);
      } else {
        for (let at = used; at < end; at += 16) {
          const row = <usize>load<u64>(at);
          const weight = v128.load64_splat(at, 8);
          s0 = f64x2.add(s0, f64x2.mul(weight, v128.load(base + row)));
          s1 = f64x2.add(s1, f64x2.mul(weight, v128.load(base + row, 16)));
          s2 = f64x2.add(s2, f64x2.mul(weight, v128.load(base + row, 32)));
          s3 = f64x2.add(s3, f64x2.mul(weight, v128.load(base + row, 48)));
        }
      }
      v128.store(out0, s0);
      v128.store(out0, s1, 16);
      v128.store(out0, s2, 32);
      v128.store(out0, s3, 48);
    }
    store<f64>(out + (<usize>k << 3), indirectFromSums(n, p, sums, factor));
  }
}

/** ab from the sums and cross-products of one resample: a = L_mx / L_xx, b = L_ym / L_mm of the Cholesky factor. */
function indirectFromSums(n: i32, p: i32, sums: usize, factor: usize): f64 {
  const size = f64(n);
  let product = sums + (<usize>p << 3);
  let singular = false;
  for (let i = 0; i < p; i++) {
    const rowI = factor + (<usize>(i * p) << 3);
    const sumI = load<f64>(sums + (<usize>i << 3));
    const last = i == p - 1 ? i - 1 : i;
    for (let j = 0; j <= last; j++) {
      const rowJ = factor + (<usize>(j * p) << 3);
      const raw = load<f64>(product);
      product += 8;
      let value = raw - (sumI * load<f64>(sums + (<usize>j << 3))) / size;
      for (let l: usize = 0; l < <usize>j << 3; l += 8) value -= load<f64>(rowI + l) * load<f64>(rowJ + l);
      if (i == j) {
        singular = singular || !(value > SINGULAR * raw);
        store<f64>(rowI + (<usize>j << 3), sqrt(value));
      } else {
        store<f64>(rowI + (<usize>j << 3), value / load<f64>(rowJ + (<usize>j << 3)));
      }
    }
  }
  if (singular) return NaN;
  const x = p - 3;
  const m = p - 2;
  const y = p - 1;
  const rowX = factor + (<usize>(x * p) << 3);
  const rowM = factor + (<usize>(m * p) << 3);
  const rowY = factor + (<usize>(y * p) << 3);
  const a = load<f64>(rowM + (<usize>x << 3)) / load<f64>(rowX + (<usize>x << 3));
  const b = load<f64>(rowY + (<usize>m << 3)) / load<f64>(rowM + (<usize>m << 3));
  return a * b;
}
