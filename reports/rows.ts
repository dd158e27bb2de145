import { type DecisionName, hasInterval } from "../models/decisionNames.ts";
import { FAILED, UNDEFINED } from "../models/estimators/decisions.ts";
import type { RowBlock } from "../models/powerTypes.ts";

/** Columns of rows.csv before those of the tests. */
export const ROW_COLUMNS = [
  "conditionIndex",
  "replication",
  "n",
  "a",
  "seA",
  "b",
  "seB",
  "ab",
  "resamples",
  "failed",
] as const;

const BLOCK_ROWS = 4096;

/**
 * The header line of rows.csv, with its line end. Per test `<test>_rejects` and, where the test has an interval,
 * `<test>_covers`; by another estimator than ordinary regression `<test>:<estimator>_rejects`, and `pathA` for path a alone.
 *
 * @param tests `decisionNamesOf` the plan
 */
export function rowsCsvHeader(tests: readonly DecisionName[]): string {
  return `${[...ROW_COLUMNS, ...tests.flatMap(testColumns)].join(",")}\n`;
}

/**
 * One line per replication. Numbers are in shortest form that reads back to the same bits; what a failed fit lacks, and
 * the decision of a test that is not defined for those data, is an empty cell; decisions are 1 or 0.
 *
 * @param tests in the order of `block.decisions`
 */
export function rowsCsvLines(block: RowBlock, tests: readonly DecisionName[]): string {
  let lines = "";
  const covers = tests.map(hasInterval);
  for (let row = 0; row < block.count; row++) {
    const { a, seA, b, seB } = block;
    const failed = Number.isNaN(a[row]);
    lines += `${block.conditionIndex},${block.firstReplication + row},${block.n[row]},`;
    lines += `${cell(a[row])},${cell(seA[row])},${cell(b[row])},${cell(seB[row])},${cell(a[row] * b[row])},`;
    lines += `${block.resamples[row]},${failed ? 1 : 0}`;
    for (let test = 0; test < tests.length; test++) {
      const decision = block.decisions[test][row];
      const isKnown = decision < UNDEFINED;
      lines += isKnown ? `,${decision & 1}` : ",";
      if (covers[test]) lines += isKnown ? `,${(decision >> 1) & 1}` : ",";
    }
    lines += "\n";
  }
  return lines;
}

/**
 * Reads rows.csv back, piece by piece: a block per run of consecutive replications of one condition, of at most 4,096
 * rows. Memory does not grow with the file.
 *
 * @param chunks the file's text, cut anywhere
 * @param tests  in the order of the header
 * @throws Error naming the line, for a file that rowsCsvHeader and rowsCsvLines did not write
 */
export async function* parseRowsCsv(
  chunks: AsyncIterable<string> | Iterable<string>,
  tests: readonly DecisionName[],
): AsyncGenerator<RowBlock> {
  const header = rowsCsvHeader(tests).trimEnd();
  const covers = tests.map(hasInterval);
  const nCells = ROW_COLUMNS.length + tests.flatMap(testColumns).length;
  let lineNumber = 0;
  let pending: ParsedRow[] = [];
  for await (const lines of lineBatches(chunks)) {
    for (const line of lines) {
      lineNumber += 1;
      if (lineNumber === 1) {
        if (line !== header) throw new Error(`rows.csv:1: the header must be "${header}", got "${line.slice(0, 200)}"`);
        continue;
      }
      const row = parseRow(line, covers, nCells, lineNumber);
      if (pending.length === BLOCK_ROWS || !follows(pending.at(-1), row)) {
        if (pending.length > 0) yield blockOf(pending, tests.length);
        pending = [];
      }
      pending.push(row);
    }
  }
  if (lineNumber === 0) throw new Error("rows.csv:1: the file is empty");
  if (pending.length > 0) yield blockOf(pending, tests.length);
}

type ParsedRow = {
  readonly conditionIndex: number;
  readonly replication: number;
  readonly n: number;
  readonly paths: readonly [a: number, seA: number, b: number, seB: number];
  readonly resamples: number;
  readonly decisions: readonly number[];
};

function testColumns(test: DecisionName): string[] {
  return hasInterval(test) ? [`${test}_rejects`, `${test}_covers`] : [`${test}_rejects`];
}

/** JavaScript prints the shortest digits that read back alike, except that it drops the sign of −0. */
function cell(value: number): string {
  if (Number.isNaN(value)) return "";
  return value === 0 && 1 / value < 0 ? "-0" : String(value);
}

function follows(last: ParsedRow | undefined, row: ParsedRow): boolean {
  return last !== undefined && last.conditionIndex === row.conditionIndex && last.replication + 1 === row.replication;
}

/** The complete lines of each chunk; an unfinished last line comes at the end. */
async function* lineBatches(chunks: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string[]> {
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop()!;
    yield lines;
  }
  if (rest !== "") yield [rest];
}

/** @param covers per decision: whether it has a column of coverage */
function parseRow(line: string, covers: readonly boolean[], nCells: number, lineNumber: number): ParsedRow {
  const cells = line.split(",");
  if (cells.length !== nCells) {
    throw new Error(`rows.csv:${lineNumber}: a row must have ${nCells} cells, got ${cells.length}`);
  }
  const failed = cells[9] === "1";
  const number = (column: number) => {
    const value = cells[column] === "" ? Number.NaN : Number(cells[column]);
    const isMissing = cells[column] === "" && failed && column < 8;
    if (Number.isNaN(value) && !isMissing) {
      throw new Error(`rows.csv:${lineNumber}: ${ROW_COLUMNS[column]} must be a number, got "${cells[column]}"`);
    }
    return value;
  };
  let next: number = ROW_COLUMNS.length;
  const decision = (column: number) => {
    const text = cells[column];
    if (text !== "" && text !== "0" && text !== "1") {
      throw new Error(`rows.csv:${lineNumber}: a decision must be 0, 1 or empty, got "${text}"`);
    }
    return text === "" ? null : Number(text);
  };
  const decisions = covers.map((hasCoverage) => {
    const rejects = decision(next++);
    const contains = hasCoverage ? decision(next++) : 0;
    if (rejects === null || contains === null) return failed ? FAILED : UNDEFINED;
    return rejects + 2 * contains;
  });
  return {
    conditionIndex: number(0),
    replication: number(1),
    n: number(2),
    paths: [number(3), number(4), number(5), number(6)],
    resamples: number(8),
    decisions,
  };
}

function blockOf(rows: readonly ParsedRow[], nTests: number): RowBlock {
  const column = (index: 0 | 1 | 2 | 3) => Float64Array.from(rows, (row) => row.paths[index]);
  return {
    conditionIndex: rows[0].conditionIndex,
    firstReplication: rows[0].replication,
    count: rows.length,
    n: Uint32Array.from(rows, (row) => row.n),
    a: column(0),
    seA: column(1),
    b: column(2),
    seB: column(3),
    decisions: Array.from({ length: nTests }, (_, test) => Uint8Array.from(rows, (row) => row.decisions[test])),
    resamples: Uint32Array.from(rows, (row) => row.resamples),
  };
}
