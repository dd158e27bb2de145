import type { TestName } from "../../scenario/types.ts";
import { TEST_NAMES } from "../../scenario/types.ts";
import type { BootstrapTest, CorrectedBootstrapTest } from "../bootstrapIntervals.ts";
import type { Clusters } from "../cluster/clusters.ts";
import type { EffectSizes } from "../effectSizes.ts";
import type { MediationFailure } from "../fitMediation.ts";
import type { JointSignificance } from "../jointSignificance.ts";
import type { Method } from "../mixed/restrictedLikelihood.ts";
import type { MonteCarloTest } from "../monteCarlo.ts";
import type { ProductDistributionTest } from "../productDistribution.ts";
import type { Coefficient, RegressionTable } from "../regressionTable.ts";
import type { SobelTest } from "../sobel.ts";

/** How paths and standard errors are had, by the names of the command line. */
export const ESTIMATOR_NAMES = [
  "ols",
  "hc0",
  "hc1",
  "hc2",
  "hc3",
  "hc4",
  "cr0",
  "cr1",
  "cr1s",
  "cr2",
  "mixed",
  "withinBetween",
] as const;
export type EstimatorName = (typeof ESTIMATOR_NAMES)[number];

/** Tests of ab that a data set can be given: those of a power study, and the one that resamples whole clusters. */
export const ANALYSIS_TEST_NAMES = [...TEST_NAMES, "clusterBootstrap"] as const;
export type AnalysisTestName = TestName | "clusterBootstrap";

export type AnalysisOptions = {
  readonly tests: readonly AnalysisTestName[];
  /** Confidence level in (0, 1). */
  readonly level: number;
  /** Bootstrap resamples, ≥ 1. */
  readonly resamples: number;
  /** Draws of the Monte-Carlo interval, ≥ 1. */
  readonly draws: number;
  readonly seed: string;
  /** Left out: cr2 with clusters, ols without. */
  readonly estimator?: EstimatorName;
  /** Of mixed models; left out: REML. */
  readonly method?: Method;
};

/** Who belongs together: a column of the data, as clusters with the labels that it gave them. */
export type Grouping = {
  readonly name: string;
  readonly clusters: Clusters;
  /** By cluster number. */
  readonly labels: readonly string[];
};

/** Teams, and case managers within them where they are known. */
export type Clustering = Grouping & { readonly managers: Grouping | null };

/** Why a data set has no analysis: its design, or something that an estimator says in its own words. */
export type AnalysisFailure =
  | MediationFailure
  | { readonly ok: false; readonly kind: "estimator"; readonly because: string };

export type PathName = "a" | "b" | "cPrime" | "c";
export type Paths = Readonly<Record<PathName, Coefficient>>;

/** A test that does not exist for these data (`sobel`). */
export type NoTest = {
  readonly se: null;
  readonly z: null;
  readonly p: null;
  readonly ci: null;
  readonly significant: false;
};

/** Percentile interval from whole clusters, of the ordinary paths' ab. */
export type ClusterBootstrapSummary = BootstrapTest & {
  readonly nClusters: number;
  readonly se: number;
  readonly mean: number;
  /** Resamples with a singular design: left out. */
  readonly nDegenerate: number;
};

export type IndirectTests = {
  readonly jointSignificance?: JointSignificance;
  readonly sobel?: SobelTest | NoTest;
  readonly aroian?: SobelTest | NoTest;
  readonly goodman?: SobelTest | NoTest;
  readonly monteCarlo?: MonteCarloTest;
  readonly productDistribution?: ProductDistributionTest;
  readonly percentileBootstrap?: BootstrapTest;
  readonly biasCorrectedBootstrap?: CorrectedBootstrapTest;
  readonly bcaBootstrap?: CorrectedBootstrapTest;
  readonly clusterBootstrap?: ClusterBootstrapSummary;
};

/** The three regressions, errors by the estimator. F and its p are ordinary regression's, NaN with any other estimator. */
export type Models = { readonly m: RegressionTable; readonly y: RegressionTable; readonly total: RegressionTable };

/** The random part of one mixed model. */
export type MixedPart = {
  readonly teamVariance: number;
  /** null without case managers. */
  readonly managerVariance: number | null;
  readonly residualVariance: number;
  /** Share of the variance between teams given the predictors. */
  readonly icc: number;
  readonly logLik: number;
  /** A variance is estimated as 0. Of imputed data: in any data set. */
  readonly singular: boolean;
};
export type MixedParts = {
  readonly method: Method;
  readonly m: MixedPart;
  readonly y: MixedPart;
  readonly total: MixedPart;
};

/** What the 2-1-1 model says beside the paths. */
export type WithinBetweenPart = {
  readonly bWithin: Coefficient;
  /** b between less b within. */
  readonly contextual: Coefficient;
  /** Residual variances τ² between and σ² within teams, of M given X and of Y given X and M. */
  readonly variances: Readonly<Record<"m" | "y", { readonly between: number; readonly within: number }>>;
};

/** How much of a variable lies between clusters. */
export type VariableClustering = {
  /** ICC(1) by analysis of variance. */
  readonly anova: number;
  /** By REML; null where it could not be fitted. */
  readonly reml: number | null;
  /** Mean cluster size as it counts, for unequal sizes. */
  readonly n0: number;
  readonly designEffect: number;
};

export type ClusterCounts = {
  readonly column: string;
  readonly n: number;
  readonly sizes: { readonly min: number; readonly median: number; readonly max: number };
  readonly managers: { readonly column: string; readonly n: number } | null;
};
export type ClusterSummary = ClusterCounts & {
  readonly icc: { readonly m: VariableClustering; readonly y: VariableClustering };
};

/** What ordinary regression would have said. */
export type Ordinary = { readonly paths: Paths; readonly tests: IndirectTests };

/** What was imputed, and how. */
export type ImputedValues = {
  readonly method: "normal" | "pmm";
  readonly imputations: number;
  readonly iterations: number;
  /** Cases without any missing value. */
  readonly nComplete: number;
  /** Missing values by column, of columns that have any. */
  readonly missing: Readonly<Record<string, number>>;
  /**
   * Columns are imputed with a random intercept for each value of `column`; `teamMeans`: means of the other columns by it are
   * predictors too; `without`: incomplete columns of 0 and 1, which are imputed without regard to it. null without clusters.
   */
  readonly clusters: {
    readonly column: string;
    readonly teamMeans: boolean;
    readonly without: readonly string[];
  } | null;
  /** Predictors that had to be left out of some imputation: "predictor (of column)". */
  readonly dropped: readonly string[];
};

/** What was imputed, and what it cost. */
export type ImputationSummary = ImputedValues & {
  /** Share of information on each path that is lost to missing values. */
  readonly fractionMissing: Readonly<Record<PathName, number>>;
};

/** A mediation analysis, as `analyze --json` prints it. */
export type Analysis = {
  readonly n: number;
  readonly level: number;
  readonly x: string;
  readonly m: string;
  readonly y: string;
  readonly covariates: readonly string[];
  readonly cluster: string | null;
  readonly estimator: EstimatorName;
  readonly paths: Paths;
  /** Of ordinary regression, whatever the estimator; mean over imputed data sets. */
  readonly rSquared: { readonly m: number; readonly y: number };
  readonly indirect: {
    readonly estimate: number;
    readonly partiallyStandardized: number;
    readonly completelyStandardized: number;
    readonly tests: IndirectTests;
    /** null when no bootstrap of cases was asked for. */
    readonly bootstrap: {
      readonly se: number;
      readonly mean: number;
      readonly nResamples: number;
      readonly nDegenerate: number;
    } | null;
  };
  readonly effectSizes: EffectSizes;
  /** null with the 2-1-1 model. */
  readonly models: Models | null;
  readonly clusters: ClusterSummary | null;
  /** null where the estimator is ordinary regression itself. */
  readonly ordinary: Ordinary | null;
  readonly mixed: MixedParts | null;
  readonly withinBetween: WithinBetweenPart | null;
  readonly imputation: ImputationSummary | null;
};
