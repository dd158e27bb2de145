import { workerData } from "node:worker_threads";
import type { Block } from "../sim/montecarlo/replicate.ts";
import { type CohortProducts, type CohortSetup, cohortSimulator } from "./cohortProducts.ts";

let simulate: ((block: Block) => CohortProducts[]) | undefined;

/** Entry point of a worker thread: simulates one block of worlds for the conditions that `workerData` describes. */
export function runBlock(block: Block): CohortProducts[] {
  simulate ??= cohortSimulator(workerData as CohortSetup);
  return simulate(block);
}
