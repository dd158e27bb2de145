// Normal quantile by AS 241, operation for operation as sim/numerics/normalQuantile.ts and elementary.ts (same bits).

@inline
const LN2_HIGH: f64 = 6.93147180369123816490e-1;
@inline
const LN2_LOW: f64 = 1.90821492927058770002e-10;

/** ln x for normal x > 0. */
function log(x: f64): f64 {
  const word = reinterpret<u64>(x);
  const high = u32(word >> 32) + 0x95f62;
  const k = f64(i32(high >> 20) - 1023);
  const f = reinterpret<f64>((u64((high & 0xfffff) + 0x3fe6a09e) << 32) | (word & 0xffffffff)) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const odd =
    z *
    (6.666666666666735130e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const halfSquare = 0.5 * f * f;
  return k * LN2_HIGH - (halfSquare - (s * (halfSquare + (even + odd)) + k * LN2_LOW) - f);
}

/** Tails: q = p − ½ with |q| > 0.425. Draws are multiples of 2⁻⁵³, so q + ½ gives p back exactly. */
function quantileTail(q: f64): f64 {
  const p = q + 0.5;
  const z = quantileBeyond(sqrt(-log(q < 0 ? p : 1 - p)));
  return q < 0 ? -z : z;
}

/** The quantile of 1 − e^{−r²}, r ≥ 1.6. */
function quantileBeyond(r: f64): f64 {
  let numerator: f64;
  let denominator: f64;
  if (r <= 5) {
    r -= 1.6;
    numerator =
      ((((((7.7454501427834140764e-4 * r + 2.27238449892691845833e-2) * r + 2.4178072517745061177e-1) * r +
        1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055) * r +
        4.6303378461565452959) * r + 1.42343711074968357734;
    denominator =
      ((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 1.51986665636164571966e-2) * r +
        1.4810397642748007459e-1) * r + 6.8976733498510000455e-1) * r + 1.6763848301838038494) * r +
        2.05319162663775882187) * r + 1;
  } else {
    r -= 5;
    numerator =
      ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.2426609473880784386e-3) * r +
        2.6532189526576123093e-2) * r + 2.9656057182850489123e-1) * r + 1.7848265399172913358) * r +
        5.4637849111641143699) * r + 6.6579046435011037772;
    denominator =
      ((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r +
        7.868691311456132591e-4) * r + 1.48753612908506148525e-2) * r + 1.3692988092273580531e-1) * r +
        5.9983220655588793769e-1) * r + 1;
  }
  return numerator / denominator;
}

/** Coefficients of the centre, numerator and denominator by turns. */
const CENTRE: usize = memory.data<f64>([
  2509.0809287301226727, 5226.495278852545925, 33430.575583588128105, 28729.085735721942674,
  67265.770927008700853, 39307.89580009271061, 45921.953931549871457, 21213.794301586595867,
  13731.693765509461125, 5394.1960214247511077, 1971.5909503065514427, 687.1870074920579083,
  133.14166789178437745, 42.313330701600911252, 3.387132872796366608, 1,
]);
/** Likewise of the tails up to r = 5. */
const TAIL: usize = memory.data<f64>([
  7.7454501427834140764e-4, 1.05075007164441684324e-9, 2.27238449892691845833e-2, 5.475938084995344946e-4,
  2.4178072517745061177e-1, 1.51986665636164571966e-2, 1.27045825245236838258, 1.4810397642748007459e-1,
  3.64784832476320460504, 6.8976733498510000455e-1, 5.7694972214606914055, 1.6763848301838038494,
  4.6303378461565452959, 2.05319162663775882187, 1.42343711074968357734, 1,
]);

@inline
function step(sum: v128, r: v128, coefficient: f64): v128 {
  return f64x2.add(f64x2.mul(sum, r), f64x2.splat(coefficient));
}

/** (Numerator)/(denominator) of two lanes with coefficients from a table, the numerator times q first. */
@inline
function ratio(table: usize, q: v128, r: v128): v128 {
  let numerator = v128.load64_splat(table);
  let denominator = v128.load64_splat(table, 8);
  numerator = f64x2.add(f64x2.mul(numerator, r), v128.load64_splat(table, 16));
  denominator = f64x2.add(f64x2.mul(denominator, r), v128.load64_splat(table, 24));
  numerator = f64x2.add(f64x2.mul(numerator, r), v128.load64_splat(table, 32));
  denominator = f64x2.add(f64x2.mul(denominator, r), v128.load64_splat(table, 40));
  numerator = f64x2.add(f64x2.mul(numerator, r), v128.load64_splat(table, 48));
  denominator = f64x2.add(f64x2.mul(denominator, r), v128.load64_splat(table, 56));
  numerator = f64x2.add(f64x2.mul(numerator, r), v128.load64_splat(table, 64));
  denominator = f64x2.add(f64x2.mul(denominator, r), v128.load64_splat(table, 72));
  numerator = f64x2.add(f64x2.mul(numerator, r), v128.load64_splat(table, 80));
  denominator = f64x2.add(f64x2.mul(denominator, r), v128.load64_splat(table, 88));
  numerator = f64x2.add(f64x2.mul(numerator, r), v128.load64_splat(table, 96));
  denominator = f64x2.add(f64x2.mul(denominator, r), v128.load64_splat(table, 104));
  numerator = f64x2.add(f64x2.mul(numerator, r), v128.load64_splat(table, 112));
  denominator = f64x2.add(f64x2.mul(denominator, r), v128.load64_splat(table, 120));
  return f64x2.div(f64x2.mul(q, numerator), denominator);
}

/** ln x of two lanes, x normal and positive. */
@inline
function logPair(x: v128): v128 {
  const high = i64x2.add(i64x2.shr_u(x, 32), i64x2.splat(0x95f62));
  const exponents = i64x2.sub(i64x2.shr_u(high, 20), i64x2.splat(1023));
  const k = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(exponents, exponents, 0, 2, 0, 2));
  const mantissa = i64x2.add(v128.and(high, i64x2.splat(0xfffff)), i64x2.splat(0x3fe6a09e));
  const f = f64x2.sub(
    v128.or(i64x2.shl(mantissa, 32), v128.and(x, i64x2.splat(0xffffffff))),
    f64x2.splat(1),
  );
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  let even = f64x2.splat(1.531383769920937332e-1);
  even = step(even, w, 2.222219843214978396e-1);
  even = step(even, w, 3.999999999940941908e-1);
  even = f64x2.mul(w, even);
  let odd = f64x2.splat(1.479819860511658591e-1);
  odd = step(odd, w, 1.818357216161805012e-1);
  odd = step(odd, w, 2.857142874366239149e-1);
  odd = step(odd, w, 6.666666666666735130e-1);
  odd = f64x2.mul(z, odd);
  const halfSquare = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
  const rest = f64x2.add(
    f64x2.mul(s, f64x2.add(halfSquare, f64x2.add(even, odd))),
    f64x2.mul(k, f64x2.splat(LN2_LOW)),
  );
  return f64x2.sub(f64x2.mul(k, f64x2.splat(LN2_HIGH)), f64x2.sub(f64x2.sub(halfSquare, rest), f));
}

const SIGN: f64 = -0.0;

/** Tails of two lanes, see quantileTail; beyond r = 5 (once in 7·10¹⁰ draws) one by one. */
@inline
function quantileTailPair(q: v128): v128 {
  const p = f64x2.add(q, f64x2.splat(0.5));
  const r = f64x2.sqrt(f64x2.neg(logPair(f64x2.pmin(p, f64x2.sub(f64x2.splat(1), p)))));
  let z = ratio(TAIL, f64x2.splat(1), f64x2.sub(r, f64x2.splat(1.6)));
  if (v128.any_true(f64x2.gt(r, f64x2.splat(5))))
    z = f64x2.replace_lane(
      f64x2.splat(quantileBeyond(f64x2.extract_lane(r, 0))), 1, quantileBeyond(f64x2.extract_lane(r, 1)),
    );
  // z is positive; its sign is that of q.
  return v128.or(z, v128.and(q, f64x2.splat(SIGN)));
}

/** q·(rational function of r = 0.180625 − q²) of two lanes: the normal quantile where r ≥ 0. */
@inline
function quantileCentre(q: v128, r: v128): v128 {
  return ratio(CENTRE, q, r);
}

@inline
function squareBelowTails(q: v128): v128 {
  return f64x2.sub(f64x2.splat(0.180625), f64x2.mul(q, q));
}

/** Normal quantiles of two lanes, given q = p − ½. */
@inline
export function quantilePair(q: v128): v128 {
  const r = squareBelowTails(q);
  let z = quantileCentre(q, r);
  // About 28 % of the pairs have a lane in the tails (r < 0 there).
  const tails = f64x2.lt(r, f64x2.splat(0));
  if (v128.any_true(tails)) {
    if (i64x2.extract_lane(tails, 0) != 0) z = f64x2.replace_lane(z, 0, quantileTail(f64x2.extract_lane(q, 0)));
    if (i64x2.extract_lane(tails, 1) != 0) z = f64x2.replace_lane(z, 1, quantileTail(f64x2.extract_lane(q, 1)));
  }
  return z;
}

/** Room for the positions of tail lanes in one batch; the caller sees to it that a batch has at most 8192 draws. */
const tailPositions: usize = memory.data(4 * 8193, 16);
let nTails: i32 = 0;

/**
 * Stores the quantiles of the centre of two pairs, leaves q in place of those in the tails and notes where: see
 * finishTails. Both pairs take their turn at each coefficient: it is loaded once.
 */
@inline
export function storeCentres(q0: v128, q1: v128, out: usize, position: i32): void {
  const r0 = squareBelowTails(q0);
  const r1 = squareBelowTails(q1);
  let c = v128.load64_splat(CENTRE);
  let d = v128.load64_splat(CENTRE, 8);
  let numerator0 = c;
  let numerator1 = c;
  let denominator0 = d;
  let denominator1 = d;
  c = v128.load64_splat(CENTRE, 16);
  d = v128.load64_splat(CENTRE, 24);
  numerator0 = f64x2.add(f64x2.mul(numerator0, r0), c);
  numerator1 = f64x2.add(f64x2.mul(numerator1, r1), c);
  denominator0 = f64x2.add(f64x2.mul(denominator0, r0), d);
  denominator1 = f64x2.add(f64x2.mul(denominator1, r1), d);
  c = v128.load64_splat(CENTRE, 32);
  d = v128.load64_splat(CENTRE, 40);
  numerator0 = f64x2.add(f64x2.mul(numerator0, r0), c);
  numerator1 = f64x2.add(f64x2.mul(numerator1, r1), c);
  denominator0 = f64x2.add(f64x2.mul(denominator0, r0), d);
  denominator1 = f64x2.add(f64x2.mul(denominator1, r1), d);
  c = v128.load64_splat(CENTRE, 48);
  d = v128.load64_splat(CENTRE, 56);
  numerator0 = f64x2.add(f64x2.mul(numerator0, r0), c);
  numerator1 = f64x2.add(f64x2.mul(numerator1, r1), c);
  denominator0 = f64x2.add(f64x2.mul(denominator0, r0), d);
  denominator1 = f64x2.add(f64x2.mul(denominator1, r1), d);
  c = v128.load64_splat(CENTRE, 64);
  d = v128.load64_splat(CENTRE, 72);
  numerator0 = f64x2.add(f64x2.mul(numerator0, r0), c);
  numerator1 = f64x2.add(f64x2.mul(numerator1, r1), c);
  denominator0 = f64x2.add(f64x2.mul(denominator0, r0), d);
  denominator1 = f64x2.add(f64x2.mul(denominator1, r1), d);
  c = v128.load64_splat(CENTRE, 80);
  d = v128.load64_splat(CENTRE, 88);
  numerator0 = f64x2.add(f64x2.mul(numerator0, r0), c);
  numerator1 = f64x2.add(f64x2.mul(numerator1, r1), c);
  denominator0 = f64x2.add(f64x2.mul(denominator0, r0), d);
  denominator1 = f64x2.add(f64x2.mul(denominator1, r1), d);
  c = v128.load64_splat(CENTRE, 96);
  d = v128.load64_splat(CENTRE, 104);
  numerator0 = f64x2.add(f64x2.mul(numerator0, r0), c);
  numerator1 = f64x2.add(f64x2.mul(numerator1, r1), c);
  denominator0 = f64x2.add(f64x2.mul(denominator0, r0), d);
  denominator1 = f64x2.add(f64x2.mul(denominator1, r1), d);
  c = v128.load64_splat(CENTRE, 112);
  d = v128.load64_splat(CENTRE, 120);
  numerator0 = f64x2.add(f64x2.mul(numerator0, r0), c);
  numerator1 = f64x2.add(f64x2.mul(numerator1, r1), c);
  denominator0 = f64x2.add(f64x2.mul(denominator0, r0), d);
  denominator1 = f64x2.add(f64x2.mul(denominator1, r1), d);
  storeAndNote(q0, r0, f64x2.div(f64x2.mul(q0, numerator0), denominator0), out, position);
  storeAndNote(q1, r1, f64x2.div(f64x2.mul(q1, numerator1), denominator1), out, position + 2);
}

@inline
function storeAndNote(q: v128, r: v128, z: v128, out: usize, position: i32): void {
  const tails = f64x2.lt(r, f64x2.splat(0));
  v128.store(out + (<usize>position << 3), v128.bitselect(q, z, tails));
  const mask = i64x2.bitmask(tails);
  // Without a branch: a position that is not in the tails is overwritten by the next.
  store<i32>(tailPositions + (<usize>nTails << 2), position);
  nTails += mask & 1;
  store<i32>(tailPositions + (<usize>nTails << 2), position + 1);
  nTails += mask >> 1;
}

/** Where the noted draw lies; the draw after the last is the last again. */
@inline
function noted(i: i32, out: usize): usize {
  return out + (<usize>load<i32>(tailPositions + (<usize>min(i, nTails - 1) << 2)) << 3);
}

/** Quantiles of the tails noted since the last call, two at a time: nothing to guess for the processor. */
export function finishTails(out: usize): void {
  for (let i = 0; i < nTails; i += 2) {
    const first = noted(i, out);
    const second = noted(i + 1, out);
    const q = v128.load64_lane(second, v128.load64_zero(first), 1);
    const z = quantileTailPair(q);
    v128.store64_lane(first, z, 0);
    v128.store64_lane(second, z, 1);
  }
  nTails = 0;
}
