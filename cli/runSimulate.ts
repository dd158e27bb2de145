import { join } from "node:path";
import { applyServiceFactors } from "../models/scenario/conditions.ts";
import type { Scenario, ServiceScenario } from "../models/scenario/types.ts";
import { worldSimulator } from "../models/simulateWorld.ts";
import { simulation } from "../models/simulation.ts";
import type { SimulationPlan, SimulationRun, WorldResult } from "../models/simulationTypes.ts";
import { type TracedStory, traceStory } from "../models/traceStory.ts";
import { clientStory } from "../reports/clientStory.ts";
import { kpiTable } from "../reports/kpiTable.ts";
import { type BlockRunner, inThisThread } from "../sim/montecarlo/replicate.ts";
import { claimDirectory } from "./claimDirectory.ts";
import type { SimulateArguments } from "./commands/simulate.ts";
import { abortOnInterrupt, Interrupted } from "./interrupt.ts";
import { loadScenario } from "./loadScenario.ts";
import { overridesOf } from "./options.ts";
import { Problems } from "./problems.ts";
import { startProgress } from "./progress.ts";
import { simulateOptions, type SimulateOptions } from "./simulateOptions.ts";
import { traceProblem } from "./traceProblem.ts";
import { caseloadVersion } from "./version.ts";

const STORY_FILE = "client-story.txt";
const LAST_FILE = "report.html";

/** `caseload simulate`: parse, simulate, write. */
export async function runSimulateCommand(argv: SimulateArguments): Promise<void> {
  const { out, force, json, quiet } = argv;
  const { options, problems } = simulateOptions(argv);
  const overrides = overridesOf({
    ...(argv.set === undefined ? {} : { set: argv.set }),
    ...(argv.seed === undefined ? {} : { seed: argv.seed }),
  });
  const { scenario } = await loadScenario(argv.scenario, overrides).catch((error) => {
    throw error instanceof Problems ? new Problems([...problems, ...error.messages]) : error;
  });
  const service = serviceOf(scenario, problems);
  if (service === null || options === null) throw new Problems(problems);
  const plan = planOf(service, options);
  const unknown = options.trace === null ? null : traceProblem(plan, options.trace);
  if (unknown !== null) throw new Problems([...problems, unknown]);

  if (options.trace !== null && out === undefined && !json) {
    process.stdout.write(`${storyWords(plan, traceStory(plan, options.trace))}\n`);
    return;
  }
  if (out !== undefined)
    await claimDirectory(out, identityOf(service, options), {
      resume: false,
      force,
      isResumable: false,
      lastFile: LAST_FILE,
    });
  if (!quiet && service.power.conditions.length > 1)
    process.stderr.write("the grid under power: is not played out; --set changes a value of the service\n");
  const { signal, release } = abortOnInterrupt();
  try {
    const run = await simulate(plan, options.nWorkers, quiet, signal);
    const story = options.trace === null ? null : traceStory(plan, options.trace);
    await present(run, story, out, json, quiet);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    process.exitCode = 1;
    process.stderr.write("interrupted; the same command begins again\n");
  } finally {
    release();
  }
}

/** The scenario's service; a problem is noted where it has none. */
function serviceOf(scenario: Scenario, problems: string[]): ServiceScenario | null {
  if (scenario.generator === "service") return scenario;
  problems.push(
    `${scenario.name}: its studies come from the path model (paths:), and there is no service to play out; ` +
      "name a scenario with a section service:, or `caseload power` for this one",
  );
  return null;
}

/** What is played out: the scenario's own values, with those of its condition where the grid has one only. */
function planOf(scenario: ServiceScenario, { replications, cohorts }: SimulateOptions): SimulationPlan {
  const { name, title, source, seed, power, costs, kpis } = scenario;
  const { service, study } =
    power.conditions.length === 1 ? applyServiceFactors(scenario, power.conditions[0]) : scenario;
  return { name, title, source, seed, service, study, costs, kpis, replications, cohorts };
}

/** The text of run.json: what was asked, and nothing about the machine. Equal texts give equal results. */
function identityOf(scenario: ServiceScenario, { replications, cohorts, trace }: SimulateOptions): string {
  const asked = { replications, cohorts, ...(trace === null ? {} : { trace }) };
  return `${JSON.stringify({ program: "caseload", version: caseloadVersion(), command: "simulate", ...asked, scenario }, null, 2)}\n`;
}

async function simulate(
  plan: SimulationPlan,
  nWorkers: number,
  quiet: boolean,
  signal: AbortSignal,
): Promise<SimulationRun> {
  const runner = await startRunner(plan, Math.min(nWorkers, plan.replications));
  const progress = startProgress(plan.replications, 0, quiet);
  let nDone = 0;
  try {
    return await simulation(plan, runner, caseloadVersion(), { onWorld: () => progress.update(++nDone), signal });
  } finally {
    progress.stop();
    await runner.close();
  }
}

async function startRunner(plan: SimulationPlan, nWorkers: number): Promise<BlockRunner<WorldResult>> {
  if (nWorkers === 1) {
    const world = worldSimulator(plan);
    return inThisThread(({ firstReplication }) => world(firstReplication));
  }
  const { inWorkers } = await import("../sim/montecarlo/pool.ts");
  return inWorkers(new URL("../models/simulationWorker.js", import.meta.url), plan, nWorkers);
}

/** Writes the files, prints the result, and last where the report is. */
async function present(
  run: SimulationRun,
  story: TracedStory | null,
  out: string | undefined,
  json: boolean,
  quiet: boolean,
): Promise<void> {
  const words = story === null ? null : storyWords(run.plan, story);
  const files: string[] = [];
  if (out !== undefined) {
    const { writeServiceReport } = await import("../reports/serviceReport.ts");
    files.push(...(await writeServiceReport(run, out, words === null ? [] : [[STORY_FILE, `${words}\n`]])));
  }
  if (json) process.stdout.write(`${JSON.stringify(resultOf(run, story, out, files), null, 2)}\n`);
  else process.stdout.write(`${[kpiTable(run), ...(words === null ? [] : [words])].join("\n\n")}\n`);
  if (out !== undefined && !quiet) process.stderr.write(`\nreport: ${join(out, LAST_FILE)}\n`);
}

function storyWords({ service }: SimulationPlan, { trace, interviews }: TracedStory): string {
  return clientStory(trace, interviews, service);
}

/** The result for machines; numbers that are not defined are null. */
function resultOf(
  { plan, version, kpis, nFlagged, studies }: SimulationRun,
  story: TracedStory | null,
  out: string | undefined,
  files: readonly string[],
) {
  return {
    scenario: plan.name,
    seed: plan.seed,
    version,
    replications: plan.replications,
    kpis: Object.fromEntries(kpis.map(({ name, definition: _, ...kpi }) => [name, kpi])),
    emptied: nFlagged,
    cohorts: studies.map(({ nClients, nEligible }) => ({ nClients, nEligible })),
    ...(story === null ? {} : { trace: { ...story.trace, interviews: story.interviews } }),
    files: out === undefined ? [] : ["run.json", ...files].map((file) => join(out, file)),
  };
}
