import type { Coefficient } from "../models/estimators/regressionTable.ts";
import type { Interval } from "../models/estimators/types.ts";
import { decimalsFor, formatCount, formatFixed, formatNumber, formatRate } from "./format.ts";
import { textTable } from "./textTable.ts";

/** Columns of a terminal's page. */
export const WIDTH = 88;

/** Titles of `coefficientCells` and of `coefficientCellsWithDf`. */
export const COEFFICIENT_TITLES = ["se", "t", "p", "LLCI", "ULCI"];
export const COEFFICIENT_TITLES_WITH_DF = ["se", "df", "t", "p", "LLCI", "ULCI"];

/** Estimate, standard error, t, p and interval. */
export function coefficientCells({ estimate, se, t, p, ci }: Coefficient): string[] {
  const text = printerFor(se);
  return [text(estimate), text(se), formatFixed(t, 4), pValue(p), ...ci.map(text)];
}

/** The same with degrees of freedom, where every coefficient has its own. */
export function coefficientCellsWithDf(coefficient: Coefficient): string[] {
  const [estimate, se, ...others] = coefficientCells(coefficient);
  return [estimate, se, dfCell(coefficient.df), ...others];
}

/** Whole degrees of freedom as they are, others to two decimals. */
export function dfCell(df: number): string {
  return Number.isInteger(df) ? formatCount(df) : formatFixed(df, 2);
}

export function intervalCells(interval: Interval | null): string[] {
  return interval === null ? ["", ""] : interval.map(printerFor((interval[1] - interval[0]) / 4));
}

/** Two figures: a Monte-Carlo standard error is itself an estimate. */
export function mcseCells(mcse: Interval | null): string[] {
  return mcse === null ? ["", ""] : mcse.map((error) => formatNumber(error, 2));
}

/**
 * Prints numbers whose size of interest is `scale` (a standard error): four decimals, as PROCESS does, or as many as
 * show three figures of the scale; with an exponent where these would be more than eight, or the number is huge.
 */
function printerFor(scale: number): (number: number) => string {
  const decimals = Math.max(4, decimalsFor(scale, 3));
  return (number) => {
    if (!Number.isFinite(number)) return "–";
    if (decimals > 8 || Math.abs(number) >= 1e6) return number.toExponential(3).replaceAll("-", "−");
    return formatFixed(number, decimals);
  };
}

export function value(number: number | null): string {
  return number === null ? "" : printerFor(Math.abs(number))(number);
}

export function pValue(p: number): string {
  return p < 0.00005 ? "<.0001" : formatRate(p, 4);
}

/** Indented table; the first `nText` columns are names, the rest numbers. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[], nText = 0): string {
  const columns = titles.map((title, index) => ({
    title,
    align: index < nText ? ("left" as const) : ("right" as const),
  }));
  return textTable(columns, rows)
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
