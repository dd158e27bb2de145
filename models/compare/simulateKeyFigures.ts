import type { Block } from "../../sim/montecarlo/replicate.ts";
import { keyOf, seedKeyOf } from "../../sim/random/address.ts";
import { playService } from "../service/playService.ts";
import type { ComparisonPlan } from "./comparisonTypes.ts";
import { keyFiguresOf } from "./keyFigures.ts";

/**
 * A function that plays one scenario of a plan once: `conditionIndex` 0 is the base, then the others, then the base again. The
 * key has the seed and the replication only, so that the same people meet the same luck in all of them.
 */
export function keyFigureSimulator({ base, others, seed }: ComparisonPlan): (block: Block) => Float64Array {
  const key = seedKeyOf(seed);
  const services = [base, ...others, base].map(({ service }) => service);
  return ({ conditionIndex, firstReplication }) =>
    keyFiguresOf(playService(services[conditionIndex], keyOf(key, firstReplication)));
}
