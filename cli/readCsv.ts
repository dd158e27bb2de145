import { nearestName } from "../models/scenario/nearestName.ts";
import { type CsvRow, type CsvTable, DECIMAL_COMMA, DECIMAL_POINT, parseTable } from "./csvTable.ts";

/** Which columns of the file play which role. Covariates as given: "a,b" stands for two columns unless one has that name. */
export type ColumnChoice = {
  readonly x: string;
  readonly m: string;
  readonly y: string;
  readonly covariates: readonly string[];
};

/** The chosen columns, complete cases only. */
export type CsvColumns = {
  readonly ok: true;
  readonly names: ColumnChoice;
  readonly n: number;
  readonly x: Float64Array;
  readonly m: Float64Array;
  readonly y: Float64Array;
  readonly covariates: readonly Float64Array[];
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

/** Everything that is wrong with the file, one message each: `file:line: column …`. */
export type CsvProblems = { readonly ok: false; readonly problems: readonly string[] };

/** What counts as a missing value, besides an empty cell (upper or lower case): R, SPSS, SAS and Excel write these. */
const MISSING = new Set(["", "NA", "N/A", "#N/A", "#NULL!", "."]);
const NOT_FINITE = /^[+-]?(nan|inf|infinity|1\.#\w+)$/i;
/** Squares and their sums stay finite. */
const LARGEST = 1e100;
/** Messages per column and kind before "and … more". */
const SHOWN = 3;

/**
 * Reads the columns of a mediation analysis from the bytes of a CSV file (RFC 4180).
 *
 * Accepted: a header row; comma, semicolon or tab between cells (detected in the header); quotes; LF, CRLF or CR; a byte
 * order mark; UTF-8, or else Latin-1; a decimal comma where the cells are not separated by commas and no cell could be
 * read otherwise. Blank lines are skipped. Rows with a missing value in a chosen column are left out and counted.
 * Codes such as −99 are numbers to it.
 *
 * @param bytes  the whole file
 * @param file   its name, for messages
 * @param choice the columns wanted, by their names in the header
 * @returns the columns, or all problems together. Never throws.
 */
export function parseCsv(bytes: Uint8Array, file: string, choice: ColumnChoice): CsvColumns | CsvProblems {
  const table = parseTable(bytes, file);
  if (!table.ok) return refused([table.problem]);
  const { header, rows } = table;
  const problems = [...headerProblems(header, file), ...rowProblems(header, rows, file)];

  const names = { ...choice, covariates: choice.covariates.flatMap((given) => splitNames(given, header)) };
  const wanted = [names.x, names.m, names.y, ...names.covariates];
  problems.push(...choiceProblems(names, header, file));
  const columns = [...new Set(wanted)]
    .filter((name) => header.includes(name))
    .map((name) => readColumn(name, table, file, problems));
  if (problems.length > 0) return refused(problems);

  const complete = rows.map((_, row) => columns.every((column) => !Number.isNaN(column.values[row])));
  const n = complete.filter(Boolean).length;
  const needed = names.covariates.length + 4;
  const dropped = rows.length - n;
  const keptNote = dropped > 0 ? ` (${dropped} of ${rows.length} rows have a missing value)` : "";
  if (n < needed) {
    return refused([
      `${file}: ${wanted.length} columns need at least ${needed} complete rows, got ${n}${keptNote}${mostMissing(columns)}`,
    ]);
  }
  const kept = columns.map(({ values }) => values.filter((_, row) => complete[row]));
  for (const [index, column] of kept.entries()) {
    if (column.every((value) => value === column[0])) {
      problems.push(
        `${file}: column ${columns[index].where} takes 1 value (${column[0]}) in ${n} complete rows${keptNote}; ` +
          "a constant explains nothing: choose another column",
      );
    }
  }
  if (problems.length > 0) return refused(problems);
  const [x, m, y, ...covariates] = kept;
  const byColumn = Object.fromEntries(columns.filter((c) => c.nMissing > 0).map((c) => [c.name, c.nMissing]));
  return { ok: true, names, n, x, m, y, covariates, missing: { nRows: rows.length, nDropped: dropped, byColumn } };
}

function refused(problems: readonly string[]): CsvProblems {
  return { ok: false, problems };
}

function headerProblems(header: readonly string[], file: string): string[] {
  const repeated = [...new Set(header.filter((name, index) => name !== "" && header.indexOf(name) < index))];
  return repeated.map((name) => {
    const places = header.flatMap((other, index) => (other === name ? [index + 1] : []));
    return `${file}:1: ${places.length} columns are called "${name}" (columns ${places.join(", ")}); rename all but one`;
  });
}

function rowProblems(header: readonly string[], rows: readonly CsvRow[], file: string): string[] {
  const ragged = rows.filter(({ cells }) => cells.length !== header.length);
  return shorten(
    ragged.map(
      ({ line, cells }) => `${file}:${line}: ${countOf(cells.length, "cell")}, but the header has ${header.length}`,
    ),
    (more) => `${file}: and ${more} more rows with another number of cells than the header`,
  );
}

function choiceProblems({ x, m, y, covariates }: ColumnChoice, header: readonly string[], file: string): string[] {
  const problems: string[] = [];
  const roles: [string, string][] = [
    ["x", x],
    ["m", m],
    ["y", y],
    ...covariates.map((c): [string, string] => ["covariates", c]),
  ];
  const seen = new Map<string, string>();
  for (const [role, name] of roles) {
    if (!header.includes(name)) {
      const nearest = nearestName(
        name,
        header.filter((known) => known !== ""),
      );
      const hint = nearest === undefined ? `the columns are ${listed(header)}` : `did you mean "${nearest}"?`;
      problems.push(`${file}:1: no column "${name}" (--${role}); ${hint}`);
    }
    const before = seen.get(name);
    if (before !== undefined) {
      problems.push(`--${role}: column "${name}" is already --${before}; each column can have one role`);
    }
    seen.set(name, role);
  }
  return problems;
}

type Column = {
  readonly name: string;
  /** `"age" (column 7)` */
  readonly where: string;
  readonly nMissing: number;
  /** One per row of the file, NaN where missing. */
  readonly values: Float64Array;
};

function readColumn(name: string, { header, rows, commaDecimals }: CsvTable, file: string, problems: string[]): Column {
  const index = header.indexOf(name);
  const where = `"${name}" (column ${index + 1})`;
  const wrong: string[] = [];
  let nMissing = 0;
  const values = new Float64Array(rows.length);
  for (const [row, { line, cells }] of rows.entries()) {
    const cell = cells[index] ?? "";
    if (MISSING.has(cell.toUpperCase())) {
      nMissing++;
      values[row] = Number.NaN;
      continue;
    }
    const number = commaDecimals && DECIMAL_COMMA.test(cell) ? cell.replace(",", ".") : cell;
    values[row] = DECIMAL_POINT.test(number) ? Number(number) : Number.NaN;
    // In a row of another length the cells may be shifted: it is reported as such.
    if (!(Math.abs(values[row]) <= LARGEST) && cells.length === header.length)
      wrong.push(`${file}:${line}: column ${where} ${cellProblem(cell)}`);
  }
  problems.push(...shorten(wrong, (more) => `${file}: column ${where}: and ${more} more such cells`));
  if (nMissing === rows.length) problems.push(`${file}: column ${where} is empty in all ${rows.length} rows`);
  return { name, where, nMissing, values };
}

function cellProblem(cell: string): string {
  if (NOT_FINITE.test(cell)) return `must be a finite number, got ${cell}; leave a missing value empty or write NA`;
  if (DECIMAL_POINT.test(cell)) return `must lie between −1e100 and 1e100, got ${cell}`;
  if (DECIMAL_COMMA.test(cell))
    return `has a comma that could mean decimals or thousands, got "${cell}"; write a decimal point`;
  return `must be a number, got "${cell.length > 40 ? `${cell.slice(0, 40)}…` : cell}"`;
}

/** "a,b" is a list of two names, unless the header has a column of that very name. */
function splitNames(given: string, header: readonly string[]): string[] {
  if (header.includes(given.trim())) return [given.trim()];
  return given
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function shorten(messages: readonly string[], rest: (more: number) => string): string[] {
  if (messages.length <= SHOWN + 1) return [...messages];
  return [...messages.slice(0, SHOWN), rest(messages.length - SHOWN)];
}

function mostMissing(columns: readonly Column[]): string {
  const worst = columns.reduce((most, column) => (column.nMissing > most.nMissing ? column : most));
  return worst.nMissing > 0 ? `; most are missing in ${worst.where}: ${worst.nMissing}` : "";
}

function listed(header: readonly string[]): string {
  const names = header.filter((name) => name !== "");
  return names.length <= 12 ? names.join(", ") : `${names.slice(0, 12).join(", ")} and ${names.length - 12} more`;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
