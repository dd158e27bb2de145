import { parse } from "csv-parse/sync";

/** A row with the line of the file on which it ends. */
export type CsvRow = { readonly line: number; readonly cells: readonly string[] };

export type CsvTable = {
  readonly ok: true;
  readonly header: readonly string[];
  /** At least one; blank lines are skipped. Rows may be shorter or longer than the header. */
  readonly rows: readonly CsvRow[];
  /** Numbers are written with a decimal comma: cells are not separated by commas and none could be read otherwise. */
  readonly commaDecimals: boolean;
};

export type CsvTableProblem = { readonly ok: false; readonly problem: string };

export const DECIMAL_POINT = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
export const DECIMAL_COMMA = /^[+-]?(\d*,\d+)([eE][+-]?\d+)?$/;
/** 1,234 may be one thousand two hundred and thirty-four. */
const THOUSANDS = /^[+-]?[1-9]\d{0,2},\d{3}$/;
/** Bytes of a file that is read whole. */
const LARGEST_FILE = 268435456;

/**
 * The cells of a CSV file, as text.
 *
 * @param bytes the whole file: UTF-8 (a byte order mark is skipped), or else Latin-1
 * @param file  its name, for messages
 * @returns the table, or why there is none. Never throws.
 */
export function parseTable(bytes: Uint8Array, file: string): CsvTable | CsvTableProblem {
  const decoded = decode(bytes);
  if (!decoded.ok) return refused(`${file}: ${decoded.problem}`);
  const { text } = decoded;
  const delimiter = detectDelimiter(text);
  type Parsed = { readonly record: string[]; readonly info: { readonly lines: number } };
  let parsed: readonly Parsed[];
  try {
    parsed = parse(text, {
      delimiter,
      info: true,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as Parsed[];
  } catch (error) {
    return refused(csvError(error, file));
  }
  // csv-parse counts the lines read so far: the line on which a record ends.
  const rows = parsed.map(({ record, info }) => ({ line: info.lines, cells: record.map((cell) => cell.trim()) }));
  if (rows.length === 0) return refused(`${file}: is empty; expected a header row and data`);
  const header = rows[0].cells;
  if (rows.length === 1) return refused(`${file}: has a header row but no data below it`);
  const data = rows.slice(1);
  return { ok: true, header, rows: data, commaDecimals: delimiter !== "," && hasDecimalCommas(data) };
}

function refused(problem: string): CsvTableProblem {
  return { ok: false, problem };
}

type Decoded = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: string };

function decode(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) return { ok: false, problem: "is empty; expected a header row and data" };
  const [first, second, third] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { ok: false, problem: "is UTF-16 text; save it as CSV UTF-8" };
  }
  if (first === 0x50 && second === 0x4b && third === 3)
    return { ok: false, problem: "is a workbook or zip archive; save the sheet as CSV" };
  if (bytes.length > LARGEST_FILE) return { ok: false, problem: "is larger than 256 MB; keep only the columns needed" };
  if (bytes.includes(0)) return { ok: false, problem: "is a binary file (it holds NUL bytes); expected CSV text" };
  try {
    return { ok: true, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { ok: true, text: Buffer.from(bytes).toString("latin1") };
  }
}

function csvError(error: unknown, file: string): string {
  const { code, lines, message } = error as { code?: string; lines?: number; message: string };
  const where = lines === undefined ? file : `${file}:${lines}`;
  switch (code) {
    case "CSV_QUOTE_NOT_CLOSED":
      return `${file}: a quote (") is opened and never closed`;
    case "INVALID_OPENING_QUOTE":
      return `${where}: a quote (") stands inside a cell; quote the whole cell and double the inner quote`;
    case "CSV_INVALID_CLOSING_QUOTE":
      return `${where}: text follows a closing quote ("); double a quote that belongs to the cell`;
    default:
      return `${where}: is not valid CSV: ${message}`;
  }
}

/** The separator that the header row holds most of, outside quotes; a tie goes to the comma, then the semicolon. */
function detectDelimiter(text: string): string {
  const counts = new Map([
    [",", 0],
    [";", 0],
    ["\t", 0],
  ]);
  let quoted = false;
  let started = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === "\n" || character === "\r") {
      if (started) break;
    } else if (counts.has(character)) counts.set(character, counts.get(character)! + 1);
    if (character.trim() !== "") started = true;
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

/** Some cell can only be a number with a decimal comma, and none has a decimal point. */
function hasDecimalCommas(rows: readonly CsvRow[]): boolean {
  let certain = false;
  for (const { cells } of rows) {
    for (const cell of cells) {
      if (cell.includes(".") && DECIMAL_POINT.test(cell)) return false;
      certain ||= DECIMAL_COMMA.test(cell) && !THOUSANDS.test(cell);
    }
  }
  return certain;
}
