import { drawCoefficients, factorPredictors, solveLower, solveUpper } from "./posterior.ts";

/** Rows of a study: n × p by rows, no missing values (imputed where they were). */
export type Rows = { readonly n: number; readonly p: number; readonly values: Float64Array };

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
 * β* ~ N(β̂, σ*²(X′X)⁻¹). By cross-products of centred columns.
 *
 * @param target position of the response
 * @param used   rows in which it is observed; more than p
 * @source  Rubin (1987), Multiple Imputation for Nonresponse in Surveys, p. 167; van Buuren & Groothuis-Oudshoorn (2011),
 *          doi:10.18637/jss.v045.i03 (method norm)
 */
export function drawLinear({ p, values }: Rows, target: number, used: Int32Array, luck: LinearLuck): LinearDraw {
  const count = used.length;
  const sums = new Float64Array(p);
  const products = new Float64Array(p * p);
  for (let i = 0; i < count; i++) {
    const row = used[i] * p;
    for (let a = 0; a < p; a++) {
      const left = values[row + a];
      sums[a] += left;
      const at = a * p;
      for (let b = 0; b <= a; b++) products[at + b] += left * values[row + b];
    }
  }
  const predictors = predictorsOf(p, target);
  const q = p - 1;
  const centred = (a: number, b: number) => products[Math.max(a, b) * p + Math.min(a, b)] - (sums[a] * sums[b]) / count;
  const matrix = new Float64Array(q * q);
  const raw = new Float64Array(q);
  const withTarget = new Float64Array(q);
  for (let i = 0; i < q; i++) {
    const a = predictors[i];
    for (let j = 0; j <= i; j++) matrix[i * q + j] = centred(a, predictors[j]);
    raw[i] = products[a * p + a];
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

/** intercept + Σ coefficient · value of one row. */
export function predict(
  { p, values }: Rows,
  row: number,
  predictors: Int32Array,
  intercept: number,
  coefficients: Float64Array,
): number {
  let sum = intercept;
  const at = row * p;
  for (let i = 0; i < predictors.length; i++) sum += coefficients[i] * values[at + predictors[i]];
  return sum;
}
