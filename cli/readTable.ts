import { readFileSync } from "node:fs";
import { type CsvTable, type CsvTableProblem, parseTable } from "./csvTable.ts";
import { unreadable } from "./problems.ts";

/** The cells of a CSV file on disk, or why there are none. */
export function readTable(file: string): CsvTable | CsvTableProblem {
  try {
    return parseTable(readFileSync(file), file);
  } catch (error) {
    return { ok: false, problem: `${file}: ${unreadable(error as NodeJS.ErrnoException)}` };
  }
}
