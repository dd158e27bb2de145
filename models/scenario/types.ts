/** A test of the indirect effect ab, by the names of the command line and of every file. */
export const TEST_NAMES = [
  "jointSignificance",
  "sobel",
  "aroian",
  "goodman",
  "monteCarlo",
  "productDistribution",
  "percentileBootstrap",
  "biasCorrectedBootstrap",
  "bcaBootstrap",
] as const;
export type TestName = (typeof TEST_NAMES)[number];

/** The predictor X of the path model. Normal: mean 0, variance 1. Binary: 0/1, share of ones fixed by design. */
export type PredictorDistribution =
  | { readonly distribution: "normal" }
  | { readonly distribution: "binary"; readonly share: number };

/**
 * The textbook generator, as the scenario's `paths:` section gives it:
 * M = aX + covariates + e₁, Y = c′X + bM + covariates + e₂, then measurement error on X, M and Y.
 */
export type PathParameters = {
  /** X → M, Y on M given X, and Y on X given M: raw coefficients, or standardized ones when `standardized`. */
  readonly a: number;
  readonly b: number;
  readonly cPrime: number;
  /** Total variances of X, M and Y are 1 and the residual variances complete to it. */
  readonly standardized: boolean;
  readonly x: PredictorDistribution;
  /** Residual standard deviations of M and Y given predictors and covariates (> 0); ignored when standardized. */
  readonly residualSd: { readonly m: number; readonly y: number };
  /** n covariates, independent of X; R² (in [0, 1)) of M, and of Y, on the covariates alone. */
  readonly covariates: { readonly n: number; readonly rSquaredM: number; readonly rSquaredY: number };
  /** Share of the observed variance that is true variance, in (0, 1]. */
  readonly reliability: { readonly x: number; readonly m: number; readonly y: number };
  /** Skewness of the residuals of M and Y, in [-2, 2]: shifted gamma residuals (0: normal). */
  readonly residualSkew: { readonly m: number; readonly y: number };
};

export type AnalysisPlan = {
  readonly tests: readonly TestName[];
  /** Confidence level in (0, 1); tests reject at 1 − level, two-sided. */
  readonly level: number;
  readonly bootstrap: { readonly resamples: number; readonly curtail: boolean };
};

/** Factor name → value, in the order of the grid: `nClients`, or the path of any scenario value (`paths.a`). */
export type Factors = Readonly<Record<string, number>>;

export type PowerPlan = {
  /** Every condition, grid and explicit list already expanded, in order. */
  readonly conditions: readonly Factors[];
  /** A name for people per condition ("" for none), parallel to `conditions`; absent when no condition has one. */
  readonly labels?: readonly string[];
  readonly replications: number;
  /** Power that a sample size is sought for, in (0, 1). */
  readonly target: number;
};

/** A scenario file, checked, with every default filled in. Plain data: it crosses to workers and into run.json as is. */
export type Scenario = {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly seed: string;
  readonly paths: PathParameters;
  readonly analysis: AnalysisPlan;
  readonly power: PowerPlan;
};

/** One cell of the grid: the factors, and the scenario values once they are applied. */
export type Condition = {
  readonly index: number;
  /** A name for people, e.g. "QOLI-20, 9 months"; conditions that differ only in nClients share it. */
  readonly label?: string;
  readonly factors: Factors;
  readonly nClients: number;
  readonly paths: PathParameters;
  readonly analysis: AnalysisPlan;
};
