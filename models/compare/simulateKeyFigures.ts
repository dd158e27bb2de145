import type { Block } from "../../sim/montecarlo/replicate.ts";
import { keyOf, seedKeyOf } from "../../sim/random/address.ts";
import { kpiValuesOf } from "../kpis/kpiDefinitions.ts";
import { playService } from "../service/playService.ts";
import type { ComparisonPlan } from "./comparisonTypes.ts";
import { comparedFigures } from "./keyFigures.ts";
import { weeklySeriesOf } from "./weeklySeries.ts";

type Played = Pick<ComparisonPlan, "base" | "others" | "seed">;

/** One replication of one scenario, reduced to what a comparison takes from it. */
export type PlayedReplication = {
  /** In the order of `comparedFigures`. */
  readonly figures: Float64Array;
  /** Values at series · nWeeks + week (`WEEKLY_SERIES`). */
  readonly weeks: Float64Array;
};

/**
 * A function that plays one scenario of a plan once: `conditionIndex` 0 is the base, then the others, then the base again. The
 * key has the seed and the replication only, so that the same people meet the same luck in all of them.
 */
export function replicationPlayer(plan: Played): (block: Block) => PlayedReplication {
  const key = seedKeyOf(plan.seed);
  const worlds = [plan.base, ...plan.others, plan.base].map((scenario) => ({
    service: scenario.service,
    figures: comparedFigures(plan, scenario),
  }));
  return ({ conditionIndex, firstReplication }) => {
    const { service, figures } = worlds[conditionIndex];
    const played = playService(service, keyOf(key, firstReplication));
    return { figures: kpiValuesOf(figures, played), weeks: weeklySeriesOf(played.history) };
  };
}

/** The same for whoever needs the key figures alone. */
export function keyFigureSimulator(plan: Played): (block: Block) => Float64Array {
  const play = replicationPlayer(plan);
  return (block) => play(block).figures;
}
