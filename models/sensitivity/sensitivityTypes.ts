import type { ComparedScenario } from "../compare/comparisonTypes.ts";
import type { PairedDifference } from "../compare/pairedDifference.ts";
import type { KpiNotes } from "../kpis/kpiDefinition.ts";
import type { Assumption } from "./assumptions.ts";
import type { MorrisMeasures } from "./elementaryEffects.ts";

/** What is asked: plain data, also for worker threads. */
export type SensitivityPlan = {
  readonly base: ComparedScenario;
  readonly other: ComparedScenario;
  readonly seed: string;
  /** Name of the key figure whose difference is asked about. */
  readonly figure: string;
  readonly assumptions: readonly Assumption[];
  /** Assumptions that are not varied, as the comparison itself changes them. */
  readonly changed: readonly string[];
  /** Of every point one at a time; the trajectories together have as many. At least 4. */
  readonly replications: number;
};

/** Both scenarios with one assumption at an end of its range. */
export type RangeEnd = {
  readonly end: "low" | "high";
  /** The assumption's value. */
  readonly value: number;
  /** Other − base, paired by replication. */
  readonly difference: PairedDifference;
  /** By how much the difference is another than the central one, paired by replication. */
  readonly change: PairedDifference;
};

/**
 * What the range of an assumption does to the sign of the difference: both signs are found with intervals that exclude 0; the
 * central difference has a sign, but at an end it cannot be told from 0; neither.
 */
export type SignChange = "reversed" | "lost" | "none";

/** One assumption varied, all others as in the scenarios. */
export type VariedAlone = {
  readonly assumption: Assumption;
  /** Low and high; an end that cannot be simulated is missing here, and among the infeasible. */
  readonly ends: readonly RangeEnd[];
  /** Difference at the high end less that at the low one; an end that is missing is replaced by the central one. */
  readonly swing: PairedDifference;
  /** From the least to the greatest of the differences at the ends and in the middle: |swing|, unless both ends move it one way. */
  readonly extent: number;
  /** False where nothing speaks against no influence: the interval of the swing holds 0, and not both ends move it one way. */
  readonly isInfluential: boolean;
  readonly sign: SignChange;
};

/** One assumption varied together with all others. */
export type Screened = MorrisMeasures & {
  readonly assumption: Assumption;
  /** What the SD of the effects would be by luck alone: root mean square of their Monte-Carlo standard errors. */
  readonly luck: number;
  /** Whether the interval of μ excludes 0, or that of μ* lies above what luck alone would give, √(2/π)·luck. */
  readonly isInfluential: boolean;
};

/** A combination that cannot be simulated. */
export type Infeasible = {
  /** The assumption that led there; null (and NaN) where trajectories began there, with all assumptions moved. */
  readonly path: string | null;
  readonly value: number;
  /** At this end alone, or on the way of so many trajectories. */
  readonly where: "low" | "high" | "trajectories";
  readonly nTrajectories: number;
  /** Name of the scenario. */
  readonly scenario: string;
  readonly why: string;
};

/** A finished sensitivity analysis: all that tables, charts and files are made from. */
export type Sensitivity = {
  readonly plan: SensitivityPlan;
  readonly version: string;
  readonly figure: KpiNotes;
  /** Services played. */
  readonly nServices: number;
  readonly nTrajectories: number;
  /** Replications of every point of a trajectory; no other trajectory has the same ones. */
  readonly perTrajectory: number;
  readonly central: PairedDifference;
  /** The most influential first. */
  readonly alone: readonly VariedAlone[];
  readonly together: readonly Screened[];
  readonly infeasible: readonly Infeasible[];
};
