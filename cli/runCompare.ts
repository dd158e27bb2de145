import { compare } from "../models/compare/compare.ts";
import type { Comparison, ComparisonPlan } from "../models/compare/comparisonTypes.ts";
import { keyFigureSimulator } from "../models/compare/simulateKeyFigures.ts";
import { type StoriesOfClient, storiesOfClient } from "../models/compare/storiesOfClient.ts";
import type { Sensitivity } from "../models/sensitivity/sensitivityTypes.ts";
import { comparisonTable } from "../reports/comparisonTable.ts";
import { sensitivityTable } from "../reports/sensitivityTable.ts";
import { twoStories } from "../reports/twoStories.ts";
import { type BlockRunner, inThisThread } from "../sim/montecarlo/replicate.ts";
import { budgetProblem } from "./checkBudget.ts";
import type { CompareArguments } from "./commands/compare.ts";
import { comparedScenarios } from "./comparedScenarios.ts";
import { compareOptions } from "./compareOptions.ts";
import { comparisonJson } from "./comparisonJson.ts";
import { abortOnInterrupt, Interrupted } from "./interrupt.ts";
import { Problems } from "./problems.ts";
import { startProgress } from "./progress.ts";
import { planSensitivity, runSensitivity } from "./runSensitivity.ts";
import { sensitivityJson } from "./sensitivityJson.ts";
import { traceProblem } from "./traceProblem.ts";
import { caseloadVersion } from "./version.ts";

/** `caseload compare`: parse, compare, print. */
export async function runCompareCommand(argv: CompareArguments): Promise<void> {
  const { options, problems } = compareOptions(argv);
  const scenarios = await comparedScenarios(argv, problems);
  if (scenarios === null) throw new Problems(problems);
  const refused: string[] = [];
  const { nWorkers, trace, sensitivityReplications, replications, precision } = options;
  const { annotations, ...compared } = scenarios;
  const plan: ComparisonPlan = { ...compared, replications, precision };
  const sensitivity =
    argv.sensitivity === undefined
      ? null
      : planSensitivity(plan, annotations, argv.sensitivity, sensitivityReplications, refused);
  const { service } = plan.base;
  const found = [trace === null ? null : traceProblem({ service, seed: plan.seed }, trace), budgetProblem(plan)];
  refused.push(...found.filter((problem) => problem !== null));
  if (refused.length > 0) throw new Problems(refused);

  const stories = trace === null ? null : storiesOfClient(plan, trace);
  if (stories !== null && !argv.json) {
    process.stdout.write(`${stories.others.map((other) => twoStories(stories.base, other)).join("\n\n\n")}\n`);
    return;
  }
  const { signal, release } = abortOnInterrupt();
  try {
    const comparison = await run(plan, nWorkers, argv.quiet, signal);
    const driven = sensitivity && (await runSensitivity(sensitivity, nWorkers, argv.quiet, signal));
    process.stdout.write(`${present(comparison, stories, driven, argv)}\n`);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    process.exitCode = 1;
    process.stderr.write("interrupted; the same command begins again\n");
  } finally {
    release();
  }
}

function present(
  comparison: Comparison,
  stories: StoriesOfClient | null,
  driven: Sensitivity | null,
  { json, all }: Pick<CompareArguments, "json" | "all">,
): string {
  if (json) {
    const result = comparisonJson(comparison, stories);
    return JSON.stringify(driven === null ? result : { ...result, sensitivity: sensitivityJson(driven) }, null, 2);
  }
  const table = comparisonTable(comparison, all);
  return driven === null ? table : `${table}\n\n${sensitivityTable(driven, all)}`;
}

async function run(plan: ComparisonPlan, nWorkers: number, quiet: boolean, signal: AbortSignal): Promise<Comparison> {
  const runner = await startRunner(plan, nWorkers);
  const progress = startProgress(plan.replications * (plan.others.length + 1), 0, quiet, "services at most");
  let nPlayed = 0;
  try {
    return await compare(plan, runner, caseloadVersion(), { onPlayed: () => progress.update(++nPlayed), signal });
  } finally {
    progress.stop();
    await runner.close();
  }
}

async function startRunner(plan: ComparisonPlan, nWorkers: number): Promise<BlockRunner<Float64Array>> {
  if (nWorkers === 1) return inThisThread(keyFigureSimulator(plan));
  const { inWorkers } = await import("../sim/montecarlo/pool.ts");
  return inWorkers(new URL("../models/compare/compareWorker.js", import.meta.url), plan, nWorkers);
}
