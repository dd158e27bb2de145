import { workerData } from "node:worker_threads";
import type { Block } from "../../sim/montecarlo/replicate.ts";
import type { Key } from "../../sim/random/address.ts";
import { type CalibrationCandidate, calibrationBlock, type StatisticRows } from "./calibrationBlock.ts";

/** A block that brings its own parameters: a fit does not know its candidates beforehand. */
export type CandidateBlock = Block & { readonly candidate: CalibrationCandidate };

/** What every thread is told once. */
export type CalibrationWorkerData = { readonly seed: Key };

/** Entry point of a worker thread: simulates the replicates of one block. */
export function runBlock({ candidate, ...block }: CandidateBlock): StatisticRows {
  return calibrationBlock(candidate, (workerData as CalibrationWorkerData).seed, block);
}
