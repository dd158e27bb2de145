import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Problems } from "./problems.ts";

/** Says which run a directory holds. */
export const RUN_FILE = "run.json";

/** What runs of every command write: all that --force removes. */
const OUR_FILES = [
  RUN_FILE,
  "rows.csv",
  "rows.csv.partial",
  "summary.csv",
  "codebook.csv",
  "methods.md",
  "report.html",
  "charts",
  "truths",
  "kpis.csv",
  "trajectories.csv",
  "cohort-wide.csv",
  "cohort-wide.parquet",
  "cohort-long.csv",
  "cohort-long.parquet",
  "client-story.txt",
  "calibration.json",
  "calibration.txt",
  "fitted.yaml",
  "comparison.csv",
  "summary.md",
];

export type Claim = {
  /** Go on with the run that is there, finished or not; for commands that keep what is finished. */
  readonly resume: boolean;
  /** Clear what an earlier run left. */
  readonly force: boolean;
  /** Whether the command has a --resume; a run without one that was cut short begins again where it was. */
  readonly isResumable: boolean;
  /** The file that comes last: where it is, the run is finished. */
  readonly lastFile: string;
};

/**
 * Makes a directory a run's own: a new or empty one, the run's own (to go on with), or any that may be cleared of an
 * earlier run's files (`force`). `run.json` is in it from then on.
 *
 * @param identity the text of run.json; equal texts are the same run
 * @returns whether files of the same run are there to go on from
 * @throws Problems where the directory holds something else; nothing has been written then
 */
export async function claimDirectory(path: string, identity: string, claim: Claim): Promise<boolean> {
  const state = await stateOf(path, identity, claim.lastFile);
  const problem = problemWith(path, state, claim);
  if (problem !== null) throw new Problems([problem]);

  const goesOn = claim.resume && (state === "unfinished" || state === "finished");
  if (goesOn) return true;
  if (claim.force) for (const file of OUR_FILES) await rm(join(path, file), { recursive: true, force: true });
  await makeDirectory(path).catch(({ message }: Error) => {
    throw new Problems([`--out ${path}: the directory cannot be made (${message}); name another`]);
  });
  await writeFile(join(path, `${RUN_FILE}.tmp`), identity);
  await rename(join(path, `${RUN_FILE}.tmp`), join(path, RUN_FILE));
  return false;
}

type State = "no name" | "new" | "foreign" | "not a directory" | "other run" | "unfinished" | "finished";

async function stateOf(path: string, identity: string, lastFile: string): Promise<State> {
  if (path.trim() === "") return "no name";
  if (!existsSync(path)) return "new";
  if (!(await stat(path)).isDirectory()) return "not a directory";
  const files = await readdir(path);
  if (files.length === 0) return "new";
  if (!files.includes(RUN_FILE)) return "foreign";
  if ((await readFile(join(path, RUN_FILE), "utf8")) !== identity) return "other run";
  return files.includes(lastFile) ? "finished" : "unfinished";
}

function problemWith(path: string, state: State, { resume, force, isResumable }: Claim): string | null {
  if (state === "no name") return "--out: name a directory";
  if (state === "not a directory") return `--out ${path}: is a file; name a directory`;
  if (state === "new" || force) return null;
  switch (state) {
    case "foreign":
      return `--out ${path}: the directory is not empty and holds no run; name another, or --force to write into it`;
    case "other run":
      return `--out ${path}: the directory holds another run; name another directory, or --force to replace that run`;
    case "unfinished":
      return resume || !isResumable
        ? null
        : `--out ${path}: this run was begun there; --resume to go on, or --force to start over`;
    case "finished": {
      if (resume) return null;
      const again = isResumable ? "--resume to report it again, or --force to run it again" : "--force to run it again";
      return `--out ${path}: this run is there already; ${again}`;
    }
  }
}

/** Makes a directory and those above it, one by one: Node's own recursion never ends where a file system refuses (/proc). */
async function makeDirectory(path: string): Promise<void> {
  if (existsSync(path)) return;
  await makeDirectory(dirname(path));
  await mkdir(path);
}
