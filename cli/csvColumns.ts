import { nearestName } from "../models/scenario/nearestName.ts";
import { type CsvRow, type CsvTable, DECIMAL_COMMA, DECIMAL_POINT } from "./csvTable.ts";

/** A column that is wanted of a file: numbers, or labels (text or numbers) of who belongs together. */
export type WantedColumn = {
  /** The flag that names it, without dashes: for messages. */
  readonly flag: string;
  readonly name: string;
  readonly kind: "number" | "label";
};

export type CsvColumn = WantedColumn & {
  /** `"age" (column 7)` */
  readonly where: string;
  readonly nMissing: number;
  /** One per row of the file, NaN where missing: the number, or the label's position in `labels`. */
  readonly values: Float64Array;
  /** By first appearance, as written; empty for numbers. */
  readonly labels: readonly string[];
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
 * The wanted columns of a table, one value per row, missing ones marked.
 *
 * @param file its name, for messages
 * @returns the columns in the order of `wanted`, or all problems together. Never throws.
 */
export function readColumns(
  table: CsvTable,
  file: string,
  wanted: readonly WantedColumn[],
): { readonly ok: true; readonly columns: readonly CsvColumn[] } | CsvProblems {
  const { header } = table;
  const problems = shapeProblems(table, file);
  problems.push(...choiceProblems(wanted, header, file));
  const seen = new Set<string>();
  const columns = wanted
    .filter(({ name }) => header.includes(name) && !seen.has(name) && seen.add(name))
    .map((column) => readColumn(column, table, file, problems));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, columns };
}

/** Whether a cell holds no value. */
export function isMissing(cell: string): boolean {
  return MISSING.has(cell.toUpperCase());
}

/** "a,b" is a list of two names, unless the header has a column of that very name. */
export function splitNames(given: string, header: readonly string[]): string[] {
  if (header.includes(given.trim())) return [given.trim()];
  return given
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** Columns that share a name, and rows with another number of cells than the header. */
export function shapeProblems({ header, rows }: CsvTable, file: string): string[] {
  return [...headerProblems(header, file), ...rowProblems(header, rows, file)];
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

function choiceProblems(wanted: readonly WantedColumn[], header: readonly string[], file: string): string[] {
  const problems: string[] = [];
  const seen = new Map<string, string>();
  for (const { flag, name } of wanted) {
    if (!header.includes(name)) {
      const nearest = nearestName(
        name,
        header.filter((known) => known !== ""),
      );
      const hint = nearest === undefined ? `the columns are ${listed(header)}` : `did you mean "${nearest}"?`;
      problems.push(`${file}:1: no column "${name}" (--${flag}); ${hint}`);
    }
    const before = seen.get(name);
    if (before !== undefined) {
      problems.push(`--${flag}: column "${name}" is already --${before}; each column can have one role`);
    }
    seen.set(name, flag);
  }
  return problems;
}

function readColumn(
  wanted: WantedColumn,
  { header, rows, commaDecimals }: CsvTable,
  file: string,
  problems: string[],
): CsvColumn {
  const index = header.indexOf(wanted.name);
  const where = `"${wanted.name}" (column ${index + 1})`;
  const wrong: string[] = [];
  const labels = new Map<string, number>();
  let nMissing = 0;
  const values = new Float64Array(rows.length);
  for (const [row, { line, cells }] of rows.entries()) {
    const cell = cells[index] ?? "";
    if (isMissing(cell)) {
      nMissing++;
      values[row] = Number.NaN;
      continue;
    }
    if (wanted.kind === "label") {
      const position = labels.get(cell) ?? labels.size;
      labels.set(cell, position);
      values[row] = position;
      continue;
    }
    values[row] = numberIn(cell, commaDecimals);
    // In a row of another length the cells may be shifted: it is reported as such.
    if (!(Math.abs(values[row]) <= LARGEST) && cells.length === header.length)
      wrong.push(`${file}:${line}: column ${where} ${cellProblem(cell)}`);
  }
  problems.push(...shorten(wrong, (more) => `${file}: column ${where}: and ${more} more such cells`));
  if (nMissing === rows.length) problems.push(`${file}: column ${where} is empty in all ${rows.length} rows`);
  return { ...wanted, where, nMissing, values, labels: [...labels.keys()] };
}

/** NaN where a cell does not hold a number. */
export function numberIn(cell: string, commaDecimals: boolean): number {
  const number = commaDecimals && DECIMAL_COMMA.test(cell) ? cell.replace(",", ".") : cell;
  return DECIMAL_POINT.test(number) ? Number(number) : Number.NaN;
}

/** What is wrong with a cell that should hold a number: completes "column … ". */
export function cellProblem(cell: string): string {
  if (NOT_FINITE.test(cell)) return `must be a finite number, got ${cell}; leave a missing value empty or write NA`;
  if (DECIMAL_POINT.test(cell)) return `must lie between −1e100 and 1e100, got ${cell}`;
  if (DECIMAL_COMMA.test(cell))
    return `has a comma that could mean decimals or thousands, got "${cell}"; write a decimal point`;
  return `must be a number, got "${cell.length > 40 ? `${cell.slice(0, 40)}…` : cell}"`;
}

function shorten(messages: readonly string[], rest: (more: number) => string): string[] {
  if (messages.length <= SHOWN + 1) return [...messages];
  return [...messages.slice(0, SHOWN), rest(messages.length - SHOWN)];
}

function listed(header: readonly string[]): string {
  const names = header.filter((name) => name !== "");
  return names.length <= 12 ? names.join(", ") : `${names.slice(0, 12).join(", ")} and ${names.length - 12} more`;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
