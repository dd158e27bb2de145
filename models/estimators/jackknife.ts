import { leverages, slopeWeights } from "../../sim/numerics/leastSquares.ts";
import { type Equation, M_INDEX, type MediationFit, X_INDEX } from "./fitMediation.ts";

/** A case with a leverage this close to 1 is fitted by itself alone. */
const LEVERAGE_ONE = 1e-10;

/**
 * The indirect effect with each case left out in turn, by closed-form updates instead of n refits:
 * slope₍₋ᵢ₎ = slope − wᵢeᵢ/(1 − hᵢ), with w the slope's weights, e the residuals, h the leverages of its equation.
 *
 * @returns length n; NaN where a path cannot be estimated without the case
 * @source  Belsley, Kuh & Welsch (1980), Regression Diagnostics, ch. 2
 */
export function jackknifeIndirect({ n, mediator, outcome }: MediationFit): Float64Array {
  const a = leaveOneOutSlopes(mediator, X_INDEX);
  const b = leaveOneOutSlopes(outcome, M_INDEX);
  const ab = new Float64Array(n);
  for (let i = 0; i < n; i++) ab[i] = a[i] * b[i];
  return ab;
}

/**
 * Acceleration of the BCa interval: Σd³ / (6(Σd²)^{3/2}) with d = mean − leave-one-out value.
 *
 * @param values leave-one-out estimates
 * @returns the acceleration; null where one of the values is NaN or all are equal
 * @source  Efron & Tibshirani (1993), An Introduction to the Bootstrap, eq. 14.15
 */
export function accelerationOf(values: Float64Array): number | null {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    const d = mean - value;
    squares += d * d;
    cubes += d * d * d;
  }
  const acceleration = cubes / (6 * squares * Math.sqrt(squares));
  return Number.isFinite(acceleration) ? acceleration : null;
}

function leaveOneOutSlopes({ design, fit }: Equation, column: number): Float64Array {
  const weights = slopeWeights(design, column);
  const leverage = leverages(design);
  const slope = fit.coefficients[column];
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  return weights.map((weight, i) => {
    if (1 - leverage[i] > LEVERAGE_ONE) return slope - (weight * fit.residuals[i]) / (1 - leverage[i]);
    // A covariate (say, a dummy with a single 1) absorbs the case: without case and covariate the slope is the same.
    // If the slope itself rests on the case, it cannot be had without it.
    return Math.abs(weight) < 1e-8 * largest ? slope : Number.NaN;
  });
}
