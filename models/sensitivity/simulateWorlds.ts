import type { Block } from "../../sim/montecarlo/replicate.ts";
import { keyOf, seedKeyOf } from "../../sim/random/address.ts";
import { comparedFigures } from "../compare/keyFigures.ts";
import { kpiValueOf } from "../kpis/kpiDefinitions.ts";
import { playService } from "../service/playService.ts";
import { designOf, pointsOf } from "./points.ts";
import type { SensitivityPlan } from "./sensitivityTypes.ts";
import { worldsOf } from "./worlds.ts";

/**
 * A function that plays one world of a plan (`conditionIndex`) once and gives the key figure asked for, once for every set of prices.
 * The key has the seed and the replication only: the same luck at all points.
 */
export function sensitivitySimulator(plan: SensitivityPlan): (block: Block) => Float64Array {
  const key = seedKeyOf(plan.seed);
  const { worlds } = worldsOf(plan, pointsOf(designOf(plan)));
  return ({ conditionIndex, firstReplication }) => {
    const { service, prices } = worlds[conditionIndex];
    const played = playService(service, keyOf(key, firstReplication));
    return Float64Array.from(prices, (costs) => kpiValueOf(comparedFigures(plan, { costs }), played, plan.figure));
  };
}
