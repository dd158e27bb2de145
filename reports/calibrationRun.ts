import type { CalibrationSummary } from "../models/calibration/summarise.ts";

/** A calibration as reports and `calibrate --json` have it. */
export type CalibrationRun = CalibrationSummary & {
  readonly scenario: string;
  readonly seed: string;
  readonly version: string;
};

/** What `calibrate --fit` changed. */
export type FittedParameters = {
  /** Parameter sets tried, and whether the search ended because nothing better was found. */
  readonly evaluations: number;
  readonly settled: boolean;
  /** Weighted sum of squared misfits at the start and at the end. */
  readonly startSum: number;
  readonly sum: number;
  readonly parameters: readonly FittedParameter[];
};

export type FittedParameter = {
  /** "service.alliance.traitSd". */
  readonly path: string;
  readonly low: number;
  readonly high: number;
  readonly start: number;
  readonly fitted: number;
};

/** Parts of the targets, and how they are called. */
export const TARGET_GROUPS = [
  { weight: "A", title: "A, to be matched" },
  { weight: "B", title: "B, within a band" },
  { weight: "C", title: "C, in sign or shape" },
] as const;
export const HELD_OUT_TITLE = "Held out, never fitted";
