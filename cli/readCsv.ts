import { type CsvColumn, type CsvProblems, readColumns, splitNames, type WantedColumn } from "./csvColumns.ts";
import { type CsvTable, parseTable } from "./csvTable.ts";

/** Which columns of the file play which role. Covariates as given: "a,b" stands for two columns unless one has that name. */
export type ColumnChoice = {
  readonly x: string;
  readonly m: string;
  readonly y: string;
  readonly covariates: readonly string[];
  /** Labels of the clients' teams, and of their case managers. */
  readonly cluster?: string | undefined;
  readonly manager?: string | undefined;
};

/** Labels of the rows that are kept: positions in `labels`, which are as written and in the order of appearance in the file. */
export type CsvLabels = { readonly values: Float64Array; readonly labels: readonly string[] };

/** The chosen columns. Complete cases only, or, to be imputed, all that have their labels, NaN where a value is missing. */
export type CsvColumns = {
  readonly ok: true;
  readonly names: {
    readonly x: string;
    readonly m: string;
    readonly y: string;
    readonly covariates: readonly string[];
  };
  readonly n: number;
  readonly x: Float64Array;
  readonly m: Float64Array;
  readonly y: Float64Array;
  readonly covariates: readonly Float64Array[];
  readonly cluster: CsvLabels | null;
  readonly manager: CsvLabels | null;
  readonly missing: MissingCount;
};

export type MissingCount = {
  /** Rows of the file below the header; blank lines do not count. */
  readonly nRows: number;
  /** Rows left out because at least one chosen column is missing. */
  readonly nDropped: number;
  /** Missing values of each chosen column that has any. */
  readonly byColumn: Readonly<Record<string, number>>;
};

/** Rows with a missing value are left out, or kept to be imputed. */
export type MissingPolicy = "listwise" | "imputation";

/**
 * Reads the columns of a mediation analysis from the bytes of a CSV file (RFC 4180).
 *
 * Accepted: a header row; comma, semicolon or tab between cells (detected in the header); quotes; LF, CRLF or CR; a byte
 * order mark; UTF-8, or else Latin-1; a decimal comma where the cells are not separated by commas and no cell could be
 * read otherwise. Blank lines are skipped. Rows with a missing value in a chosen column are left out and counted, unless
 * they are to be imputed; a missing team or case manager cannot be. Codes such as −99 are numbers to it.
 *
 * @param bytes  the whole file
 * @param file   its name, for messages
 * @param choice the columns wanted, by their names in the header
 * @returns the columns, or all problems together. Never throws.
 */
export function parseCsv(
  bytes: Uint8Array,
  file: string,
  choice: ColumnChoice,
  policy: MissingPolicy = "listwise",
): CsvColumns | CsvProblems {
  const table = parseTable(bytes, file);
  return table.ok ? studyColumns(table, file, choice, policy) : { ok: false, problems: [table.problem] };
}

/** The same from the cells of a file that has been read. */
export function studyColumns(
  table: CsvTable,
  file: string,
  choice: ColumnChoice,
  policy: MissingPolicy,
): CsvColumns | CsvProblems {
  const { header, rows } = table;
  const names = {
    x: choice.x,
    m: choice.m,
    y: choice.y,
    covariates: choice.covariates.flatMap((given) => splitNames(given, header)),
  };
  const measured: WantedColumn[] = [
    { flag: "x", name: names.x, kind: "number" },
    { flag: "m", name: names.m, kind: "number" },
    { flag: "y", name: names.y, kind: "number" },
    ...names.covariates.map((name): WantedColumn => ({ flag: "covariates", name, kind: "number" })),
  ];
  const labelled: WantedColumn[] = [];
  if (choice.cluster !== undefined) labelled.push({ flag: "cluster", name: choice.cluster, kind: "label" });
  if (choice.manager !== undefined) labelled.push({ flag: "manager", name: choice.manager, kind: "label" });
  const read = readColumns(table, file, [...measured, ...labelled]);
  if (!read.ok) return read;
  const { columns } = read;
  const mustHave = policy === "listwise" ? columns : columns.filter(({ kind }) => kind === "label");

  const isKept = rows.map((_, row) => mustHave.every((column) => !Number.isNaN(column.values[row])));
  const n = isKept.filter(Boolean).length;
  const needed = names.covariates.length + 4;
  const dropped = rows.length - n;
  const keptNote = dropped > 0 ? ` (${dropped} of ${rows.length} rows have a missing value)` : "";
  if (n < needed) {
    const problem = `${file}: ${measured.length} columns need at least ${needed} complete rows, got ${n}${keptNote}`;
    const wayOut = policy === "listwise" && rows.length >= needed ? "; --missing imputation keeps all rows" : "";
    return { ok: false, problems: [`${problem}${mostMissing(columns)}${wayOut}`] };
  }
  const kept = columns.map(({ values }) => values.filter((_, row) => isKept[row]));
  const constant = measured.flatMap((_, index) => {
    const seen = kept[index].filter((value) => !Number.isNaN(value));
    if (!seen.every((value) => value === seen[0])) return [];
    return [
      `${file}: column ${columns[index].where} takes 1 value (${seen[0]}) in ${seen.length} complete rows${keptNote}; ` +
        "a constant explains nothing: choose another column",
    ];
  });
  if (constant.length > 0) return { ok: false, problems: constant };
  const [x, m, y, ...covariates] = kept.slice(0, measured.length);
  const byColumn = Object.fromEntries(columns.filter((c) => c.nMissing > 0).map((c) => [c.name, c.nMissing]));
  const labelsOf = (flag: string): CsvLabels | null => {
    const index = columns.findIndex((column) => column.flag === flag);
    return index < 0 ? null : { values: kept[index], labels: columns[index].labels };
  };
  return {
    ok: true,
    names,
    n,
    x,
    m,
    y,
    covariates,
    cluster: labelsOf("cluster"),
    manager: labelsOf("manager"),
    missing: { nRows: rows.length, nDropped: dropped, byColumn },
  };
}

function mostMissing(columns: readonly CsvColumn[]): string {
  const worst = columns.reduce((most, column) => (column.nMissing > most.nMissing ? column : most));
  return worst.nMissing > 0 ? `; most are missing in ${worst.where}: ${worst.nMissing}` : "";
}
