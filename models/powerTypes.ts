import type { RateName } from "./decisionNames.ts";
import type { Interval } from "./estimators/types.ts";
import type { SampleSize } from "./sampleSize/smallestN.ts";
import type { EstimatorName, Factors, PowerTest, Scenario } from "./scenario/types.ts";

/** Rejection rate of one test in one condition, with its Monte-Carlo error. */
export type TestSummary = {
  /** Rejections / fitted replications; type I error where the estimand is 0. NaN when none could be fitted. */
  readonly power: number;
  /** √(p(1 − p)/R). */
  readonly mcse: number;
  /** 95 % Wilson interval of the rejection rate. */
  readonly ci: Interval;
  /** Share of intervals that contain the estimand; null for a test without an interval. */
  readonly coverage: number | null;
  readonly coverageMcse: number | null;
  /** Power without random numbers, where the exact engine applies. */
  readonly exact: number | null;
  /** True when |power − exact| exceeds 4.9 Monte-Carlo SE of the exact value. */
  readonly disagrees: boolean;
  /** Fitted replications for which the test is not defined; they count as not rejecting. */
  readonly nUndefined: number;
};

export type ConditionSummary = {
  /** The scenario's name for the series that the condition belongs to. */
  readonly label?: string;
  readonly factors: Factors;
  /** Clients in one study, as planned. */
  readonly nClients: number;
  /** Mean number of clients that the analyses had: fewer than planned where data are missing or recruitment falls short. */
  readonly meanAnalysed: number;
  /**
   * True indirect effect, in the units of the raw coefficients. Of a service: what the same analysis finds in a very large
   * cohort, with its Monte-Carlo SE; null where the truth is known exactly.
   */
  readonly estimand: number;
  readonly estimandMcse: number | null;
  /** True where the model has no indirect effect: a rejection is then a type I error. */
  readonly isNull: boolean;
  /** Replications that could not be fitted; never counted as evidence. */
  readonly nFailed: number;
  /** Replications that could: the denominator of every rate. */
  readonly nFitted: number;
  readonly estimate: {
    readonly mean: number;
    readonly bias: number;
    readonly biasMcse: number;
    readonly empiricalSe: number;
    /** Root mean square of the first-order (Sobel) standard error. */
    readonly modelSe: number;
  };
  /** Of ordinary regression under the test's name, of another estimator under "<test>:<estimator>". */
  readonly tests: Readonly<Partial<Record<RateName, TestSummary>>>;
  /** Where estimators are compared: how often each rejects a = 0 by its t test. */
  readonly pathA?: Readonly<Partial<Record<EstimatorName, TestSummary>>>;
};

/** What `power --json` prints (fields of the contract first). */
export type PowerResult = {
  readonly scenario: string;
  readonly seed: string;
  readonly version: string;
  readonly replications: number;
  readonly conditions: readonly ConditionSummary[];
};

/** One replication, as rows.csv keeps it: columns are arrays over the replications of a block. */
export type RowBlock = {
  readonly conditionIndex: number;
  readonly firstReplication: number;
  readonly count: number;
  /** Clients that the analysis had, those with missing values left out. */
  readonly n: Uint32Array;
  /** a, seA, b, seB of each replication; NaN where the fit failed. */
  readonly a: Float64Array;
  readonly seA: Float64Array;
  readonly b: Float64Array;
  readonly seB: Float64Array;
  /** Per decision, in the order of `decisionNamesOf`: bit 0 = rejects, bit 1 = interval contains the estimand, 254 = not defined, 255 = failed. */
  readonly decisions: readonly Uint8Array[];
  /** Bootstrap resamples drawn (0 without bootstrap): the curtailment's cost. */
  readonly resamples: Uint32Array;
};

/** All a report needs: the result, the scenario it came from, and the first rows of each condition for the pictures. */
export type PowerRun = {
  readonly result: PowerResult;
  readonly scenario: Scenario;
  /** Up to 2,000 replications per condition, in replication order. */
  readonly sampleRows: readonly RowBlock[];
  /** Per series and test that the exact engine covers. */
  readonly exactCurves: readonly ExactCurve[];
};

/** Exact power over N of one test in one series (conditions with equal factors but nClients), and the N that it asks for. */
export type ExactCurve = {
  readonly label?: string;
  /** Factors other than nClients. */
  readonly factors: Factors;
  readonly test: PowerTest;
  /** Rising N: those of the series, and some between them. */
  readonly points: readonly (readonly [nClients: number, power: number])[];
  /** Smallest N with the plan's target power, on the grid or off it; null at ab = 0, and where LARGEST_N is not enough. */
  readonly smallest: SampleSize | null;
};
