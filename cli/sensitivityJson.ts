import { LEVEL } from "../models/compare/pairedDifference.ts";
import { LEVELS } from "../models/sensitivity/morrisDesign.ts";
import type { Sensitivity } from "../models/sensitivity/sensitivityTypes.ts";

/** A sensitivity analysis for machines; numbers that are not defined, or infinite, are null. */
export function sensitivityJson({
  plan,
  figure: { definition: _, ...figure },
  nServices,
  nTrajectories,
  perTrajectory,
  central,
  alone,
  together,
  infeasible,
}: Sensitivity) {
  return {
    scenario: plan.other.name,
    figure,
    level: LEVEL,
    services: nServices,
    replications: plan.replications,
    central,
    oneAtATime: alone.map(({ assumption: { isWhole: _, ...assumption }, ...found }) => ({ ...assumption, ...found })),
    morris: {
      levels: LEVELS,
      trajectories: nTrajectories,
      replicationsPerTrajectory: perTrajectory,
      assumptions: together.map(({ assumption: { path }, ...found }) => ({ path, ...found })),
    },
    infeasible,
    notVaried: plan.changed,
  };
}
