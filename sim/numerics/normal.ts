import { exp } from "./elementary.ts";

const INV_SQRT_2PI = 0.3989422804014327;
/** Splits a double into two halves of 26 bits (Veltkamp), so that squares of the halves are exact. */
const SPLITTER = 134217729;

/** e^(−x²/2) with x² to twice the working precision: the rounding error of x² would cost a factor x²/2 in relative error. */
function gaussian(x: number): number {
  const square = x * x;
  if (square > 1500) return 0;
  const shifted = SPLITTER * x;
  const high = shifted - (shifted - x);
  const low = x - high;
  const squareError = high * high - square + 2 * high * low + low * low;
  return exp(-0.5 * square) * (1 - 0.5 * squareError);
}

/**
 * Density of the standard normal, φ(x) = e^(−x²/2)/√(2π).
 *
 * @param x any number
 * @returns φ(x), relative error below 5e-16 down to 1e-307 (measured: test/oracle/numerics/normal.json); NaN for NaN
 */
export function normalPdf(x: number): number {
  return INV_SQRT_2PI * gaussian(x);
}

/**
 * Distribution function of the standard normal, Φ(x) = P(Z ≤ x). Both tails in full: the upper one is Φ(−x).
 *
 * @param x any number
 * @returns Φ(x), relative error below 8e-16 down to 1e-307 (measured: test/oracle/numerics/normal.json); NaN for NaN
 * @source rational approximations of Cody (1969), doi:10.1090/S0025-5718-1969-0247736-4
 */
export function normalCdf(x: number): number {
  const y = Math.abs(x);
  if (y <= 0.67448975) return 0.5 + centre(x);
  if (!(y < 38.6)) return Number.isNaN(x) ? x : x > 0 ? 1 : 0;
  const tail = gaussian(y) * (y < 5.656854249492381 ? middle(y) : far(y));
  return x > 0 ? 1 - tail : tail;
}

/** Φ(x) − ½ for |x| ≤ 0.67449, the quartile. */
function centre(x: number): number {
  const s = x * x;
  const numerator =
    (((0.065682337918207449113 * s + 2.2352520354606839287) * s + 161.02823106855587881) * s + 1067.6894854603709582) *
      s +
    18154.981253343561249;
  const denominator =
    (((s + 47.20258190468824187) * s + 976.09855173777669322) * s + 10260.932208618978205) * s + 45507.789335026729956;
  return (x * numerator) / denominator;
}

/** Φ(−y)·e^(y²/2) for 0.67449 < y < √32. */
function middle(y: number): number {
  const numerator =
    (((((((1.0765576773720192317e-8 * y + 0.39894151208813466764) * y + 8.8831497943883759412) * y +
      93.506656132177855979) *
      y +
      597.27027639480026226) *
      y +
      2494.5375852903726711) *
      y +
      6848.1904505362823326) *
      y +
      11602.651437647350124) *
      y +
    9842.7148383839780218;
  const denominator =
    (((((((y + 22.266688044328115691) * y + 235.38790178262499861) * y + 1519.377599407554805) * y +
      6485.558298266760755) *
      y +
      18615.571640885098091) *
      y +
      34900.952721145977266) *
      y +
      38912.003286093271411) *
      y +
    19685.429676859990727;
  return numerator / denominator;
}

/** Φ(−y)·e^(y²/2) for y ≥ √32. */
function far(y: number): number {
  const s = 1 / (y * y);
  const numerator =
    ((((0.02307344176494017303 * s + 0.21589853405795699) * s + 0.1274011611602473639) * s + 0.022235277870649807) * s +
      0.001421619193227893466) *
      s +
    2.9112874951168792e-5;
  const denominator =
    ((((s + 1.28426009614491121) * s + 0.468238212480865118) * s + 0.0659881378689285515) * s +
      0.00378239633202758244) *
      s +
    7.29751555083966205e-5;
  return (INV_SQRT_2PI - (s * numerator) / denominator) / y;
}
