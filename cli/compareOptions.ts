import { FEWEST_SENSITIVITY_REPLICATIONS } from "../models/sensitivity/points.ts";
import type { CompareArguments } from "./commands/compare.ts";
import { LARGEST_ID, numberFlags } from "./numberFlags.ts";

const REPLICATIONS = 1_000;
const MOST_REPLICATIONS = 100_000;
const PRECISION = 0.01;
const SENSITIVITY_REPLICATIONS = 20;
const MOST_SENSITIVITY_REPLICATIONS = 10_000;

export type CompareOptions = {
  readonly nWorkers: number;
  readonly replications: number;
  readonly precision: number;
  /** A client's identity. */
  readonly trace: number | null;
  readonly sensitivityReplications: number;
};

/** The flags of `caseload compare` as values, with every problem; a default stands in for what is wrong. */
export function compareOptions(
  argv: Pick<
    CompareArguments,
    "workers" | "replications" | "precision" | "trace" | "sensitivity" | "sensitivityReplications"
  >,
): {
  readonly options: CompareOptions;
  readonly problems: string[];
} {
  const { problems, whole, workers } = numberFlags();
  const replications = whole("replications", argv.replications, REPLICATIONS, 2, MOST_REPLICATIONS);
  const precision = argv.precision === undefined ? PRECISION : Number(argv.precision);
  if (!(precision > 0 && precision <= 1) || argv.precision?.trim() === "")
    problems.push(`--precision must be a share of the base's value, above 0 and at most 1, got ${argv.precision}`);
  const trace = argv.trace === undefined ? null : whole("trace", argv.trace, 0, 0, LARGEST_ID);
  const sensitivityReplications = whole(
    "sensitivity-replications",
    argv.sensitivityReplications,
    SENSITIVITY_REPLICATIONS,
    FEWEST_SENSITIVITY_REPLICATIONS,
    MOST_SENSITIVITY_REPLICATIONS,
  );
  if (argv.sensitivityReplications !== undefined && argv.sensitivity === undefined)
    problems.push("--sensitivity-replications is for --sensitivity; give both or neither");
  if (argv.sensitivity !== undefined && argv.trace !== undefined)
    problems.push("--trace tells a client's story and no more; leave it or --sensitivity out");
  const nWorkers = workers(argv.workers);
  return { options: { nWorkers, replications, precision, trace, sensitivityReplications }, problems };
}
