import type { SimulateArguments } from "./commands/simulate.ts";
import { Problems } from "./problems.ts";
import { workersOf } from "./workers.ts";

const REPLICATIONS = 20;
const MOST_REPLICATIONS = 100_000;
/** Studies in one data file; each is kept in memory until it is written. */
const MOST_COHORTS = 1_000;
/** Identities have 32 bits. */
const LARGEST_ID = 2 ** 32 - 1;

export type SimulateOptions = {
  readonly nWorkers: number;
  readonly replications: number;
  readonly cohorts: number;
  /** A client's identity. */
  readonly trace: number | null;
};

/** The flags of `caseload simulate` as values; null if some are wrong, with every problem. */
export function simulateOptions(argv: Pick<SimulateArguments, "workers" | "replications" | "cohorts" | "trace">): {
  readonly options: SimulateOptions | null;
  readonly problems: string[];
} {
  const problems: string[] = [];
  const wholeNumber = (flag: string, text: string | undefined, otherwise: number, least: number, most: number) => {
    if (text === undefined) return otherwise;
    if (/^\d{1,12}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
    problems.push(`--${flag} must be a whole number from ${least} to ${most}, got ${text}`);
    return otherwise;
  };
  const replications = wholeNumber("replications", argv.replications, REPLICATIONS, 1, MOST_REPLICATIONS);
  const cohorts = wholeNumber("cohorts", argv.cohorts, 1, 1, MOST_COHORTS);
  if (problems.length === 0 && cohorts > replications)
    problems.push(`--cohorts must be at most --replications (${replications}), got ${cohorts}`);
  const trace = argv.trace === undefined ? null : wholeNumber("trace", argv.trace, 0, 0, LARGEST_ID);
  let nWorkers = 1;
  try {
    nWorkers = workersOf(argv.workers);
  } catch (error) {
    if (!(error instanceof Problems)) throw error;
    problems.push(...error.messages);
  }
  return { options: problems.length > 0 ? null : { nWorkers, replications, cohorts, trace }, problems };
}
