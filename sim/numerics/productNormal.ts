import { exp, log } from "./elementary.ts";
import { normalCdf, normalPdf } from "./normal.ts";
import { normalQuantile } from "./normalQuantile.ts";
import { findRoot } from "./roots.ts";

/** Two independent normals A ~ N(a, seA²) and B ~ N(b, seB²), of which the product AB is asked. */
export type ProductParameters = {
  readonly a: number;
  readonly seA: number;
  readonly b: number;
  readonly seB: number;
};

const INV_SQRT_2PI = 0.3989422804014327;
/**
 * How finely to integrate. `cut`: points with a squared distance from the mean larger by this than the nearest that counts
 * are left out; they weigh e^(−cut/2). `spacing`: factor on the step.
 */
type Fineness = { readonly cut: number; readonly spacing: number };
const FINE: Fineness = { cut: 74, spacing: 1 };
/** A third of the nodes; error below 1e-5, so that a tail COARSE_MARGIN away from a limit is decided. */
const COARSE: Fineness = { cut: 30, spacing: 2 };
const COARSE_MARGIN = 1e-4;
/** From this distance of A's mean from 0 on, A itself is the variable of integration; below it, ln A. */
const FAR_FROM_ZERO = 12;
/** Below it P(0 < AB ≤ t) is less than 1e-16. */
const TINY_PRODUCT = 1e-18;
/** Slack of the certificates: far above the quadrature's error, so that they can't contradict it. */
const SLACK = 1e-11;

function checkParameters(name: string, { a, seA, b, seB }: ProductParameters): void {
  if (Math.abs(a) === Number.POSITIVE_INFINITY) throw new RangeError(`${name}: a must be finite, got ${a}`);
  if (Math.abs(b) === Number.POSITIVE_INFINITY) throw new RangeError(`${name}: b must be finite, got ${b}`);
  if (seA < 0 || seA === Number.POSITIVE_INFINITY)
    throw new RangeError(`${name}: seA must be >= 0 and finite, got ${seA}`);
  if (seB < 0 || seB === Number.POSITIVE_INFINITY)
    throw new RangeError(`${name}: seB must be >= 0 and finite, got ${seB}`);
}

/**
 * P(AB > t) for A ~ N(zA, 1), B ~ N(zB, 1), t > 0, zA ≥ |zB|:
 * ∫₀^∞ [φ(u − zA)Φ(zB − t/u) + φ(u + zA)Φ(−zB − t/u)] du, the two branches of the hyperbola.
 * The trapezoidal rule, which converges exponentially for such analytic integrands that vanish at both ends.
 *
 * @param excess t − zA·zB, as exactly as the caller knows it
 */
function positiveTail(t: number, zA: number, zB: number, excess: number, { cut, spacing }: Fineness): number {
  if (t < TINY_PRODUCT) return normalCdf(zA) * normalCdf(zB) + normalCdf(-zA) * normalCdf(-zB);
  // Distance from the mean to a point (u, v) on the hyperbola near the closest one: what lies much further doesn't count.
  let u = Math.max(zA, Math.sqrt(t));
  let v = t / u;
  let distance = 0;
  if (excess > 0) {
    distance = Math.sqrt((u - zA) * (u - zA) + (v - zB) * (v - zB));
    if (zB > 0) {
      const scale = Math.sqrt(t / (zA * zB));
      const alongRay = (scale - 1) * Math.sqrt(zA * zA + zB * zB);
      if (alongRay < distance) {
        distance = alongRay;
        u = scale * zA;
        v = scale * zB;
      }
    }
  }
  const reach = Math.sqrt(cut + distance * distance);
  if (!(reach < 1e9)) return 0;
  if (zA >= FAR_FROM_ZERO) return tailFarFromZero(zA, zB, excess, reach, 0.4 * spacing);
  const size = Math.sqrt(1 + zA * zA + zB * zB + (distance > 0 ? u * u + v * v : 0));
  return tailNearZero(t, zA, zB, reach, spacing * Math.min(0.4 / size, 0.1));
}

/** First branch only, in x = u − zA: zB − t/u = (zB·x − excess)/u has no large terms to cancel. The second is < 1e-32. */
function tailFarFromZero(zA: number, zB: number, excess: number, reach: number, step: number): number {
  let sum = 0;
  for (let x = -Math.floor(Math.min(reach, zA) / step) * step; x <= reach; x += step) {
    const u = zA + x;
    if (u > 0) sum += exp(-0.5 * x * x) * normalCdf((zB * x - excess) / u);
  }
  return sum * step * INV_SQRT_2PI;
}

/** Both branches, in ln u, with steps of at most `step`. */
function tailNearZero(t: number, zA: number, zB: number, reach: number, step: number): number {
  const low = t / (Math.abs(zB) + reach);
  const range = log((zA + reach) / low);
  const nSteps = Math.ceil(range / step);
  const ratio = exp(range / nSteps);
  let sum = 0;
  let u = low;
  for (let i = 0; i <= nSteps; i++) {
    const v = t / u;
    const x = u - zA;
    let density = exp(-0.5 * x * x) * normalCdf(zB - v);
    const y = u + zA;
    if (y < reach) density += exp(-0.5 * y * y) * normalCdf(-zB - v);
    sum += density * u;
    u *= ratio;
  }
  return (sum * range * INV_SQRT_2PI) / nSteps;
}

/** P(AB ≤ t) for A ~ N(zA, 1), B ~ N(zB, 1), any t. */
function standardCdf(t: number, zA: number, zB: number, excess: number): number {
  if (t === 0) return normalCdf(zA) * normalCdf(-zB) + normalCdf(-zA) * normalCdf(zB);
  // AB is the same product for (B, A) and for (−A, −B): let A be the one with its mean further from 0, on the right.
  const isSwapped = Math.abs(zB) > Math.abs(zA);
  const first = isSwapped ? zB : zA;
  const second = isSwapped ? zA : zB;
  const major = Math.abs(first);
  const minor = first < 0 ? -second : second;
  return t > 0 ? 1 - positiveTail(t, major, minor, excess, FINE) : positiveTail(-t, major, -minor, -excess, FINE);
}

/** a·b minus its rounded value (Dekker): with z of a million each, the rounding would be felt. */
function productError(a: number, b: number): number {
  const shiftedA = 134217729 * a;
  const shiftedB = 134217729 * b;
  const highA = shiftedA - (shiftedA - a);
  const highB = shiftedB - (shiftedB - b);
  const lowA = a - highA;
  const lowB = b - highB;
  const error = highA * highB - a * b + highA * lowB + lowA * highB + lowA * lowB;
  return Math.abs(error) < Number.POSITIVE_INFINITY ? error : 0;
}

/**
 * Distribution function of the product of two independent normals, P(AB ≤ x).
 *
 * @param x          any number, in units of A times units of B
 * @param parameters means a, b and standard errors seA, seB ≥ 0; with seA = 0 the product is N(ab, a²seB²), with both 0 a point
 * @returns probability in [0, 1], absolute error below 1e-13 for |z| up to 1e4 and 1e-10 up to 1e6 (measured:
 *   test/oracle/numerics/productNormal.json); NaN if an argument is NaN
 * @throws RangeError if a mean is infinite, or a standard error negative or infinite
 * @source Meeker, Cornwell & Aroian (1981), The Product of Two Normally Distributed Random Variables, for the distribution;
 *   trapezoidal quadrature as in Trefethen & Weideman (2014), doi:10.1137/130932132
 */
export function productNormalCdf(x: number, parameters: ProductParameters): number {
  checkParameters("productNormalCdf", parameters);
  const { a, seA, b, seB } = parameters;
  const deviation = x - a * b - productError(a, b);
  if (Number.isNaN(deviation) || Number.isNaN(seA) || Number.isNaN(seB)) return Number.NaN;
  if (Math.abs(x) === Number.POSITIVE_INFINITY) return x > 0 ? 1 : 0;
  if (seA === 0 || seB === 0) {
    const sd = seA === 0 ? Math.abs(a) * seB : Math.abs(b) * seA;
    return sd === 0 ? (deviation >= 0 ? 1 : 0) : normalCdf(deviation / sd);
  }
  return standardCdf(x / seA / seB, a / seA, b / seB, deviation / seA / seB);
}

/**
 * Quantile of the product of two independent normals: x with P(AB ≤ x) = p.
 *
 * @param p          probability in [0, 1]; the ends give the ends of the range, ±∞ unless degenerate
 * @param parameters as for productNormalCdf
 * @returns x in units of A times units of B, error below 1e-10 standard deviations for p within [1e-4, 1 − 1e-4] (measured,
 *   as above); the further tail on the side of ab's sign from 0 loses digits as 1e-14/p. NaN if an argument is NaN
 * @throws RangeError if p is outside [0, 1], or as productNormalCdf
 */
export function productNormalQuantile(p: number, parameters: ProductParameters): number {
  checkParameters("productNormalQuantile", parameters);
  if (p < 0 || p > 1) throw new RangeError(`productNormalQuantile: p must be in [0, 1], got ${p}`);
  const { a, seA, b, seB } = parameters;
  if (Number.isNaN(p + a + seA + b + seB)) return Number.NaN;
  const z = normalQuantile(p);
  if (seA === 0 || seB === 0) {
    const sd = seA === 0 ? Math.abs(a) * seB : Math.abs(b) * seA;
    return sd === 0 ? a * b : a * b + z * sd;
  }
  if (p === 0 || p === 1) return z;
  const zA = a / seA;
  const zB = b / seB;
  const product = zA * zB;
  const atZero = standardCdf(0, zA, zB, -product);
  if (p === atZero) return 0;
  // In the excess over zA·zB, whose scale is the standard deviation; on the tail's logarithm, which is nearly parabolic.
  const isBelow = p < 0.5;
  const logTarget = log(isBelow ? p : 1 - p);
  const distance = (excess: number): number => {
    const t = product + excess;
    // The upper tail by reflection: −AB is the product for (−A, B).
    const tail = isBelow ? standardCdf(t, zA, zB, excess) : standardCdf(-t, -zA, zB, -excess);
    return (isBelow ? 1 : -1) * (log(Math.max(tail, 1e-320)) - logTarget);
  };
  const sd = Math.sqrt(1 + zA * zA + zB * zB);
  const start = sd * cornishFisher(z, (6 * product) / (sd * sd * sd), (12 * sd * sd - 6) / (sd * sd * sd * sd));
  let low = start;
  for (let width = 0.02 * sd; distance(low) > 0; width *= 3) low -= width;
  let high = start;
  for (let width = 0.02 * sd; distance(high) < 0; width *= 3) high += width;
  return a * b + findRoot(distance, low, high, 1e-14 * sd) * seA * seB;
}

/** Rough quantile in standard deviations from skewness and excess kurtosis, kept within 10 of the normal one. */
function cornishFisher(z: number, skewness: number, kurtosis: number): number {
  const square = z * z;
  const shift =
    ((square - 1) * skewness) / 6 +
    (z * (square - 3) * kurtosis) / 24 -
    (z * (2 * square - 5) * skewness * skewness) / 36;
  return z + Math.max(-10, Math.min(10, shift));
}

/**
 * Does the product interval exclude 0, that is, is P(AB ≤ 0) < α/2 or > 1 − α/2? In closed form: with p = Φ(−|zA|) and
 * q = Φ(−|zB|), AB falls on the other side of 0 from ab with probability p(1 − q) + q(1 − p).
 * The same as |zA| > c and |zB| > Φ⁻¹(1 − (α/2 − p)/(1 − 2p)), c = Φ⁻¹(1 − α/2).
 *
 * @param zA    a/seA, any number
 * @param zB    b/seB, any number
 * @param alpha two-sided significance level in (0, 1)
 * @returns true when the test of ab rejects; false if an argument is NaN
 * @throws RangeError if alpha is outside (0, 1)
 */
export function productExcludesZero(zA: number, zB: number, alpha: number): boolean {
  checkAlpha("productExcludesZero", alpha);
  const p = normalCdf(-Math.abs(zA));
  if (p >= 0.5 * alpha) return false;
  const q = normalCdf(-Math.abs(zB));
  return p + q - 2 * p * q < 0.5 * alpha;
}

function checkAlpha(name: string, alpha: number): void {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`${name}: alpha must be in (0, 1), got ${alpha}`);
}

/**
 * Is `theta` inside the equal-tailed product interval, α/2 ≤ P(AB ≤ theta) ≤ 1 − α/2? The same answer as the distribution
 * function gives, but mostly from bounds, else from coarse quadrature, and from the fine one only in doubt.
 *
 * @param theta      value asked about, any number
 * @param parameters as for productNormalCdf
 * @param alpha      1 − confidence level, in (0, 1)
 * @returns true when the interval contains theta; false if an argument is NaN
 * @throws RangeError as productNormalCdf, or if alpha is outside (0, 1)
 */
export function productIntervalContains(theta: number, parameters: ProductParameters, alpha: number): boolean {
  checkAlpha("productIntervalContains", alpha);
  checkParameters("productIntervalContains", parameters);
  const half = 0.5 * alpha;
  const { a, seA, b, seB } = parameters;
  const zA = a / seA;
  const zB = b / seB;
  const t = Math.abs(theta / (seA * seB));
  if (t > TINY_PRODUCT && t < 1e9 && Math.abs(zA) < 1e4 && Math.abs(zB) < 1e4) {
    // As in standardCdf; and P(AB ≤ −t) is P(AB > t) with one mean reflected.
    const isSwapped = Math.abs(zB) > Math.abs(zA);
    const major = Math.abs(isSwapped ? zB : zA);
    const isReflected = (zA < 0 !== zB < 0) !== theta < 0;
    const minor = isReflected ? -Math.abs(isSwapped ? zA : zB) : Math.abs(isSwapped ? zA : zB);
    const answer = certificate(t, major, minor, half);
    if (answer !== 0) return answer > 0;
    if (bothTailsHoldRectangles(t, major, minor, half)) return true;
    const tail = positiveTail(t, major, minor, t - major * minor, COARSE);
    const distance = Math.min(tail, 1 - tail) - half;
    if (Math.abs(distance) > COARSE_MARGIN) return distance > 0;
  }
  const cdf = productNormalCdf(theta, parameters);
  return cdf >= half && cdf <= 1 - half;
}

/**
 * Are both tails of AB beyond t > 0 certainly at least `half`? With s = √t, AB is at least t where A ≥ s and B ≥ s, and at
 * most t where A ≤ s and B ≤ s and not both are negative. Settles most cases in which both means are small.
 */
function bothTailsHoldRectangles(t: number, zA: number, zB: number, half: number): boolean {
  const s = Math.sqrt(t);
  if (normalCdf(zA - s) * normalCdf(zB - s) < half) return false;
  return normalCdf(s - zA) * normalCdf(s - zB) - normalCdf(-zA) * normalCdf(-zB) >= half;
}

/** An upper bound of Φ(−z): for z > 0, ½e^(−z²/2) with the exponential bounded by its series. */
function tailBound(z: number): number {
  if (z < 0) return 1;
  const w = 0.5 * z * z;
  return 0.5 / (1 + w * (1 + w * (0.5 + w / 6)));
}

/**
 * +1: both tails of AB beyond t are certainly at least `half`; −1: one is certainly smaller; 0: can't tell.
 *
 * For t > 0 the set AB > t, A > 0 is convex. Let d be the signed distance from the mean to its tangent at a point
 * (s, v), v = t/s, near the closest one. Then
 *   Φ(−d) − sliver ≤ P(AB > t) ≤ Φ(−d) + Φ(−zA)Φ(−zB),
 * the sliver lying between tangent and hyperbola. At τ along the tangent the hyperbola is at most tτ²/(r³ − |τ||s² − v²|)
 * away (r² = s² + v²), which bounds the sliver within |τ − τ(mean)| < 3; the rest has probability 2Φ(−3) < 0.0027.
 */
function certificate(t: number, zA: number, zB: number, half: number): -1 | 0 | 1 {
  // Start on the ray through the mean where there is one, then one Newton step towards the closest point.
  let s = zB > 0 ? zA * Math.sqrt(t / (zA * zB)) : Math.max(zA, Math.sqrt(t));
  let v = t / s;
  const slope = v / s;
  const curvature = 1 + slope * slope + (2 * slope * (v - zB)) / s;
  if (curvature > 0.2) {
    const next = s - (s - zA - (v - zB) * slope) / curvature;
    if (next > 0.5 * s && next < 2 * s) {
      s = next;
      v = t / s;
    }
  }
  const r = Math.sqrt(s * s + v * v);
  const d = (2 * t - zA * v - zB * s) / r;
  const above = normalCdf(-d);
  const otherBranch = tailBound(zA) * tailBound(zB) + SLACK;
  if (above + otherBranch < half) return -1;
  if (1 - above - otherBranch < half) return 0;
  const tau = Math.abs((zA - s) * s - (zB - v) * v) / r;
  const farTau = 3 + tau;
  const beta = r * r * r - farTau * Math.abs(s * s - v * v);
  if (!(beta > 0 && beta < 1e30)) return 0;
  const bend = t / beta;
  const rest = 0.0027 * above + SLACK;
  const sliver = bend * (1 + tau * tau);
  if (above - INV_SQRT_2PI * sliver - rest >= half) return 1;
  // The density is largest where the strip between tangent and hyperbola comes closest to the mean.
  const nearest = d > 0 ? d : Math.min(0, d + bend * farTau * farTau);
  return above - normalPdf(nearest) * sliver - rest >= half ? 1 : 0;
}
