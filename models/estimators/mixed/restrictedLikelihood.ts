import { log } from "../../../sim/numerics/elementary.ts";
import { addCrossProducts } from "../../../sim/numerics/crossProducts.ts";
import { logProduct, teamLevel } from "./teamLevel.ts";
import { choleskyInPlace, innerProduct, lastResidual, solveLower, trace } from "./triangle.ts";
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
  /** Clients of the largest unit and team, length nRatios. */
  readonly largest: readonly number[];
  /** What predictors and units leave of the response's squares, scaled columns: RSS where all ratios are infinite. */
  readonly rssWithin: number;
  /** Deviance in the units of the scaled columns; Infinity where the products are singular. */
  readonly deviance: (ratios: Float64Array) => number;
  /** Derivatives where `deviance` was called last. */
  readonly derivatives: () => Derivatives;
  /** RSS where `deviance` was called last, scaled columns. */
  readonly rss: () => number;
  /** Cholesky factor L of [X, y]′V⁻¹[X, y], D × D by rows, where `deviance` was called last; its first P rows factor X′V⁻¹X. */
  readonly factor: Float64Array;
  /** For each ratio L⁻¹[X, y]′V⁻¹ZZ′V⁻¹[X, y]L⁻ᵀ, D × D by rows, where `derivatives` was called last; lower triangles. */
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
/** A pivot at or below it, all columns being of length 1: a combination of the columns before it. */
export const COLLINEAR = 1e-12;

/**
 * @source Derivatives: Harville (1977), doi:10.1080/01621459.1977.10480998, with P = V⁻¹ − V⁻¹X(X′V⁻¹X)⁻¹X′V⁻¹:
 *         ∂/∂τᵢ = tr(PZᵢZᵢ′) − |Zᵢ′Py|²/σ², ∂²/∂τᵢ∂τⱼ = −|Zᵢ′PZⱼ|² + 2y′PZᵢZᵢ′PZⱼZⱼ′Py/σ² (V⁻¹ for P in the traces of ML)
 */
export function createLikelihood(products: UnitProducts, method: Method): Likelihood {
  const { nColumns: d, means, within, intercepts } = products;
  const { n, nTeams, nUnits, firstUnit } = intercepts;
  const p = d - 1;
  const nRatios = firstUnit === null ? 1 : 2;
  const isRestricted = method === "REML";
  const nEffective = isRestricted ? n - p : n;
  const factor = new Float64Array(d * d);
  const spread = Array.from({ length: nRatios }, () => new Float64Array(d * d));
  const whitened = new Float64Array(d * nUnits);
  const teamWhitened = new Float64Array(d * nTeams);
  const level = teamLevel(products);
  const { unitWeights: weights, sizes: teamSizes, means: teamMeans, within: withinTeams } = level;
  /** 1 + a_gτ, b_g, and b_g × the means, τ being the teams' ratio. */
  const growth = new Float64Array(nTeams);
  const teamWeights = new Float64Array(nTeams);
  const teamWeighted = new Float64Array(d * nTeams);
  let teamRatio = 0;

  const deviance = (ratios: Float64Array): number => {
    level.pool(ratios[0]);
    teamRatio = ratios[nRatios - 1];
    for (let g = 0; g < nTeams; g++) {
      growth[g] = 1 + teamSizes[g] * teamRatio;
      teamWeights[g] = teamSizes[g] / growth[g];
    }
    for (let j = 0, at = 0; j < d; j++)
      for (let g = 0; g < nTeams; g++, at++) teamWeighted[at] = teamWeights[g] * teamMeans[at];
    factor.set(withinTeams);
    addCrossProducts(teamWeighted, teamMeans, d, nTeams, factor);
    if (choleskyInPlace(factor, d, 0) < d) return Number.POSITIVE_INFINITY;
    const pivot = factor[p * d + p];
    let value = nEffective * (1 + log((TWO_PI * pivot * pivot) / nEffective));
    value += level.logDeterminant() + logProduct(growth);
    if (isRestricted) for (let j = 0; j < p; j++) value += 2 * log(factor[j * d + j]);
    return value;
  };

  const derivatives = (): Derivatives => {
    // For the pairs of ratios 00, 01, 11: traces of Z′V⁻¹Z and of its square, and its forms with L⁻¹X′V⁻¹Z (x) and with the
    // residuals' Z′V⁻¹(y − Xβ) (y).
    const own = [0, 0];
    const squares = [0, 0, 0];
    const crossX = [0, 0, 0];
    const crossY = [0, 0, 0];
    solveLower(factor, d, d, means, nUnits, whitened);
    if (firstUnit === null) {
      for (let j = 0; j < d; j++) {
        let cross = 0;
        for (let k = 0, at = j * nUnits; k < nUnits; k++, at++) {
          whitened[at] *= teamWeights[k];
          cross += teamWeights[k] * whitened[at] * whitened[at];
        }
        if (j < p) crossX[0] += cross;
        else crossY[0] = cross;
      }
      for (let k = 0; k < nUnits; k++) {
        own[0] += teamWeights[k];
        squares[0] += teamWeights[k] * teamWeights[k];
      }
    } else {
      for (let g = 0; g < nTeams; g++) {
        const b = teamWeights[g];
        const left = 1 / growth[g];
        const loss = teamRatio * left;
        let a2 = 0;
        let a3 = 0;
        for (let k = firstUnit[g]; k < firstUnit[g + 1]; k++) {
          const w = weights[k];
          own[0] += w;
          a2 += w * w;
          a3 += w * w * w;
        }
        own[0] -= loss * a2;
        own[1] += b;
        squares[0] += a2 - 2 * loss * a3 + loss * loss * a2 * a2;
        squares[1] += left * left * a2;
        squares[2] += b * b;
        for (let j = 0; j < d; j++) {
          const at = j * nUnits;
          let upper = 0;
          for (let k = firstUnit[g]; k < firstUnit[g + 1]; k++) upper += weights[k] * whitened[at + k];
          upper *= left;
          let cross = 0;
          let sum = 0;
          for (let k = firstUnit[g]; k < firstUnit[g + 1]; k++) {
            const value = weights[k] * (whitened[at + k] - teamRatio * upper);
            whitened[at + k] = value;
            sum += weights[k] * value;
            cross += weights[k] * value * value;
          }
          teamWhitened[j * nTeams + g] = upper;
          const into = j < p ? crossX : crossY;
          into[0] += cross - loss * sum * sum;
          into[1] += left * upper * sum;
          into[2] += b * upper * upper;
        }
      }
      spread[1].fill(0);
      addCrossProducts(teamWhitened, teamWhitened, d, nTeams, spread[1]);
    }
    spread[0].fill(0);
    addCrossProducts(whitened, whitened, d, nUnits, spread[0]);

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
    largest: level.largest,
    rssWithin: lastResidual(within, d, COLLINEAR),
    deviance,
    derivatives,
    rss: () => factor[p * d + p] * factor[p * d + p],
    factor,
    spread,
  };
}
