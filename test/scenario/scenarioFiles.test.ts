// The bundled scenarios are right, and the schema file is the schema.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { starterScenario, starterService } from "../../cli/starterScenario.ts";
import { enrolmentShortfalls } from "../../models/enrolmentShortfalls.ts";
import { conditionsOfPaths, conditionsOfService } from "../../models/scenario/conditions.ts";
import { scenarioJsonSchema } from "../../models/scenario/jsonSchema.ts";
import { parseScenario } from "../../models/scenario/parseScenario.ts";
import type { ServiceScenario } from "../../models/scenario/types.ts";
import { numbersIn } from "../../reports/settings.ts";
import { resolvedYaml } from "../../models/scenario/resolvedYaml.ts";
import { anyScenarioOf, scenarioOf } from "./parse.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "scenarios");
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith(".yaml"));
const read = (file: string) => readFileSync(join(FOLDER, file), "utf8");
/** A bundled scenario that another one extends. */
const findBase = async (name: string) => ({ text: read(`${name}.yaml`), fileName: `${name}.yaml` });

describe.each(FILES)("%s", (file) => {
  it("is named like its file, has a title and a source, and needs no mathjs to be read", async () => {
    const scenario = await anyScenarioOf(read(file), { fileName: file, findBase });
    expect(`${scenario.name}.yaml`).toBe(file);
    expect(scenario.title).not.toBe("");
    expect(scenario.source).not.toBe("");
    expect(read(file)).not.toMatch(/value: "[^"]*[*^/]/);
  });

  it("shown resolved and read again, is the same scenario", async () => {
    const reading = await parseScenario(read(file), { fileName: file, findBase });
    if (!reading.ok) throw new Error(reading.problems.join("\n"));
    const shown = resolvedYaml(reading.file, reading.annotations, reading.written);
    expect(await anyScenarioOf(shown, { fileName: "shown.yaml" })).toEqual(reading.scenario);
  });
});

it("scenario.schema.json is what `caseload scenarios schema` prints", () => {
  expect(JSON.parse(read("scenario.schema.json"))).toEqual(JSON.parse(JSON.stringify(scenarioJsonSchema())));
});

it.each(["my-study", "my study ü", "…", "007"])("the starter for %s passes and runs four tests", async (stem) => {
  const scenario = await scenarioOf(starterScenario(stem), { fileName: `${stem}.yaml` });
  expect(scenario.analysis.tests).toHaveLength(4);
  expect(scenario.power.conditions).toHaveLength(4);
});

describe("fritz-mackinnon-2007", () => {
  it("runs every test of the published table at its published N, and nothing else", async () => {
    const published = readFileSync(join(FOLDER, "published", "fritz-mackinnon-2007.csv"), "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
    expect(published).toHaveLength(16 * 5);
    const scenario = await scenarioOf(read("fritz-mackinnon-2007.yaml"));
    const cell = (a: unknown, b: unknown, n: unknown) => `${Number(a)} ${Number(b)} ${Number(n)}`;
    const run = conditionsOfPaths(scenario).map(({ paths, nClients }) => cell(paths.a, paths.b, nClients));
    expect(new Set(run)).toEqual(new Set(published.map(([a, b, , n]) => cell(a, b, n))));
    expect(new Set(scenario.analysis.tests)).toEqual(new Set(published.map(([, , test]) => test)));
    expect(run).toHaveLength(new Set(run).size);
  });

  it("labels a condition with its sizes of effect, a then b", async () => {
    const letters: Record<number, string> = { 0.14: "S", 0.26: "H", 0.39: "M", 0.59: "L" };
    const conditions = conditionsOfPaths(await scenarioOf(read("fritz-mackinnon-2007.yaml")));
    for (const { label, paths } of conditions) expect(label).toBe(letters[paths.a] + letters[paths.b]);
  });
});

describe("the services", () => {
  const serviceNamed = async (name: string): Promise<ServiceScenario> => {
    const scenario = await anyScenarioOf(read(`${name}.yaml`), { fileName: `${name}.yaml`, findBase });
    if (scenario.generator !== "service") throw new Error("a service was expected");
    return scenario;
  };

  it("roebuck-2021 studies 311 and 558 clients, in 14 and in 28 teams, with and without an effect", async () => {
    const conditions = conditionsOfService(await serviceNamed("roebuck-2021"));
    expect(
      conditions.slice(0, 6).map(({ label, nClients, service }) => [label, nClients, service.teams.count]),
    ).toEqual([
      ["QOLI-20, 9 months, 14 teams", 311, 14],
      ["QOLI-20, 9 months, 14 teams", 558, 14],
      ["QOLI-20, 9 months, 28 teams", 311, 28],
      ["QOLI-20, 9 months, 28 teams", 558, 28],
      ["QOLI-20, 9 months, no effect of fidelity", 311, 14],
      ["QOLI-20, 9 months, no effect of fidelity", 558, 14],
    ]);
    // Nine covariates, the baseline score among them.
    for (const { model } of conditions) expect(model.covariates).toHaveLength(9);
    expect(conditions[5].service.effects.fidelityOnAlliance).toBe(0);
  });

  it("roebuck-2021-shrunken differs in its effects, and in what keeps the spread of alliance where it was", async () => {
    const [published, shrunken] = [await serviceNamed("roebuck-2021"), await serviceNamed("roebuck-2021-shrunken")];
    const numbers = (scenario: ServiceScenario) => numbersIn({ service: scenario.service, study: scenario.study });
    const before = numbers(published);
    const changed = [...numbers(shrunken)].filter(([path, value]) => before.get(path) !== value).map(([path]) => path);
    const effects = [
      "service.effects.fidelityOnAlliance",
      "service.effects.allianceOnOutcomes",
      "service.alliance.feedback",
    ];
    const kept = ["service.alliance.teamSd", "service.alliance.dyadFit.sd"];
    expect(new Set(changed)).toEqual(new Set([...effects, ...kept]));
    for (const path of effects) expect(numbers(shrunken).get(path)).toBeLessThan(before.get(path) as number);
  });

  it("the starter for a service is a program of one's own, and can be enrolled", async () => {
    const scenario = await anyScenarioOf(starterService("my program"), { fileName: "my program.yaml", findBase });
    if (scenario.generator !== "service") throw new Error("a service was expected");
    expect(scenario.name).toBe("my-program");
    expect(scenario.service.teams.perAgency).toEqual([3]);
    expect(enrolmentShortfalls(conditionsOfService(scenario), scenario.seed)).toEqual([]);
  });

  it.each(["roebuck-2021", "roebuck-2021-shrunken", "smcm-program", "teaching-program"])(
    "%s enrols what its study asks for",
    async (name) => {
      const scenario = await serviceNamed(name);
      expect(enrolmentShortfalls(conditionsOfService(scenario), scenario.seed)).toEqual([]);
    },
  );
});

describe("roebuck-2021-paths", () => {
  it("holds the four published models at 100 to 1,000 clients", async () => {
    const conditions = conditionsOfPaths(await scenarioOf(read("roebuck-2021-paths.yaml")));
    expect(
      conditions.filter(({ nClients }) => nClients === 311).map(({ label, paths }) => [label, paths.a, paths.b]),
    ).toEqual([
      ["QOLI-20, 9 months", 0.164, 0.105],
      ["MCAS, 9 months", 0.164, 0.15],
      ["PGI, 18 months", 0.166, 0.172],
      ["THS, 18 months", 0.166, 0.125],
    ]);
    expect([...new Set(conditions.map(({ nClients }) => nClients))]).toEqual([100, 200, 311, 400, 558, 750, 1000]);
  });

  it("R² of the whole outcome model, covariates and paths together, is the one the study implies", async () => {
    const conditions = conditionsOfPaths(await scenarioOf(read("roebuck-2021-paths.yaml")));
    const whole = conditions
      .filter(({ nClients }) => nClients === 311)
      .map(({ paths: { a, b, cPrime, covariates } }) => {
        const residualM = 1 - a * a - covariates.rSquaredM;
        return covariates.rSquaredY + (cPrime + a * b) ** 2 + b * b * residualM;
      });
    for (const [i, expected] of [0.29, 0.26, 0.13, 0.27].entries()) {
      expect(Math.abs(whole[i] - expected)).toBeLessThan(0.00051);
    }
  });
});
