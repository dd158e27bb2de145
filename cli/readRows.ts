import { type CsvColumn, type CsvProblems, readColumns, type WantedColumn } from "./csvColumns.ts";
import type { CsvTable } from "./csvTable.ts";

/** Rows with a missing value are left out, or kept to be imputed. */
export type MissingPolicy = "listwise" | "imputation";

export type MissingCount = {
  /** Rows of the file below the header; blank lines do not count. */
  readonly nRows: number;
  /** Rows left out because at least one wanted column, or to be imputed one of labels, is missing. */
  readonly nDropped: number;
  /** Missing values of each wanted column that has any. */
  readonly byColumn: Readonly<Record<string, number>>;
};

/** The rows of a file that are kept. */
export type KeptRows = {
  readonly ok: true;
  readonly n: number;
  /** In the order in which they were wanted, values of length n; `nMissing` is that of the whole file. */
  readonly columns: readonly CsvColumn[];
  readonly missing: MissingCount;
};

/**
 * The wanted columns of the rows in which all of them have a value (listwise deletion), or, to be imputed, of those that have
 * their labels: a missing team or case manager cannot be imputed.
 *
 * @returns the columns; or all problems of the file together
 */
export function readRows(
  table: CsvTable,
  file: string,
  wanted: readonly WantedColumn[],
  policy: MissingPolicy,
): KeptRows | CsvProblems {
  const read = readColumns(table, file, wanted);
  if (!read.ok) return read;
  const mustHave = policy === "listwise" ? read.columns : read.columns.filter(({ kind }) => kind === "label");
  const nRows = table.rows.length;
  const isKept = table.rows.map((_, row) => mustHave.every(({ values }) => !Number.isNaN(values[row])));
  const n = isKept.filter(Boolean).length;
  const columns = read.columns.map((c) => ({ ...c, values: c.values.filter((_, row) => isKept[row]) }));
  const byColumn = Object.fromEntries(columns.filter((c) => c.nMissing > 0).map((c) => [c.name, c.nMissing]));
  return { ok: true, n, columns, missing: { nRows, nDropped: nRows - n, byColumn } };
}

/** Why the rows are too few, and the way out; null where there are as many as `needed`. */
export function tooFewRows(
  { n, columns, missing }: KeptRows,
  file: string,
  needed: number,
  policy: MissingPolicy,
): string | null {
  if (n >= needed) return null;
  const nMeasured = columns.filter(({ kind }) => kind === "number").length;
  const problem = `${file}: ${nMeasured} columns need at least ${needed} complete rows, got ${n}${droppedNote(missing)}`;
  const wayOut = policy === "listwise" && missing.nRows >= needed ? "; --missing imputation keeps all rows" : "";
  return `${problem}${mostMissing(columns)}${wayOut}`;
}

/** " (12 of 311 rows have a missing value)"; "" where none has. */
export function droppedNote({ nRows, nDropped }: MissingCount): string {
  return nDropped > 0 ? ` (${nDropped} of ${nRows} rows have a missing value)` : "";
}

function mostMissing(columns: readonly CsvColumn[]): string {
  const worst = columns.reduce((most, column) => (column.nMissing > most.nMissing ? column : most));
  return worst.nMissing > 0 ? `; most are missing in ${worst.where}: ${worst.nMissing}` : "";
}
