import type { SimulateCondition } from "../models/sampleSize/answer.ts";
import {
  type SearchBlock,
  type SearchResult,
  searchSimulator,
  simulateThrough,
} from "../models/sampleSize/searchBlocks.ts";
import { type BlockRunner, inThisThread } from "../sim/montecarlo/replicate.ts";
import { seedKeyOf } from "../sim/random/address.ts";

/** Milliseconds between two lines about a search: what it will take is not known beforehand. */
const LINE_MS = 10_000;

/**
 * Simulates what a search asks for, in this thread or in workers; says on stderr now and then how far it is.
 *
 * @param nWorkers threads; the results do not depend on it
 */
export async function startSearchRunner(
  seedText: string,
  nWorkers: number,
  quiet: boolean,
  signal: AbortSignal,
): Promise<{ readonly simulate: SimulateCondition; readonly close: () => Promise<void> }> {
  const seed = seedKeyOf(seedText);
  const runner = await runnerFor(nWorkers, seed);
  let done = 0;
  let nextLine = performance.now() + LINE_MS;
  const report = (count: number, { nClients, analysis }: Parameters<SimulateCondition>[0]) => {
    done += count;
    if (quiet || performance.now() < nextLine) return;
    nextLine += LINE_MS;
    process.stderr.write(`${analysis.tests[0]}: near N = ${nClients}; ${done} replications so far\n`);
  };
  return {
    simulate: (condition, first, count) =>
      simulateThrough(runner, (n) => report(n, condition), signal)(condition, first, count),
    close: () => runner.close(),
  };
}

async function runnerFor(nWorkers: number, seed: ReturnType<typeof seedKeyOf>): Promise<BlockRunner<SearchResult>> {
  if (nWorkers === 1) {
    const simulate = searchSimulator(seed);
    return inThisThread((block) => simulate(block as SearchBlock));
  }
  const { inWorkers } = await import("../sim/montecarlo/pool.ts");
  return inWorkers(new URL("../models/sampleSize/searchWorker.js", import.meta.url), { seed }, nWorkers);
}
