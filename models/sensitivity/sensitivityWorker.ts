import { workerData } from "node:worker_threads";
import type { Block } from "../../sim/montecarlo/replicate.ts";
import type { SensitivityPlan } from "./sensitivityTypes.ts";
import { sensitivitySimulator } from "./simulateWorlds.ts";

let simulate: ((block: Block) => Float64Array) | undefined;

/** Entry point of a worker thread: plays the one replication of a block of the plan that `workerData` describes. */
export function runBlock(block: Block): Float64Array {
  simulate ??= sensitivitySimulator(workerData as SensitivityPlan);
  return simulate(block);
}
