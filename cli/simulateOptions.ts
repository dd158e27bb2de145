import type { SimulateArguments } from "./commands/simulate.ts";
import { LARGEST_ID, numberFlags } from "./numberFlags.ts";

const REPLICATIONS = 20;
const MOST_REPLICATIONS = 100_000;
/** Studies in one data file; each is kept in memory until it is written. */
const MOST_COHORTS = 1_000;

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
  const { problems, whole, workers } = numberFlags();
  const replications = whole("replications", argv.replications, REPLICATIONS, 1, MOST_REPLICATIONS);
  const cohorts = whole("cohorts", argv.cohorts, 1, 1, MOST_COHORTS);
  if (problems.length === 0 && cohorts > replications)
    problems.push(`--cohorts must be at most --replications (${replications}), got ${cohorts}`);
  const trace = argv.trace === undefined ? null : whole("trace", argv.trace, 0, 0, LARGEST_ID);
  const nWorkers = workers(argv.workers);
  return { options: problems.length > 0 ? null : { nWorkers, replications, cohorts, trace }, problems };
}
