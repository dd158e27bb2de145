import { log } from "../../../sim/numerics/elementary.ts";
import { addSquare, choleskyInPlace, innerProduct, solveLower, trace } from "./triangle.ts";
import type { UnitProducts } from "./unitProducts.ts";

export type Method = "REML" | "ML";

/**
 * −2 log likelihood (restricted or full) of y = Xβ + team + manager + e, with β and the residual variance σ² profiled out,
 * as a function of the ratios τ of the other variances to σ²: τ[0] of the units (managers, or teams where these are the
 * units), τ[1] of the teams above them.
 *
 *   V = I + τ₀Z₀Z₀′ + τ₁Z₁Z₁′,  N = n − P (REML) or n (ML),  RSS = (y − Xβ)′V⁻¹(y − Xβ)
 *   deviance = N(1 + ln(2π·RSS/N)) + ln|V| + (REML) ln|X′V⁻¹X|
 *
 * V⁻¹ is in closed form. With n_k clients in unit k: w_k = n_k/(1 + n_kτ₀); in team g: a_g = Σw_k, b_g = a_g/(1 + a_gτ₁),
 * z̃_g = Σw_k z̄_k/a_g. The weighted products of the columns are
 *   Σ_within + Σ_k w_k(z̄_k − z̃_g)(z̄_k − z̃_g)′ + Σ_g b_g z̃_g z̃_g′:
 * positive terms only, so nothing cancels. Work: D² per unit and team, D³ for their Cholesky factor.
 */
export type Likelihood = {
  readonly nRatios: number;
  /** N. */
  readonly nEffective: number;
  /** Deviance in the units of the scaled columns; Infinity where the products are singular. */
  readonly deviance: (ratios: Float64Array) => number;
  /** Derivatives where `deviance` was called last. */
  readonly derivatives: () => Derivatives;
  /** RSS where `deviance` was called last, scaled columns. */
  readonly rss: () => number;
  /** Cholesky factor L of the weighted products, D × D by rows: X′V⁻¹X in its first P rows. Overwritten by each call. */
  readonly factor: Float64Array;
  /** Σ of the weighted products of the columns that are whitened by L: for each ratio L⁻¹X′V⁻¹ZZ′V⁻¹XL⁻ᵀ, D × D. */
  readonly spread: readonly Float64Array[];
};

/** Of the deviance, by the ratios. */
export type Derivatives = {
  readonly gradient: Float64Array;
  /** nRatios × nRatios by rows. */
  readonly hessian: Float64Array;
  /** The Hessian's expectation: never negative definite. */
  readonly information: Float64Array;
  /** For each ratio, the share of its information that is left beside the coefficients' and the residual variance's. */
  readonly identified: Float64Array;
  /** ∂RSS/∂τ, divided by −RSS. */
  readonly shrinkage: Float64Array;
};

const TWO_PI = 6.283185307179586;
const LARGE = 1e100;

/**
 * @source Derivatives: Harville (1977), doi:10.1080/01621459.1977.10480998, §5, with P = V⁻¹ − V⁻¹X(X′V⁻¹X)⁻¹X′V⁻¹:
 *         ∂/∂τᵢ = tr(PZᵢZᵢ′) − |Zᵢ′Py|²/σ², ∂²/∂τᵢ∂τⱼ = −|Zᵢ′PZⱼ|² + 2y′PZᵢZᵢ′PZⱼZⱼ′Py/σ² (V⁻¹ for P in the traces of ML)
 */
export function createLikelihood(products: UnitProducts, method: Method): Likelihood {
  const { nColumns: d, means, within, intercepts } = products;
  const { n, nTeams, nUnits, sizes, firstUnit } = intercepts;
  const p = d - 1;
  const nRatios = firstUnit === null ? 1 : 2;
  const isRestricted = method === "REML";
  const nEffective = isRestricted ? n - p : n;
  const factor = new Float64Array(d * d);
  const weights = new Float64Array(nUnits);
  const nUpper = firstUnit === null ? 0 : nTeams;
  const teamWeights = new Float64Array(nUpper);
  const growth = new Float64Array(nUpper);
  const whitened = new Float64Array(nUnits * d);
  const spread = Array.from({ length: nRatios }, () => new Float64Array(d * d));
  const row = new Float64Array(d);
  const upper = new Float64Array(d);
  let teamRatio = 0;

  /** ln|V|: a few multiplications to one logarithm. */
  const logDeterminant = (): number => {
    let sum = 0;
    let product = 1;
    for (let k = 0; k < nUnits; k++) {
      product *= sizes[k] / weights[k];
      if (product > LARGE) {
        sum += log(product);
        product = 1;
      }
    }
    for (let g = 0; g < nUpper; g++) {
      product *= growth[g];
      if (product > LARGE) {
        sum += log(product);
        product = 1;
      }
    }
    return sum + log(product);
  };

  const addTeam = (g: number, first: number, end: number): void => {
    let sum = 0;
    for (let j = 0; j < d; j++) upper[j] = 0;
    for (let k = first; k < end; k++) {
      sum += weights[k];
      for (let j = 0; j < d; j++) upper[j] += weights[k] * means[k * d + j];
    }
    for (let j = 0; j < d; j++) upper[j] /= sum;
    for (let k = first; k < end; k++) {
      for (let j = 0; j < d; j++) row[j] = means[k * d + j] - upper[j];
      addSquare(factor, weights[k], row, 0, d);
    }
    growth[g] = 1 + sum * teamRatio;
    teamWeights[g] = sum / growth[g];
    addSquare(factor, teamWeights[g], upper, 0, d);
  };

  const deviance = (ratios: Float64Array): number => {
    factor.set(within);
    for (let k = 0; k < nUnits; k++) weights[k] = sizes[k] / (1 + sizes[k] * ratios[0]);
    if (firstUnit === null) for (let k = 0; k < nUnits; k++) addSquare(factor, weights[k], means, k * d, d);
    else {
      teamRatio = ratios[1];
      for (let g = 0; g < nTeams; g++) addTeam(g, firstUnit[g], firstUnit[g + 1]);
    }
    if (choleskyInPlace(factor, d, 0) < d) return Number.POSITIVE_INFINITY;
    const pivot = factor[p * d + p];
    let value = logDeterminant() + nEffective * (1 + log((TWO_PI * pivot * pivot) / nEffective));
    if (isRestricted) for (let j = 0; j < p; j++) value += 2 * log(factor[j * d + j]);
    return value;
  };

  const derivatives = (): Derivatives => {
    for (let k = 0; k < nUnits; k++) solveLower(factor, d, d, means, k * d, whitened, k * d);
    for (const matrix of spread) matrix.fill(0);
    // Of Z′V⁻¹Z and its products with itself and with L⁻¹X′V⁻¹Z (x) and with the residuals (y), for the pairs 00, 01, 11.
    const own = [0, 0];
    const squares = [0, 0, 0];
    const crossX = [0, 0, 0];
    const crossY = [0, 0, 0];
    const addCross = (pair: number, weight: number, left: Float64Array, i: number, right: Float64Array, j: number) => {
      let sum = 0;
      for (let l = 0; l < p; l++) sum += left[i + l] * right[j + l];
      crossX[pair] += weight * sum;
      crossY[pair] += weight * left[i + p] * right[j + p];
    };
    if (firstUnit === null) {
      for (let k = 0; k < nUnits; k++) {
        const w = weights[k];
        const at = k * d;
        for (let j = at; j < at + d; j++) whitened[j] *= w;
        own[0] += w;
        squares[0] += w * w;
        addCross(0, w, whitened, at, whitened, at);
        addSquare(spread[0], 1, whitened, at, d);
      }
    } else {
      for (let g = 0; g < nTeams; g++) {
        const b = teamWeights[g];
        // b/a is 1/(1 + aτ₁); the whitened Z₁′V⁻¹z of the team is the sum of its units'.
        upper.fill(0);
        let a = 0;
        let a2 = 0;
        let a3 = 0;
        for (let k = firstUnit[g]; k < firstUnit[g + 1]; k++) {
          const w = weights[k];
          a += w;
          a2 += w * w;
          a3 += w * w * w;
          for (let j = 0; j < d; j++) upper[j] += w * whitened[k * d + j];
        }
        const left = b / a;
        const loss = teamRatio * left;
        for (let j = 0; j < d; j++) upper[j] *= left;
        row.fill(0);
        for (let k = firstUnit[g]; k < firstUnit[g + 1]; k++) {
          const w = weights[k];
          const at = k * d;
          for (let j = 0; j < d; j++) {
            whitened[at + j] = w * (whitened[at + j] - teamRatio * upper[j]);
            row[j] += w * whitened[at + j];
          }
          addCross(0, w, whitened, at, whitened, at);
          addSquare(spread[0], 1, whitened, at, d);
        }
        addCross(0, -loss, row, 0, row, 0);
        addCross(1, left, upper, 0, row, 0);
        addCross(2, b, upper, 0, upper, 0);
        addSquare(spread[1], 1, upper, 0, d);
        own[0] += a - loss * a2;
        own[1] += b;
        squares[0] += a2 - 2 * loss * a3 + loss * loss * a2 * a2;
        squares[1] += left * left * a2;
        squares[2] += b * b;
      }
    }

    const gradient = new Float64Array(nRatios);
    const hessian = new Float64Array(nRatios * nRatios);
    const information = new Float64Array(nRatios * nRatios);
    const shrinkage = Float64Array.from(spread, (matrix) => matrix[p * d + p]);
    const traces = spread.map((matrix, i) => own[i] - (isRestricted ? trace(matrix, p, d) : 0));
    for (let i = 0; i < nRatios; i++) {
      gradient[i] = traces[i] - nEffective * shrinkage[i];
      for (let j = 0; j <= i; j++) {
        const pair = i + j;
        const norm = squares[pair] - (isRestricted ? 2 * crossX[pair] - innerProduct(spread[i], spread[j], p, d) : 0);
        let curvature = crossY[pair];
        for (let l = 0; l < p; l++) curvature -= spread[i][p * d + l] * spread[j][p * d + l];
        const second = -norm + nEffective * (2 * curvature - shrinkage[i] * shrinkage[j]);
        const expected = norm - (traces[i] * traces[j]) / nEffective;
        hessian[i * nRatios + j] = second;
        hessian[j * nRatios + i] = second;
        information[i * nRatios + j] = expected;
        information[j * nRatios + i] = expected;
      }
    }
    const identified = gradient.map((_, i) => information[i * (nRatios + 1)] / squares[2 * i]);
    return { gradient, hessian, information, identified, shrinkage };
  };

  return {
    nRatios,
    nEffective,
    deviance,
    derivatives,
    rss: () => factor[p * d + p] * factor[p * d + p],
    factor,
    spread,
  };
}
