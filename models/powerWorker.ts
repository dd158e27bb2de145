import { workerData } from "node:worker_threads";
import type { Block } from "../sim/montecarlo/replicate.ts";
import type { RowBlock } from "./powerTypes.ts";
import { type PowerSetup, simulatorOf } from "./simulateConditions.ts";

let simulate: ((block: Block) => readonly RowBlock[]) | undefined;

/** Entry point of a worker thread: simulates one block of the study that `workerData` describes. */
export function runBlock(block: Block): readonly RowBlock[] {
  simulate ??= simulatorOf(workerData as PowerSetup);
  return simulate(block);
}
