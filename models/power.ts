import { type Block, type BlockRunner, blocksOf, replicate } from "../sim/montecarlo/replicate.ts";
import { groupsOf } from "./conditionGroups.ts";
import { drawsResamples, isImputed } from "./decisionNames.ts";
import { needsRows } from "./needsRows.ts";
import { populationOf } from "./paths/population.ts";
import type { ConditionSummary, RowBlock } from "./powerTypes.ts";
import { conditionsOf } from "./scenario/conditions.ts";
import type { AnalysisPlan, Condition, PathsCondition, Scenario, ServiceCondition } from "./scenario/types.ts";
import { createPowerTally } from "./summarisePower.ts";
import type { Truth } from "./truth.ts";

/**
 * The whole of a power study: conditions → blocks of replications → rows → rates with their Monte-Carlo error.
 * Start reading here.
 *
 * @param scenario checked and resolved (`parseScenario`)
 * @param truths   the true indirect effect of every condition (`truthsOf`)
 * @param runner   where blocks are simulated; the results do not depend on it
 * @param earlier  rows that an interrupted run left: whole blocks from the beginning (`wholeRows`)
 * @param onRows   sees every new block of rows, in order: group after group, block after block, condition after condition
 * @param signal   stops the run between two blocks
 * @returns a summary per condition, in the order of the grid
 */
export async function power(
  scenario: Scenario,
  truths: readonly Truth[],
  runner: BlockRunner<readonly RowBlock[]>,
  { earlier, onRows, signal }: PowerHooks = {},
): Promise<ConditionSummary[]> {
  const conditions = conditionsOf(scenario);
  const tallies = conditions.map((condition, i) => createPowerTally(condition, truths[i]));
  let nRows = 0;
  for await (const rows of earlier ?? []) {
    tallies[rows.conditionIndex].add(rows);
    nRows += rows.count;
  }
  await replicate(
    blocksAfter(scenario, nRows),
    runner,
    async (blocks) => {
      for (const rows of blocks) {
        tallies[rows.conditionIndex].add(rows);
        await onRows?.(rows);
      }
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

/** The blocks that are left when so many rows are there; each is named by the first condition of its group. */
function* blocksAfter(scenario: Scenario, nRows: number): Generator<Block> {
  const { groups, sizes, replications } = planOf(scenario);
  let nDone = 0;
  let rest = nRows;
  for (const group of groups) {
    const here = Math.min(replications, Math.floor(rest / group.length));
    rest -= here * group.length;
    nDone += here;
  }
  for (const block of blocksOf(replications, sizes, nDone))
    yield { ...block, conditionIndex: groups[block.conditionIndex][0] };
}

/**
 * How many of the first `nRows` rows of a run make whole replications of all conditions of their group: a run that was
 * interrupted between the conditions of a block goes on from there.
 */
export function wholeRows(scenario: Scenario, nRows: number): number {
  const { groups, sizes, replications } = planOf(scenario);
  let whole = 0;
  for (const [g, { length }] of groups.entries()) {
    const left = nRows - whole;
    if (left >= replications * length) whole += replications * length;
    else if (length === 1) return nRows;
    else return whole + Math.floor(left / (sizes[g] * length)) * sizes[g] * length;
  }
  return whole;
}

function planOf(scenario: Scenario) {
  const conditions = conditionsOf(scenario);
  const groups = groupsOf(conditions);
  const sizes = groups.map((group) => groupBlockSize(group.map((i) => conditions[i])));
  return { groups, sizes, replications: scenario.power.replications };
}

/** Row products that a block may add up: about a fifth of a second of work. */
const WORK_PER_BLOCK = 2e8;
const LARGEST_BLOCK = 20_000;
/** The same work in client-weeks of a service. */
const CLIENT_WEEKS_PER_BLOCK = 6e5;

function groupBlockSize(group: readonly Condition[]): number {
  const [first] = group;
  return first.generator === "paths" ? blockSize(first) : serviceBlockSize(first);
}

/** Replications per block: few enough to lose little when a run is stopped, enough to keep workers busy. */
export function blockSize({
  nClients,
  paths,
  analysis,
}: Pick<PathsCondition, "nClients" | "paths" | "analysis">): number {
  const nVariables = paths.waves.count === 0 ? 3 + paths.covariates.n : 3 * paths.waves.count;
  const rounds = analysis.estimators.some(isImputed) ? analysis.imputation.count * analysis.imputation.iterations : 0;
  const nFits = analysis.estimators.length + rounds;
  const work = needsRows(populationOf(paths), analysis)
    ? nFits * workOf(nClients, nVariables, resamplesOf(analysis))
    : 0;
  return Math.max(1, Math.min(LARGEST_BLOCK, Math.floor(WORK_PER_BLOCK / Math.max(1, work))));
}

function serviceBlockSize({ service }: ServiceCondition): number {
  const { time, teams, staffing } = service;
  const clientWeeks = time.weeks * time.stepsPerWeek * teams.count * teams.seats * staffing.caseloadCap;
  return Math.max(1, Math.min(100, Math.floor(CLIENT_WEEKS_PER_BLOCK / clientWeeks)));
}

function resamplesOf({ tests, bootstrap }: AnalysisPlan): number {
  return tests.some(drawsResamples) ? bootstrap.resamples : 0;
}

function workOf(nClients: number, variables: number, resamples: number): number {
  return nClients * (10 * variables + (resamples * variables * variables) / 8);
}
