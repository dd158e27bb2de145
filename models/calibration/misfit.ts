import type { StatisticRows } from "./calibrationBlock.ts";
import { condense } from "./summarise.ts";
import { TARGETS } from "./targets.ts";
import type { Target, Weight } from "./targetTypes.ts";

/** How much a squared misfit counts. */
const WEIGHTS: Readonly<Record<Weight, number>> = { A: 4, B: 1, C: 0.25 };

/** Where only limits are known, misfit begins this far from the middle, in half widths: a little inside, so that noise does not carry it out. */
const INNER = 0.6;

/**
 * Weighted misfit of every target: √w·(simulated − published)/scale; where nothing but limits is published, by how much the simulated
 * value is too near to one. Held-out patterns have no part in it.
 */
export function residualsOfRows(rows: StatisticRows): number[] {
  return TARGETS.map((target) => {
    const { value } = condense(rows, target.statistic, target.over);
    return Math.sqrt(WEIGHTS[target.weight]) * misfit(target, value);
  });
}

function misfit({ published, interval: [low, high], fitScale }: Target, value: number): number {
  if (published !== null) return (value - published) / fitScale;
  const fromMiddle = (value - (low + high) / 2) / ((high - low) / 2);
  return fromMiddle > 0 ? Math.max(0, fromMiddle - INNER) : Math.min(0, fromMiddle + INNER);
}
