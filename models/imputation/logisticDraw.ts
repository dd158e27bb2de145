import { exp, log1p } from "../../sim/numerics/elementary.ts";
import { gramOf, type Rows } from "./gram.ts";
import { predictorsOf } from "./linearDraw.ts";
import { drawCoefficients, factorPredictors, type PredictorFactor, solveLower, solveUpper } from "./posterior.ts";

/** A logistic regression of one 0/1 column on all others: estimate, and one draw from its approximate posterior. */
export type LogisticDraw = {
  readonly predictors: Int32Array;
  /** Intercept first, then the predictors. */
  readonly coefficients: Float64Array;
  readonly drawnCoefficients: Float64Array;
  readonly dropped: readonly number[];
};

/** Cases of a logistic regression: a design with a leading 1, by rows; outcomes; prior weights. */
type Cases = {
  readonly q: number;
  readonly design: Float64Array;
  readonly y: Float64Array;
  readonly weights: Float64Array;
  /** Room for the design times √W, overwritten by each evaluation; and the positions of all cases. */
  readonly scaled: Float64Array;
  readonly everyRow: Int32Array;
};

const MAX_STEPS = 40;
/** Newton's steps square their error: after one this short nothing is left to gain. */
const CONVERGED = 1e-6;

/**
 * Bayesian logistic regression in the normal approximation: β* ~ N(β̂, (X′WX)⁻¹). So that a predictor that separates the
 * two outcomes does no harm, p + 1 weighted cases are added to the observed ones: for each of the p predictors, half a
 * standard deviation above and below its mean (others at their means), with either outcome.
 *
 * @param target  position of the response, observed 0 or 1
 * @param used    rows in which it is observed
 * @param normals standard normals, length p: intercept first
 * @source  Rubin (1987), pp. 169–170; White, Daniel & Royston (2010), doi:10.1016/j.csda.2010.04.005 (added cases)
 */
export function drawLogistic(rows: Rows, target: number, used: Int32Array, normals: Float64Array): LogisticDraw {
  const predictors = predictorsOf(rows.p, target);
  const cases = withAddedCases(rows, target, used, predictors);
  const { coefficients, factor } = maximizeLikelihood(cases);
  const dropped = Array.from(predictors).filter((_, i) => factor.pivots[i + 1] === 0);
  const drawnCoefficients = drawCoefficients(factor, coefficients, 1, normals);
  return { predictors, coefficients, drawnCoefficients, dropped };
}

/** 1/(1 + e^(−η)). */
export function logistic(eta: number): number {
  return 1 / (1 + exp(-eta));
}

function withAddedCases({ n, p, values }: Rows, target: number, used: Int32Array, predictors: Int32Array): Cases {
  const q = p;
  const nPredictors = p - 1;
  const count = used.length + 4 * nPredictors;
  const design = new Float64Array(count * q);
  const y = new Float64Array(count);
  const weights = new Float64Array(count).fill(1);
  used.forEach((row, i) => {
    y[i] = values[row * p + target];
    design[i * q] = 1;
    for (let k = 0; k < nPredictors; k++) design[i * q + 1 + k] = values[row * p + predictors[k]];
  });
  // Means, standard deviations and ranges over all rows, imputed ones included.
  const means = new Float64Array(nPredictors);
  const shifts = Array.from(predictors, (column, k) => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < n; i++) {
      const value = values[i * p + column];
      means[k] += value / n;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    let squares = 0;
    for (let i = 0; i < n; i++) squares += (values[i * p + column] - means[k]) ** 2;
    const half = 0.5 * Math.sqrt(squares / (n - 1));
    return [Math.min(means[k] + half, high), Math.max(means[k] - half, low)];
  });
  let at = used.length;
  for (let k = 0; k < nPredictors; k++)
    for (const outcome of [0, 1])
      for (const shifted of shifts[k]) {
        design[at * q] = 1;
        design.set(means, at * q + 1);
        design[at * q + 1 + k] = shifted;
        y[at] = outcome;
        weights[at] = (nPredictors + 1) / (4 * nPredictors);
        at++;
      }
  const everyRow = new Int32Array(count);
  for (let i = 0; i < count; i++) everyRow[i] = i;
  return { q, design, y, weights, scaled: new Float64Array(count * q), everyRow };
}

/** Newton's method from 0 on the weighted log likelihood, which is concave; a step that lowers it is halved. */
function maximizeLikelihood(cases: Cases): { coefficients: Float64Array; factor: PredictorFactor } {
  const { q } = cases;
  let coefficients = new Float64Array(q);
  let current = evaluate(cases, coefficients);
  for (let step = 0; step < MAX_STEPS; step++) {
    const half = solveLower(current.factor, current.gradient);
    const direction = solveUpper(
      current.factor,
      half.map((value, i) => (current.factor.pivots[i] > 0 ? value / current.factor.pivots[i] : 0)),
    );
    let share = 1;
    let next = current;
    let moved = coefficients;
    do {
      moved = coefficients.map((value, i) => value + share * direction[i]);
      next = evaluate(cases, moved);
      share /= 2;
    } while (next.logLikelihood < current.logLikelihood - 1e-10 && share > 1e-6);
    coefficients = moved;
    current = next;
    if (direction.every((value) => Math.abs(value) < CONVERGED)) break;
  }
  return { coefficients, factor: current.factor };
}

/** Log likelihood, gradient X′w(y − μ), and the factor of X′WX, W = w·μ(1 − μ). */
function evaluate({ q, design, y, weights, scaled, everyRow }: Cases, coefficients: Float64Array) {
  const count = y.length;
  const gradient = new Float64Array(q);
  let logLikelihood = 0;
  for (let i = 0; i < count; i++) {
    const row = i * q;
    let eta = 0;
    for (let a = 0; a < q; a++) eta += design[row + a] * coefficients[a];
    // e^(−|η|) gives μ, and ln μ of the outcome that occurred, without overflow.
    const small = exp(eta > 0 ? -eta : eta);
    const share = 1 / (1 + small);
    const isLikely = y[i] === 1 ? eta > 0 : eta <= 0;
    logLikelihood -= weights[i] * (log1p(small) + (isLikely ? 0 : Math.abs(eta)));
    const residual = weights[i] * (isLikely ? small * share : share) * (y[i] === 1 ? 1 : -1);
    const root = Math.sqrt(weights[i] * small) * share;
    for (let a = 0; a < q; a++) {
      gradient[a] += residual * design[row + a];
      scaled[row + a] = root * design[row + a];
    }
  }
  const { products } = gramOf({ n: count, p: q, values: scaled }, everyRow);
  const raw = Float64Array.from({ length: q }, (_, a) => products[a * q + a]);
  return { logLikelihood, gradient, factor: factorPredictors(products, raw) };
}
