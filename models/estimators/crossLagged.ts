import { factorize, fitResponse } from "../../sim/numerics/leastSquares.ts";
import { pathFitOf } from "./analysis/testIndirect.ts";
import type { FittedEquation } from "./cluster/robustRegression.ts";
import type { MixedFailure } from "./mixed/fitMixed.ts";
import { estimateLag, type LagEstimates, type LagEstimator } from "./panel/lagEstimator.ts";
import type {
  CrossLagged,
  CrossLaggedFailure,
  LagEquation,
  LagFailure,
  LaggedIndirect,
  NoLaggedIndirect,
  PanelColumn,
  PanelData,
  PanelRoles,
  WaveVariable,
} from "./panel/types.ts";

/** Residuals shorter than this share of the response are rounding noise. */
const PERFECT_FIT_TOLERANCE = 1e-12;

/**
 * Cross-lagged panel model: each variable on all variables a wave earlier, every equation by itself. All equations of a wave
 * have the same predictors, so ordinary least squares is also the maximum-likelihood estimate with residuals free to
 * correlate within waves and no equality constraints; ML standard errors are these times √(df/n).
 *
 * Differences between clients, or between teams, that last through all waves are not told from change: slopes mix both.
 * Robust errors and random intercepts do not mend that; the latter take a team's part in a wave to be unrelated to the wave
 * before, where the same team stood.
 *
 * @param data      n ≥ variables + covariates + 2
 * @param roles     which variables make the indirect effect
 * @param level     confidence level in (0, 1) of the coefficients' intervals
 * @param estimator of every equation; its clusters are those of the n cases
 * @returns equations and indirect effects; what cannot be estimated is tagged where it would stand
 * @throws  RangeError with fewer than two waves, or waves with different numbers of variables
 * @source  Cole & Maxwell (2003), doi:10.1037/0021-843X.112.4.558; Zellner (1962), doi:10.1080/01621459.1962.10480664
 *          (same predictors: least squares is efficient); Hamaker, Kuiper & Grasman (2015), doi:10.1037/a0038889 (limits)
 */
export function crossLagged(
  data: PanelData,
  roles: PanelRoles,
  level: number,
  estimator: LagEstimator = { kind: "ordinary" },
): CrossLagged | CrossLaggedFailure {
  const { n, waves, covariates } = data;
  const { m, y } = roles;
  const nVariables = waves[0]?.length ?? 0;
  if (waves.length < 2 || waves.some((wave) => wave.length !== nVariables))
    throw new RangeError(`a panel needs two waves or more of the same variables, got ${waves.map((w) => w.length)}`);
  const needed = nVariables + covariates.length + 2;
  if (n < needed) return { ok: false, kind: "tooFewCases", n, needed };
  const intervals = waves.slice(1).map((_, from) => fitInterval(data, from, estimator, level));
  return {
    ok: true,
    n,
    equations: intervals.map((fits) => fits.map((fit) => (fit.ok ? equationOf(fit, nVariables) : fit))),
    indirect:
      waves.length === 2
        ? [indirectOf(intervals[0][m], intervals[0][y], roles, 0, "halfLongitudinal")]
        : intervals.slice(1).map((next, wave) => indirectOf(intervals[wave][m], next[y], roles, wave, "sequential")),
  };
}

/** An equation by ordinary regression and by the estimator. */
type Fitted = LagEstimates & FittedEquation & { readonly response: WaveVariable };

/** All equations of the wave after `from`, by variable. */
function fitInterval(
  { waves, covariates }: PanelData,
  from: number,
  estimator: LagEstimator,
  level: number,
): readonly (Fitted | LagFailure)[] {
  const nVariables = waves[from].length;
  const predictors = [...waves[from], ...covariates];
  const columnAt = (index: number): PanelColumn =>
    index < nVariables ? { wave: from, variable: index } : { covariate: index - nVariables };
  const design = factorize(predictors);
  if (!design.ok) {
    const { kind, column } = design;
    return waves[from + 1].map(() => ({ ok: false, kind, column: columnAt(column) }));
  }
  return waves[from + 1].map((values, variable) => {
    const fit = fitResponse(design, values);
    const total = fit.rss + fit.explained;
    const response = { wave: from + 1, variable };
    if (total === 0) return { ok: false, kind: "constant", column: response };
    const isPerfect = fit.rss <= PERFECT_FIT_TOLERANCE * PERFECT_FIT_TOLERANCE * total;
    if (isPerfect) return { ok: false, kind: "perfectFit", column: response };
    const estimates = estimateLag({ design, fit }, predictors, values, estimator, level);
    return estimates.ok ? { ...estimates, design, fit, response } : lagFailure(estimates, response, columnAt);
  });
}

/** A mixed model's failure as one of the panel. Its columns are the predictors, the response last. */
function lagFailure(
  failure: MixedFailure,
  response: WaveVariable,
  columnAt: (index: number) => PanelColumn,
): LagFailure {
  switch (failure.kind) {
    case "constant":
    case "collinear":
      return { ok: false, kind: failure.kind, column: columnAt(failure.column) };
    case "noResidual":
    case "noMaximum":
      return { ok: false, kind: failure.kind, column: response };
    case "tooFewCases":
      throw new RangeError(
        `${failure.n} cases are too few for the mixed model of a panel that ordinary regression fits`,
      );
    default:
      return { ok: false, kind: "clusters", column: response, failure };
  }
}

function equationOf({ fit, response, tests, mixed }: Fitted, nVariables: number): LagEquation {
  return {
    ok: true,
    response,
    intercept: tests[0].estimate,
    lags: tests.slice(1, nVariables + 1),
    covariates: tests.slice(nVariables + 1),
    rSquared: fit.explained / (fit.rss + fit.explained),
    residualVariance: fit.residualVariance,
    df: fit.df,
    mixed,
  };
}

/** X → M by the equation `toM`, M → Y by `toY`; `wave` is that of X. */
function indirectOf(
  toM: Fitted | LagFailure,
  toY: Fitted | LagFailure,
  { x, m }: PanelRoles,
  wave: number,
  design: LaggedIndirect["design"],
): LaggedIndirect | NoLaggedIndirect {
  if (!toM.ok) return { ok: false, wave, because: toM };
  if (!toY.ok) return { ok: false, wave, because: toY };
  const lost = determined(toM, x) ?? determined(toY, m);
  if (lost !== null) return { ok: false, wave, because: lost };
  const paths = pathFitOf({ a: toM.tests[x + 1], b: toY.tests[m + 1] });
  const covariance = covarianceOfSlopes(toM, x, toY, m);
  const correlation = covariance === null ? null : covariance / (paths.seA * paths.seB);
  return { ok: true, design, wave, estimate: paths.a * paths.b, paths, correlation, fractionMissing: null };
}

/** A slope without an error takes the indirect effect with it. */
function determined({ tests, response, contributions }: Fitted, slope: number): LagFailure | null {
  if (contributions === null || !Number.isNaN(tests[slope + 1].se)) return null;
  const nClusters = contributions(slope + 1).length;
  const failure = { ok: false, kind: "clustersDetermine", nClusters, coefficient: slope + 1 } as const;
  return { ok: false, kind: "clusters", column: response, failure };
}

/**
 * Of slope j of the first equation and slope k of the second: by ordinary regression σ₁₂·(X′X)⁻¹ⱼₖ on one design, σ₁₂ the
 * covariance of the residuals, and 0 on the designs of two waves; by robust errors Σ cⱼc′ₖ of their contributions.
 */
function covarianceOfSlopes(first: Fitted, j: number, second: Fitted, k: number): number | null {
  if (first.mixed !== null) return null;
  if (first.contributions !== null && second.contributions !== null)
    return sumOfProducts(first.contributions(j + 1), second.contributions(k + 1));
  if (first.design !== second.design) return 0;
  const { inverse, p } = first.design;
  return (sumOfProducts(first.fit.residuals, second.fit.residuals) / first.fit.df) * inverse[j * p + k];
}

function sumOfProducts(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < left.length; i++) sum += left[i] * right[i];
  return sum;
}
