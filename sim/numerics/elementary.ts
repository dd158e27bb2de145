/**
 * exp and log in plain IEEE arithmetic, so that every engine gives the same bits.
 * (JavaScript leaves the last digits of Math.exp and Math.log to the engine.)
 * The WebAssembly kernels hold the same operations in the same order; a test compares bits.
 */
const word = new Float64Array(1);
const bits = new Uint32Array(word.buffer);
const LOW = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 0 : 1;
const HIGH = 1 - LOW;

const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const INV_LN2 = 1.442695040888963387;
const MIN_NORMAL = 2.2250738585072014e-308;
const TWO_54 = 18014398509481984;

/** 2^k for −1022 ≤ k ≤ 1023, exactly. */
function powerOfTwo(k: number): number {
  bits[LOW] = 0;
  bits[HIGH] = (k + 1023) << 20;
  return word[0];
}

/**
 * eˣ: x = k·ln 2 + r with |r| ≤ ln 2 / 2, a rational approximation of e^r, times 2^k.
 *
 * @param x any number
 * @returns eˣ, relative error below 1 ulp (measured on 10⁶ points against 40-digit arithmetic: see test/oracle/numerics)
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
 * @returns ln x, relative error below 1 ulp
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
  const high = bits[HIGH] + 0x95f62;
  k += (high >>> 20) - 1023;
  bits[HIGH] = (high & 0xfffff) + 0x3fe6a09e;
  const f = word[0] - 1;
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
