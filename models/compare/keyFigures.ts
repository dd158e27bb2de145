import type { KpiDefinition } from "../kpis/kpiDefinition.ts";
import { kpiDefinitionsOf } from "../kpis/kpiDefinitions.ts";
import type { ComparedScenario, ComparisonPlan } from "./comparisonTypes.ts";

/**
 * The key figures that a scenario is compared on: the base's, reckoned with the scenario's own prices. Names and order are
 * those of the base; what change is reliable, and the figures defined in its file, are the base's too.
 */
export function comparedFigures(
  { base }: Pick<ComparisonPlan, "base">,
  { costs }: Pick<ComparedScenario, "costs">,
): readonly KpiDefinition[] {
  return kpiDefinitionsOf({ study: base.study, costs, kpis: base.kpis });
}
