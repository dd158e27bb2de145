import { join } from "node:path";
import { compare } from "../models/compare/compare.ts";
import type { Comparison, ComparisonPlan } from "../models/compare/comparisonTypes.ts";
import { type PlayedReplication, replicationPlayer } from "../models/compare/simulateKeyFigures.ts";
import { type StoriesOfClient, storiesOfClient } from "../models/compare/storiesOfClient.ts";
import type { Sensitivity, SensitivityPlan } from "../models/sensitivity/sensitivityTypes.ts";
import { comparisonTable } from "../reports/comparisonTable.ts";
import { sensitivityTable } from "../reports/sensitivityTable.ts";
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
import { planSensitivity, runSensitivity } from "./runSensitivity.ts";
import { sensitivityJson } from "./sensitivityJson.ts";
import { traceProblem } from "./traceProblem.ts";
import { caseloadVersion } from "./version.ts";

const STORY_FILE = "client-story.txt";
const LAST_FILE = "report.html";

/** `caseload compare`: parse, compare, write. */
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

  const { out, force, json, quiet } = argv;
  const stories = trace === null ? null : storiesOfClient(plan, trace);
  if (stories !== null && out === undefined && !json) {
    process.stdout.write(`${storyWords(stories)}\n`);
    return;
  }
  if (out !== undefined)
    await claimDirectory(out, identityOf(plan, trace, sensitivity), {
      resume: false,
      force,
      isResumable: false,
      lastFile: LAST_FILE,
    });
  const { signal, release } = abortOnInterrupt();
  try {
    const comparison = await run(plan, nWorkers, quiet, signal);
    const driven = sensitivity && (await runSensitivity(sensitivity, nWorkers, quiet, signal));
    await present(comparison, stories, driven, argv);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    process.exitCode = 1;
    process.stderr.write("interrupted; the same command begins again\n");
  } finally {
    release();
  }
}

/** The text of run.json: what was asked, and nothing about the machine. Equal texts give equal results. */
function identityOf(plan: ComparisonPlan, trace: number | null, sensitivity: SensitivityPlan | null): string {
  const varied = sensitivity && {
    figure: sensitivity.figure,
    assumptions: sensitivity.assumptions,
    replications: sensitivity.replications,
  };
  const asked = { ...plan, ...(trace === null ? {} : { trace }), ...(varied === null ? {} : { sensitivity: varied }) };
  return `${JSON.stringify({ program: "caseload", version: caseloadVersion(), command: "compare", ...asked }, null, 2)}\n`;
}

/** Writes the files, prints the result, and last where the report is. */
async function present(
  comparison: Comparison,
  stories: StoriesOfClient | null,
  driven: Sensitivity | null,
  { out, all, json, quiet }: Pick<CompareArguments, "out" | "all" | "json" | "quiet">,
): Promise<void> {
  const words = stories === null ? null : storyWords(stories);
  const files: string[] = [];
  if (out !== undefined) {
    const { writeComparison } = await import("../reports/writeComparison.ts");
    const further = words === null ? [] : ([[STORY_FILE, `${words}\n`]] as const);
    const written = await writeComparison(comparison, driven, out, further);
    files.push(...["run.json", ...written].map((file) => join(out, file)));
  }
  if (json) {
    const result = comparisonJson(comparison, stories, files);
    const whole = driven === null ? result : { ...result, sensitivity: sensitivityJson(driven) };
    process.stdout.write(`${JSON.stringify(whole, null, 2)}\n`);
  } else {
    const parts = [comparisonTable(comparison, all), words, driven && sensitivityTable(driven, all)];
    process.stdout.write(`${parts.filter((part) => part !== null).join("\n\n\n")}\n`);
  }
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
