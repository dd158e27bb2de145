// Batches of addressed draws, four or sixteen lanes at a time. Reference: sim/kernels/reference.ts.

import { finishTails, quantilePair, storeCentres } from "./normal";
import { threefryLanes, threefryLanesFour } from "./threefry";

const blocks: usize = memory.data(128, 16);
const MINUS_HALF: f64 = 0.5 * 2.220446049250313e-16 - 0.5;

/** q = u − ½ of two lanes, u = (k + ½)·2⁻⁵² with k from the top 26 bits of both output words. */
@inline
function centredUniforms(high: v128, low: v128): v128 {
  const k = f64x2.add(
    f64x2.mul(f64x2.convert_low_i32x4_s(high), f64x2.splat(67108864)),
    f64x2.convert_low_i32x4_s(low),
  );
  return f64x2.add(f64x2.mul(k, f64x2.splat(2.220446049250313e-16)), f64x2.splat(MINUS_HALF));
}

/** Normal quantiles of four blocks in memory, to `out` (4 doubles). */
@inline
function storeNormals(from: usize, out: usize): void {
  const high = i32x4.shr_u(v128.load(from), 6);
  const low = i32x4.shr_u(v128.load(from, 16), 6);
  v128.store(out, quantilePair(centredUniforms(high, low)));
  const upperHigh = v128.shuffle<i32>(high, high, 2, 3, 2, 3);
  const upperLow = v128.shuffle<i32>(low, low, 2, 3, 2, 3);
  v128.store(out, quantilePair(centredUniforms(upperHigh, upperLow)), 16);
}

/** Of four blocks in memory: normal quantiles to `out` from `position` on, those in the tails to be finished. */
@inline
function storeFourCentres(from: usize, out: usize, position: i32): void {
  const high = i32x4.shr_u(v128.load(from), 6);
  const low = i32x4.shr_u(v128.load(from, 16), 6);
  const upperHigh = v128.shuffle<i32>(high, high, 2, 3, 2, 3);
  const upperLow = v128.shuffle<i32>(low, low, 2, 3, 2, 3);
  storeCentres(centredUniforms(high, low), centredUniforms(upperHigh, upperLow), out, position);
}

/** Uniforms of four blocks in memory, to `out` (4 doubles). q = u − ½ is exact, and so is the way back. */
@inline
function storeUniforms(from: usize, out: usize): void {
  const half = f64x2.splat(0.5);
  const high = i32x4.shr_u(v128.load(from), 6);
  const low = i32x4.shr_u(v128.load(from, 16), 6);
  v128.store(out, f64x2.add(centredUniforms(high, low), half));
  const upperHigh = v128.shuffle<i32>(high, high, 2, 3, 2, 3);
  const upperLow = v128.shuffle<i32>(low, low, 2, 3, 2, 3);
  v128.store(out, f64x2.add(centredUniforms(upperHigh, upperLow), half), 16);
}

/** out[i] = normal draw of (who = ids[i], when) in one stream, count ≤ 4096; `ids`, `out` have room for a multiple of 16. */
export function fillNormals(key0: i32, key1: i32, when: i32, ids: usize, count: i32, out: usize): void {
  const lanes0 = i32x4.splat(key0);
  const lanes1 = i32x4.splat(key1);
  const occasion = i32x4.splat(when);
  for (let i = 0; i < count; i += 16) {
    threefryLanesFour(lanes0, lanes1, ids + (<usize>i << 2), occasion, blocks);
    for (let set = 0; set < 4; set++) storeFourCentres(blocks + (<usize>set << 5), out, i + (set << 2));
  }
  finishTails(out);
}

/** out[i] = uniform draw of (who = ids[i], when) in one stream: (k + ½)·2⁻⁵²; room as in fillNormals. */
export function fillUniforms(key0: i32, key1: i32, when: i32, ids: usize, count: i32, out: usize): void {
  const lanes0 = i32x4.splat(key0);
  const lanes1 = i32x4.splat(key1);
  const occasion = i32x4.splat(when);
  for (let i = 0; i < count; i += 16) {
    threefryLanesFour(lanes0, lanes1, ids + (<usize>i << 2), occasion, blocks);
    for (let set = 0; set < 4; set++) storeUniforms(blocks + (<usize>set << 5), out + (<usize>(i + (set << 2)) << 3));
  }
}

/**
 * Across replications: out[j·stride + r] = normal draw of (who = 0, when = j) in stream `what` of replication first + r.
 * `stride` is `count` rounded up to a multiple of four.
 */
export function fillNormalsAcross(
  seed0: i32, seed1: i32, first: i32, count: i32, what: i32, nDraws: i32, stride: i32, out: usize,
): void {
  const zero = i32x4.splat(0);
  for (let r = 0; r < count; r += 4) {
    const replications = i32x4.add(i32x4.splat(first + r), i32x4(0, 1, 2, 3));
    threefryLanes(i32x4.splat(seed0), i32x4.splat(seed1), replications, zero, blocks);
    const key0 = v128.load(blocks);
    const key1 = v128.load(blocks, 16);
    threefryLanes(key0, key1, i32x4.splat(what), zero, blocks);
    const stream0 = v128.load(blocks);
    const stream1 = v128.load(blocks, 16);
    for (let j = 0; j < nDraws; j++) {
      threefryLanes(stream0, stream1, zero, i32x4.splat(j), blocks);
      storeNormals(blocks, out + (<usize>(j * stride + r) << 3));
    }
  }
}
