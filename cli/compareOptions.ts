import type { CompareArguments } from "./commands/compare.ts";
import { LARGEST_ID, numberFlags } from "./numberFlags.ts";

const REPLICATIONS = 1_000;
const MOST_REPLICATIONS = 100_000;
const PRECISION = 0.01;

export type CompareOptions = {
  readonly nWorkers: number;
  readonly replications: number;
  readonly precision: number;
  /** A client's identity. */
  readonly trace: number | null;
};

/** The flags of `caseload compare` as values, with every problem; a default stands in for what is wrong. */
export function compareOptions(argv: Pick<CompareArguments, "workers" | "replications" | "precision" | "trace">): {
  readonly options: CompareOptions;
  readonly problems: string[];
} {
  const { problems, whole, workers } = numberFlags();
  const replications = whole("replications", argv.replications, REPLICATIONS, 2, MOST_REPLICATIONS);
  const precision = argv.precision === undefined ? PRECISION : Number(argv.precision);
  if (!(precision > 0 && precision <= 1) || argv.precision?.trim() === "")
    problems.push(`--precision must be a share of the base's value, above 0 and at most 1, got ${argv.precision}`);
  const trace = argv.trace === undefined ? null : whole("trace", argv.trace, 0, 0, LARGEST_ID);
  return { options: { nWorkers: workers(argv.workers), replications, precision, trace }, problems };
}
