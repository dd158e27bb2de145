import { type BlockRunner, blocksOf, replicate } from "../sim/montecarlo/replicate.ts";
import { isBootstrapTest } from "./estimators/decisions.ts";
import { populationOf } from "./paths/population.ts";
import type { ConditionSummary, RowBlock } from "./powerTypes.ts";
import { conditionsOf } from "./scenario/conditions.ts";
import type { Condition, Scenario } from "./scenario/types.ts";
import { createPowerTally } from "./summarisePower.ts";

/**
 * The whole of a power study: conditions → blocks of replications → rows → rates with their Monte-Carlo error.
 * Start reading here.
 *
 * @param scenario checked and resolved (`parseScenario`)
 * @param runner   where blocks are simulated; the results do not depend on it
 * @param earlier  rows that an interrupted run left: a gapless beginning
 * @param onRows   sees every new block of rows, in order: condition after condition, replication after replication
 * @param signal   stops the run between two blocks
 * @returns a summary per condition, in the order of the grid
 */
export async function power(
  scenario: Scenario,
  runner: BlockRunner<RowBlock>,
  { earlier, onRows, signal }: PowerHooks = {},
): Promise<ConditionSummary[]> {
  const conditions = conditionsOf(scenario);
  const tallies = conditions.map(createPowerTally);
  let nDone = 0;
  for await (const rows of earlier ?? []) {
    tallies[rows.conditionIndex].add(rows);
    nDone += rows.count;
  }
  await replicate(
    blocksOf(scenario.power.replications, conditions.map(blockSize), nDone),
    runner,
    async (rows) => {
      tallies[rows.conditionIndex].add(rows);
      await onRows?.(rows);
    },
    signal,
  );
  return tallies.map((tally) => tally.summary());
}

export type PowerHooks = {
  readonly earlier?: AsyncIterable<RowBlock>;
  readonly onRows?: (rows: RowBlock) => void | Promise<void>;
  readonly signal?: AbortSignal;
};

/** Row products that a block may add up: about a fifth of a second of work. */
const WORK_PER_BLOCK = 2e8;
const LARGEST_BLOCK = 20_000;

/** Replications per block: few enough to lose little when a run is stopped, enough to keep workers busy. */
export function blockSize({ nClients, paths, analysis }: Condition): number {
  const variables = paths.covariates.n + 3;
  const resamples = analysis.tests.some(isBootstrapTest) ? analysis.bootstrap.resamples : 0;
  const rowsNeeded = resamples > 0 || !populationOf(paths).normalTheory;
  const work = rowsNeeded ? nClients * (10 * variables + (resamples * variables * variables) / 8) : 0;
  return Math.max(1, Math.min(LARGEST_BLOCK, Math.floor(WORK_PER_BLOCK / Math.max(1, work))));
}
