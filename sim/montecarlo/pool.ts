import { Piscina } from "piscina";
import type { Block, BlockRunner } from "./replicate.ts";

/**
 * Runs blocks in a pool of worker threads.
 *
 * @param worker   URL of a module that exports `runBlock`: (block) → result
 * @param setup    plain data that every worker gets once (`workerData`)
 * @param nWorkers threads, ≥ 1
 */
export function inWorkers<Result>(worker: URL, setup: unknown, nWorkers: number): BlockRunner<Result> {
  const pool = new Piscina({
    filename: worker.href,
    name: "runBlock",
    workerData: setup,
    minThreads: nWorkers,
    maxThreads: nWorkers,
  });
  return {
    run: (block: Block) => pool.run(block),
    width: nWorkers,
    close: () => pool.destroy(),
  };
}
