import { type CsvProblems, readColumns, type WantedColumn } from "./csvColumns.ts";
import type { CsvTable } from "./csvTable.ts";
import type { MissingCount } from "./readCsv.ts";

/** Numbers of several columns, of the rows that have all of them. */
export type CompleteColumns = {
  readonly ok: true;
  readonly n: number;
  /** In the order in which they were wanted. */
  readonly values: readonly Float64Array[];
  readonly missing: MissingCount;
};

/**
 * The rows in which all wanted columns have a value (listwise deletion).
 *
 * @param wanted columns of numbers
 * @returns the columns; or all problems of the file together
 */
export function readComplete(
  table: CsvTable,
  file: string,
  wanted: readonly WantedColumn[],
): CompleteColumns | CsvProblems {
  const read = readColumns(table, file, wanted);
  if (!read.ok) return read;
  const { columns } = read;
  const nRows = table.rows.length;
  const isKept = table.rows.map((_, row) => columns.every(({ values }) => !Number.isNaN(values[row])));
  const n = isKept.filter(Boolean).length;
  const byColumn = Object.fromEntries(columns.filter((c) => c.nMissing > 0).map((c) => [c.name, c.nMissing]));
  const values = columns.map((column) => column.values.filter((_, row) => isKept[row]));
  return { ok: true, n, values, missing: { nRows, nDropped: nRows - n, byColumn } };
}
