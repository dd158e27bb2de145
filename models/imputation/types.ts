/**
 * How missing values of a column are drawn, given all other columns:
 * normal (linear regression, Bayesian), logistic (for 0/1, Bayesian), or a donor with a similar prediction (predictive mean matching).
 */
export type ImputationMethod = "normal" | "logistic" | "predictiveMeanMatching";

/** A column of a study before imputation: NaN where the value is missing. */
export type IncompleteColumn = {
  /** Length n. */
  readonly values: Float64Array;
  /** Left out: logistic if all observed values are 0 or 1, else normal. */
  readonly method?: ImputationMethod;
};

export type ImputationOptions = {
  /** Number of completed data sets, m ≥ 2 (m ≥ 1 where nothing is pooled). */
  readonly imputations: number;
  /** Rounds over the incomplete columns before a data set is taken, ≥ 1; 5 to 20 are usual. */
  readonly iterations: number;
  /** Candidates of predictive mean matching, ≥ 1; left out: 5. */
  readonly donors?: number;
  /**
   * With clusters: team means of the other columns are predictors too, so that slopes between teams may differ from those
   * within. Each costs one of the few degrees of freedom between teams; those that other columns determine are left out without
   * being listed. Logistic columns have none. Left out: false.
   */
  readonly teamMeans?: boolean;
};

/** Why a study cannot be imputed; `column` is its position, from 0. */
export type ImputationFailure =
  | { readonly ok: false; readonly kind: "allMissing"; readonly column: number }
  /** All observed values are the same. */
  | { readonly ok: false; readonly kind: "constant"; readonly column: number }
  /** Fewer observed values than the regression on all other columns needs. */
  | {
      readonly ok: false;
      readonly kind: "tooFewObserved";
      readonly column: number;
      readonly observed: number;
      readonly needed: number;
    }
  /** Fewer teams with observed values than the regression on team means needs. */
  | {
      readonly ok: false;
      readonly kind: "tooFewTeams";
      readonly column: number;
      readonly observed: number;
      readonly needed: number;
    }
  /** Logistic regression was asked for a column with other values than 0 and 1. */
  | { readonly ok: false; readonly kind: "notBinary"; readonly column: number };

/** A predictor that was left out when `column` was imputed: constant, or a combination of others, where `column` is observed. */
export type DroppedPredictor = { readonly column: number; readonly predictor: number };

/** The failure in words. */
export function describeImputationFailure(failure: ImputationFailure, names: readonly string[]): string {
  const name = names[failure.column];
  switch (failure.kind) {
    case "allMissing":
      return `${name} has no values: it cannot be imputed`;
    case "constant":
      return `${name} takes 1 value: it cannot be imputed`;
    case "tooFewObserved":
      return `${name} has ${failure.observed} values: imputing it from the other columns needs at least ${failure.needed}`;
    case "tooFewTeams":
      return `${name} has values in ${failure.observed} teams: imputing it from team means of the other columns needs at least ${failure.needed}`;
    case "notBinary":
      return `${name} takes other values than 0 and 1: it cannot be imputed by logistic regression`;
  }
}
