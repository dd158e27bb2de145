// Threefry-2x32-20 on four lanes at once; each lane has its own key and counter. See sim/random/threefry.ts.

@inline
function rotl(x: v128, r: i32): v128 {
  return v128.or(i32x4.shl(x, r), i32x4.shr_u(x, 32 - r));
}

/** Four blocks: first output words of the lanes at `out`, second words at `out + 16`. */
@inline
export function threefryLanes(key0: v128, key1: v128, counter0: v128, counter1: v128, out: usize): void {
  const key2 = v128.xor(v128.xor(i32x4.splat(0x1bd11bda), key0), key1);
  let x0 = i32x4.add(counter0, key0);
  let x1 = i32x4.add(counter1, key1);

  x0 = i32x4.add(x0, x1); x1 = v128.xor(rotl(x1, 13), x0);
  x0 = i32x4.add(x0, x1); x1 = v128.xor(rotl(x1, 15), x0);
  x0 = i32x4.add(x0, x1); x1 = v128.xor(rotl(x1, 26), x0);
  x0 = i32x4.add(x0, x1); x1 = v128.xor(rotl(x1, 6), x0);
  x0 = i32x4.add(x0, key1); x1 = i32x4.add(x1, i32x4.add(key2, i32x4.splat(1)));

  x0 = i32x4.add(x0, x1); x1 = v128.xor(rotl(x1, 17), x0);
  x0 = i32x4.add(x0, x1); x1 = v128.xor(rotl(x1, 29), x0);
  x0 = i32x4.add(x0, x1); x1 = v128.xor(rotl(x1, 16), x0);
  x0 = i32x4.add(x0, x1); x1 = v128.xor(rotl(x1, 24), x0);
  x0 = i32x4.add(x0, key2); x1 = i32x4.add(x1, i32x4.add(key0, i32x4.splat(2)));

  x0 = i32x4.add(x0, x1); x1 = v128.xor(rotl(x1, 13), x0);
  x0 = i32x4.add(x0, x1); x1 = v128.xor(rotl(x1, 15), x0);
  x0 = i32x4.add(x0, x1); x1 = v128.xor(rotl(x1, 26), x0);
  x0 = i32x4.add(x0, x1); x1 = v128.xor(rotl(x1, 6), x0);
  x0 = i32x4.add(x0, key0); x1 = i32x4.add(x1, i32x4.add(key1, i32x4.splat(3)));

  x0 = i32x4.add(x0, x1); x1 = v128.xor(rotl(x1, 17), x0);
  x0 = i32x4.add(x0, x1); x1 = v128.xor(rotl(x1, 29), x0);
  x0 = i32x4.add(x0, x1); x1 = v128.xor(rotl(x1, 16), x0);
  x0 = i32x4.add(x0, x1); x1 = v128.xor(rotl(x1, 24), x0);
  x0 = i32x4.add(x0, key1); x1 = i32x4.add(x1, i32x4.add(key2, i32x4.splat(4)));

  x0 = i32x4.add(x0, x1); x1 = v128.xor(rotl(x1, 13), x0);
  x0 = i32x4.add(x0, x1); x1 = v128.xor(rotl(x1, 15), x0);
  x0 = i32x4.add(x0, x1); x1 = v128.xor(rotl(x1, 26), x0);
  x0 = i32x4.add(x0, x1); x1 = v128.xor(rotl(x1, 6), x0);
  x0 = i32x4.add(x0, key2); x1 = i32x4.add(x1, i32x4.add(key0, i32x4.splat(5)));

  v128.store(out, x0);
  v128.store(out, x1, 16);
}

/**
 * Eight blocks under one key, as two interleaved sets of four: a single set waits on its own chain of rounds.
 * The second set has counters of its own.
 * Words of the first set at `out` and `out + 16`, of the second at `out + 32` and `out + 48`.
 */
@inline
export function threefryLanesTwice(
  key0: v128, key1: v128, counter0: v128, counter1: v128, nextCounter0: v128, nextCounter1: v128, out: usize,
): void {
  const key2 = v128.xor(v128.xor(i32x4.splat(0x1bd11bda), key0), key1);
  let injection: v128;
  let x0 = i32x4.add(counter0, key0);
  let x1 = i32x4.add(counter1, key1);
  let y0 = i32x4.add(nextCounter0, key0);
  let y1 = i32x4.add(nextCounter1, key1);

  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); x1 = v128.xor(rotl(x1, 13), x0); y1 = v128.xor(rotl(y1, 13), y0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); x1 = v128.xor(rotl(x1, 15), x0); y1 = v128.xor(rotl(y1, 15), y0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); x1 = v128.xor(rotl(x1, 26), x0); y1 = v128.xor(rotl(y1, 26), y0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); x1 = v128.xor(rotl(x1, 6), x0); y1 = v128.xor(rotl(y1, 6), y0);
  injection = i32x4.add(key2, i32x4.splat(1));
  x0 = i32x4.add(x0, key1); y0 = i32x4.add(y0, key1); x1 = i32x4.add(x1, injection); y1 = i32x4.add(y1, injection);

  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); x1 = v128.xor(rotl(x1, 17), x0); y1 = v128.xor(rotl(y1, 17), y0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); x1 = v128.xor(rotl(x1, 29), x0); y1 = v128.xor(rotl(y1, 29), y0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); x1 = v128.xor(rotl(x1, 16), x0); y1 = v128.xor(rotl(y1, 16), y0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); x1 = v128.xor(rotl(x1, 24), x0); y1 = v128.xor(rotl(y1, 24), y0);
  injection = i32x4.add(key0, i32x4.splat(2));
  x0 = i32x4.add(x0, key2); y0 = i32x4.add(y0, key2); x1 = i32x4.add(x1, injection); y1 = i32x4.add(y1, injection);

  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); x1 = v128.xor(rotl(x1, 13), x0); y1 = v128.xor(rotl(y1, 13), y0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); x1 = v128.xor(rotl(x1, 15), x0); y1 = v128.xor(rotl(y1, 15), y0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); x1 = v128.xor(rotl(x1, 26), x0); y1 = v128.xor(rotl(y1, 26), y0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); x1 = v128.xor(rotl(x1, 6), x0); y1 = v128.xor(rotl(y1, 6), y0);
  injection = i32x4.add(key1, i32x4.splat(3));
  x0 = i32x4.add(x0, key0); y0 = i32x4.add(y0, key0); x1 = i32x4.add(x1, injection); y1 = i32x4.add(y1, injection);

  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); x1 = v128.xor(rotl(x1, 17), x0); y1 = v128.xor(rotl(y1, 17), y0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); x1 = v128.xor(rotl(x1, 29), x0); y1 = v128.xor(rotl(y1, 29), y0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); x1 = v128.xor(rotl(x1, 16), x0); y1 = v128.xor(rotl(y1, 16), y0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); x1 = v128.xor(rotl(x1, 24), x0); y1 = v128.xor(rotl(y1, 24), y0);
  injection = i32x4.add(key2, i32x4.splat(4));
  x0 = i32x4.add(x0, key1); y0 = i32x4.add(y0, key1); x1 = i32x4.add(x1, injection); y1 = i32x4.add(y1, injection);

  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); x1 = v128.xor(rotl(x1, 13), x0); y1 = v128.xor(rotl(y1, 13), y0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); x1 = v128.xor(rotl(x1, 15), x0); y1 = v128.xor(rotl(y1, 15), y0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); x1 = v128.xor(rotl(x1, 26), x0); y1 = v128.xor(rotl(y1, 26), y0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); x1 = v128.xor(rotl(x1, 6), x0); y1 = v128.xor(rotl(y1, 6), y0);
  injection = i32x4.add(key0, i32x4.splat(5));
  x0 = i32x4.add(x0, key2); y0 = i32x4.add(y0, key2); x1 = i32x4.add(x1, injection); y1 = i32x4.add(y1, injection);

  v128.store(out, x0);
  v128.store(out, x1, 16);
  v128.store(out, y0, 32);
  v128.store(out, y1, 48);
}

/**
 * Sixteen blocks under one key, who = four vectors at `ids`, one occasion: four interleaved sets of four lanes keep the
 * processor busy while each waits on its own chain of rounds. Words of set s at `out + 32·s` and `out + 32·s + 16`.
 */
@inline
export function threefryLanesFour(key0: v128, key1: v128, ids: usize, when: v128, out: usize): void {
  const key2 = v128.xor(v128.xor(i32x4.splat(0x1bd11bda), key0), key1);
  let injection = i32x4.add(when, key1);
  let x0 = i32x4.add(v128.load(ids), key0);
  let y0 = i32x4.add(v128.load(ids, 16), key0);
  let z0 = i32x4.add(v128.load(ids, 32), key0);
  let w0 = i32x4.add(v128.load(ids, 48), key0);
  let x1 = injection;
  let y1 = injection;
  let z1 = injection;
  let w1 = injection;

  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); z0 = i32x4.add(z0, z1); w0 = i32x4.add(w0, w1);
  x1 = v128.xor(rotl(x1, 13), x0); y1 = v128.xor(rotl(y1, 13), y0); z1 = v128.xor(rotl(z1, 13), z0); w1 = v128.xor(rotl(w1, 13), w0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); z0 = i32x4.add(z0, z1); w0 = i32x4.add(w0, w1);
  x1 = v128.xor(rotl(x1, 15), x0); y1 = v128.xor(rotl(y1, 15), y0); z1 = v128.xor(rotl(z1, 15), z0); w1 = v128.xor(rotl(w1, 15), w0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); z0 = i32x4.add(z0, z1); w0 = i32x4.add(w0, w1);
  x1 = v128.xor(rotl(x1, 26), x0); y1 = v128.xor(rotl(y1, 26), y0); z1 = v128.xor(rotl(z1, 26), z0); w1 = v128.xor(rotl(w1, 26), w0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); z0 = i32x4.add(z0, z1); w0 = i32x4.add(w0, w1);
  x1 = v128.xor(rotl(x1, 6), x0); y1 = v128.xor(rotl(y1, 6), y0); z1 = v128.xor(rotl(z1, 6), z0); w1 = v128.xor(rotl(w1, 6), w0);
  injection = i32x4.add(key2, i32x4.splat(1));
  x0 = i32x4.add(x0, key1); y0 = i32x4.add(y0, key1); z0 = i32x4.add(z0, key1); w0 = i32x4.add(w0, key1);
  x1 = i32x4.add(x1, injection); y1 = i32x4.add(y1, injection); z1 = i32x4.add(z1, injection); w1 = i32x4.add(w1, injection);

  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); z0 = i32x4.add(z0, z1); w0 = i32x4.add(w0, w1);
  x1 = v128.xor(rotl(x1, 17), x0); y1 = v128.xor(rotl(y1, 17), y0); z1 = v128.xor(rotl(z1, 17), z0); w1 = v128.xor(rotl(w1, 17), w0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); z0 = i32x4.add(z0, z1); w0 = i32x4.add(w0, w1);
  x1 = v128.xor(rotl(x1, 29), x0); y1 = v128.xor(rotl(y1, 29), y0); z1 = v128.xor(rotl(z1, 29), z0); w1 = v128.xor(rotl(w1, 29), w0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); z0 = i32x4.add(z0, z1); w0 = i32x4.add(w0, w1);
  x1 = v128.xor(rotl(x1, 16), x0); y1 = v128.xor(rotl(y1, 16), y0); z1 = v128.xor(rotl(z1, 16), z0); w1 = v128.xor(rotl(w1, 16), w0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); z0 = i32x4.add(z0, z1); w0 = i32x4.add(w0, w1);
  x1 = v128.xor(rotl(x1, 24), x0); y1 = v128.xor(rotl(y1, 24), y0); z1 = v128.xor(rotl(z1, 24), z0); w1 = v128.xor(rotl(w1, 24), w0);
  injection = i32x4.add(key0, i32x4.splat(2));
  x0 = i32x4.add(x0, key2); y0 = i32x4.add(y0, key2); z0 = i32x4.add(z0, key2); w0 = i32x4.add(w0, key2);
  x1 = i32x4.add(x1, injection); y1 = i32x4.add(y1, injection); z1 = i32x4.add(z1, injection); w1 = i32x4.add(w1, injection);

  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); z0 = i32x4.add(z0, z1); w0 = i32x4.add(w0, w1);
  x1 = v128.xor(rotl(x1, 13), x0); y1 = v128.xor(rotl(y1, 13), y0); z1 = v128.xor(rotl(z1, 13), z0); w1 = v128.xor(rotl(w1, 13), w0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); z0 = i32x4.add(z0, z1); w0 = i32x4.add(w0, w1);
  x1 = v128.xor(rotl(x1, 15), x0); y1 = v128.xor(rotl(y1, 15), y0); z1 = v128.xor(rotl(z1, 15), z0); w1 = v128.xor(rotl(w1, 15), w0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); z0 = i32x4.add(z0, z1); w0 = i32x4.add(w0, w1);
  x1 = v128.xor(rotl(x1, 26), x0); y1 = v128.xor(rotl(y1, 26), y0); z1 = v128.xor(rotl(z1, 26), z0); w1 = v128.xor(rotl(w1, 26), w0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); z0 = i32x4.add(z0, z1); w0 = i32x4.add(w0, w1);
  x1 = v128.xor(rotl(x1, 6), x0); y1 = v128.xor(rotl(y1, 6), y0); z1 = v128.xor(rotl(z1, 6), z0); w1 = v128.xor(rotl(w1, 6), w0);
  injection = i32x4.add(key1, i32x4.splat(3));
  x0 = i32x4.add(x0, key0); y0 = i32x4.add(y0, key0); z0 = i32x4.add(z0, key0); w0 = i32x4.add(w0, key0);
  x1 = i32x4.add(x1, injection); y1 = i32x4.add(y1, injection); z1 = i32x4.add(z1, injection); w1 = i32x4.add(w1, injection);

  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); z0 = i32x4.add(z0, z1); w0 = i32x4.add(w0, w1);
  x1 = v128.xor(rotl(x1, 17), x0); y1 = v128.xor(rotl(y1, 17), y0); z1 = v128.xor(rotl(z1, 17), z0); w1 = v128.xor(rotl(w1, 17), w0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); z0 = i32x4.add(z0, z1); w0 = i32x4.add(w0, w1);
  x1 = v128.xor(rotl(x1, 29), x0); y1 = v128.xor(rotl(y1, 29), y0); z1 = v128.xor(rotl(z1, 29), z0); w1 = v128.xor(rotl(w1, 29), w0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); z0 = i32x4.add(z0, z1); w0 = i32x4.add(w0, w1);
  x1 = v128.xor(rotl(x1, 16), x0); y1 = v128.xor(rotl(y1, 16), y0); z1 = v128.xor(rotl(z1, 16), z0); w1 = v128.xor(rotl(w1, 16), w0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); z0 = i32x4.add(z0, z1); w0 = i32x4.add(w0, w1);
  x1 = v128.xor(rotl(x1, 24), x0); y1 = v128.xor(rotl(y1, 24), y0); z1 = v128.xor(rotl(z1, 24), z0); w1 = v128.xor(rotl(w1, 24), w0);
  injection = i32x4.add(key2, i32x4.splat(4));
  x0 = i32x4.add(x0, key1); y0 = i32x4.add(y0, key1); z0 = i32x4.add(z0, key1); w0 = i32x4.add(w0, key1);
  x1 = i32x4.add(x1, injection); y1 = i32x4.add(y1, injection); z1 = i32x4.add(z1, injection); w1 = i32x4.add(w1, injection);

  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); z0 = i32x4.add(z0, z1); w0 = i32x4.add(w0, w1);
  x1 = v128.xor(rotl(x1, 13), x0); y1 = v128.xor(rotl(y1, 13), y0); z1 = v128.xor(rotl(z1, 13), z0); w1 = v128.xor(rotl(w1, 13), w0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); z0 = i32x4.add(z0, z1); w0 = i32x4.add(w0, w1);
  x1 = v128.xor(rotl(x1, 15), x0); y1 = v128.xor(rotl(y1, 15), y0); z1 = v128.xor(rotl(z1, 15), z0); w1 = v128.xor(rotl(w1, 15), w0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); z0 = i32x4.add(z0, z1); w0 = i32x4.add(w0, w1);
  x1 = v128.xor(rotl(x1, 26), x0); y1 = v128.xor(rotl(y1, 26), y0); z1 = v128.xor(rotl(z1, 26), z0); w1 = v128.xor(rotl(w1, 26), w0);
  x0 = i32x4.add(x0, x1); y0 = i32x4.add(y0, y1); z0 = i32x4.add(z0, z1); w0 = i32x4.add(w0, w1);
  x1 = v128.xor(rotl(x1, 6), x0); y1 = v128.xor(rotl(y1, 6), y0); z1 = v128.xor(rotl(z1, 6), z0); w1 = v128.xor(rotl(w1, 6), w0);
  injection = i32x4.add(key0, i32x4.splat(5));
  x0 = i32x4.add(x0, key2); y0 = i32x4.add(y0, key2); z0 = i32x4.add(z0, key2); w0 = i32x4.add(w0, key2);
  x1 = i32x4.add(x1, injection); y1 = i32x4.add(y1, injection); z1 = i32x4.add(z1, injection); w1 = i32x4.add(w1, injection);

  v128.store(out, x0);
  v128.store(out, x1, 16);
  v128.store(out, y0, 32);
  v128.store(out, y1, 48);
  v128.store(out, z0, 64);
  v128.store(out, z1, 80);
  v128.store(out, w0, 96);
  v128.store(out, w1, 112);
}
