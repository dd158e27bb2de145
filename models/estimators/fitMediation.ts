import {
  type Design,
  factorize,
  fitResponse,
  type LeastSquaresFit,
  type RankDeficiency,
} from "../../sim/numerics/leastSquares.ts";
import type { PathFit, StudyData } from "./types.ts";

/** A column of a study, by its role or by its position among the covariates (from 0). */
export type ColumnRole = "x" | "m" | "y" | number;

/** How the columns are called where the data came from. */
export type ColumnNames = {
  readonly x: string;
  readonly m: string;
  readonly y: string;
  readonly covariates: readonly string[];
};

/** Why a study could not be fitted. A replication that fails is data: it is counted, never dropped silently. */
export type MediationFailure =
  | { readonly ok: false; readonly kind: "tooFewCases"; readonly n: number; readonly needed: number }
  | { readonly ok: false; readonly kind: "constant"; readonly column: ColumnRole }
  | { readonly ok: false; readonly kind: "collinear"; readonly column: ColumnRole }
  | { readonly ok: false; readonly kind: "perfectFit"; readonly column: "m" | "y" };

/** One regression: the response on `predictors`, in the order of the coefficients. */
export type Equation = {
  readonly response: "m" | "y";
  readonly predictors: readonly ColumnRole[];
  readonly design: Design;
  readonly fit: LeastSquaresFit;
};

/** The three regressions of a simple mediation model with covariates C in each. */
export type MediationFit = {
  readonly ok: true;
  readonly n: number;
  /** M = i₁ + aX + f′C + e₁ */
  readonly mediator: Equation;
  /** Y = i₂ + c′X + bM + g′C + e₂ */
  readonly outcome: Equation;
  /** Y = i₃ + cX + h′C + e₃ */
  readonly total: Equation;
};

/** Residuals shorter than this share of the response are rounding noise: no standard error can be had from them. */
const PERFECT_FIT_TOLERANCE = 1e-12;

/**
 * Fits the regressions of M on X, of Y on X and M, and of Y on X, each with the covariates, by ordinary least squares
 * (PROCESS model 4 with its default standard errors).
 *
 * @param data columns of equal length n, finite; any number of covariates
 * @returns the three fits; or why there are none: fewer than q + 4 cases (q covariates), a constant column, a column that
 *          those before it determine (order X, M, covariates), or residuals of exactly zero
 * @source  Hayes (2022), Introduction to Mediation, Moderation, and Conditional Process Analysis, 3rd ed., ch. 3–4
 */
export function fitMediation(data: StudyData): MediationFit | MediationFailure {
  const { n, x, m, y, covariates } = data;
  const needed = covariates.length + 4;
  if (n < needed) return { ok: false, kind: "tooFewCases", n, needed };
  const covariateRoles = covariates.map((_, index) => index);
  const mediatorPredictors: readonly ColumnRole[] = ["x", ...covariateRoles];
  const outcomePredictors: readonly ColumnRole[] = ["x", "m", ...covariateRoles];

  const withoutMediator = factorize([x, ...covariates]);
  if (!withoutMediator.ok) return failureOf(withoutMediator, mediatorPredictors);
  const mediatorFit = fitResponse(withoutMediator, m);
  const mediatorFailure = responseFailure(mediatorFit, "m");
  if (mediatorFailure !== null) return mediatorFailure;

  const withMediator = factorize([x, m, ...covariates]);
  if (!withMediator.ok) return failureOf(withMediator, outcomePredictors);
  const outcomeFit = fitResponse(withMediator, y);
  const outcomeFailure = responseFailure(outcomeFit, "y");
  if (outcomeFailure !== null) return outcomeFailure;

  return {
    ok: true,
    n,
    mediator: { response: "m", predictors: mediatorPredictors, design: withoutMediator, fit: mediatorFit },
    outcome: { response: "y", predictors: outcomePredictors, design: withMediator, fit: outcomeFit },
    total: {
      response: "y",
      predictors: mediatorPredictors,
      design: withoutMediator,
      fit: fitResponse(withoutMediator, y),
    },
  };
}

/** Positions of the slopes of X, and of M in the outcome equation. */
export const X_INDEX = 0;
export const M_INDEX = 1;

/** The two paths of the indirect effect, with what every test of ab needs to know of them. */
export function pathsOf({ mediator, outcome }: MediationFit): PathFit {
  return {
    a: mediator.fit.coefficients[X_INDEX],
    seA: mediator.fit.se[X_INDEX],
    dfA: mediator.fit.df,
    b: outcome.fit.coefficients[M_INDEX],
    seB: outcome.fit.se[M_INDEX],
    dfB: outcome.fit.df,
  };
}

/** The failure in words. */
export function describeFailure(failure: MediationFailure, names: ColumnNames): string {
  switch (failure.kind) {
    case "tooFewCases":
      return `${failure.n} complete cases are too few: this model needs at least ${failure.needed}`;
    case "constant":
      return `singular design matrix: ${nameOf(failure.column, names)} takes 1 value`;
    case "collinear":
      return `singular design matrix: ${nameOf(failure.column, names)} is a linear combination of the other predictors`;
    case "perfectFit":
      return `the predictors determine ${nameOf(failure.column, names)} exactly: with residuals of zero nothing can be tested`;
  }
}

/** What the column with this role is called. */
export function nameOf(role: ColumnRole, names: ColumnNames): string {
  return typeof role === "number" ? names.covariates[role] : names[role];
}

function failureOf({ kind, column }: RankDeficiency, predictors: readonly ColumnRole[]): MediationFailure {
  return { ok: false, kind, column: predictors[column] };
}

function responseFailure({ rss, explained }: LeastSquaresFit, column: "m" | "y"): MediationFailure | null {
  if (rss + explained === 0) return { ok: false, kind: "constant", column };
  const limit = PERFECT_FIT_TOLERANCE * PERFECT_FIT_TOLERANCE * (rss + explained);
  return rss <= limit ? { ok: false, kind: "perfectFit", column } : null;
}
