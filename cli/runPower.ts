import { exactCurvesOf } from "../models/exactCurves.ts";
import { type CohortProducts, cohortSimulator } from "../models/cohortProducts.ts";
import { power } from "../models/power.ts";
import type { ConditionSummary, PowerRun, RowBlock } from "../models/powerTypes.ts";
import { createRowSample } from "../models/rowSample.ts";
import { conditionsOf, conditionsOfPaths } from "../models/scenario/conditions.ts";
import type { Condition, Scenario } from "../models/scenario/types.ts";
import { type PowerSetup, simulatorOf } from "../models/simulateConditions.ts";
import { type Truth, truthsOf } from "../models/truth.ts";
import { type BlockRunner, inThisThread } from "../sim/montecarlo/replicate.ts";
import { seedKeyOf } from "../sim/random/address.ts";
import { Problems } from "./problems.ts";
import { startProgress } from "./progress.ts";
import type { RunDirectory } from "./runDirectory.ts";
import { openTruthStore } from "./truthStore.ts";
import { caseloadVersion } from "./version.ts";

/** Replications per condition that reports may draw one by one. */
const SAMPLED_ROWS = 2000;

/** The text of run.json: what was asked, and nothing about the machine. Equal texts give equal results. */
export function runIdentity(scenario: Scenario): string {
  return `${JSON.stringify({ program: "caseload", version: caseloadVersion(), command: "power", scenario }, null, 2)}\n`;
}

/** The scenario in the text of a run.json. */
export function scenarioOfIdentity(text: string, file: string): Scenario {
  let content: { readonly version?: unknown; readonly command?: unknown; readonly scenario?: Scenario };
  try {
    content = JSON.parse(text);
  } catch {
    throw new Problems([`${file}: not the JSON of a run; run the scenario again with --out`]);
  }
  const { command, version, scenario } = content;
  if (command !== "power" || scenario === undefined) {
    throw new Problems([`${file}: not a power run; name a directory of \`caseload power --out\``]);
  }
  if (version !== caseloadVersion()) {
    throw new Problems([`${file}: made by caseload ${version}, this is ${caseloadVersion()}; run the scenario again`]);
  }
  return scenario;
}

/**
 * Simulates a power study, in this thread or in workers, into a run directory if there is one.
 *
 * @param nWorkers  threads; the results do not depend on it
 * @param directory where rows are kept as they come; null: nowhere
 * @param signal    stops the run; the rows so far are kept
 */
export async function runPower(
  scenario: Scenario,
  nWorkers: number,
  directory: RunDirectory | null,
  quiet: boolean,
  signal: AbortSignal,
): Promise<PowerRun> {
  const conditions = conditionsOf(scenario);
  const total = conditions.length * scenario.power.replications;
  const sample = createRowSample(SAMPLED_ROWS);
  const truths = await findTruths(conditions, nWorkers, directory?.path ?? null, quiet, signal);
  const estimands = truths.map(({ estimand }) => estimand);
  const runner = await startRunner({ conditions, estimands, seed: seedKeyOf(scenario.seed) }, nWorkers);
  let nDone = 0;
  let progress: ReturnType<typeof startProgress> | undefined;
  async function* earlier(): AsyncGenerator<RowBlock> {
    for await (const rows of directory?.earlierRows() ?? []) {
      sample.add(rows);
      nDone += rows.count;
      yield rows;
    }
    progress = startProgress(total, nDone, quiet);
  }
  try {
    const summaries = await power(scenario, truths, runner, {
      earlier: earlier(),
      onRows: async (rows) => {
        sample.add(rows);
        await directory?.append(rows);
        nDone += rows.count;
        progress?.update(nDone);
      },
      signal,
    });
    await directory?.complete();
    return powerRunOf(scenario, summaries, sample.blocks());
  } finally {
    progress?.stop();
    await runner.close();
    await directory?.close();
  }
}

/** What a report needs, from the summaries and the rows kept for pictures. */
export function powerRunOf(
  scenario: Scenario,
  conditions: readonly ConditionSummary[],
  sampleRows: readonly RowBlock[],
): PowerRun {
  return {
    result: {
      scenario: scenario.name,
      seed: scenario.seed,
      version: caseloadVersion(),
      replications: scenario.power.replications,
      conditions,
    },
    scenario,
    sampleRows,
    exactCurves:
      scenario.generator === "paths"
        ? exactCurvesOf(conditionsOfPaths(scenario), conditions, scenario.power.target)
        : [],
  };
}

/**
 * Summaries and pictures' rows of a finished run, from its rows.
 *
 * @param path the run's directory, which holds the truths of a service
 */
export async function reread(scenario: Scenario, rows: AsyncIterable<RowBlock>, path: string): Promise<PowerRun> {
  const sample = createRowSample(SAMPLED_ROWS);
  async function* kept(): AsyncGenerator<RowBlock> {
    for await (const block of rows) {
      sample.add(block);
      yield block;
    }
  }
  const never = inThisThread<readonly RowBlock[]>(({ conditionIndex, firstReplication }) => {
    throw new Error(
      `rows end at condition ${conditionIndex + 1}, replication ${firstReplication}: the run is unfinished`,
    );
  });
  const { signal } = new AbortController();
  const truths = await findTruths(conditionsOf(scenario), 1, path, true, signal);
  const summaries = await power(scenario, truths, never, { earlier: kept() });
  return powerRunOf(scenario, summaries, sample.blocks());
}

/** The true ab of every condition, from where it is known or by simulation. */
async function findTruths(
  conditions: readonly Condition[],
  nWorkers: number,
  path: string | null,
  quiet: boolean,
  signal: AbortSignal,
): Promise<Truth[]> {
  let progress: ReturnType<typeof startProgress> | undefined;
  try {
    return await truthsOf(conditions, () => startCohortRunner(conditions, nWorkers), openTruthStore(path), {
      signal,
      onWorlds: (done, total) => {
        progress ??= startProgress(total, 0, quiet, "worlds for the true effect");
        progress.update(done);
      },
    });
  } finally {
    progress?.stop();
  }
}

async function startCohortRunner(
  conditions: readonly Condition[],
  nWorkers: number,
): Promise<BlockRunner<readonly CohortProducts[]>> {
  if (nWorkers === 1) return inThisThread(cohortSimulator({ conditions }));
  const { inWorkers } = await import("../sim/montecarlo/pool.ts");
  return inWorkers(new URL("../models/cohortWorker.js", import.meta.url), { conditions }, nWorkers);
}

async function startRunner(setup: PowerSetup, nWorkers: number): Promise<BlockRunner<readonly RowBlock[]>> {
  if (nWorkers === 1) return inThisThread(simulatorOf(setup));
  const { inWorkers } = await import("../sim/montecarlo/pool.ts");
  return inWorkers(new URL("../models/powerWorker.js", import.meta.url), setup, nWorkers);
}
