import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { type AnalysisOptions, analyze } from "../models/estimators/analyze.ts";
import { describeFailure } from "../models/estimators/fitMediation.ts";
import { suggestion } from "../models/scenario/nearestName.ts";
import { TEST_NAMES, type TestName } from "../models/scenario/types.ts";
import { analysisTable, missingNote } from "../reports/analysisTable.ts";
import { Problems, unreadable } from "./problems.ts";
import { type CsvColumns, type CsvProblems, parseCsv } from "./readCsv.ts";
import { caseloadVersion } from "./version.ts";

/** What `caseload analyze` was asked, as typed; what is undefined takes its default. */
export type AnalysisRequest = {
  readonly file: string;
  readonly x: string;
  readonly m: string;
  readonly y: string;
  readonly covariates: readonly string[] | undefined;
  readonly tests: string | undefined;
  readonly level: string | undefined;
  readonly resamples: string | undefined;
  readonly draws: string | undefined;
  readonly seed: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly out: string | undefined;
};

/** The tests of the contract; aroian and goodman on request. */
const DEFAULT_TESTS: readonly TestName[] = TEST_NAMES.filter((name) => name !== "aroian" && name !== "goodman");
const DEFAULT_SEED = "caseload";
/** Memory for the values of one set of resamples or draws stays below 100 MB. */
const MOST_RESAMPLES = 10_000_000;

/**
 * Reads the file, analyses it, and writes the table or the JSON to the terminal or to `--out`.
 *
 * @throws Problems with everything that is wrong with the request and the file
 */
export function runAnalysis(request: AnalysisRequest): void {
  const { options, problems } = optionsOf(request);
  const read = readColumns(request);
  const all = [...problems, ...outProblems(request.out), ...(read.ok ? [] : read.problems)];
  if (!read.ok || all.length > 0) throw new Problems(all);

  const { names, missing } = read;
  const result = analyze(read, names, options);
  if ("ok" in result) throw new Problems([`${request.file}: ${describeFailure(result, names)}`]);
  const source = { file: basename(request.file), seed: options.seed, version: caseloadVersion(), missing };
  const note = missingNote(missing);
  if (note !== null && !request.quiet) process.stderr.write(`${request.file}: ${note}\n`);
  const { nRows, nDropped, byColumn } = missing;
  const json = { ...result, seed: options.seed, version: source.version, nRows, nDropped, missing: byColumn };
  write(request.json ? JSON.stringify(json, null, 2) : analysisTable(result, source), request.out);
}

type Checked = { readonly options: AnalysisOptions; readonly problems: readonly string[] };

function optionsOf({ tests, level = "0.95", resamples = "5000", draws = "20000", seed }: AnalysisRequest): Checked {
  const problems: string[] = [];
  const named = tests?.split(",").map((name) => name.trim()) ?? DEFAULT_TESTS;
  const known = [...new Set(named)].filter((name): name is TestName => {
    const isKnown = (TEST_NAMES as readonly string[]).includes(name);
    if (!isKnown) problems.push(`--tests: unknown test "${name}"${suggestion(name, TEST_NAMES)}`);
    return isKnown;
  });
  const share = level.trim() === "" ? Number.NaN : Number(level);
  if (!(share > 0 && share < 1)) problems.push(`--level must be in (0, 1), got ${level}; 95 % is 0.95`);
  const count = (flag: string, text: string) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= 2 && number <= MOST_RESAMPLES)) {
      problems.push(`${flag} must be a whole number from 2 to 10000000, got ${text}`);
    }
    return number;
  };
  const options = {
    tests: known,
    level: share,
    resamples: count("--resamples", resamples),
    draws: count("--draws", draws),
    seed: seed ?? DEFAULT_SEED,
  };
  return { options, problems };
}

function readColumns({ file, x, m, y, covariates = [] }: AnalysisRequest): CsvColumns | CsvProblems {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return { ok: false, problems: [`${file}: ${unreadable(error as NodeJS.ErrnoException)}`] };
  }
  return parseCsv(bytes, file, { x, m, y, covariates });
}

function outProblems(out: string | undefined): string[] {
  return out !== undefined && existsSync(out) ? [`--out ${out} exists already; name a new file or remove it`] : [];
}

/** To the terminal, or to a file that appears whole or not at all. */
function write(text: string, out: string | undefined): void {
  if (out === undefined) {
    process.stdout.write(`${text}\n`);
    return;
  }
  const temporary = `${out}.tmp`;
  try {
    writeFileSync(temporary, `${text}\n`);
    renameSync(temporary, out);
  } catch (error) {
    throw new Problems([`--out ${out} cannot be written: ${(error as Error).message}`]);
  }
}
