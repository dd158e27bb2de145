import { worldSimulator } from "../../models/simulateWorld.ts";
import { simulation } from "../../models/simulation.ts";
import type { SimulationPlan, SimulationRun } from "../../models/simulationTypes.ts";
import type { ServiceChanges } from "../../models/service/parameters.ts";
import { studyParameters } from "../../models/study/parameters.ts";
import { inThisThread } from "../../sim/montecarlo/replicate.ts";
import { smallService } from "../service/fixture.ts";

/** A small service with a study in it; the numbers are the simulator's own. */
export function smallPlan(changes: Partial<SimulationPlan> = {}, service: ServiceChanges = {}): SimulationPlan {
  return {
    name: "small",
    title: "A small service",
    source: "test fixture; no study",
    seed: "fixture",
    service: smallService({
      time: { weeks: 130 },
      referrals: { cohort: { on: true, perTeam: 6, window: 20 } },
      ...service,
    }),
    study: studyParameters({ audits: { months: [0, 6, 12, 18, 24] } }),
    costs: null,
    kpis: [],
    replications: 3,
    cohorts: 1,
    ...changes,
  };
}

export function runOf(plan: SimulationPlan): Promise<SimulationRun> {
  const simulate = worldSimulator(plan);
  return simulation(
    plan,
    inThisThread(({ firstReplication }) => simulate(firstReplication)),
    "0.1.0",
  );
}
