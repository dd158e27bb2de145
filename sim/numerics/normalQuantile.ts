import { log } from "./elementary.ts";

/**
 * Quantile of the standard normal: z with Φ(z) = p. The inverse-CDF transform of every normal draw.
 *
 * @param p probability in (0, 1); 0 gives −∞, 1 gives +∞, anything else NaN
 * @returns z, relative error about 1e-16 (16 figures by design; measured in test/oracle/numerics)
 * @source rational approximations of Wichura (1988), Algorithm AS 241 (PPND16), doi:10.2307/2347330
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  const r = 0.180625 - q * q;
  if (r >= 0) return normalQuantileCentre(q, r);
  if (!(p > 0 && p < 1)) {
    if (p === 0) return Number.NEGATIVE_INFINITY;
    return p === 1 ? Number.POSITIVE_INFINITY : Number.NaN;
  }
  return normalQuantileTail(q, q < 0 ? p : 1 - p);
}

/** Centre of the distribution, |q| ≤ 0.425 with q = p − ½ and r = 0.425² − q². */
function normalQuantileCentre(q: number, r: number): number {
  const numerator =
    ((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r + 45921.953931549871457) *
      r +
      13731.693765509461125) *
      r +
      1971.5909503065514427) *
      r +
      133.14166789178437745) *
      r +
    3.387132872796366608;
  const denominator =
    ((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r + 21213.794301586595867) *
      r +
      5394.1960214247511077) *
      r +
      687.1870074920579083) *
      r +
      42.313330701600911252) *
      r +
    1;
  return (q * numerator) / denominator;
}

/** Tails: `tail` = min(p, 1 − p) < 0.075. */
function normalQuantileTail(q: number, tail: number): number {
  let r = Math.sqrt(-log(tail));
  let numerator: number;
  let denominator: number;
  if (r <= 5) {
    r -= 1.6;
    numerator =
      ((((((7.7454501427834140764e-4 * r + 2.27238449892691845833e-2) * r + 2.4178072517745061177e-1) * r +
        1.27045825245236838258) *
        r +
        3.64784832476320460504) *
        r +
        5.7694972214606914055) *
        r +
        4.6303378461565452959) *
        r +
      1.42343711074968357734;
    denominator =
      ((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 1.51986665636164571966e-2) * r +
        1.4810397642748007459e-1) *
        r +
        6.8976733498510000455e-1) *
        r +
        1.6763848301838038494) *
        r +
        2.05319162663775882187) *
        r +
      1;
  } else {
    r -= 5;
    numerator =
      ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.2426609473880784386e-3) * r +
        2.6532189526576123093e-2) *
        r +
        2.9656057182850489123e-1) *
        r +
        1.7848265399172913358) *
        r +
        5.4637849111641143699) *
        r +
      6.6579046435011037772;
    denominator =
      ((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r +
        7.868691311456132591e-4) *
        r +
        1.48753612908506148525e-2) *
        r +
        1.3692988092273580531e-1) *
        r +
        5.9983220655588793769e-1) *
        r +
      1;
  }
  const z = numerator / denominator;
  return q < 0 ? -z : z;
}
