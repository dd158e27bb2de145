import { compare } from "../models/compare/compare.ts";
import type { Comparison, ComparisonPlan } from "../models/compare/comparisonTypes.ts";
import { type PlayedReplication, replicationPlayer } from "../models/compare/simulateKeyFigures.ts";
import { type StoriesOfClient, storiesOfClient } from "../models/compare/storiesOfClient.ts";
import { comparisonTable } from "../reports/comparisonTable.ts";
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
import { traceProblem } from "./traceProblem.ts";
import { caseloadVersion } from "./version.ts";

/** `caseload compare`: parse, compare, print. */
export async function runCompareCommand(argv: CompareArguments): Promise<void> {
  const { options, problems } = compareOptions(argv);
  const scenarios = await comparedScenarios(argv, problems);
  if (scenarios === null) throw new Problems(problems);
  const { nWorkers, trace, ...rule } = options;
  const plan: ComparisonPlan = { ...scenarios, ...rule };
  const { service } = plan.base;
  const found = [trace === null ? null : traceProblem({ service, seed: plan.seed }, trace), budgetProblem(plan)];
  const refused = found.filter((problem) => problem !== null);
  if (refused.length > 0) throw new Problems(refused);

  const stories = trace === null ? null : storiesOfClient(plan, trace);
  if (stories !== null && !argv.json) {
    process.stdout.write(`${stories.others.map((other) => twoStories(stories.base, other)).join("\n\n\n")}\n`);
    return;
  }
  const { signal, release } = abortOnInterrupt();
  try {
    const comparison = await run(plan, nWorkers, argv.quiet, signal);
    process.stdout.write(`${present(comparison, stories, argv)}\n`);
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
  { json, all }: Pick<CompareArguments, "json" | "all">,
): string {
  return json ? JSON.stringify(comparisonJson(comparison, stories), null, 2) : comparisonTable(comparison, all);
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

async function startRunner(plan: ComparisonPlan, nWorkers: number): Promise<BlockRunner<PlayedReplication>> {
  if (nWorkers === 1) return inThisThread(replicationPlayer(plan));
  const { inWorkers } = await import("../sim/montecarlo/pool.ts");
  return inWorkers(new URL("../models/compare/compareWorker.js", import.meta.url), plan, nWorkers);
}
