import { workerData } from "node:worker_threads";
import type { Block } from "../../sim/montecarlo/replicate.ts";
import type { ComparisonPlan } from "./comparisonTypes.ts";
import { type PlayedReplication, replicationPlayer } from "./simulateKeyFigures.ts";

let play: ((block: Block) => PlayedReplication) | undefined;

/** Entry point of a worker thread: plays the one replication of a block of the plan that `workerData` describes. */
export function runBlock(block: Block): PlayedReplication {
  play ??= replicationPlayer(workerData as ComparisonPlan);
  return play(block);
}
