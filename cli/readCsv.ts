import { labelColumns, labelsOf } from "./clustering.ts";
import { type CsvProblems, splitNames, type WantedColumn } from "./csvColumns.ts";
import { type CsvTable, parseTable } from "./csvTable.ts";
import { droppedNote, type MissingCount, type MissingPolicy, readRows, tooFewRows } from "./readRows.ts";

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
  const { header } = table;
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
  const read = readRows(table, file, [...measured, ...labelColumns(choice)], policy);
  if (!read.ok) return read;
  const { n, columns, missing } = read;
  const tooFew = tooFewRows(read, file, names.covariates.length + 4, policy);
  if (tooFew !== null) return { ok: false, problems: [tooFew] };
  const kept = columns.map(({ values }) => values);
  const constant = measured.flatMap((_, index) => {
    const seen = kept[index].filter((value) => !Number.isNaN(value));
    if (!seen.every((value) => value === seen[0])) return [];
    return [
      `${file}: column ${columns[index].where} takes 1 value (${seen[0]}) in ${seen.length} complete rows${droppedNote(missing)}; ` +
        "a constant explains nothing: choose another column",
    ];
  });
  if (constant.length > 0) return { ok: false, problems: constant };
  const [x, m, y, ...covariates] = kept.slice(0, measured.length);
  return {
    ok: true,
    names,
    n,
    x,
    m,
    y,
    covariates,
    ...labelsOf(columns),
    missing,
  };
}
