// Who of many is met by a rare event. Twin: models/service/kernels/reference.ts.

import { threefryLanesFour } from "../../../../sim/kernels/assembly/threefry";
import { Arrays, byte, setReal, setWhole, whole } from "./arrays";

const blocks: usize = memory.data(128, 16);

/** u = (k + ½)·2⁻⁵² of one lane, see fillUniforms. */
@inline
function uniformOf(lane: i32): f64 {
  const at = blocks + (<usize>(lane & 3) << 2) + (<usize>(lane >> 2) << 5);
  const high = f64(load<u32>(at) >> 6);
  const low = f64(load<u32>(at, 16) >> 6);
  return (high * 67108864 + low + 0.5) * 2.220446049250313e-16;
}

/** Lanes of a set of four, at their places among sixteen, whose first 26 bits are not above the bound. */
@inline
function below(set: i32, bound: v128): i32 {
  return i32x4.bitmask(i32x4.le_s(i32x4.shr_u(v128.load(blocks + (<usize>set << 5)), 6), bound)) << (set << 2);
}

/**
 * Those of `ids` whose uniform is below p, and those with a set flag (`flags` = 0: nobody has one), ascending: positions
 * to `chosen`, uniforms to `uniform`. The first 26 bits of a uniform settle nearly all. `ids` has room for a multiple of 16.
 */
export function drawBelow(
  a: Arrays, ids: usize, n: i32, flags: usize, key0: i32, key1: i32, when: i32, p: f64,
): i32 {
  const lanes0 = i32x4.splat(key0);
  const lanes1 = i32x4.splat(key1);
  const occasion = i32x4.splat(when);
  const bound = i32x4.splat(i32(min<f64>(p, 1) * 67108864));
  let nChosen = 0;
  for (let i = 0; i < n; i += 16) {
    threefryLanesFour(lanes0, lanes1, ids + (<usize>i << 2), occasion, blocks);
    const nLanes = min(n - i, 16);
    let lanes = below(0, bound) | below(1, bound) | below(2, bound) | below(3, bound);
    if (flags != 0)
      for (let lane = 0; lane < nLanes; lane++) lanes |= byte(flags, whole(a.rows, i + lane)) << lane;
    lanes &= (1 << nLanes) - 1;
    while (lanes != 0) {
      const lane = ctz(lanes);
      lanes &= lanes - 1;
      const u = uniformOf(lane);
      if (u >= p && (flags == 0 || byte(flags, whole(a.rows, i + lane)) == 0)) continue;
      setWhole(a.chosen, nChosen, i + lane);
      setReal(a.uniform, nChosen, u);
      nChosen++;
    }
  }
  return nChosen;
}

/** Those in service whose flag is 1, ascending: positions to `chosen`, which has room for one more than there are. */
export function findFlagged(a: Arrays, n: i32, flags: usize): i32 {
  let nChosen = 0;
  for (let i = 0; i < n; i++) {
    // Without a branch: whoever is not flagged is overwritten by the next.
    setWhole(a.chosen, nChosen, i);
    nChosen += byte(flags, whole(a.rows, i));
  }
  return nChosen;
}
