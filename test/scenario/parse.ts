import { type ParseOptions, parseScenario } from "../../models/scenario/parseScenario.ts";
import type { PathsScenario, Scenario } from "../../models/scenario/types.ts";

/** A file that is right, to be made wrong. */
export const GOOD = `name: good
paths:
  a: 0.3
  b: 0.2
power:
  grid:
    nClients: [100, 200]
`;

/** The scenario, or a failed test that shows the problems. */
export async function scenarioOf(text: string, options: Partial<ParseOptions> = {}): Promise<PathsScenario> {
  const scenario = await anyScenarioOf(text, options);
  if (scenario.generator !== "paths") throw new Error("a scenario of the path model was expected");
  return scenario;
}

/** A scenario of either generator. */
export async function anyScenarioOf(text: string, options: Partial<ParseOptions> = {}): Promise<Scenario> {
  const reading = await parseScenario(text, { fileName: "my.yaml", ...options });
  if (!reading.ok) throw new Error(reading.problems.join("\n"));
  return reading.scenario;
}

/** The problems of a text that must have some. */
export async function problemsOf(text: string, options: Partial<ParseOptions> = {}): Promise<readonly string[]> {
  const reading = await parseScenario(text, { fileName: "my.yaml", ...options });
  if (reading.ok) throw new Error("the scenario was taken");
  return reading.problems;
}
