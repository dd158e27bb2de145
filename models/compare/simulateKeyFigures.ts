import type { Block } from "../../sim/montecarlo/replicate.ts";
import { keyOf, seedKeyOf } from "../../sim/random/address.ts";
import { kpiValuesOf } from "../kpis/kpiDefinitions.ts";
import { playService } from "../service/playService.ts";
import type { ComparisonPlan } from "./comparisonTypes.ts";
import { comparedFigures } from "./keyFigures.ts";

/**
 * A function that plays one scenario of a plan once: `conditionIndex` 0 is the base, then the others, then the base again. The
 * key has the seed and the replication only, so that the same people meet the same luck in all of them.
 */
export function keyFigureSimulator(
  plan: Pick<ComparisonPlan, "base" | "others" | "seed">,
): (block: Block) => Float64Array {
  const key = seedKeyOf(plan.seed);
  const worlds = [plan.base, ...plan.others, plan.base].map((scenario) => ({
    service: scenario.service,
    figures: comparedFigures(plan, scenario),
  }));
  return ({ conditionIndex, firstReplication }) => {
    const { service, figures } = worlds[conditionIndex];
    return kpiValuesOf(figures, playService(service, keyOf(key, firstReplication)));
  };
}
