import { fUpper } from "../../sim/numerics/fDistribution.ts";
import { factorize, fitResponse } from "../../sim/numerics/leastSquares.ts";
import { noncentralityOfF } from "../../sim/numerics/noncentralF.ts";
import { coefficientTest } from "./cluster/coefficientTest.ts";
import type { Coefficient } from "./regressionTable.ts";
import type { Interval } from "./types.ts";

/** What a hierarchical regression is of: does `added` (the earlier outcome) predict `response` (the later alliance)? */
export type ReciprocalData = {
  readonly n: number;
  readonly response: Float64Array;
  /** First step; may be empty. */
  readonly covariates: readonly Float64Array[];
  /** Second step: one column or several. */
  readonly added: readonly Float64Array[];
};

/** A column by its part in the regression and its position there, from 0. */
export type ReciprocalColumn = {
  readonly part: "response" | "covariates" | "added";
  readonly index: number;
};

export type ReciprocalFailure =
  | { readonly ok: false; readonly kind: "tooFewCases"; readonly n: number; readonly needed: number }
  | { readonly ok: false; readonly kind: "constant"; readonly column: ReciprocalColumn }
  | { readonly ok: false; readonly kind: "collinear"; readonly column: ReciprocalColumn }
  | { readonly ok: false; readonly kind: "perfectFit"; readonly column: ReciprocalColumn };

/** The second step of a hierarchical regression, beside the first. */
export type Reciprocal = {
  readonly ok: true;
  readonly n: number;
  /** R² of the covariates alone, and with what is added. */
  readonly rSquaredCovariates: number;
  readonly rSquared: number;
  /** Their difference, and its interval. */
  readonly deltaRSquared: number;
  readonly ci: Interval;
  /** Share of what the covariates leave unexplained: ΔR² / (1 − R² of the covariates), and its interval. */
  readonly partialRSquared: number;
  readonly partialCi: Interval;
  /** F test of ΔR² = 0. */
  readonly f: number;
  readonly df1: number;
  readonly df2: number;
  readonly p: number;
  /** The added columns' slopes, each with its t test. */
  readonly coefficients: readonly Coefficient[];
};

/** Residuals shorter than this share of the response are rounding noise: nothing can be tested. */
const PERFECT_FIT_TOLERANCE = 1e-12;

/**
 * Hierarchical regression: covariates first, then the columns of interest; tests what the second step adds.
 * ΔR² = (RSS₁ − RSS₂)/TSS, F = ((RSS₁ − RSS₂)/df1)/(RSS₂/df2) with df1 = added columns, df2 = n − 1 − all columns.
 *
 * The interval inverts the noncentral F distribution: λ with P(F ≤ f | λ) = 1 − α/2 and α/2, as partial R² = λ/(λ + n),
 * times the observed 1 − R² of the covariates for ΔR². It is exact for partial R² with fixed predictors and normal
 * residuals; its lower limit is 0 exactly when p ≥ α/2, so it agrees with a test at α/2, not with the F test at α.
 *
 * @param level confidence level in (0, 1)
 * @returns the regression; or why there is none, naming the column
 * @source  Cohen, Cohen, West & Aiken (2003), Applied Multiple Regression, 3rd ed., ch. 5 (hierarchical regression);
 *          Smithson (2001), doi:10.1177/00131640121971392 (interval)
 */
export function reciprocal(data: ReciprocalData, level: number): Reciprocal | ReciprocalFailure {
  const { n, response, covariates, added } = data;
  const needed = covariates.length + added.length + 2;
  if (n < needed) return { ok: false, kind: "tooFewCases", n, needed };
  const design = factorize([...covariates, ...added]);
  if (!design.ok) return { ok: false, kind: design.kind, column: columnAt(design.column, covariates.length) };
  const full = fitResponse(design, response);
  const total = full.rss + full.explained;
  const column: ReciprocalColumn = { part: "response", index: 0 };
  if (total === 0) return { ok: false, kind: "constant", column };
  if (full.rss <= PERFECT_FIT_TOLERANCE * PERFECT_FIT_TOLERANCE * total)
    return { ok: false, kind: "perfectFit", column };

  const rssCovariates = residualSquares(covariates, response) ?? total;
  const gained = Math.max(rssCovariates - full.rss, 0);
  const df1 = added.length;
  const f = gained / df1 / full.residualVariance;
  const left = rssCovariates / total;
  const limit = (p: number) => {
    const lambda = noncentralityOfF(f, df1, full.df, p);
    return lambda / (lambda + n);
  };
  const partialCi: Interval = [limit((1 + level) / 2), limit((1 - level) / 2)];
  return {
    ok: true,
    n,
    rSquaredCovariates: 1 - left,
    rSquared: full.explained / total,
    deltaRSquared: gained / total,
    ci: [partialCi[0] * left, partialCi[1] * left],
    partialRSquared: gained / rssCovariates,
    partialCi,
    f,
    df1,
    df2: full.df,
    p: fUpper(f, df1, full.df),
    coefficients: added.map((_, index) => {
      const position = covariates.length + index;
      return coefficientTest(full.coefficients[position], full.se[position], full.df, level);
    }),
  };
}

/** The failure in words. */
export function describeReciprocalFailure(
  failure: ReciprocalFailure,
  names: { readonly response: string; readonly covariates: readonly string[]; readonly added: readonly string[] },
): string {
  if (failure.kind === "tooFewCases")
    return `${failure.n} complete cases are too few: this regression needs at least ${failure.needed}`;
  const { part, index } = failure.column;
  const name = part === "response" ? names.response : names[part][index];
  switch (failure.kind) {
    case "constant":
      return `${name} takes 1 value`;
    case "collinear":
      return `singular design matrix: ${name} is a linear combination of the predictors before it`;
    case "perfectFit":
      return `the predictors determine ${name} exactly: with residuals of zero nothing can be tested`;
  }
}

/** RSS of a regression on columns that are known to be of full rank; null without columns. */
function residualSquares(columns: readonly Float64Array[], response: Float64Array): number | null {
  if (columns.length === 0) return null;
  const design = factorize(columns);
  return design.ok ? fitResponse(design, response).rss : null;
}

function columnAt(position: number, nCovariates: number): ReciprocalColumn {
  return position < nCovariates
    ? { part: "covariates", index: position }
    : { part: "added", index: position - nCovariates };
}
