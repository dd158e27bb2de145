import { fUpper } from "../../sim/numerics/fDistribution.ts";
import { tQuantile, tTwoSidedP } from "../../sim/numerics/studentT.ts";
import { type ColumnNames, type Equation, nameOf } from "./fitMediation.ts";
import type { Interval } from "./types.ts";

/** One regression coefficient, with its t test and interval. */
export type Coefficient = {
  readonly estimate: number;
  readonly se: number;
  readonly df: number;
  readonly t: number;
  readonly p: number;
  readonly ci: Interval;
};

export type NamedCoefficient = Coefficient & { readonly name: string };

/** A regression as PROCESS and R print it. */
export type RegressionTable = {
  readonly response: string;
  /** Multiple correlation, and its square. */
  readonly r: number;
  readonly rSquared: number;
  readonly adjustedRSquared: number;
  /** Residual variance, rss / df2. */
  readonly mse: number;
  readonly f: number;
  readonly df1: number;
  readonly df2: number;
  readonly p: number;
  /** "constant" first, then the predictors. */
  readonly coefficients: readonly NamedCoefficient[];
};

/** t test and interval of one slope, by its position in the equation. */
export function slopeOf({ fit }: Equation, index: number, level: number): Coefficient {
  return coefficient(fit.coefficients[index], fit.se[index], fit.df, criticalT(level, fit.df));
}

/**
 * The whole regression: model summary (overall F test against the mean) and every coefficient.
 *
 * @param level confidence level in (0, 1)
 */
export function regressionTable(equation: Equation, names: ColumnNames, level: number): RegressionTable {
  const { fit, design, predictors } = equation;
  const critical = criticalT(level, fit.df);
  const total = fit.rss + fit.explained;
  const rSquared = fit.explained / total;
  const f = fit.explained / design.p / fit.residualVariance;
  return {
    response: names[equation.response],
    r: Math.sqrt(rSquared),
    rSquared,
    adjustedRSquared: 1 - fit.residualVariance / (total / (design.n - 1)),
    mse: fit.residualVariance,
    f,
    df1: design.p,
    df2: fit.df,
    p: fUpper(f, design.p, fit.df),
    coefficients: [
      { name: "constant", ...coefficient(fit.intercept, fit.interceptSe, fit.df, critical) },
      ...predictors.map((role, index) => ({
        name: nameOf(role, names),
        ...coefficient(fit.coefficients[index], fit.se[index], fit.df, critical),
      })),
    ],
  };
}

function coefficient(estimate: number, se: number, df: number, critical: number): Coefficient {
  const t = estimate / se;
  return { estimate, se, df, t, p: tTwoSidedP(t, df), ci: [estimate - critical * se, estimate + critical * se] };
}

function criticalT(level: number, df: number): number {
  return tQuantile((1 + level) / 2, df);
}
