import type { MixedPart } from "../analysis/types.ts";
import type { ClusterFailure } from "../cluster/clusters.ts";
import type { Coefficient } from "../regressionTable.ts";
import type { PathFit } from "../types.ts";

/** The same variables at several waves, in order of time. No missing values. */
export type PanelData = {
  readonly n: number;
  /** waves[t][v]: variable v at wave t, length n. At least two waves, each with the same variables in the same order. */
  readonly waves: readonly (readonly Float64Array[])[];
  /** Do not change with time; in every equation. May be empty. */
  readonly covariates: readonly Float64Array[];
};

/** What the columns of a panel are called: waves[t][v]. */
export type PanelNames = {
  readonly waves: readonly (readonly string[])[];
  readonly covariates: readonly string[];
};

/** Positions of predictor, mediator and outcome among the variables. In a panel of two variables, y is x again. */
export type PanelRoles = { readonly x: number; readonly m: number; readonly y: number };

/** A variable at a wave, by positions from 0. */
export type WaveVariable = { readonly wave: number; readonly variable: number };

/** A column of a panel: a variable at a wave, or a covariate. */
export type PanelColumn = WaveVariable | { readonly covariate: number };

/** Why an equation has no estimates. */
export type LagFailure =
  /** A time-constant X, say, is determined by itself a wave earlier (`perfectFit`). */
  | { readonly ok: false; readonly kind: "constant" | "collinear" | "perfectFit"; readonly column: PanelColumn }
  /** Of mixed models: no variance left within teams, or no maximum found. */
  | { readonly ok: false; readonly kind: "noResidual" | "noMaximum"; readonly column: WaveVariable }
  | {
      readonly ok: false;
      readonly kind: "clusters";
      readonly column: WaveVariable;
      readonly failure: ClusterFailure;
    };

/** One variable at one wave on all variables a wave earlier, and the covariates. */
export type LagEquation = {
  readonly ok: true;
  readonly response: WaveVariable;
  readonly intercept: number;
  /** Slopes of the variables a wave earlier: the variable's own is its autoregression, the others are cross-lags. */
  readonly lags: readonly Coefficient[];
  readonly covariates: readonly Coefficient[];
  /** R², residual variance and its degrees of freedom are ordinary regression's, whatever the estimator. */
  readonly rSquared: number;
  readonly residualVariance: number;
  readonly df: number;
  /** null unless the equation is a mixed model. */
  readonly mixed: MixedPart | null;
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
   * Correlation of the estimates of a and b, which tests of ab take as 0. By ordinary regression, whose residuals are those of
   * one wave or independent, 0 in a sequential design and else the residuals' correlation times that of the two slopes. By
   * robust errors, what cases or clusters add to both errors. null with mixed models: each is fitted by itself.
   */
  readonly correlation: number | null;
  /** Share of information on each path that is lost to missing values; null where none were imputed. */
  readonly fractionMissing: { readonly a: number; readonly b: number } | null;
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
