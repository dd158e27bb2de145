import { createReadStream, existsSync } from "node:fs";
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { RowBlock } from "../models/powerTypes.ts";
import type { TestName } from "../models/scenario/types.ts";
import { parseRowsCsv, rowsCsvHeader, rowsCsvLines } from "../reports/rows.ts";
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

const RUN_FILE = "run.json";
const ROWS_FILE = "rows.csv";
const PARTIAL_FILE = "rows.csv.partial";
/** What a run writes: all that --force removes. */
const OUR_FILES = [
  RUN_FILE,
  ROWS_FILE,
  PARTIAL_FILE,
  "summary.csv",
  "codebook.csv",
  "methods.md",
  "report.html",
  "charts",
  "truths",
];

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
  tests: readonly TestName[],
  { resume, force }: { readonly resume: boolean; readonly force: boolean },
  wholeRows: (nRows: number) => number = (nRows) => nRows,
): Promise<RunDirectory> {
  const state = await stateOf(path, identity);
  const problem = problemWith(path, state, resume, force);
  if (problem !== null) throw new Problems([problem]);

  const goesOn = resume && (state === "unfinished" || state === "finished");
  if (!goesOn) {
    if (force) for (const file of OUR_FILES) await rm(join(path, file), { recursive: true, force: true });
    await makeDirectory(path).catch(({ message }: Error) => {
      throw new Problems([`--out ${path}: the directory cannot be made (${message}); name another`]);
    });
    await writeFile(join(path, `${RUN_FILE}.tmp`), identity);
    await rename(join(path, `${RUN_FILE}.tmp`), join(path, RUN_FILE));
  }
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
export async function finishedRows(path: string, tests: readonly TestName[]): Promise<AsyncIterable<RowBlock>> {
  const file = join(path, ROWS_FILE);
  if (existsSync(file)) return readRows(file, tests);
  const wayOut = existsSync(join(path, PARTIAL_FILE))
    ? "the run is unfinished; `caseload power … --resume` goes on"
    : "run it again";
  throw new Problems([`${path}: there is no ${ROWS_FILE} in it: ${wayOut}`]);
}

function readRows(file: string, tests: readonly TestName[]): AsyncIterable<RowBlock> {
  return parseRowsCsv(createReadStream(file, { encoding: "utf8", highWaterMark: 1 << 20 }), tests);
}

/** The text of run.json in a run directory. */
export async function readRunFile(path: string): Promise<string> {
  const file = join(path, RUN_FILE);
  if (!existsSync(file)) throw new Problems([`${path}: not a run directory: there is no ${RUN_FILE} in it`]);
  return readFile(file, "utf8");
}

type State = "no name" | "new" | "foreign" | "not a directory" | "other run" | "unfinished" | "finished";

async function stateOf(path: string, identity: string): Promise<State> {
  if (path.trim() === "") return "no name";
  if (!existsSync(path)) return "new";
  if (!(await stat(path)).isDirectory()) return "not a directory";
  const files = await readdir(path);
  if (files.length === 0) return "new";
  if (!files.includes(RUN_FILE)) return "foreign";
  if ((await readFile(join(path, RUN_FILE), "utf8")) !== identity) return "other run";
  return files.includes(ROWS_FILE) ? "finished" : "unfinished";
}

function problemWith(path: string, state: State, resume: boolean, force: boolean): string | null {
  if (state === "no name") return "--out: name a directory";
  if (state === "not a directory") return `--out ${path}: is a file; name a directory`;
  if (state === "new" || force) return null;
  switch (state) {
    case "foreign":
      return `--out ${path}: the directory is not empty and holds no run; name another, or --force to write into it`;
    case "other run":
      return `--out ${path}: the directory holds another run; name another directory, or --force to replace that run`;
    case "unfinished":
      return resume ? null : `--out ${path}: this run was begun there; --resume to go on, or --force to start over`;
    case "finished":
      return resume
        ? null
        : `--out ${path}: this run is there already; --resume to report it again, or --force to run it again`;
  }
}

/** Makes a directory and those above it, one by one: Node's own recursion never ends where a file system refuses (/proc). */
async function makeDirectory(path: string): Promise<void> {
  if (existsSync(path)) return;
  await makeDirectory(dirname(path));
  await mkdir(path);
}

/** Opens the growing rows for appending, cut back to the last row that a run can go on from. */
async function openPartial(
  path: string,
  tests: readonly TestName[],
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
