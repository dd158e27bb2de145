import { exp, expm1 } from "./elementary.ts";
import { normalCdf } from "./normal.ts";
import { normalQuantile } from "./normalQuantile.ts";
import { findRoot } from "./roots.ts";
import { tCdf, tQuantile } from "./studentT.ts";

/** Parts of the chi density below e^(−CUT) of its peak are left out; enough for tails down to 1e-15. */
const CUT = 70;

function checkArguments(name: string, df: number, ncp: number): void {
  if (!(df > 0 && df < Number.POSITIVE_INFINITY)) throw new RangeError(`${name}: df must be > 0 and finite, got ${df}`);
  if (Math.abs(ncp) === Number.POSITIVE_INFINITY) throw new RangeError(`${name}: ncp must be finite, got ${ncp}`);
}

/** e^(2y) − 1 − 2y over 2 without cancellation near 0: how far the log density of y = ln R is below its peak, per df. */
function drop(y: number): number {
  const x = 2 * y;
  if (Math.abs(x) > 0.5) return 0.5 * (expm1(x) - x);
  let sum = 1;
  for (let k = 14; k >= 3; k--) sum = 1 + (sum * x) / k;
  return 0.25 * x * x * sum;
}

/** Ends of the y = ln R that count: where df·drop(y) = CUT, by Newton's method from outside (drop is convex). */
function reach(df: number, sign: 1 | -1): number {
  const level = CUT / df;
  // drop(y) > y² for y > 0, > −y − ½ and > y²/(1 − 2y/3) for y < 0: each start lies outside.
  let y = sign > 0 ? Math.sqrt(level) : -(level / 3 + Math.sqrt((level * level) / 9 + level)) - 0.5 * level;
  for (let i = 0; i < 60; i++) {
    const step = (drop(y) - level) / expm1(2 * y);
    y -= step;
    if (Math.abs(step) < 1e-3 * Math.abs(y)) break;
  }
  return y;
}

/**
 * E Φ(sign·(t·R − ncp)) where df·R² is chi-square. In y = ln R the chi density is proportional to e^(−df·drop(y)) and the
 * integrand analytic, so the trapezoidal rule converges exponentially; dividing by the same sum over the density alone
 * spares its constant.
 */
function expectedTail(t: number, df: number, ncp: number, sign: 1 | -1): number {
  const low = reach(df, -1);
  const high = reach(df, 1);
  // Widths in y: 1/√(2df) of the density, 1/(t·R) of the normal step, of which t·R near ncp counts.
  const centre = Math.abs(ncp) + 3;
  const steepness = Math.min(t * t * exp(2 * high), centre * centre);
  const step = Math.min(0.1, 0.42 / Math.sqrt(df + 0.5 * steepness));
  const nSteps = Math.ceil((high - low) / step);
  const width = (high - low) / nSteps;
  let sum = 0;
  let total = 0;
  for (let i = 0; i <= nSteps; i++) {
    const y = low + i * width;
    const density = exp(-df * drop(y));
    sum += density * normalCdf(sign * (t * exp(y) - ncp));
    total += density;
  }
  return sum / total;
}

/**
 * Distribution function of the noncentral t distribution: P(T ≤ t), T = (Z + ncp)/√(V/df), Z standard normal, V chi-square.
 *
 * @param t   any number
 * @param df  degrees of freedom, > 0 (real)
 * @param ncp noncentrality, any number
 * @returns probability in [0, 1], absolute error below 1e-14 (measured for df = 0.3 … 1e6, |ncp| ≤ 40:
 *   test/oracle/numerics/noncentralT.json); relative error below 1e-10 where it exceeds 1e-15. NaN if an argument is NaN
 * @throws RangeError if df is not positive and finite, or ncp infinite
 * @source definition; quadrature as in Trefethen & Weideman (2014), doi:10.1137/130932132
 */
export function noncentralTCdf(t: number, df: number, ncp: number): number {
  return noncentralTail("noncentralTCdf", t, df, ncp, 1);
}

/**
 * Upper tail of the noncentral t distribution, P(T > t), computed as itself so that it may be tiny.
 *
 * @param t   any number
 * @param df  degrees of freedom, > 0 (real)
 * @param ncp noncentrality, any number
 * @returns probability in [0, 1], error as of noncentralTCdf; NaN if an argument is NaN
 * @throws RangeError if df is not positive and finite, or ncp infinite
 */
export function noncentralTUpper(t: number, df: number, ncp: number): number {
  return noncentralTail("noncentralTUpper", t, df, ncp, -1);
}

function noncentralTail(name: string, t: number, df: number, ncp: number, sign: 1 | -1): number {
  if (Number.isNaN(t) || Number.isNaN(df) || Number.isNaN(ncp)) return Number.NaN;
  checkArguments(name, df, ncp);
  if (Math.abs(t) === Number.POSITIVE_INFINITY) return t > 0 === sign > 0 ? 1 : 0;
  if (t === 0) return normalCdf(-sign * ncp);
  if (ncp === 0) return tCdf(sign * t, df);
  return expectedTail(t, df, ncp, sign);
}

/**
 * Quantile of the noncentral t distribution: t with P(T ≤ t) = p.
 *
 * @param p   probability in [0, 1]; the ends give ±∞
 * @param df  degrees of freedom, > 0 (real)
 * @param ncp noncentrality, any number
 * @returns t, to the error of the distribution function over its density; NaN if an argument is NaN
 * @throws RangeError if p is outside [0, 1], df is not positive and finite, or ncp infinite
 */
export function noncentralTQuantile(p: number, df: number, ncp: number): number {
  if (Number.isNaN(p) || Number.isNaN(df) || Number.isNaN(ncp)) return Number.NaN;
  checkArguments("noncentralTQuantile", df, ncp);
  if (p < 0 || p > 1) throw new RangeError(`noncentralTQuantile: p must be in [0, 1], got ${p}`);
  if (ncp === 0 || p === 0 || p === 1) return tQuantile(p, df);
  const isBelow = p < 0.5;
  const difference = (t: number): number =>
    isBelow ? noncentralTCdf(t, df, ncp) - p : 1 - p - noncentralTUpper(t, df, ncp);
  // Start where the normal distribution of T's numerator would put it, and widen until the root is inside.
  const start = ncp + normalQuantile(p) * Math.sqrt(1 + (ncp * ncp) / (2 * df));
  let low = start;
  for (let width = 0.1 * (1 + Math.abs(start)); difference(low) > 0; width *= 3) low -= width;
  let high = start;
  for (let width = 0.1 * (1 + Math.abs(start)); difference(high) < 0; width *= 3) high += width;
  return findRoot(difference, low, high, 1e-15);
}
