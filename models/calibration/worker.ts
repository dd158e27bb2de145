import { workerData } from "node:worker_threads";
import type { Block } from "../../sim/montecarlo/replicate.ts";
import { type CalibrationSetup, calibrationBlock, type StatisticRows } from "./calibrationBlock.ts";

/** Entry point of a worker thread: simulates one block of the candidates that `workerData` describes. */
export function runBlock(block: Block): StatisticRows {
  return calibrationBlock(workerData as CalibrationSetup, block);
}
