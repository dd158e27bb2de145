import { cholesky } from "../../sim/numerics/cholesky.ts";
import { findRoot } from "../../sim/numerics/roots.ts";

/** A regression over teams: the last predictor's slope, by weighted least squares. */
export type TeamSlope = {
  readonly slope: number;
  readonly se: number;
  /** Teams − predictors − 1. */
  readonly df: number;
};

/** Residual variance of team means, τ² + σ²/n_j. */
export type TeamVariance = {
  /** Variance between teams τ², given the predictors; 0 on the boundary. */
  readonly between: number;
  /** Variance within teams σ². */
  readonly within: number;
};

/**
 * Regression of team means on team-level predictors. A mean of n_j clients has residual variance τ² + σ²/n_j, so teams weigh
 * w_j = 1/(τ² + σ²/n_j): between counting teams alike (large τ²) and counting clients alike (τ² = 0), as the data say.
 * τ² is that of Paule and Mandel, at which Σw_j e_j² = teams − predictors − 1; standard errors are scaled by
 * s² = Σw_j e_j²/df (1 inside the range of τ², below 1 where τ² is 0), with t on df degrees of freedom.
 * With teams of one size this is ordinary least squares on the team means, exactly, whatever τ² is.
 *
 * @param predictors columns over teams, the one of interest last; of full rank
 * @param means      of the response, by team
 * @param sizes      clients per team, ≥ 1
 * @param within     σ², > 0
 * @returns null where the predictors are singular
 * @source  Paule & Mandel (1982), doi:10.6028/jres.087.022; Knapp & Hartung (2003), doi:10.1002/sim.1482
 */
export function regressTeamMeans(
  predictors: readonly Float64Array[],
  means: Float64Array,
  sizes: ArrayLike<number>,
  within: number,
): (TeamSlope & { readonly variance: TeamVariance }) | null {
  const nTeams = means.length;
  const df = nTeams - predictors.length - 1;
  const fitAt = (between: number) => {
    const weights = Float64Array.from({ length: nTeams }, (_, j) => 1 / (between + within / sizes[j]));
    return weightedSlope(predictors, means, weights);
  };
  const isBalanced = Array.from(sizes).every((size) => size === sizes[0]);
  if (isBalanced) {
    const fit = weightedSlope(predictors, means, new Float64Array(nTeams).fill(1));
    if (fit === null) return null;
    const between = Math.max(0, fit.squares / df - within / sizes[0]);
    return { slope: fit.slope, se: Math.sqrt(fit.squares / df) * fit.unitSe, df, variance: { between, within } };
  }
  const atZero = fitAt(0);
  if (atZero === null) return null;
  const excess = (between: number) => (fitAt(between)?.squares ?? Number.NaN) - df;
  let between = 0;
  if (atZero.squares > df) {
    let high = within;
    while (excess(high) > 0) high *= 4;
    between = findRoot(excess, 0, high, 1e-14 * high);
  }
  const fit = fitAt(between);
  if (fit === null) return null;
  return { slope: fit.slope, se: Math.sqrt(fit.squares / df) * fit.unitSe, df, variance: { between, within } };
}

/** Slope of the last predictor, its standard error for weights that are exact, and Σwe². */
function weightedSlope(predictors: readonly Float64Array[], response: Float64Array, weights: Float64Array) {
  const columns = [...predictors, response].map((column) => centredByWeight(column, weights));
  const products = columns.map((left, i) =>
    Float64Array.from({ length: i + 1 }, (_, k) => {
      let sum = 0;
      for (let j = 0; j < weights.length; j++) sum += weights[j] * left[j] * columns[k][j];
      return sum;
    }),
  );
  const factor = cholesky(products);
  if (factor === null) return null;
  const last = predictors.length - 1;
  const pivot = factor[last][last];
  const residual = factor[last + 1][last + 1];
  return { slope: factor[last + 1][last] / pivot, unitSe: 1 / pivot, squares: residual * residual };
}

function centredByWeight(column: Float64Array, weights: Float64Array): Float64Array {
  let total = 0;
  let sum = 0;
  for (let j = 0; j < weights.length; j++) {
    total += weights[j];
    sum += weights[j] * column[j];
  }
  const mean = sum / total;
  return column.map((value) => value - mean);
}
