import type { Interval } from "../estimators/types.ts";
import type { PathsCondition } from "../scenario/types.ts";

/** Smallest N whose power reaches the target, for one test. */
export type SampleSizeAnswer = {
  /** null when there is none: `reason` says why. */
  readonly n: number | null;
  /** Teams that n clients are in, where their number was sought. */
  readonly teams?: number;
  /** Power at n; where there is no n, the highest power that was seen, or null when none was. */
  readonly power: number | null;
  /** Without random numbers. */
  readonly exact: boolean;
  /** 95 % interval of n that the Monte-Carlo error leaves; null where exact. */
  readonly ci: Interval | null;
  readonly reason?: string;
};

/** Smallest effect that a given N detects with the target power, for one test. */
export type EffectAnswer = {
  /** The paths with the sought ones filled in; null when there are none. */
  readonly a: number | null;
  readonly b: number | null;
  /** True indirect effect of these paths, in the units of the analysed columns (not standardized). */
  readonly indirect: number | null;
  readonly power: number | null;
  readonly exact: boolean;
  /** 95 % interval of the size of the sought paths; null where exact. */
  readonly ci: Interval | null;
  readonly reason?: string;
};

/** Decisions of the plan's only test, by its last estimator, in replications first … first + count − 1 of a condition, coded as in a RowBlock. */
export type SimulateCondition = (
  condition: PathsCondition,
  firstReplication: number,
  count: number,
) => Promise<Uint8Array>;
