import { type Key, keyOf, seedKeyOf } from "../sim/random/address.ts";
import type { KpiDefinition } from "./kpis/kpiDefinition.ts";
import { kpiDefinitionsOf, kpiValuesOf } from "./kpis/kpiDefinitions.ts";
import { fanOf } from "./service/fan.ts";
import { playService } from "./service/playService.ts";
import { teamSeriesOf } from "./service/teamSeries.ts";
import type { SimulationPlan, WorldResult } from "./simulationTypes.ts";
import { recordInterviews } from "./study/interviews.ts";
import { observeStudy } from "./study/observe.ts";

/**
 * A function that simulates the service of one replication, and the study of it where the plan keeps its data. The
 * service is the same with and without a study.
 */
export function worldSimulator(plan: SimulationPlan): (replication: number) => WorldResult {
  const seed = seedKeyOf(plan.seed);
  const definitions = kpiDefinitionsOf(plan);
  return (replication) => simulateWorld(plan, definitions, keyOf(seed, replication), replication < plan.cohorts);
}

function simulateWorld(
  { service, study }: SimulationPlan,
  definitions: readonly KpiDefinition[],
  key: Key,
  isStudied: boolean,
): WorldResult {
  const recorder = recordInterviews(study, key);
  const played = playService(service, key, isStudied ? [recorder.observer] : []);
  return {
    kpis: kpiValuesOf(definitions, played),
    flags: played.history.flags,
    series: teamSeriesOf(played.history),
    fan: fanOf(played.tenure),
    study: isStudied ? observeStudy(played.history, recorder.truth(), study, key) : null,
  };
}
