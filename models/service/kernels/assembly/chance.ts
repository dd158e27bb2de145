// Who of many is met by a rare event. Twin: models/service/kernels/reference.ts.

import { threefryLanesTwice } from "../../../../sim/kernels/assembly/threefry";
import { Arrays, byte, setReal, whole } from "./arrays";

const blocks: usize = memory.data(64, 16);

/** u = (k + ½)·2⁻⁵² of one lane, see fillUniforms. */
@inline
function uniformOf(lane: i32): f64 {
  const at = blocks + (<usize>(lane & 3) << 2) + (<usize>(lane >> 2) << 5);
  const high = f64(load<u32>(at) >> 6);
  const low = f64(load<u32>(at, 16) >> 6);
  return (high * 67108864 + low + 0.5) * 2.220446049250313e-16;
}

/**
 * Those of `ids` whose uniform is below p, and those with a set flag (`flags` = 0: nobody has one), ascending: positions
 * to `chosen`, uniforms to `uniform`. The first 26 bits of a uniform settle nearly all. `ids` has room for a multiple of 8.
 */
export function drawBelow(
  a: Arrays, ids: usize, n: i32, flags: usize, key0: i32, key1: i32, when: i32, p: f64,
): i32 {
  const lanes0 = i32x4.splat(key0);
  const lanes1 = i32x4.splat(key1);
  const occasion = i32x4.splat(when);
  const bound = i32x4.splat(i32(min<f64>(p, 1) * 67108864));
  let nChosen = 0;
  for (let i = 0; i < n; i += 8) {
    const at = ids + (<usize>i << 2);
    threefryLanesTwice(lanes0, lanes1, v128.load(at), occasion, v128.load(at, 16), occasion, blocks);
    const below0 = i32x4.le_s(i32x4.shr_u(v128.load(blocks), 6), bound);
    const below1 = i32x4.le_s(i32x4.shr_u(v128.load(blocks, 32), 6), bound);
    const nLanes = min(n - i, 8);
    let lanes = i32x4.bitmask(below0) | (i32x4.bitmask(below1) << 4);
    if (flags != 0)
      for (let lane = 0; lane < nLanes; lane++) lanes |= (byte(flags, whole(a.rows, i + lane)) & 1) << lane;
    lanes &= (1 << nLanes) - 1;
    while (lanes != 0) {
      const lane = ctz(lanes);
      lanes &= lanes - 1;
      const u = uniformOf(lane);
      if (u >= p && (flags == 0 || byte(flags, whole(a.rows, i + lane)) == 0)) continue;
      store<i32>(a.chosen + (<usize>nChosen << 2), i + lane);
      setReal(a.uniform, nChosen, u);
      nChosen++;
    }
  }
  return nChosen;
}
