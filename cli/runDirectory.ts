import { createReadStream, existsSync } from "node:fs";
import { type FileHandle, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import type { DecisionName } from "../models/decisionNames.ts";
import type { RowBlock } from "../models/powerTypes.ts";
import { parseRowsCsv, rowsCsvHeader, rowsCsvLines } from "../reports/rows.ts";
import { claimDirectory, RUN_FILE } from "./claimDirectory.ts";
import { Problems } from "./problems.ts";

/**
 * A run directory while it grows. `run.json` says which run it is, from the start. Rows go to `rows.csv.partial`, in
 * order, as blocks finish, and become `rows.csv` with the last one: an interrupted run is a gapless beginning of the whole.
 */
export type RunDirectory = {
  readonly path: string;
  /** Rows that an interrupted run left; to be read before the first `append`. */
  earlierRows(): AsyncIterable<RowBlock>;
  append(rows: RowBlock): Promise<void>;
  /** Gives rows.csv its name: all rows are there. */
  complete(): Promise<void>;
  close(): Promise<void>;
};

const ROWS_FILE = "rows.csv";
const PARTIAL_FILE = "rows.csv.partial";

/**
 * Opens a directory for a run: a new or empty one, the run's own unfinished one (`resume`), or any that may be cleared
 * of an earlier run's files (`force`).
 *
 * @param identity the text of run.json; equal texts are the same run
 * @param wholeRows how many of so many rows an interrupted run can go on from; the rest is cut off
 * @throws Problems where the directory holds something else; nothing has been written then
 */
export async function openRunDirectory(
  path: string,
  identity: string,
  tests: readonly DecisionName[],
  { resume, force }: { readonly resume: boolean; readonly force: boolean },
  wholeRows: (nRows: number) => number = (nRows) => nRows,
): Promise<RunDirectory> {
  const goesOn = await claimDirectory(path, identity, { resume, force, isResumable: true, lastFile: ROWS_FILE });
  const finished = join(path, ROWS_FILE);
  const partial = join(path, PARTIAL_FILE);
  const isFinished = goesOn && existsSync(finished);
  const file = isFinished ? null : await openPartial(partial, tests, wholeRows);

  return {
    path,
    earlierRows: () => readRows(isFinished ? finished : partial, tests),
    append: async (rows) => {
      await file?.appendFile(rowsCsvLines(rows, tests));
    },
    complete: async () => {
      if (file === null) return;
      await file.sync();
      await file.close();
      await rename(partial, finished);
    },
    close: async () => {
      await file?.close().catch(() => {});
    },
  };
}

/** The rows of a finished run. */
export async function finishedRows(path: string, tests: readonly DecisionName[]): Promise<AsyncIterable<RowBlock>> {
  const file = join(path, ROWS_FILE);
  if (existsSync(file)) return readRows(file, tests);
  const wayOut = existsSync(join(path, PARTIAL_FILE))
    ? "the run is unfinished; `caseload power … --resume` goes on"
    : "run it again";
  throw new Problems([`${path}: there is no ${ROWS_FILE} in it: ${wayOut}`]);
}

function readRows(file: string, tests: readonly DecisionName[]): AsyncIterable<RowBlock> {
  return parseRowsCsv(createReadStream(file, { encoding: "utf8", highWaterMark: 1 << 20 }), tests);
}

/** The text of run.json in a run directory. */
export async function readRunFile(path: string): Promise<string> {
  const file = join(path, RUN_FILE);
  if (!existsSync(file)) throw new Problems([`${path}: not a run directory: there is no ${RUN_FILE} in it`]);
  return readFile(file, "utf8");
}

/** Opens the growing rows for appending, cut back to the last row that a run can go on from. */
async function openPartial(
  path: string,
  tests: readonly DecisionName[],
  wholeRows: (nRows: number) => number,
): Promise<FileHandle> {
  const header = rowsCsvHeader(tests);
  const end = existsSync(path) ? await endOfRows(path, wholeRows) : 0;
  const file = await open(path, "a");
  if (end >= Buffer.byteLength(header)) await file.truncate(end);
  else {
    await file.truncate(0);
    await file.appendFile(header);
  }
  return file;
}

/** Where the rows end that a run can go on from: the header and `wholeRows` of the complete lines behind it. */
async function endOfRows(path: string, wholeRows: (nRows: number) => number): Promise<number> {
  const ends = await lineEnds(path, Number.POSITIVE_INFINITY);
  if (ends.nLines === 0) return 0;
  const nLines = 1 + wholeRows(ends.nLines - 1);
  return nLines === ends.nLines ? ends.last : (await lineEnds(path, nLines)).last;
}

/** How many lines of a file are complete, at most `most`, and the position behind the last of them. */
async function lineEnds(path: string, most: number): Promise<{ readonly nLines: number; readonly last: number }> {
  let nLines = 0;
  let last = 0;
  let before = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    for (let at = chunk.indexOf(10); at >= 0 && nLines < most; at = chunk.indexOf(10, at + 1)) {
      nLines++;
      last = before + at + 1;
    }
    if (nLines >= most) break;
    before += chunk.length;
  }
  return { nLines, last };
}
