import { densityQuantile } from "../../sim/numerics/densityQuantile.ts";
import { exp, log } from "../../sim/numerics/elementary.ts";
import type { Gram, Rows } from "./gram.ts";
import { type LinearDraw, type LinearLuck, predictorsOf } from "./linearDraw.ts";
import { factorAt, type TeamProducts, teamProducts } from "./teamProducts.ts";
import type { ObservedTeams, TeamState } from "./teams.ts";

/** A linear regression with a random intercept for each team: estimate, and one draw from its posterior. */
export type TwoLevelDraw = LinearDraw & {
  /** What a team's rows have beside the intercept: its random intercept, expected given the variances' ratio, and its means' part. */
  readonly teamParts: Float64Array;
  /** The same, drawn. */
  readonly drawnTeamParts: Float64Array;
  /** τ*². */
  readonly drawnTeamVariance: number;
};

/** Random numbers of one draw; the normals are one for the constant, one per predictor, one per team mean. */
export type TwoLevelLuck = LinearLuck & {
  /** Uniform on (0, 1): the ratio of the variances. */
  readonly ratio: number;
  /** Standard normals, one per team. */
  readonly teams: Float64Array;
};

/**
 * Priors of both variances: σ² and τ² are scale/χ²(df), in units of the response. Where columns are in units of their
 * standard deviation, the scale is a twentieth of a column's variance: with few teams a larger one lifts small ICCs, a smaller
 * one lowers middling ICCs.
 */
export const PRIOR = { df: 1, scale: 0.05 } as const;

/**
 * Bayesian regression with a random intercept for each team, y = Xβ + u_team + e, u ~ N(0, τ²), e ~ N(0, σ²), with a flat
 * prior on β and inverse χ² priors on σ² and τ² (`PRIOR`).
 *
 * A draw is by itself, no step of a chain, and exact but for the grid of `densityQuantile`: with λ = τ²/σ², V = I + λZZ′, P coefficients and N = n − P + 2·df,
 *   p(λ | y) ∝ λ^(−df/2 − 1) |V|^(−½) |X′V⁻¹X|^(−½) (RSS_λ + scale + scale/λ)^(−N/2),
 * from which λ* is taken by its quantile; then σ*² = (RSS_λ + scale + scale/λ)/χ²(N), β* ~ N(β̂_λ, σ*²(X′V⁻¹X)⁻¹), and u*
 * from its distribution given all these: N(0, τ*²) for a team without observed rows.
 *
 * Model and priors are those of R's pan as mice's `2l.pan` calls it (df 1, scale 1), whose Gibbs sampler runs towards the same
 * distribution. Only the scale is not 1 in whatever unit the column has, so that results do not depend on the unit.
 *
 * @param data      columns in units of about their standard deviation, from about their mean
 * @param target    position of the response
 * @param missing   rows in which it is missing
 * @param observed  the other rows, by team
 * @param withMeans the team means of the predictors are predictors too: slopes between teams may differ from those within
 * @source  Schafer & Yucel (2002), doi:10.1198/106186002760180608; Chib & Carlin (1999), Statistics and Computing 9, 17–26
 *          (variances and β drawn with the random effects integrated out)
 */
export function drawTwoLevel(
  data: { readonly rows: Rows; readonly gram: Gram; readonly teams: TeamState },
  target: number,
  missing: Int32Array,
  observed: ObservedTeams,
  withMeans: boolean,
  luck: TwoLevelLuck,
): TwoLevelDraw {
  const predictors = predictorsOf(data.rows.p, target);
  const q = predictors.length;
  const products = teamProducts(data, predictors, target, missing, observed, withMeans);
  const { nColumns: d, isKept } = products;
  const factor = new Float64Array(products.within.length);
  const ratio = drawRatio(products, factor, luck.ratio);
  factorAt(products, ratio, factor);
  const squares = factor[factor.length - 1] + PRIOR.scale + PRIOR.scale / ratio;
  const sigma = Math.sqrt(squares / luck.chiSquare(dfOf(products)));
  const right = factor.slice(factor.length - d, factor.length - 1);
  const estimate = solveTransposed(factor, d, right);
  for (let a = 0, diagonal = 0; a + 1 < d; a++, diagonal += a + 1)
    if (isKept[a] === 1) right[a] += (sigma * luck.normals[a]) / Math.sqrt(factor[diagonal]);
  const drawn = solveTransposed(factor, d, right);

  const { nTeams, sizes, sums } = data.teams;
  const teamParts = new Float64Array(nTeams);
  const drawnTeamParts = new Float64Array(nTeams);
  for (let j = 0; j < nTeams; j++) {
    const share = ratio / (1 + ratio * observed.sizes[j]);
    teamParts[j] = share * residualSum(products, j, estimate);
    drawnTeamParts[j] = share * residualSum(products, j, drawn) + sigma * Math.sqrt(share) * luck.teams[j];
    for (let k = 0; k < (withMeans ? q : 0); k++) {
      const mean = sums[j * data.rows.p + predictors[k]] / sizes[j];
      teamParts[j] += estimate[1 + q + k] * mean;
      drawnTeamParts[j] += drawn[1 + q + k] * mean;
    }
  }
  return {
    predictors,
    intercept: estimate[0],
    coefficients: estimate.subarray(1, 1 + q),
    drawnIntercept: drawn[0],
    drawnCoefficients: drawn.subarray(1, 1 + q),
    drawnSigma: sigma,
    dropped: Array.from(predictors).filter((_, k) => isKept[1 + k] === 0),
    teamParts,
    drawnTeamParts,
    drawnTeamVariance: sigma * sigma * ratio,
  };
}

/** N. */
function dfOf({ observed, nKept }: TeamProducts): number {
  return observed.count - nKept + 2 * PRIOR.df;
}

/** λ*, by the quantile of ln λ. `factor` is overwritten. */
function drawRatio(products: TeamProducts, factor: Float64Array, u: number): number {
  const { nColumns: d, observed } = products;
  const { sizes, nTeams } = observed.groups;
  const df = dfOf(products);
  const { scale } = PRIOR;
  const logDensity = (logRatio: number) => {
    const ratio = exp(logRatio);
    factorAt(products, ratio, factor);
    let value = PRIOR.df * logRatio + df * log(factor[factor.length - 1] + scale + scale / ratio);
    for (let g = 0; g < sizes.length; g++) value += nTeams[g] * log(1 + ratio * sizes[g]);
    let pivots = 1;
    for (let a = 0, diagonal = 0; a + 1 < d; a++, diagonal += a + 1) pivots *= factor[diagonal];
    return -(value + log(pivots)) / 2;
  };
  // The prior of τ² forbids less than about scale/24; σ² is at most that of ordinary regression.
  const low = log((scale * df) / (24 * (products.rss + scale)));
  return exp(densityQuantile(logDensity, low, low + 7.5, u));
}

/** β with L′β = right, L the first D − 1 rows of the packed factor. */
function solveTransposed(factor: Float64Array, d: number, right: Float64Array): Float64Array {
  const beta = new Float64Array(d - 1);
  for (let a = d - 2; a >= 0; a--) {
    beta[a] = right[a];
    for (let b = a + 1; b < d - 1; b++) beta[a] -= factor[(b * (b + 1)) / 2 + a] * beta[b];
  }
  return beta;
}

/** Σ(y − Xβ) over a team's observed rows. */
function residualSum({ nColumns: d, sums }: TeamProducts, team: number, beta: Float64Array): number {
  const at = team * d;
  let sum = sums[at + d - 1];
  for (let a = 0; a + 1 < d; a++) sum -= beta[a] * sums[at + a];
  return sum;
}
