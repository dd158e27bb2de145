/**
 * exp and log in plain IEEE arithmetic, so that every engine gives the same bits.
 * (JavaScript leaves the last digits of Math.exp and Math.log to the engine.)
 * The WebAssembly kernels hold the same operations in the same order; a test compares bits.
 */
const word = new Float64Array(1);
const bits = new Uint32Array(word.buffer);
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const INV_LN2 = 1.442695040888963387;
const MIN_NORMAL = 2.2250738585072014e-308;
const TWO_54 = 18014398509481984;

const LOWEST_POWER = -1024;
/** 2^k for −1024 ≤ k ≤ 1023, at k + 1024. A table, because assembling the bits through memory stalls the processor. */
const POWERS_OF_TWO = new Float64Array(2048);
for (let i = 0, power = 5.562684646268003e-309; i < 2048; i++, power *= 2) POWERS_OF_TWO[i] = power;

function powerOfTwo(k: number): number {
  return POWERS_OF_TWO[k - LOWEST_POWER];
}

/**
 * eˣ: x = k·ln 2 + r with |r| ≤ ln 2 / 2, a rational approximation of e^r, times 2^k.
 *
 * @param x any number
 * @returns eˣ, error below 0.9 ulp (measured on 10⁶ points against 39-digit arithmetic; a sample is in test/oracle/numerics)
 * @source approximation of Remez type as in W. Kahan's and FDLIBM's exp
 */
export function exp(x: number): number {
  if (!(x > -745.14)) return Number.isNaN(x) ? x : 0;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  const k = Math.floor(x * INV_LN2 + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t * (6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (k > 1023) return y * powerOfTwo(1023) * 2;
  if (k < -1022) return y * powerOfTwo(k + 200) * powerOfTwo(-200);
  return y * powerOfTwo(k);
}

/**
 * Natural logarithm: x = 2^k(1 + f) with 1 + f in [√½, √2), a rational approximation of log(1 + f), plus k·ln 2.
 *
 * @param x any number; 0 gives −∞, a negative number NaN
 * @returns ln x, error below 0.8 ulp (measured likewise)
 * @source the series in s = f/(2 + f) that FDLIBM's log uses
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let k = 0;
  if (x < MIN_NORMAL) {
    k = -54;
    x *= TWO_54;
  }
  word[0] = x;
  // Bring the mantissa into [√½, √2): adding 0x95f62 to the high word carries into k when it is at least √2.
  const exponent = ((bits[HIGH] + 0x95f62) >>> 20) - 1023;
  k += exponent;
  const f = x * powerOfTwo(-exponent) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const odd =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const halfSquare = 0.5 * f * f;
  return k * LN2_HIGH - (halfSquare - (s * (halfSquare + (even + odd)) + k * LN2_LOW) - f);
}

/**
 * eˣ − 1 without cancellation near 0: u = eˣ, corrected by x/ln u, which undoes the rounding of u.
 *
 * @param x any number
 * @returns eˣ − 1, relative error below 4e-16 (measured: test/oracle/numerics/elementary.json)
 * @source W. Kahan's device, as in Higham (2002), Accuracy and Stability of Numerical Algorithms, §1.14.1
 */
export function expm1(x: number): number {
  if (x > 40 || x < -40) return exp(x) - 1;
  const u = exp(x);
  if (u === 1) return x;
  const difference = u - 1;
  return difference === -1 ? -1 : (difference * x) / log(u);
}

/**
 * ln(1 + x) without cancellation near 0: ln u for the rounded u = 1 + x, times x/(u − 1).
 *
 * @param x any number; −1 gives −∞, below NaN
 * @returns ln(1 + x), relative error below 4e-16 (measured: test/oracle/numerics/elementary.json)
 * @source W. Kahan's device, as in Higham (2002), §1.14.1
 */
export function log1p(x: number): number {
  const u = 1 + x;
  if (u === 1) return x;
  return u > 0 && u < Number.POSITIVE_INFINITY ? (log(u) * x) / (u - 1) : log(u);
}
