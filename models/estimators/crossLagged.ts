import { type Design, factorize, fitResponse, type LeastSquaresFit } from "../../sim/numerics/leastSquares.ts";
import { coefficientTest } from "./cluster/coefficientTest.ts";
import type { Coefficient } from "./regressionTable.ts";
import type { PathFit } from "./types.ts";

/** The same variables at several waves, in order of time. No missing values. */
export type PanelData = {
  readonly n: number;
  /** waves[t][v]: variable v at wave t, length n. At least two waves, each with the same variables in the same order. */
  readonly waves: readonly (readonly Float64Array[])[];
  /** Do not change with time; in every equation. May be empty. */
  readonly covariates: readonly Float64Array[];
};

/** Positions of predictor, mediator and outcome among the variables. In a panel of two variables, y is x again. */
export type PanelRoles = { readonly x: number; readonly m: number; readonly y: number };

/** A column of a panel: a variable at a wave, or a covariate; positions from 0. */
export type PanelColumn = { readonly wave: number; readonly variable: number } | { readonly covariate: number };

/** Why an equation has no estimates. A time-constant X, say, is determined by itself a wave earlier (`perfectFit`). */
export type LagFailure = {
  readonly ok: false;
  readonly kind: "constant" | "collinear" | "perfectFit";
  readonly column: PanelColumn;
};

/** One variable at one wave on all variables a wave earlier, and the covariates. */
export type LagEquation = {
  readonly ok: true;
  readonly response: { readonly wave: number; readonly variable: number };
  readonly intercept: number;
  /** Slopes of the variables a wave earlier: the variable's own is its autoregression, the others are cross-lags. */
  readonly lags: readonly Coefficient[];
  readonly covariates: readonly Coefficient[];
  readonly rSquared: number;
  readonly residualVariance: number;
  readonly df: number;
};

/** An indirect effect across time. */
export type LaggedIndirect = {
  readonly ok: true;
  /**
   * sequential: X at `wave` → M a wave later → Y two waves later. halfLongitudinal (two waves): X → M and M → Y over the
   * same interval, which is an indirect effect only if both paths stay the same from one interval to the next.
   */
  readonly design: "sequential" | "halfLongitudinal";
  readonly wave: number;
  readonly estimate: number;
  readonly paths: PathFit;
  /**
   * Correlation of the estimates of a and b, which tests of ab take as 0. It is 0 where the paths are of different intervals;
   * half-longitudinal paths share a design, so it is the residuals' correlation times that of the two slopes.
   */
  readonly correlation: number;
};

export type NoLaggedIndirect = { readonly ok: false; readonly wave: number; readonly because: LagFailure };

export type CrossLagged = {
  readonly ok: true;
  readonly n: number;
  /** By wave (from the second), then by variable. */
  readonly equations: readonly (readonly (LagEquation | LagFailure)[])[];
  /** With three waves or more one for each start (X₁ → M₂ → Y₃ first); with two, the half-longitudinal one. */
  readonly indirect: readonly (LaggedIndirect | NoLaggedIndirect)[];
};

export type CrossLaggedFailure = {
  readonly ok: false;
  readonly kind: "tooFewCases";
  readonly n: number;
  readonly needed: number;
};

/** Residuals shorter than this share of the response are rounding noise. */
const PERFECT_FIT_TOLERANCE = 1e-12;

/**
 * Cross-lagged panel model: each variable on all variables a wave earlier, every equation by ordinary least squares. All
 * equations of a wave have the same predictors, so this is also the maximum-likelihood estimate with residuals free to
 * correlate within waves and no equality constraints; ML standard errors are these times √(df/n).
 *
 * @param data  n ≥ variables + covariates + 2
 * @param roles which variables make the indirect effect
 * @param level confidence level in (0, 1) of the coefficients' intervals
 * @returns equations and indirect effects; what cannot be estimated is tagged where it would stand
 * @throws  RangeError with fewer than two waves, or waves with different numbers of variables
 * @source  Cole & Maxwell (2003), doi:10.1037/0021-843X.112.4.558; Zellner (1962), doi:10.1080/01621459.1962.10480664
 *          (same predictors: least squares is efficient)
 */
export function crossLagged(data: PanelData, roles: PanelRoles, level: number): CrossLagged | CrossLaggedFailure {
  const { n, waves, covariates } = data;
  const { m, y } = roles;
  const nVariables = waves[0]?.length ?? 0;
  if (waves.length < 2 || waves.some((wave) => wave.length !== nVariables))
    throw new RangeError(`a panel needs two waves or more of the same variables, got ${waves.map((w) => w.length)}`);
  const needed = nVariables + covariates.length + 2;
  if (n < needed) return { ok: false, kind: "tooFewCases", n, needed };
  const intervals = waves.slice(1).map((responses, from) => fitInterval(waves[from], responses, covariates, from));
  return {
    ok: true,
    n,
    equations: intervals.map((fits, from) =>
      fits.map((fit, variable) =>
        "ok" in fit ? fit : equationOf(fit, { wave: from + 1, variable }, nVariables, level),
      ),
    ),
    indirect:
      waves.length === 2
        ? [indirectOf(intervals[0][m], intervals[0][y], roles, 0, "halfLongitudinal")]
        : intervals.slice(1).map((next, wave) => indirectOf(intervals[wave][m], next[y], roles, wave, "sequential")),
  };
}

/** A fitted equation with its design, which all equations of a wave share. */
type Fitted = { readonly design: Design; readonly fit: LeastSquaresFit };

/** All equations of one wave, by variable. */
function fitInterval(
  predictors: readonly Float64Array[],
  responses: readonly Float64Array[],
  covariates: readonly Float64Array[],
  from: number,
): readonly (Fitted | LagFailure)[] {
  const design = factorize([...predictors, ...covariates]);
  if (!design.ok) {
    const { kind, column } = design;
    const named: PanelColumn =
      column < predictors.length ? { wave: from, variable: column } : { covariate: column - predictors.length };
    return responses.map(() => ({ ok: false, kind, column: named }));
  }
  return responses.map((response, variable) => {
    const fit = fitResponse(design, response);
    const total = fit.rss + fit.explained;
    const column: PanelColumn = { wave: from + 1, variable };
    if (total === 0) return { ok: false, kind: "constant", column };
    const isPerfect = fit.rss <= PERFECT_FIT_TOLERANCE * PERFECT_FIT_TOLERANCE * total;
    return isPerfect ? { ok: false, kind: "perfectFit", column } : { design, fit };
  });
}

function equationOf(
  { fit }: Fitted,
  response: LagEquation["response"],
  nVariables: number,
  level: number,
): LagEquation {
  const coefficients = Array.from(fit.coefficients, (estimate, index) =>
    coefficientTest(estimate, fit.se[index], fit.df, level),
  );
  return {
    ok: true,
    response,
    intercept: fit.intercept,
    lags: coefficients.slice(0, nVariables),
    covariates: coefficients.slice(nVariables),
    rSquared: fit.explained / (fit.rss + fit.explained),
    residualVariance: fit.residualVariance,
    df: fit.df,
  };
}

/**
 * The failure in words.
 *
 * @param waves names of the variables' columns, waves[t][v]
 */
export function describeLagFailure(
  failure: LagFailure | CrossLaggedFailure,
  names: { readonly waves: readonly (readonly string[])[]; readonly covariates: readonly string[] },
): string {
  if (failure.kind === "tooFewCases")
    return `${failure.n} complete cases are too few: this panel needs at least ${failure.needed}`;
  const { column } = failure;
  const name = "covariate" in column ? names.covariates[column.covariate] : names.waves[column.wave][column.variable];
  switch (failure.kind) {
    case "constant":
      return `${name} takes 1 value`;
    case "collinear":
      return `singular design matrix: ${name} is a linear combination of the predictors before it`;
    case "perfectFit":
      return `the wave before determines ${name} exactly: with residuals of zero nothing can be tested`;
  }
}

/** X → M by the equation `toM`, M → Y by `toY`; `wave` is that of X. */
function indirectOf(
  toM: Fitted | LagFailure,
  toY: Fitted | LagFailure,
  { x, m }: PanelRoles,
  wave: number,
  design: LaggedIndirect["design"],
): LaggedIndirect | NoLaggedIndirect {
  if ("ok" in toM) return { ok: false, wave, because: toM };
  if ("ok" in toY) return { ok: false, wave, because: toY };
  const paths: PathFit = {
    a: toM.fit.coefficients[x],
    seA: toM.fit.se[x],
    dfA: toM.fit.df,
    b: toY.fit.coefficients[m],
    seB: toY.fit.se[m],
    dfB: toY.fit.df,
  };
  const correlation = design === "sequential" ? 0 : covarianceOfSlopes(toM, x, toY, m) / (paths.seA * paths.seB);
  return { ok: true, design, wave, estimate: paths.a * paths.b, paths, correlation };
}

/** Slopes of two responses on one design: σ₁₂·(X′X)⁻¹ⱼₖ, σ₁₂ the covariance of the residuals. */
function covarianceOfSlopes(first: Fitted, j: number, second: Fitted, k: number): number {
  let products = 0;
  for (let i = 0; i < first.fit.residuals.length; i++) products += first.fit.residuals[i] * second.fit.residuals[i];
  return (products / first.fit.df) * first.design.inverse[j * first.design.p + k];
}
