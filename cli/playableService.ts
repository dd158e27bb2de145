import { applyServiceFactors } from "../models/scenario/conditions.ts";
import type { Scenario, ServiceScenario } from "../models/scenario/types.ts";

/** The scenario's service; a problem is noted where it has none. */
export function serviceOf(scenario: Scenario, problems: string[]): ServiceScenario | null {
  if (scenario.generator === "service") return scenario;
  problems.push(
    `${scenario.name}: its studies come from the path model (paths:), and there is no service to play out; ` +
      "name a scenario with a section service:, or `caseload power` for this one",
  );
  return null;
}

/** What of a scenario is played out: its own values, with those of its condition where the grid has one only. */
export function playedValues(scenario: ServiceScenario): Pick<ServiceScenario, "service" | "study"> {
  const { service, study, power } = scenario;
  return power.conditions.length === 1 ? applyServiceFactors(scenario, power.conditions[0]) : { service, study };
}
