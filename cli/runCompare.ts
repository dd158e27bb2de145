import { join } from "node:path";
import { compare } from "../models/compare/compare.ts";
import type { Comparison, ComparisonPlan } from "../models/compare/comparisonTypes.ts";
import { type PlayedReplication, replicationPlayer } from "../models/compare/simulateKeyFigures.ts";
import { type StoriesOfClient, storiesOfClient } from "../models/compare/storiesOfClient.ts";
import { comparisonTable } from "../reports/comparisonTable.ts";
import { twoStories } from "../reports/twoStories.ts";
import { type BlockRunner, inThisThread } from "../sim/montecarlo/replicate.ts";
import { budgetProblem } from "./checkBudget.ts";
import { claimDirectory } from "./claimDirectory.ts";
import type { CompareArguments } from "./commands/compare.ts";
import { comparedScenarios } from "./comparedScenarios.ts";
import { compareOptions } from "./compareOptions.ts";
import { comparisonJson } from "./comparisonJson.ts";
import { abortOnInterrupt, Interrupted } from "./interrupt.ts";
import { Problems } from "./problems.ts";
import { startProgress } from "./progress.ts";
import { traceProblem } from "./traceProblem.ts";
import { caseloadVersion } from "./version.ts";

const STORY_FILE = "client-story.txt";
const LAST_FILE = "report.html";

/** `caseload compare`: parse, compare, write. */
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

  const { out, force, json, quiet } = argv;
  const stories = trace === null ? null : storiesOfClient(plan, trace);
  if (stories !== null && out === undefined && !json) {
    process.stdout.write(`${storyWords(stories)}\n`);
    return;
  }
  if (out !== undefined)
    await claimDirectory(out, identityOf(plan, trace), {
      resume: false,
      force,
      isResumable: false,
      lastFile: LAST_FILE,
    });
  const { signal, release } = abortOnInterrupt();
  try {
    await present(await run(plan, nWorkers, quiet, signal), stories, argv);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    process.exitCode = 1;
    process.stderr.write("interrupted; the same command begins again\n");
  } finally {
    release();
  }
}

/** The text of run.json: what was asked, and nothing about the machine. Equal texts give equal results. */
function identityOf(plan: ComparisonPlan, trace: number | null): string {
  const asked = { ...plan, ...(trace === null ? {} : { trace }) };
  return `${JSON.stringify({ program: "caseload", version: caseloadVersion(), command: "compare", ...asked }, null, 2)}\n`;
}

/** Writes the files, prints the result, and last where the report is. */
async function present(
  comparison: Comparison,
  stories: StoriesOfClient | null,
  { out, all, json, quiet }: Pick<CompareArguments, "out" | "all" | "json" | "quiet">,
): Promise<void> {
  const words = stories === null ? null : storyWords(stories);
  const files: string[] = [];
  if (out !== undefined) {
    const { writeComparison } = await import("../reports/writeComparison.ts");
    const written = await writeComparison(comparison, out, words === null ? [] : [[STORY_FILE, `${words}\n`]]);
    files.push(...["run.json", ...written].map((file) => join(out, file)));
  }
  if (json) process.stdout.write(`${JSON.stringify(comparisonJson(comparison, stories, files), null, 2)}\n`);
  else
    process.stdout.write(`${[comparisonTable(comparison, all), ...(words === null ? [] : [words])].join("\n\n\n")}\n`);
  if (out !== undefined && !quiet) process.stderr.write(`\nreport: ${join(out, LAST_FILE)}\n`);
}

function storyWords({ base, others }: StoriesOfClient): string {
  return others.map((other) => twoStories(base, other)).join("\n\n\n");
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
