import { compare } from "../../models/compare/compare.ts";
import type { ComparedScenario, ComparisonPlan } from "../../models/compare/comparisonTypes.ts";
import { replicationPlayer } from "../../models/compare/simulateKeyFigures.ts";
import { type ServiceChanges, serviceParameters } from "../../models/service/parameters.ts";
import { studyParameters } from "../../models/study/parameters.ts";
import { inThisThread } from "../../sim/montecarlo/replicate.ts";

/** One team of two for half a year, with much turnover: a fraction of a millisecond. */
const TINY: ServiceChanges = {
  time: { weeks: 26 },
  teams: { count: 1, seats: 2, perAgency: [1] },
  staffing: { caseloadCap: 4, turnover: { perYear: 0.6 } },
  referrals: { perWeek: 0.3, initialTenure: 20 },
};

/** A scenario of a service; the tiny one with changes, if no other is given. */
export function scenarioWith(
  name: string,
  changes: ServiceChanges = {},
  service = serviceParameters(TINY),
): ComparedScenario {
  return {
    name,
    title: "",
    service: serviceParameters(changes, service),
    study: studyParameters(),
    costs: null,
    kpis: [],
  };
}

export function planOf(others: readonly ComparedScenario[], changes: Partial<ComparisonPlan> = {}): ComparisonPlan {
  return { base: scenarioWith("base"), others, seed: "compare", precision: 0.01, replications: 60, ...changes };
}

export function compareHere(plan: ComparisonPlan) {
  return compare(plan, inThisThread(replicationPlayer(plan)), "test");
}
