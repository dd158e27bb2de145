import { log } from "../../../sim/numerics/elementary.ts";
import type { RankDeficiency } from "../../../sim/numerics/leastSquares.ts";
import type { ClusterFailure } from "../cluster/clusters.ts";
import { coefficientTest } from "../cluster/coefficientTest.ts";
import type { Coefficient } from "../regressionTable.ts";
import { addCrossProducts } from "../../../sim/numerics/crossProducts.ts";
import { maximizeLikelihood } from "./maximizeLikelihood.ts";
import type { RandomIntercepts } from "./randomIntercepts.ts";
import { COLLINEAR, createLikelihood, type Derivatives, type Likelihood, type Method } from "./restrictedLikelihood.ts";
import { satterthwaite } from "./satterthwaite.ts";
import { choleskyInPlace, solveLower } from "./triangle.ts";
import { type UnitProducts, unitProducts } from "./unitProducts.ts";

/** A linear mixed model: yᵢ = β₀ + Σβⱼxᵢⱼ + team + (manager) + eᵢ, all random parts normal. P = predictors + 1. */
export type MixedFit = {
  readonly ok: true;
  readonly method: Method;
  readonly n: number;
  readonly nTeams: number;
  /** null without a random intercept for managers. */
  readonly nManagers: number | null;
  /** The constant first; length P. */
  readonly estimates: Float64Array;
  readonly se: Float64Array;
  /** Satterthwaite's. */
  readonly df: Float64Array;
  /** Of the estimates, P × P by rows. */
  readonly covariance: Float64Array;
  readonly variances: { readonly team: number; readonly manager: number | null; readonly residual: number };
  /** Log likelihood, restricted under REML, with all constants: what R prints as logLik(lmer(…)). */
  readonly logLik: number;
  /** A variance is estimated as 0 (its standard deviation below 10⁻⁴ residual ones, as in lme4). */
  readonly singular: boolean;
};

/** Why a mixed model could not be fitted. Column 0 is the first predictor, their number the response. */
export type MixedFailure =
  | ClusterFailure
  | RankDeficiency
  /** The predictors explain the response exactly within the units: nothing to compare the other variances with. */
  | { readonly ok: false; readonly kind: "noResidual" }
  /** Not n > P clients. */
  | { readonly ok: false; readonly kind: "tooFewCases"; readonly n: number; readonly needed: number }
  /** The likelihood has no maximum that the search could find. */
  | { readonly ok: false; readonly kind: "noMaximum" };

/** Ratio below which lme4 calls a fit singular (its tolerance is 10⁻⁴ for the square root). */
const SINGULAR_RATIO = 1e-8;
/** Share of the response's squares left within units below which it is rounding. */
const NO_RESIDUAL = 1e-13;
/** Share of a variance's information that must be left for it to be told from the residual's. */
const NO_INFORMATION = 1e-10;

/**
 * Fits a linear mixed model with a random intercept for each team, and for each case manager within it if
 * `intercepts` has managers, by restricted or full maximum likelihood.
 *
 * Degrees of freedom are Satterthwaite's: 2v²/(g′Ag) for v = var(β̂ⱼ), its gradient g by the variances, and A twice the
 * inverse Hessian of the deviance, all analytic; variances estimated as 0 count as known.
 *
 * @param response   length n, finite
 * @param predictors any number of columns of length n, without the constant
 * @returns the fit; a variance on the boundary is a fit (`singular`), not a failure
 * @source  Bates et al. (2015), doi:10.18637/jss.v067.i01; Satterthwaite: Kuznetsova et al. (2017),
 *          doi:10.18637/jss.v082.i13. Variances and ICC lie within 1e-12 of the maximum that R finds as the root of the score
 *          (test/oracle/mixed); lme4 compares deviances, and left to itself stops up to 1e-5 away (ICC, REML)
 */
export function fitMixed(
  response: Float64Array,
  predictors: readonly Float64Array[],
  intercepts: RandomIntercepts,
  method: Method,
): MixedFit | MixedFailure {
  const { n } = intercepts;
  const order = predictors.length + 1;
  if (n <= order) return { ok: false, kind: "tooFewCases", n, needed: order + 1 };
  const products = unitProducts([...predictors, response], intercepts);
  return products.ok ? fitProducts(products, method) : products;
}

/** The same from the products of the columns; there are more clients than coefficients. */
export function fitProducts(products: UnitProducts, method: Method): MixedFit | MixedFailure {
  const likelihood = createLikelihood(products, method);
  const failure = designFailure(products, likelihood);
  if (failure !== null) return failure;
  const ratios = new Float64Array(likelihood.nRatios);
  const deviance = maximizeLikelihood(likelihood, ratios);
  // Where the likelihood is flat the search may or may not settle; both ends are looked at.
  if (deviance === null) likelihood.deviance(ratios.fill(0));
  const derivatives = likelihood.derivatives();
  const unidentified = whyUnidentified(derivatives, products.intercepts);
  if (unidentified !== null) return unidentified;
  if (deviance === null) return { ok: false, kind: "noMaximum" };
  return summarise(products, likelihood, method, ratios, deviance, derivatives);
}

/** t tests and intervals of all coefficients, the constant first. */
export function mixedTests({ estimates, se, df }: MixedFit, level: number): Coefficient[] {
  return Array.from(estimates, (estimate, j) => coefficientTest(estimate, se[j], df[j], level));
}

/**
 * Share of the variance that lies between teams, given the predictors: ICC(1) by REML when there are none. Managers' variance
 * counts to the whole.
 */
export function iccOf({ variances: { team, manager, residual } }: MixedFit): number {
  return team / (team + (manager ?? 0) + residual);
}

function designFailure(products: UnitProducts, { rssWithin }: Likelihood): MixedFailure | null {
  const { nColumns: d } = products;
  const firstZero = choleskyInPlace(totalProducts(products), d, COLLINEAR);
  if (firstZero < d - 1) return { ok: false, kind: "collinear", column: firstZero - 1 };
  return firstZero === d && rssWithin > NO_RESIDUAL ? null : { ok: false, kind: "noResidual" };
}

function whyUnidentified(
  { identified, information }: Derivatives,
  { nTeams, firstUnit }: RandomIntercepts,
): ClusterFailure | null {
  if (!(identified[identified.length - 1] > NO_INFORMATION)) {
    return { ok: false, kind: "tooFewClusters", nClusters: nTeams };
  }
  if (firstUnit === null) return null;
  const [ofManagers, both, , ofTeams] = information;
  const left = identified[0] * (1 - (both * both) / (ofManagers * ofTeams));
  return left > NO_INFORMATION ? null : { ok: false, kind: "managerPerTeam", nClusters: nTeams };
}

/** Cross-products of the columns over all clients, D × D; the lower triangle. */
function totalProducts({ nColumns: d, within, means, intercepts }: UnitProducts): Float64Array {
  const { nUnits, sizes } = intercepts;
  const total = within.slice();
  const weighted = means.map((mean, at) => sizes[at % nUnits] * mean);
  addCrossProducts(means, weighted, d, nUnits, total);
  return total;
}

function summarise(
  { nColumns: d, origins, lengths, intercepts }: UnitProducts,
  likelihood: Likelihood,
  method: Method,
  ratios: Float64Array,
  deviance: number,
  derivatives: Derivatives,
): MixedFit {
  const { n, nTeams, nUnits, firstUnit } = intercepts;
  const { factor, nEffective } = likelihood;
  const order = d - 1;
  const unit = lengths[order];
  const residual = (unit * unit * likelihood.rss()) / nEffective;

  // Coefficient j is a contrast of the scaled columns' coefficients; column j becomes L⁻¹ of that contrast.
  const contrasts = new Float64Array(order * order);
  for (let j = 0; j < order; j++) {
    contrasts[j * order + j] = 1 / lengths[j];
    if (j > 0) contrasts[j * order] = -origins[j] / lengths[j];
  }
  solveLower(factor, d, order, contrasts, order, contrasts);
  const estimates = new Float64Array(order);
  const covariance = new Float64Array(order * order);
  for (let l = 0; l < order; l++) {
    const at = l * order;
    const coordinate = factor[order * d + l] * unit;
    for (let j = 0; j < order; j++) {
      const weight = residual * contrasts[at + j];
      estimates[j] += contrasts[at + j] * coordinate;
      for (let k = 0; k < order; k++) covariance[j * order + k] += weight * contrasts[at + k];
    }
  }
  estimates[0] += origins[order];

  let scaling = nEffective * log(unit);
  if (method === "REML") for (let j = 0; j < order; j++) scaling += log(lengths[j]);
  return {
    ok: true,
    method,
    n,
    nTeams,
    nManagers: firstUnit === null ? null : nUnits,
    estimates,
    se: Float64Array.from({ length: order }, (_, j) => Math.sqrt(covariance[j * order + j])),
    df: satterthwaite(contrasts, likelihood, derivatives, ratios),
    covariance,
    variances: {
      team: residual * ratios[ratios.length - 1],
      manager: firstUnit === null ? null : residual * ratios[0],
      residual,
    },
    logLik: -0.5 * deviance - scaling,
    singular: ratios.some((ratio) => ratio < SINGULAR_RATIO),
  };
}
