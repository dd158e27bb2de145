import type { CostParameters } from "../costs/parameters.ts";
import type { OwnKpi } from "../kpis/ownKpis.ts";
import type { ServiceParameters } from "../service/parameters.ts";
import type { StudyParameters } from "../study/parameters.ts";

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

/** The tests that a power study may ask for: the cluster bootstrap needs clients in teams. */
export const POWER_TESTS = [...TEST_NAMES, "clusterBootstrap"] as const;
export type PowerTest = (typeof POWER_TESTS)[number];

/**
 * How the two regressions are fitted to complete cases and their standard errors had: ordinary least squares; its
 * coefficients with standard errors that allow each client (hc3) or each team (cr1s, Stata's, with G − 1 df; cr2 with
 * Satterthwaite df) a variance of its own; a mixed model with a random intercept for teams, or for teams and the case
 * managers within them (REML, Satterthwaite df); or the 2-1-1 model of team means, whose b is that between teams.
 */
const COMPLETE_CASE_ESTIMATORS = ["ols", "hc3", "cr1s", "cr2", "mixed", "mixedManagers", "withinBetween"] as const;
export type CompleteCaseEstimator = (typeof COMPLETE_CASE_ESTIMATORS)[number];

/** Multiple imputation, then one of these for every completed data set, pooled by Rubin's rules. */
export const IMPUTED_ESTIMATORS = { imputed: "ols", imputedCr2: "cr2", imputedMixed: "mixed" } as const;
export type ImputedEstimator = keyof typeof IMPUTED_ESTIMATORS;

export const ESTIMATOR_NAMES = [
  ...COMPLETE_CASE_ESTIMATORS,
  ...(Object.keys(IMPUTED_ESTIMATORS) as ImputedEstimator[]),
] as const;
export type EstimatorName = (typeof ESTIMATOR_NAMES)[number];
export type OtherEstimator = Exclude<EstimatorName, "ols">;

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
  readonly teams: TeamStructure;
  readonly waves: WaveStructure;
  readonly missing: MissingValues;
};

/** Clients in teams, and case managers within teams. */
export type TeamStructure = {
  /** 0: clients are independent. */
  readonly count: number;
  /** Coefficient of variation of team sizes, in [0, 2]; 0: equal sizes, one more in the first teams where they do not divide. */
  readonly sizeCv: number;
  /** Case managers in each team, who share its clients evenly; 0: none. */
  readonly managers: number;
  /** Shares, in [0, 1), of the residual variances of M and of Y that lie between teams: ICCs given the predictors. */
  readonly iccM: number;
  readonly iccY: number;
  /** Shares that lie between the case managers of a team. */
  readonly managerIccM: number;
  readonly managerIccY: number;
  /** Share of X's variance that lies between teams, in [0, 1]; 1: X belongs to the team. */
  readonly xBetween: number;
  /** M → Y between teams: slope of Y on the team's own part of M, where it is not b (that within teams). */
  readonly bBetween?: number | undefined;
};

/**
 * A panel of X, M and Y: every wave depends on the wave before, by a (X → M), b (M → Y) and c′ (X → Y), by each variable's
 * stability and by the other cross-lags. Teams and case managers have parts of every variable with the same dynamics.
 */
export type WaveStructure = {
  /** 0: one occasion, X, M and Y measured together; else at least 2. */
  readonly count: number;
  /** Autoregressions in [0, 1]: slope of a variable on itself a wave earlier. x = 1: X does not change. */
  readonly stability: { readonly x: number; readonly m: number; readonly y: number };
  /** Slopes against the causal order, on the wave before: M on Y, X on M, X on Y. */
  readonly yOnM: number;
  readonly mOnX: number;
  readonly yOnX: number;
};

/** What a missing value depends on: nothing, another observed variable (`on`), or the value itself. */
export const MECHANISMS = ["mcar", "mar", "mnar"] as const;

/** Values that a study fails to observe. */
export type MissingValues = {
  readonly mechanism: (typeof MECHANISMS)[number];
  /** The variable that missing values depend on under mar; it is complete itself. Of dropout, also under mnar. */
  readonly on: "x" | "m" | "y";
  /** Log odds of a missing value per SD of what it depends on. */
  readonly slope: number;
  /** Expected share of values missing, in [0, 1), of each variable (at each wave). */
  readonly x: number;
  readonly m: number;
  readonly y: number;
  /** Share of clients who leave before each wave from the second on, of those still there. */
  readonly dropout: number;
};

/** How missing values are drawn by chained equations, for the estimators that impute. */
export type ImputationPlan = {
  readonly count: number;
  readonly iterations: number;
  /** Of columns with other values than 0 and 1. */
  readonly method: "normal" | "pmm";
};

/**
 * Which paths a panel's a and b are: those of the first indirect effect (X₁ → M₂ → Y₃; with two waves X₁ → M₂ and M₁ → Y₂),
 * or those of all intervals together, taken to be equal.
 */
export const LAGS = ["first", "equal"] as const;

/** How each simulated study is analysed, whatever made it. */
export type AnalysisPlan = {
  readonly tests: readonly PowerTest[];
  /** "ols" first; every normal-theory test is applied to each of them. */
  readonly estimators: readonly EstimatorName[];
  /** Confidence level in (0, 1); tests reject at 1 − level, two-sided. */
  readonly level: number;
  readonly bootstrap: { readonly resamples: number; readonly curtail: boolean };
  readonly imputation: ImputationPlan;
  readonly lags: (typeof LAGS)[number];
};

/** One mediation model of an observed study: columns of its wide data, by name. */
export type AnalysisModel = {
  /** A name for people, "QOLI-20, 9 months". */
  readonly label: string;
  readonly x: string;
  readonly m: string;
  readonly y: string;
  readonly covariates: readonly string[];
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

type ScenarioCommon = {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly seed: string;
  readonly power: PowerPlan;
};

/** A study that the textbook path model generates. */
export type PathsScenario = ScenarioCommon & {
  readonly generator: "paths";
  readonly paths: PathParameters;
  readonly analysis: AnalysisPlan;
};

/** What `calibrate --fit` may move: parameter → lowest and highest value tried. */
export type CalibrationPlan = {
  readonly free: Readonly<Record<string, readonly [low: number, high: number]>>;
  readonly replications: number;
};

/** A study of a service that the agent model plays out. */
export type ServiceScenario = ScenarioCommon & {
  readonly generator: "service";
  readonly service: ServiceParameters;
  readonly study: StudyParameters;
  readonly analysis: AnalysisPlan & { readonly models: readonly AnalysisModel[] };
  readonly calibration: CalibrationPlan;
  /** Prices; null where the scenario has none. */
  readonly costs: CostParameters | null;
  /** Key figures of the scenario's own. */
  readonly kpis: readonly OwnKpi[];
};

/** A scenario file, checked, with every default filled in. Plain data: it crosses to workers and into run.json as is. */
export type Scenario = PathsScenario | ServiceScenario;

type ConditionCommon = {
  readonly index: number;
  /** A name for people, e.g. "QOLI-20, 9 months"; conditions that differ only in nClients share it. */
  readonly label?: string;
  readonly factors: Factors;
  /** Clients in one study, as planned. */
  readonly nClients: number;
  readonly analysis: AnalysisPlan;
};

export type PathsCondition = ConditionCommon & { readonly generator: "paths"; readonly paths: PathParameters };

export type ServiceCondition = ConditionCommon & {
  readonly generator: "service";
  readonly service: ServiceParameters;
  readonly study: StudyParameters;
  readonly model: AnalysisModel;
};

/** One cell of the grid (of a service: with one model of the analysis), the scenario's values once its factors are applied. */
export type Condition = PathsCondition | ServiceCondition;
