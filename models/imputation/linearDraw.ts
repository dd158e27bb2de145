import { type Gram, gramOf, type Rows } from "./gram.ts";
import { drawCoefficients, factorPredictors, solveLower, solveUpper } from "./posterior.ts";

/** A linear regression of one column on all others: estimate, and one draw from its posterior. */
export type LinearDraw = {
  /** Positions of the predictors among the columns, in the order of the coefficients. */
  readonly predictors: Int32Array;
  readonly intercept: number;
  readonly coefficients: Float64Array;
  readonly drawnIntercept: number;
  readonly drawnCoefficients: Float64Array;
  /** √σ*². */
  readonly drawnSigma: number;
  /** Predictors that are constant or collinear on the rows used. */
  readonly dropped: readonly number[];
};

/** Random numbers of one draw. */
export type LinearLuck = {
  /** A χ² with `df` degrees of freedom. */
  readonly chiSquare: (df: number) => number;
  /** Standard normals: one for the mean, one per predictor; length p. */
  readonly normals: Float64Array;
};

/**
 * Bayesian linear regression with a flat prior on (β, ln σ): σ*² = RSS/χ²(df) with df = rows − predictors − 1, then
 * β* ~ N(β̂, σ*²(X′X)⁻¹). By cross-products of centred columns: those of all rows, less those of the rows left out.
 *
 * @param gram    of all rows; columns are best in units of about their standard deviation, from about their mean
 * @param target  position of the response
 * @param missing rows in which it is missing; more than p are left
 * @source  Rubin (1987), Multiple Imputation for Nonresponse in Surveys, p. 167; van Buuren & Groothuis-Oudshoorn (2011),
 *          doi:10.18637/jss.v045.i03 (method norm)
 */
export function drawLinear(rows: Rows, gram: Gram, target: number, missing: Int32Array, luck: LinearLuck): LinearDraw {
  const { p } = rows;
  const count = rows.n - missing.length;
  const left = gramOf(rows, missing);
  const sums = gram.sums.map((sum, a) => sum - left.sums[a]);
  const predictors = predictorsOf(p, target);
  const q = p - 1;
  const centred = (a: number, b: number) => {
    const at = a > b ? a * p + b : b * p + a;
    return gram.products[at] - left.products[at] - (sums[a] * sums[b]) / count;
  };
  const matrix = new Float64Array(q * q);
  const raw = new Float64Array(q);
  const withTarget = new Float64Array(q);
  for (let i = 0; i < q; i++) {
    const a = predictors[i];
    for (let j = 0; j <= i; j++) matrix[i * q + j] = centred(a, predictors[j]);
    // Compared with all rows: what the subtraction leaves of a column that is constant in the rest is rounding noise.
    raw[i] = gram.products[a * p + a];
    withTarget[i] = centred(a, target);
  }
  const factor = factorPredictors(matrix, raw);
  const explained = solveLower(factor, withTarget);
  const right = new Float64Array(q);
  let rss = centred(target, target);
  const dropped: number[] = [];
  for (let i = 0; i < q; i++) {
    if (factor.pivots[i] === 0) {
      dropped.push(predictors[i]);
      continue;
    }
    right[i] = explained[i] / factor.pivots[i];
    rss -= explained[i] * right[i];
  }
  const coefficients = solveUpper(factor, right);
  const df = count - 1 - (q - dropped.length);
  const drawnSigma = Math.sqrt(Math.max(rss, 0) / luck.chiSquare(df));
  const drawnCoefficients = drawCoefficients(factor, coefficients, drawnSigma, luck.normals.subarray(1));
  const mean = sums[target] / count;
  const atOrigin = (beta: Float64Array) => {
    let sum = 0;
    for (let i = 0; i < q; i++) sum += (beta[i] * sums[predictors[i]]) / count;
    return sum;
  };
  return {
    predictors,
    intercept: mean - atOrigin(coefficients),
    coefficients,
    drawnIntercept: mean + (drawnSigma * luck.normals[0]) / Math.sqrt(count) - atOrigin(drawnCoefficients),
    drawnCoefficients,
    drawnSigma,
    dropped,
  };
}

/** All columns but one. */
export function predictorsOf(p: number, target: number): Int32Array {
  return Int32Array.from({ length: p - 1 }, (_, i) => (i < target ? i : i + 1));
}

/** intercept + Σ coefficient · value, for each of some rows. */
export function predict(
  { p, values }: Rows,
  wanted: Int32Array,
  predictors: Int32Array,
  intercept: number,
  coefficients: Float64Array,
): Float64Array {
  const result = new Float64Array(wanted.length);
  for (let i = 0; i < wanted.length; i++) {
    const at = wanted[i] * p;
    let sum = intercept;
    for (let k = 0; k < predictors.length; k++) sum += coefficients[k] * values[at + predictors[k]];
    result[i] = sum;
  }
  return result;
}
