import { changesBetween } from "../../models/compare/changes.ts";
import { costParameters } from "../../models/costs/parameters.ts";
import { assumptionsOf } from "../../models/sensitivity/assumptions.ts";
import { sensitivity } from "../../models/sensitivity/sensitivity.ts";
import type { SensitivityPlan } from "../../models/sensitivity/sensitivityTypes.ts";
import { sensitivitySimulator } from "../../models/sensitivity/simulateWorlds.ts";
import { inThisThread } from "../../sim/montecarlo/replicate.ts";
import { scenarioWith } from "../compare/fixture.ts";

export const BASE = { ...scenarioWith("base"), costs: costParameters() };
export const BIGGER = { ...scenarioWith("bigger", { staffing: { caseloadCap: 6 } }), costs: costParameters() };

/** A plan for the tiny service: path ("service.…", "costs.…") → range. */
export function planWith(
  ranges: Readonly<Record<string, readonly [number, number]>>,
  changes: Partial<SensitivityPlan> = {},
): SensitivityPlan {
  const { base, other } = { base: BASE, other: BIGGER, ...changes };
  const annotations = new Map(Object.entries(ranges).map(([path, range]) => [path, { range }]));
  const { varied, changed } = assumptionsOf(base, annotations, changesBetween(base, other));
  return {
    base,
    other,
    seed: "sensitivity",
    figure: "alliance",
    assumptions: varied,
    changed,
    replications: 8,
    ...changes,
  };
}

export function sensitivityHere(plan: SensitivityPlan) {
  return sensitivity(plan, inThisThread(sensitivitySimulator(plan)), "test");
}
