import { createMoments } from "../../sim/montecarlo/summarise.ts";
import { halfWidth } from "./pairedDifference.ts";

/** Weekly series of two scenarios over the same replications, values at series · nWeeks + week (`WEEKLY_SERIES`). */
export type PairedWeeks = {
  /** Means of base and other scenario; NaN where no replication has both. */
  readonly base: Float64Array;
  readonly value: Float64Array;
  /** Mean of other − base. */
  readonly difference: Float64Array;
  /** Half-width of its 95 % interval by Student's t, week by week; NaN below two pairs. */
  readonly half: Float64Array;
};

/** Gathers the weekly series of two scenarios, one replication after the other; keeps moments only. */
export type PairedWeeksSoFar = {
  add(base: Float64Array, other: Float64Array): void;
  readonly paired: () => PairedWeeks;
};

export function createPairedWeeks(): PairedWeeksSoFar {
  let moments: ReturnType<typeof momentsOfPair>[] = [];
  const each = (of: (one: ReturnType<typeof momentsOfPair>) => number) => Float64Array.from(moments, of);
  return {
    add(base, other) {
      if (moments.length === 0) moments = Array.from(base, momentsOfPair);
      for (const [i, one] of moments.entries()) {
        if (Number.isNaN(base[i]) || Number.isNaN(other[i])) continue;
        one.base.add(base[i]);
        one.value.add(other[i]);
        one.difference.add(other[i] - base[i]);
      }
    },
    paired: () => ({
      base: each(({ base }) => base.mean()),
      value: each(({ value }) => value.mean()),
      difference: each(({ difference }) => difference.mean()),
      half: each(({ difference }) => halfWidth(difference.sd(), difference.count())),
    }),
  };
}

function momentsOfPair() {
  return { base: createMoments(), value: createMoments(), difference: createMoments() };
}
