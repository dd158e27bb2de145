import { createMoments } from "../../sim/montecarlo/summarise.ts";
import { hasFailed, STATISTICS, type StatisticRows } from "./calibrationBlock.ts";
import { HELD_OUT } from "./heldOut.ts";
import { TARGETS } from "./targets.ts";
import type { Condensation, Pattern, Weight } from "./targetTypes.ts";

/** A pattern beside what was simulated. */
export type PatternResult = {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly published: number | null;
  readonly tolerance: readonly [low: number, high: number];
  /** Mean over replicates, or SD over them. */
  readonly simulated: number;
  /** Monte-Carlo standard error: SD/√R of a mean, SD/√(2(R − 1)) of an SD. */
  readonly mcse: number;
  /** (simulated − published)/mcse; null where only limits are published. Says how sure the difference is, not how large. */
  readonly z: number | null;
  readonly within: boolean;
  readonly source: string;
  readonly note: string | null;
};

export type TargetResult = PatternResult & { readonly weight: Weight };

/** How a parameter set compares with everything published. */
export type CalibrationSummary = {
  readonly replications: number;
  /** Replicate studies that found too few clients or could not be analysed: no statistic counts them. */
  readonly nFailed: number;
  readonly targets: readonly TargetResult[];
  readonly heldOut: readonly PatternResult[];
};

/** @param rows one per replicate study, failed ones included; at least two must not have failed */
export function summariseCalibration(rows: StatisticRows): CalibrationSummary {
  const analysed = rows.filter((row) => !hasFailed(row));
  return {
    replications: rows.length,
    nFailed: rows.length - analysed.length,
    targets: TARGETS.map((target) => ({ ...resultOf(target, analysed), weight: target.weight })),
    heldOut: HELD_OUT.map((pattern) => resultOf(pattern, analysed)),
  };
}

/** The mean or SD over replicates of one statistic, and its Monte-Carlo standard error. */
export function condense(rows: StatisticRows, statistic: string, over: Condensation): { value: number; mcse: number } {
  const column = STATISTICS.indexOf(statistic);
  const moments = createMoments();
  for (const row of rows) moments.add(row[column]);
  const sd = moments.sd();
  return over === "mean"
    ? { value: moments.mean(), mcse: sd / Math.sqrt(rows.length) }
    : { value: sd, mcse: sd / Math.sqrt(2 * (rows.length - 1)) };
}

function resultOf(pattern: Pattern, rows: StatisticRows): PatternResult {
  const { name, label, unit, published, interval, statistic, over, source, note } = pattern;
  const { value, mcse } = condense(rows, statistic, over);
  return {
    name,
    label,
    unit,
    published,
    tolerance: interval,
    simulated: value,
    mcse,
    z: published === null ? null : (value - published) / mcse,
    within: value >= interval[0] && value <= interval[1],
    source,
    note: note ?? null,
  };
}
