import { workerData } from "node:worker_threads";
import type { Block } from "../sim/montecarlo/replicate.ts";
import { worldSimulator } from "./simulateWorld.ts";
import type { SimulationPlan, WorldResult } from "./simulationTypes.ts";

let simulate: ((replication: number) => WorldResult) | undefined;

/** Entry point of a worker thread: simulates the one replication of a block of the plan that `workerData` describes. */
export function runBlock({ firstReplication }: Block): WorldResult {
  simulate ??= worldSimulator(workerData as SimulationPlan);
  return simulate(firstReplication);
}
