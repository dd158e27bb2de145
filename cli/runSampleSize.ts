import { clusterNames, type RateName, rateNamesOf } from "../models/decisionNames.ts";
import { fewestClientsOf } from "../models/paths/fewestClients.ts";
import type { SimulateCondition } from "../models/sampleSize/answer.ts";
import { detectableEffect } from "../models/sampleSize/detectable.ts";
import { SOUGHT_PATHS, type SoughtPaths } from "../models/sampleSize/effect.ts";
import { MOST_PER_TEAM, sampleSizeOf } from "../models/sampleSize/sampleSize.ts";
import { type Series, seriesOf } from "../models/sampleSize/series.ts";
import { LARGEST_N } from "../models/sampleSize/smallestN.ts";
import { conditionsOfPaths } from "../models/scenario/conditions.ts";
import type { PathsCondition, PathsScenario, Scenario } from "../models/scenario/types.ts";
import { effectTable, NAIVE_NOTE, sampleSizeTable } from "../reports/sampleSizeTable.ts";
import { describeFactors } from "../reports/series.ts";
import type { SampleSizeArguments } from "./commands/sampleSize.ts";
import { abortOnInterrupt, Interrupted } from "./interrupt.ts";
import { loadScenario } from "./loadScenario.ts";
import { overridesOf } from "./options.ts";
import { Problems } from "./problems.ts";
import { caseloadVersion } from "./version.ts";
import { workersOf } from "./workers.ts";

/** What is sought: N, or an effect for a given N. */
type Question = { readonly sought: SoughtPaths; readonly n: number } | null;

/** `caseload sample-size`: parse, search, print. */
export async function runSampleSize(argv: SampleSizeArguments): Promise<void> {
  const problems = flagProblems(argv);
  const { scenario } = await loadScenario(argv.scenario, overridesOf(argv)).catch((error) => {
    throw error instanceof Problems ? new Problems([...problems, ...error.messages]) : error;
  });
  if (scenario.generator === "service")
    problems.push(
      `${argv.scenario}: sample-size searches scenarios with paths; for a service, ask power over a grid: ` +
        `caseload power ${argv.scenario} --grid nClients=200:100:800`,
    );
  if (scenario.generator !== "paths" || problems.length > 0) throw new Problems(problems);
  problems.push(...clientsProblems(argv.n, scenario), ...perTeamProblems(argv.perTeam, scenario));
  if (problems.length > 0) throw new Problems(problems);
  const nWorkers = workersOf(argv.workers);
  const sought = SOUGHT_PATHS.find((paths) => paths === argv.detect);
  const question: Question = sought === undefined ? null : { sought, n: Number(argv.n) };
  const perTeam = argv.perTeam === undefined ? undefined : Number(argv.perTeam);
  const conditions = conditionsOfPaths(scenario);
  const series = seriesOf(perTeam === undefined ? conditions : conditions.map(withoutTeams), question?.sought);
  const { signal, release } = abortOnInterrupt();
  const simulator = lazySimulator(scenario, nWorkers, argv.quiet, signal);
  try {
    process.stdout.write(await answerFor(scenario, series, question, perTeam, simulator.simulate, argv.json));
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    process.exitCode = 1;
    process.stderr.write("interrupted\n");
  } finally {
    release();
    await simulator.close();
  }
}

function flagProblems({ detect, n, perTeam, workers }: SampleSizeArguments): string[] {
  const problems: string[] = [];
  if (detect !== undefined && !SOUGHT_PATHS.some((paths) => paths === detect)) {
    problems.push(`--detect must be ab, a or b, got ${detect}`);
  }
  if (detect !== undefined && n === undefined) {
    problems.push("--detect seeks the effect that a number of clients detects; name it with --n");
  }
  if (detect !== undefined && perTeam !== undefined) {
    problems.push("--per-team seeks a number of teams, --detect an effect; leave one out");
  }
  if (detect === undefined && n !== undefined) {
    problems.push("--n goes with --detect ab, a or b; without it, N itself is sought");
  }
  try {
    workersOf(workers);
  } catch (error) {
    if (!(error instanceof Problems)) throw error;
    problems.push(...error.messages);
  }
  return problems;
}

function clientsProblems(n: string | undefined, scenario: PathsScenario): string[] {
  const fewest = Math.max(...conditionsOfPaths(scenario).map(({ paths }) => fewestClientsOf(paths)));
  if (n === undefined || (/^\d+$/.test(n) && Number(n) >= fewest && Number(n) <= LARGEST_N)) return [];
  return [`--n must be a whole number from ${fewest} to ${LARGEST_N}, got ${n}`];
}

/** The number of teams is sought: conditions that differ in it alone ask the same. */
function withoutTeams(condition: PathsCondition): PathsCondition {
  const { "paths.teams.count": _, ...factors } = condition.factors;
  return { ...condition, factors, paths: { ...condition.paths, teams: { ...condition.paths.teams, count: 2 } } };
}

function perTeamProblems(perTeam: string | undefined, scenario: PathsScenario): string[] {
  if (perTeam === undefined) return [];
  const problems: string[] = [];
  if (!/^\d+$/.test(perTeam) || Number(perTeam) < 2 || Number(perTeam) > MOST_PER_TEAM)
    problems.push(`--per-team must be a whole number from 2 to ${MOST_PER_TEAM}, got ${perTeam}`);
  if (conditionsOfPaths(scenario).some(({ paths }) => paths.teams.count === 0))
    problems.push(
      "--per-team seeks the number of teams, but the scenario has none; set paths.teams.count and its ICCs",
    );
  return problems;
}

async function answerFor(
  scenario: PathsScenario,
  series: readonly Series[],
  question: Question,
  perTeam: number | undefined,
  simulate: SimulateCondition,
  asJson: boolean,
): Promise<string> {
  const { target, replications } = scenario.power;
  const header = { scenario: scenario.name, seed: scenario.seed, version: caseloadVersion(), target };
  if (question === null) {
    const answers = await answered(series, (one, rate) =>
      sampleSizeOf(one, rate, target, replications, simulate, perTeam),
    );
    if (asJson) return json(perTeam === undefined ? header : { ...header, perTeam }, answers);
    return withNotes(sampleSizeTable(answers.map(({ label, tests }) => ({ label, target, tests }))), scenario);
  }
  const { sought, n } = question;
  const answers = await answered(series, (one, rate) =>
    detectableEffect(one, rate, sought, n, target, replications, simulate),
  );
  if (asJson) return json({ ...header, n, detect: sought }, answers);
  const words = sought === "ab" ? "a = b" : sought;
  return withNotes(
    effectTable(answers.map(({ label, tests }) => ({ label, target, n, sought: words, tests }))),
    scenario,
  );
}

function withNotes(table: string, scenario: PathsScenario): string {
  const isNaive = conditionsOfPaths(scenario).some(
    ({ paths, analysis }) => paths.teams.count > 0 && clusterNames(analysis).length === 0,
  );
  return `${[table, ...(isNaive ? [NAIVE_NOTE] : [])].join("\n\n")}\n`;
}

type Answered<Answer> = {
  readonly label: string;
  readonly series: Series;
  readonly tests: Readonly<Partial<Record<RateName, Answer>>>;
};

async function answered<Answer>(
  series: readonly Series[],
  ask: (one: Series, rate: RateName) => Promise<Answer>,
): Promise<Answered<Answer>[]> {
  const results: Answered<Answer>[] = [];
  for (const one of series) {
    const tests: Partial<Record<RateName, Answer>> = {};
    for (const rate of rateNamesOf(one.analysis)) tests[rate] = await ask(one, rate);
    const label = series.length === 1 ? "" : labelOf(one, series);
    results.push({ label, series: one, tests });
  }
  return results;
}

/** The scenario's label, with the factors where it is not the only one of that name. */
function labelOf(one: Series, all: readonly Series[]): string {
  const factors = describeFactors(one.factors);
  if (one.label === undefined) return factors;
  return all.filter(({ label }) => label === one.label).length === 1 ? one.label : `${one.label}: ${factors}`;
}

/** `tests` is the first (for most scenarios the only) series; several come in full under `conditions`. */
function json<Answer>(header: object, answers: readonly Answered<Answer>[]): string {
  const conditions = answers.map(({ series: { label, factors }, tests }) => ({ label, factors, tests }));
  const result = { ...header, tests: answers[0].tests, ...(answers.length > 1 ? { conditions } : {}) };
  return `${JSON.stringify(result, null, 2)}\n`;
}

/** Loads engine, kernels and workers when the first test asks for simulation: exact answers do without. */
function lazySimulator(scenario: Scenario, nWorkers: number, quiet: boolean, signal: AbortSignal) {
  let started: Promise<{ simulate: SimulateCondition; close: () => Promise<void> }> | undefined;
  return {
    simulate: async (...question: Parameters<SimulateCondition>) => {
      started ??= import("./searchRunner.ts").then(({ startSearchRunner }) =>
        startSearchRunner(scenario.seed, nWorkers, quiet, signal),
      );
      return (await started).simulate(...question);
    },
    close: async () => (await started)?.close(),
  };
}
