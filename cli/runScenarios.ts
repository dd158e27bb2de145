import { basename } from "node:path";
import { isBootstrapTest } from "../models/estimators/decisions.ts";
import { conditionsOf } from "../models/scenario/conditions.ts";
import { scenarioJsonSchema } from "../models/scenario/jsonSchema.ts";
import type { ScenarioReading } from "../models/scenario/parseScenario.ts";
import { resolvedYaml } from "../models/scenario/resolvedYaml.ts";
import type { Scenario } from "../models/scenario/types.ts";
import { scheduleText } from "../reports/scheduleText.ts";
import { bundledNames } from "./bundledScenarios.ts";
import { enrolmentProblems } from "./checkEnrolment.ts";
import { loadScenario, readScenario } from "./loadScenario.ts";
import { Problems } from "./problems.ts";
import { initFromAgency, writeAgencyTemplate } from "./runAgency.ts";
import { starterScenario, starterService } from "./starterScenario.ts";
import { writeNewFile } from "./writeNewFile.ts";

/** `caseload scenarios list` */
export async function listScenarios(json: boolean): Promise<void> {
  const names = bundledNames();
  const scenarios = await Promise.all(names.map(async (name) => (await loadScenario(name)).scenario));
  if (json) {
    printJson({ scenarios: scenarios.map(({ name, title }) => ({ name, title })) });
    return;
  }
  const width = Math.max(...names.map((name) => name.length));
  print(scenarios.map(({ name, title }) => `${name.padEnd(width)}  ${title}`).join("\n"));
}

/** `caseload scenarios show SCENARIO` */
export async function showScenario(nameOrPath: string, json: boolean): Promise<void> {
  const { scenario, file, annotations, written } = await loadScenario(nameOrPath);
  if (json) printJson({ ...scenario, annotations: Object.fromEntries(annotations) });
  else print(resolvedYaml(file, annotations, written).trimEnd());
}

/** `caseload scenarios show SCENARIO --schedule` */
export async function showSchedule(nameOrPath: string): Promise<void> {
  const { scenario } = await loadScenario(nameOrPath);
  if (scenario.generator === "paths")
    throw new Problems([`${nameOrPath}: the path model has no time, and no schedule; --schedule is for a service`]);
  print(scheduleText(scenario.service, scenario.study).trimEnd());
}

/** What a scenario will run, at most: curtailment and failures only make it less. */
export type Work = {
  readonly conditions: number;
  readonly replications: number;
  readonly studies: number;
  readonly tests: readonly string[];
  readonly nClients: readonly [smallest: number, largest: number];
  /** Bootstrap resamples if none is curtailed; 0 without a bootstrap. All tests that resample clients share them. */
  readonly resamples: number;
};

export function workOf(scenario: Scenario): Work {
  const conditions = conditionsOf(scenario);
  const { replications } = scenario.power;
  const { tests } = scenario.analysis;
  const sizes = conditions.map(({ nClients }) => nClients);
  const bootstraps = [tests.some(isBootstrapTest), tests.includes("clusterBootstrap")].filter(Boolean).length;
  return {
    conditions: conditions.length,
    replications,
    studies: conditions.length * replications,
    tests,
    nClients: [sizes.reduce((x, y) => Math.min(x, y)), sizes.reduce((x, y) => Math.max(x, y))],
    resamples:
      bootstraps * conditions.reduce((sum, { analysis }) => sum + analysis.bootstrap.resamples, 0) * replications,
  };
}

/** `caseload scenarios check FILE…`: exit 2 when any file has a problem. */
export async function checkScenarios(files: readonly string[], json: boolean): Promise<void> {
  const readings = await Promise.all(files.map((file) => readEnrollable(file)));
  const problems = readings.flatMap((reading) => (reading.ok ? [] : reading.problems));
  if (json) {
    const checked = readings.map((reading, i) =>
      reading.ok
        ? { file: files[i], ok: true, problems: [], work: workOf(reading.scenario) }
        : { file: files[i], ok: false, problems: reading.problems },
    );
    printJson({ files: checked });
  } else {
    for (const [i, reading] of readings.entries())
      if (reading.ok) print(`${files[i]}: ok: ${workText(reading.scenario)}`);
  }
  if (problems.length > 0) throw new Problems(problems);
}

/** As readScenario, with a pilot of a service: a file is in order only if its clients can be enrolled. */
async function readEnrollable(file: string): Promise<ScenarioReading> {
  const reading = await readScenario(file);
  const problems = reading.ok ? enrolmentProblems(reading.scenario, file) : [];
  return problems.length > 0 ? { ok: false, problems } : reading;
}

function workText(scenario: Scenario): string {
  const { conditions, replications, studies, tests, nClients, resamples } = workOf(scenario);
  const [least, most] = nClients.map(grouped);
  const parts = [
    `${plural(conditions, "condition")} × ${plural(replications, "replication")} = ${plural(studies, "study", "studies")}`,
    `of ${least === most ? least : `${least} to ${most}`} clients`,
    `; ${plural(tests.length, "test")} (${tests.join(", ")})`,
    resamples > 0 ? `; at most ${grouped(resamples)} bootstrap resamples` : "",
  ];
  return `${parts[0]} ${parts.slice(1).join("")}`;
}

/** `caseload scenarios init FILE` */
export async function initScenario(
  file: string | undefined,
  {
    service,
    from,
    template,
    ...options
  }: {
    readonly service: boolean;
    readonly from: string | undefined;
    readonly template: string | undefined;
    readonly force: boolean;
    readonly json: boolean;
    readonly quiet: boolean;
  },
): Promise<void> {
  if (template !== undefined) {
    if (file !== undefined || from !== undefined || service)
      throw new Problems([`--template ${template}: writes a table to fill in, and no scenario; give it alone`]);
    writeAgencyTemplate(template, options);
    return;
  }
  if (file === undefined) throw new Problems(["Name the .yaml file to write (see caseload scenarios init --help)"]);
  if (!/\.ya?ml$/i.test(file)) throw new Problems([`${file}: a scenario file ends in .yaml; write ${file}.yaml`]);
  if (from !== undefined) {
    await initFromAgency(file, from, options);
    return;
  }
  const stem = basename(file).replace(/\.ya?ml$/i, "");
  writeNewFile(file, service ? starterService(stem) : starterScenario(stem), options.force);
  if (options.json) printJson({ file });
  else if (!options.quiet)
    process.stderr.write(`Wrote ${file}. Run it: caseload ${service ? "simulate" : "power"} ${file}\n`);
}

/** `caseload scenarios schema` */
export function printSchema(): void {
  printJson(scenarioJsonSchema());
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

function grouped(count: number): string {
  return count.toLocaleString("en-US");
}

function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
