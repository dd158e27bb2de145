import { readFileSync } from "node:fs";
import type { StudyData } from "../../../models/estimators/types.ts";

/** A regression as generate.R writes it; vectors follow `names`, "(Intercept)" first. */
export type RTable = {
  readonly names: readonly string[];
  readonly estimate: readonly number[];
  readonly se: readonly number[];
  readonly t: readonly number[];
  readonly p: readonly number[];
  readonly lo: readonly number[];
  readonly hi: readonly number[];
  readonly df: number;
  readonly rSquared: number;
  readonly adjustedRSquared: number;
  readonly sigma: number;
  readonly f: number;
  readonly fP: number;
};
export type RNormalTest = {
  readonly se: number;
  readonly z: number;
  readonly p: number;
  readonly lo: number;
  readonly hi: number;
};
export type RInterval = { readonly ci: readonly [number, number]; readonly mcse: readonly [number, number] };
export type RCase = {
  readonly columns: readonly [string, string, string];
  readonly covariates: readonly string[];
  readonly n: number;
  readonly mediator: RTable;
  readonly outcome: RTable;
  readonly total: RTable;
  readonly ab: number;
  readonly sobel: RNormalTest;
  readonly aroian: RNormalTest;
  readonly goodman: RNormalTest | null;
  readonly effectSizes: Readonly<Record<string, number>>;
  readonly product: { readonly ci: readonly [number, number] };
  readonly acceleration: number | null;
  readonly bootstrap: {
    readonly B: number;
    readonly se: number;
    readonly seMcse: number;
    readonly percentile: RInterval;
    readonly bc: RInterval;
    readonly bca: RInterval;
  } | null;
};

export function readJson(name: string) {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
}

/** Columns of a plain CSV file of this folder (no quotes but in the header). */
export function readColumns(name: string): Map<string, Float64Array> {
  const lines = readFileSync(new URL(name, import.meta.url), "utf8")
    .trim()
    .split(/\r?\n/);
  const rows = lines.map((line) => line.split(",").map((cell) => cell.replaceAll('"', "")));
  return new Map(rows[0].map((column, j) => [column, Float64Array.from(rows.slice(1), (row) => Number(row[j]))]));
}

/** The columns that generate.R builds from integers for the case `large`. */
export function largeColumns(): Map<string, Float64Array> {
  const n = 5000;
  const share = (a: number, m: number) => Float64Array.from({ length: n }, (_, i) => (((i + 1) * a) % m) / m);
  const x = share(7919, 10007);
  const e = share(104729, 9973);
  const g = share(1299709, 9941);
  const z = share(15485863, 9887);
  const m = x.map((value, i) => 0.3 * value + e[i]);
  const y = m.map((value, i) => 0.2 * value + 0.05 * x[i] + 0.1 * z[i] + g[i]);
  return new Map([
    ["x", x],
    ["m", m],
    ["y", y],
    ["z", z],
  ]);
}

export function studyOf(
  columns: Map<string, Float64Array>,
  names: readonly string[],
  covariates: readonly string[],
): StudyData {
  const [x, m, y, ...rest] = [...names, ...covariates].map((name) => {
    const column = columns.get(name);
    if (column === undefined) throw new Error(`no column ${name}`);
    return column;
  });
  return { n: x.length, x, m, y, covariates: rest };
}

export const CASES = ["tiny", "likert", "badlyScaled", "nearCollinear", "binary", "binaryPlain", "large"] as const;

export function caseData(name: (typeof CASES)[number], { columns, covariates }: RCase): StudyData {
  const source = name === "large" ? largeColumns() : readColumns(name === "binaryPlain" ? "binary.csv" : `${name}.csv`);
  return studyOf(source, columns, covariates);
}

/** |actual − expected| / |expected|. */
export function relativeError(actual: number, expected: number): number {
  return actual === expected ? 0 : Math.abs(actual - expected) / Math.abs(expected);
}
