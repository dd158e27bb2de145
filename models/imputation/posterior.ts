/** A pivot below this share of its own sum of squares counts as zero: the predictor is left out. */
const COLLINEAR = 1e-10;

/**
 * A symmetric matrix S = L·D·L′ (unit diagonal in L), of p predictors. A predictor that those before it determine has
 * D = 0 and a column of zeros in L: it has no part in anything, its coefficient is 0.
 */
export type PredictorFactor = {
  readonly p: number;
  /** p × p by rows, below the diagonal. */
  readonly lower: Float64Array;
  /** D, length p. */
  readonly pivots: Float64Array;
};

/**
 * Factors cross-products of predictors.
 *
 * @param products p × p by rows, lower triangle read
 * @param raw      what each diagonal element is compared with, length p: the column's sum of squares
 */
export function factorPredictors(products: Float64Array, raw: Float64Array): PredictorFactor {
  const p = raw.length;
  const lower = new Float64Array(p * p);
  const pivots = new Float64Array(p);
  const scaled = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < i; j++) {
      let value = products[i * p + j];
      for (let k = 0; k < j; k++) value -= scaled[k] * lower[j * p + k];
      scaled[j] = pivots[j] > 0 ? value : 0;
      lower[i * p + j] = pivots[j] > 0 ? value / pivots[j] : 0;
    }
    let pivot = products[i * p + i];
    for (let k = 0; k < i; k++) pivot -= scaled[k] * lower[i * p + k];
    pivots[i] = pivot > COLLINEAR * raw[i] ? pivot : 0;
  }
  return { p, lower, pivots };
}

/** z with L·z = right; entries of left-out predictors are 0. */
export function solveLower({ p, lower, pivots }: PredictorFactor, right: Float64Array): Float64Array {
  const z = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    if (pivots[i] === 0) continue;
    let value = right[i];
    for (let k = 0; k < i; k++) value -= lower[i * p + k] * z[k];
    z[i] = value;
  }
  return z;
}

/** β with L′·β = right; coefficients of left-out predictors are 0. */
export function solveUpper({ p, lower, pivots }: PredictorFactor, right: Float64Array): Float64Array {
  const beta = new Float64Array(p);
  for (let i = p - 1; i >= 0; i--) {
    if (pivots[i] === 0) continue;
    let value = right[i];
    for (let k = i + 1; k < p; k++) value -= lower[k * p + i] * beta[k];
    beta[i] = value;
  }
  return beta;
}

/**
 * A draw from the normal posterior N(β̂, σ²S⁻¹), β̂ + σ·L′⁻¹D^(−½)z: it has covariance σ²·L′⁻¹D⁻¹L⁻¹ = σ²S⁻¹.
 *
 * @param z standard normal, length p
 */
export function drawCoefficients(
  factor: PredictorFactor,
  estimate: Float64Array,
  sigma: number,
  z: Float64Array,
): Float64Array {
  const scaled = z.map((value, i) => (factor.pivots[i] > 0 ? (sigma * value) / Math.sqrt(factor.pivots[i]) : 0));
  const step = solveUpper(factor, scaled);
  return estimate.map((value, i) => value + step[i]);
}
