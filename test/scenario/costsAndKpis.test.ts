// Right: prices and own key figures of a scenario file come through. Refused: what has no meaning, each with a way out.
import { describe, expect, it } from "vitest";
import { kpiDefinitionsOf, kpiValuesOf } from "../../models/kpis/kpiDefinitions.ts";
import { parseScenario } from "../../models/scenario/parseScenario.ts";
import { resolvedYaml } from "../../models/scenario/resolvedYaml.ts";
import type { ServiceScenario } from "../../models/scenario/types.ts";
import { playService } from "../../models/service/playService.ts";
import { keyOf } from "../../sim/random/address.ts";
import { SMALL_SERVICE } from "../serviceScenario.ts";
import { problemsOf } from "./parse.ts";

const COSTS = "costs: { currency: EUR, salaries: { manager: { value: 60000, range: [50000, 70000], source: own } } }\n";

async function read(text: string, set: readonly string[] = []) {
  const reading = await parseScenario(text, { fileName: "small.yaml", overrides: { set } });
  if (!reading.ok) throw new Error(reading.problems.join("\n"));
  return { ...reading, scenario: reading.scenario as ServiceScenario };
}

async function problems(text: string, set: readonly string[] = []): Promise<readonly string[]> {
  const reading = await parseScenario(SMALL_SERVICE + text, { fileName: "small.yaml", overrides: { set } });
  return reading.ok ? [] : reading.problems;
}

describe("costs:", () => {
  it("are none without the section; with it, what is left out has its default", async () => {
    expect((await read(SMALL_SERVICE)).scenario.costs).toBeNull();
    const { costs } = (await read(SMALL_SERVICE + COSTS)).scenario;
    expect(costs).toMatchObject({ currency: "EUR", priceYear: 2021, budget: 0, overhead: 0.15 });
    expect(costs?.salaries).toEqual({ manager: 60_000, leader: 100_000, leaderFte: 0.5 });
  });

  it("--set changes a price, and makes the section where there is none", async () => {
    const { scenario } = await read(SMALL_SERVICE, ["costs.travel.contact=3"]);
    expect(scenario.costs?.travel.contact).toBe(3);
  });

  it("are refused with the place, the rule and the value", async () => {
    expect(await problems("costs: { currency: euro }\n")).toEqual([
      expect.stringMatching(
        /^small\.yaml:\d+:20: costs\.currency must be a code of three capital letters, like CAD, got "euro"$/,
      ),
    ]);
    expect(await problems("costs: { overhead: -1, salaries: { manger: 1 } }\n")).toEqual([
      expect.stringContaining("costs.overhead must be a number from 0 to 5, got -1"),
      expect.stringContaining('unknown key "manger" in costs.salaries; did you mean "manager"?'),
    ]);
    expect(await problems("costs: { salaries: { manager: { value: 5, range: [6, 7] } } }\n")).toEqual([
      expect.stringContaining("costs.salaries.manager must be in its own range [6, 7], got 5"),
    ]);
  });

  it("and own key figures do not go with paths", async () => {
    const found = await problemsOf(
      "paths: { a: 0.1, b: 0.1 }\npower: { grid: { nClients: 100 } }\ncosts: {}\nkpis: {}\n",
    );
    expect(found).toEqual([
      expect.stringContaining("costs does not go with paths"),
      expect.stringContaining("kpis does not go with paths"),
    ]);
  });
});

describe("kpis:", () => {
  const OWN = `kpis:
  perGoal: { formula: "costPerClientYear / goalsAttained", label: Cost per goal, unit: EUR/goal, better: lower, headline: true }
  load: { formula: "max(caseload, 10)^2 - -1" }
  never: { formula: "1 / (caseload - caseload)" }
  unknownValue: { formula: "min(monthsToHighFidelity, 1)^0" }
`;

  it("are reckoned from the built-in ones of the same service, NaN where they are not defined", async () => {
    const { scenario } = await read(SMALL_SERVICE + COSTS + OWN, ["fidelity.asymptote=20"]);
    const definitions = kpiDefinitionsOf(scenario);
    expect(definitions.slice(-4).map(({ name }) => name)).toEqual(["perGoal", "load", "never", "unknownValue"]);
    expect(definitions.at(-4)).toMatchObject({
      label: "Cost per goal",
      unit: "EUR/goal",
      better: "lower",
      headline: true,
    });
    expect(definitions.at(-3)).toMatchObject({ label: "load", unit: "", better: null, headline: false });
    const values = kpiValuesOf(definitions, playService(scenario.service, keyOf("own", 0)));
    const of = Object.fromEntries(definitions.map(({ name }, k) => [name, values[k]]));
    expect(of.perGoal).toBe(of.costPerClientYear / of.goalsAttained);
    expect(of.perGoal).toBeGreaterThan(0);
    expect(of.load).toBe(101);
    expect(of.never).toBeNaN();
    expect(of.monthsToHighFidelity).toBeNaN();
    expect(of.unknownValue).toBeNaN();
  });

  it("are plain data: worker threads and run.json get them as they are", async () => {
    const { scenario } = await read(SMALL_SERVICE + COSTS + OWN);
    expect(JSON.parse(JSON.stringify(scenario.kpis))).toEqual(scenario.kpis);
  });

  it.each([
    ["own: { formula: costPerClientYaer }", 'has the name "costPerClientYaer", which is no key figure'],
    ["own: { formula: 1 + allianc }", 'which is no key figure; did you mean "alliance"?'],
    ["own: { formula: alliance.constructor }", "accessor is not allowed"],
    ["own: { formula: sin(alliance) }", 'the function "sin" is not allowed'],
    ["own: { formula: 'alliance = 3' }", '"=" at character 10 is not allowed'],
    ["own: { formula: 2 alliance }", "a product without * is not allowed"],
    ["own: { formula: other }\n  other: { formula: alliance }", 'has the name "other", which is no key figure'],
    ["own: { label: x }", "kpis.own.formula is missing"],
    ["own: 3", "kpis.own must be a mapping (key: value), got 3"],
    ["alliance: { formula: dose }", "alliance is a built-in key figure; give this one another name"],
    ["own-kpi: { formula: dose }", "the name of a key figure must be letters, digits and underscores"],
    ["own: { formula: dose, beter: lower }", 'unknown key "beter" in kpis.own; did you mean "better"?'],
    ["own: { formula: dose, better: more }", 'unknown kpis.own.better "more"; known are higher, lower, none'],
  ])("%s", async (text, message) => {
    const found = await problems(`kpis:\n  ${text}\n`);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(message);
    expect(found[0]).toMatch(/^small\.yaml:\d+:\d+: /);
  });

  it("name costs only where there are prices", async () => {
    expect(await problems("kpis: { own: { formula: costTotal } }\n")).toEqual([
      expect.stringContaining('has the name "costTotal", which is no key figure'),
    ]);
  });

  it("the resolved file gives the same scenario again, prices and formulas included", async () => {
    const { scenario, file, annotations, written } = await read(SMALL_SERVICE + COSTS + OWN);
    const yaml = resolvedYaml(file, annotations, written);
    expect(yaml).toContain(
      "manager: 60000 # Salary of a full-time case manager, on-costs included; unit: money/FTE-year; range: [50000, 70000]; source: own",
    );
    expect(yaml).toContain("formula: costPerClientYear / goalsAttained");
    expect((await read(yaml)).scenario).toEqual(scenario);
  });
});
