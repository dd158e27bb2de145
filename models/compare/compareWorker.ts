import { workerData } from "node:worker_threads";
import type { Block } from "../../sim/montecarlo/replicate.ts";
import type { ComparisonPlan } from "./comparisonTypes.ts";
import { keyFigureSimulator } from "./simulateKeyFigures.ts";

let simulate: ((block: Block) => Float64Array) | undefined;

/** Entry point of a worker thread: plays the one replication of a block of the plan that `workerData` describes. */
export function runBlock(block: Block): Float64Array {
  simulate ??= keyFigureSimulator(workerData as ComparisonPlan);
  return simulate(block);
}
