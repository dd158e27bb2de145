import { enrolmentShortfalls } from "../models/enrolmentShortfalls.ts";
import { conditionsOfService } from "../models/scenario/conditions.ts";
import type { Scenario } from "../models/scenario/types.ts";

/**
 * What a scenario asks for that its service cannot enrol, one message for each distinct fault; [] of a path model. A pilot
 * of a few worlds decides, so this takes a moment.
 *
 * @param shownAs how the scenario is named in messages
 */
export function enrolmentProblems(scenario: Scenario, shownAs: string): string[] {
  if (scenario.generator === "paths") return [];
  const conditions = conditionsOfService(scenario);
  const found = new Map(
    enrolmentShortfalls(conditions, scenario.seed).map(({ condition, problem }) => {
      const setting = Object.entries(condition.factors).map(([name, value]) => `${name}=${value}`);
      return [problem, `${shownAs}: at ${setting.join(", ")}: ${problem}`];
    }),
  );
  return [...found.values()];
}
