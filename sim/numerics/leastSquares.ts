/**
 * Ordinary least squares with an intercept, by Householder QR of the centred columns, each scaled to length 1.
 * Centring and scaling first makes the answer independent of the columns' origins and units: age in days since
 * the year 0 beside income in cents costs no digits.
 */
export type Design = {
  readonly ok: true;
  /** Rows. */
  readonly n: number;
  /** Columns, without the intercept. */
  readonly p: number;
  /** Column means, length p. */
  readonly means: Float64Array;
  /** Lengths of the centred columns, √Σ(x − x̄)², length p. */
  readonly lengths: Float64Array;
  /** (Xc′Xc)⁻¹ of the centred columns in their own units, p × p by rows: the slopes' covariance is σ² times this. */
  readonly inverse: Float64Array;
  /** Householder vectors, n × p by columns (column k is zero above row k), each of squared length 2. */
  readonly reflectors: Float64Array;
  /** Upper triangle of the factorization of the scaled columns, p × p by rows. */
  readonly triangle: Float64Array;
};

/** A column that takes one value only, or that the columns before it determine. */
export type RankDeficiency = {
  readonly ok: false;
  readonly kind: "constant" | "collinear";
  /** Position of the column in the design, from 0. */
  readonly column: number;
};

export type LeastSquaresFit = {
  readonly intercept: number;
  /** Slopes, length p. */
  readonly coefficients: Float64Array;
  /** Residual sum of squares, and the sum of squares that the columns explain; they add up to Σ(y − ȳ)². */
  readonly rss: number;
  readonly explained: number;
  /** n − p − 1. */
  readonly df: number;
  /** rss / df. */
  readonly residualVariance: number;
  /** Standard errors of the slopes, and of the intercept. */
  readonly se: Float64Array;
  readonly interceptSe: number;
  /** Length n. */
  readonly residuals: Float64Array;
};

/** A column counts as determined by those before it when less than this share of its length is left: R's lm has the same. */
export const COLLINEAR_TOLERANCE = 1e-7;

/**
 * Factorizes the columns of a regression with an intercept.
 *
 * @param columns p ≥ 1 columns of equal length n > p + 1, finite
 * @returns the design, or which column makes it rank deficient
 * @throws  RangeError if there are too few rows
 * @source  Golub & Van Loan, Matrix Computations, 4th ed., algorithms 5.1.1 and 5.2.1
 */
export function factorize(columns: readonly Float64Array[]): Design | RankDeficiency {
  const p = columns.length;
  const n = columns[0]?.length ?? 0;
  if (n <= p + 1) throw new RangeError(`${p} columns need more than ${p + 1} rows, got ${n}`);
  const means = new Float64Array(p);
  const lengths = new Float64Array(p);
  const reflectors = new Float64Array(n * p);
  for (let k = 0; k < p; k++) {
    const column = reflectors.subarray(k * n, (k + 1) * n);
    means[k] = centre(columns[k], column);
    lengths[k] = lengthOf(column);
    if (lengths[k] === 0) return { ok: false, kind: "constant", column: k };
    for (let i = 0; i < n; i++) column[i] /= lengths[k];
  }

  const triangle = new Float64Array(p * p);
  for (let k = 0; k < p; k++) {
    const v = reflectors.subarray(k * n, (k + 1) * n);
    const left = lengthOf(v.subarray(k));
    if (left < COLLINEAR_TOLERANCE) return { ok: false, kind: "collinear", column: k };
    for (let i = 0; i < k; i++) {
      triangle[i * p + k] = v[i];
      v[i] = 0;
    }
    // The reflection sends the column to ∓left: the sign that adds rather than cancels.
    const image = v[k] > 0 ? -left : left;
    triangle[k * p + k] = image;
    v[k] -= image;
    const toSquaredLength2 = 1 / Math.sqrt(left * Math.abs(v[k]));
    for (let i = k; i < n; i++) v[i] *= toSquaredLength2;
    for (let j = k + 1; j < p; j++) reflect(v, reflectors.subarray(j * n, (j + 1) * n), k);
  }
  return { ok: true, n, p, means, lengths, inverse: inverseOf(triangle, lengths), reflectors, triangle };
}

/**
 * Regresses one response on a factorized design: y = intercept + Σ coefficientⱼ·xⱼ + e.
 *
 * @param response length n, finite
 * @returns coefficients, standard errors, sums of squares, residuals. Relative error of slopes and standard errors below
 *          1e-12 with offsets of 10⁶, scales from 10⁻⁶ to 10⁷, and two columns alike but for 1/1000
 *          (measured against 60-digit arithmetic: test/oracle/mediation/exact.json)
 */
export function fitResponse(design: Design, response: Float64Array): LeastSquaresFit {
  const { n, p, means, lengths, inverse, reflectors, triangle } = design;
  const residuals = new Float64Array(n);
  const mean = centre(response, residuals);
  for (let k = 0; k < p; k++) reflect(reflectors.subarray(k * n, (k + 1) * n), residuals, k);

  const coefficients = new Float64Array(p);
  for (let i = p - 1; i >= 0; i--) {
    let sum = residuals[i];
    for (let j = i + 1; j < p; j++) sum -= triangle[i * p + j] * coefficients[j];
    coefficients[i] = sum / triangle[i * p + i];
  }
  const explained = squaredLength(residuals.subarray(0, p));
  const rss = squaredLength(residuals.subarray(p));
  residuals.fill(0, 0, p);
  for (let k = p - 1; k >= 0; k--) reflect(reflectors.subarray(k * n, (k + 1) * n), residuals, k);

  const df = n - p - 1;
  const residualVariance = rss / df;
  const se = new Float64Array(p);
  let intercept = mean;
  let meansVariance = 1 / n;
  for (let j = 0; j < p; j++) {
    coefficients[j] /= lengths[j];
    se[j] = Math.sqrt(residualVariance * inverse[j * p + j]);
    intercept -= coefficients[j] * means[j];
    for (let k = 0; k < p; k++) meansVariance += means[j] * inverse[j * p + k] * means[k];
  }
  const interceptSe = Math.sqrt(residualVariance * meansVariance);
  return { intercept, coefficients, rss, explained, df, residualVariance, se, interceptSe, residuals };
}

/**
 * Leverages hᵢ = 1/n + xᵢ′(Xc′Xc)⁻¹xᵢ, the diagonal of the hat matrix.
 *
 * @returns length n, each in (0, 1]
 */
export function leverages(design: Design): Float64Array {
  const { n, p } = design;
  const result = new Float64Array(n).fill(1 / n);
  for (let k = 0; k < p; k++) {
    const q = orthonormalColumn(design, k);
    for (let i = 0; i < n; i++) result[i] += q[i] * q[i];
  }
  return result;
}

/**
 * The weights w that make one slope of the responses: coefficientⱼ = Σ wᵢyᵢ, row j of (Xc′Xc)⁻¹Xc′.
 * Leaving row i out changes the slope by −wᵢeᵢ/(1 − hᵢ).
 *
 * @param column position of the slope, from 0
 * @returns length n
 */
export function slopeWeights(design: Design, column: number): Float64Array {
  const { n, p, lengths, triangle } = design;
  // Row j of R⁻¹: solve r′R = eⱼ′ from the left.
  const row = new Float64Array(p);
  for (let k = column; k < p; k++) {
    let sum = k === column ? 1 : 0;
    for (let i = column; i < k; i++) sum -= row[i] * triangle[i * p + k];
    row[k] = sum / triangle[k * p + k];
  }
  const weights = new Float64Array(n);
  for (let k = column; k < p; k++) {
    const q = orthonormalColumn(design, k);
    const factor = row[k] / lengths[column];
    for (let i = 0; i < n; i++) weights[i] += factor * q[i];
  }
  return weights;
}

/** Column k of the orthonormal factor Q: the reflections applied to the k-th unit vector. */
function orthonormalColumn({ n, reflectors }: Design, k: number): Float64Array {
  const q = new Float64Array(n);
  q[k] = 1;
  for (let j = k; j >= 0; j--) reflect(reflectors.subarray(j * n, (j + 1) * n), q, j);
  return q;
}

/** target ← (I − vv′)·target, where v is zero above `from` and has squared length 2. */
function reflect(v: Float64Array, target: Float64Array, from: number): void {
  let dot = 0;
  for (let i = from; i < v.length; i++) dot += v[i] * target[i];
  for (let i = from; i < v.length; i++) target[i] -= dot * v[i];
}

/** Writes column − mean to `out` and returns the mean. The rounding error of the mean is measured and taken out as well. */
function centre(column: Float64Array, out: Float64Array): number {
  const n = column.length;
  if (isConstant(column)) {
    out.fill(0);
    return column[0];
  }
  let high = 0;
  for (let i = 0; i < n; i++) high += column[i] / n;
  let low = 0;
  for (let i = 0; i < n; i++) low += (column[i] - high) / n;
  for (let i = 0; i < n; i++) out[i] = column[i] - high - low;
  return high + low;
}

function isConstant(column: Float64Array): boolean {
  for (let i = 1; i < column.length; i++) if (column[i] !== column[0]) return false;
  return true;
}

/** √Σv², with the largest entry taken out first so that no square over- or underflows. */
function lengthOf(v: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < v.length; i++) largest = Math.max(largest, Math.abs(v[i]));
  if (largest === 0) return 0;
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += (v[i] / largest) * (v[i] / largest);
  return largest * Math.sqrt(sum);
}

function squaredLength(v: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += v[i] * v[i];
  return sum;
}

/** R⁻¹R⁻ᵀ, with the lengths of the columns put back. */
function inverseOf(triangle: Float64Array, lengths: Float64Array): Float64Array {
  const p = lengths.length;
  const inverted = new Float64Array(p * p);
  for (let j = 0; j < p; j++) {
    inverted[j * p + j] = 1 / triangle[j * p + j];
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0;
      for (let k = i + 1; k <= j; k++) sum -= triangle[i * p + k] * inverted[k * p + j];
      inverted[i * p + j] = sum / triangle[i * p + i];
    }
  }
  const result = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    for (let j = i; j < p; j++) {
      let sum = 0;
      for (let k = j; k < p; k++) sum += inverted[i * p + k] * inverted[j * p + k];
      result[i * p + j] = sum / lengths[i] / lengths[j];
      result[j * p + i] = result[i * p + j];
    }
  }
  return result;
}
