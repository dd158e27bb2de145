import type { PatternResult } from "../models/calibration/summarise.ts";
import { type CalibrationRun, type FittedParameters, HELD_OUT_TITLE, TARGET_GROUPS } from "./calibrationRun.ts";
import { decimalsFor, formatCount, formatFixed, formatNumber } from "./format.ts";
import { type TextColumn, textTable, wrapLines } from "./textTable.ts";

const WIDTH = 100;

const COLUMNS: readonly TextColumn[] = [
  { title: "pattern", align: "left" },
  { title: "published", align: "right" },
  { title: "tolerance", align: "right" },
  { title: "simulated", align: "right" },
  { title: "MCSE", align: "right" },
  { title: "z", align: "right" },
  { title: "within", align: "left" },
];

const FITTED_COLUMNS: readonly TextColumn[] = [
  { title: "parameter", align: "left" },
  { title: "start", align: "right" },
  { title: "fitted", align: "right" },
  { title: "searched", align: "right" },
  { title: "", align: "left" },
];

/** The calibration for the terminal: a table per group of targets, what is held out apart, and why what is outside is outside. */
export function calibrationTable(run: CalibrationRun): string {
  const groups = TARGET_GROUPS.map(({ weight, title }) => ({
    title,
    results: run.targets.filter((target) => target.weight === weight),
  }));
  const sections = [...groups, { title: HELD_OUT_TITLE, results: run.heldOut }];
  return [
    heading(run),
    ...sections.map(({ title, results }) => section(title, results)),
    ...outside([...run.targets, ...run.heldOut]),
    wrapLines(
      "Simulated: the mean over replicate studies (of an SD over replicates: that SD). z: the difference from the published " +
        "value in Monte-Carlo standard errors; it says how sure a difference is, “within” whether it matters.",
      WIDTH,
    ),
  ].join("\n\n");
}

/** What a fit changed, for the terminal. */
export function fittedTable({ evaluations, settled, startSum, sum, parameters }: FittedParameters): string {
  const rows = parameters.map(({ path, start, fitted, low, high }) => [
    path,
    formatNumber(start, 4),
    formatNumber(fitted, 4),
    `${formatNumber(low)} to ${formatNumber(high)}`,
    isAtBound({ fitted, low, high }) ? "at a bound" : "",
  ]);
  const end = settled ? "nothing better was found" : "the evaluations ran out; more may find better";
  return [
    wrapLines(
      `Weighted misfit ${formatNumber(startSum, 4)} at the start, ${formatNumber(sum, 4)} fitted, after ` +
        `${formatCount(evaluations)} parameter sets: ${end}.`,
      WIDTH,
    ),
    textTable(FITTED_COLUMNS, rows),
  ].join("\n\n");
}

function isAtBound({ fitted, low, high }: { fitted: number; low: number; high: number }): boolean {
  const margin = 1e-3 * (high - low);
  return fitted <= low + margin || fitted >= high - margin;
}

function heading({ scenario, replications, nFailed }: CalibrationRun): string {
  const failed = nFailed === 0 ? "" : `; ${formatCount(nFailed)} of them could not be analysed and are left out`;
  return wrapLines(`${scenario}: ${formatCount(replications)} replicate studies${failed}`, WIDTH);
}

function section(title: string, results: readonly PatternResult[]): string {
  const nWithin = results.filter(({ within }) => within).length;
  return [`${title}: ${nWithin} of ${results.length} within`, textTable(COLUMNS, results.map(cells))].join("\n");
}

function cells({
  label,
  unit,
  published,
  tolerance: [low, high],
  simulated,
  mcse,
  z,
  within,
}: PatternResult): string[] {
  const decimals = Math.max(2, decimalsFor((high - low) / 2, 2), decimalsOf(published ?? 0));
  const fixed = (value: number) => formatFixed(value, decimals);
  return [
    unit === "share" || unit === "r" ? label : `${label} (${unit})`,
    published === null ? "–" : fixed(published),
    `${fixed(low)} to ${fixed(high)}`,
    fixed(simulated),
    formatNumber(mcse, 2),
    z === null ? "–" : formatFixed(z, 1),
    within ? "yes" : "NO",
  ];
}

/** Decimals that a published value was printed with. */
function decimalsOf(value: number): number {
  return String(value).split(".")[1]?.length ?? 0;
}

/** What lies outside, with the note that says why or how the target was derived. */
function outside(results: readonly PatternResult[]): string[] {
  const notes = results
    .filter(({ within }) => !within)
    .map(({ label, source, note }) => wrapLines(`${label}: ${source}${note === null ? "" : `; ${note}`}`, WIDTH));
  return notes.length === 0 ? [] : [["Outside:", ...notes].join("\n")];
}
