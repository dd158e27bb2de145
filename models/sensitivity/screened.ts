import { createMoments } from "../../sim/montecarlo/summarise.ts";
import { pairedDifference } from "../compare/pairedDifference.ts";
import type { Assumption } from "./assumptions.ts";
import { morrisMeasures, stepOf } from "./elementaryEffects.ts";
import type { Trajectory } from "./morrisDesign.ts";
import type { Screened } from "./sensitivityTypes.ts";
import { type PointValues, sureSign } from "./variedAlone.ts";

/** A trajectory with what was found at its points; null where a point cannot be simulated. */
export type Walk = { readonly trajectory: Trajectory; readonly values: readonly (PointValues | null)[] };

/** Mean of |z|, z standard normal. */
const MEAN_SIZE = Math.sqrt(2 / Math.PI);

/**
 * Morris's screening of the difference other − base: elementary effects of each assumption per whole range, with what of them
 * luck alone would give. Luck makes μ* and σ too large, never too small: an effect of 0 that is known with standard error s has the
 * expected size √(2/π)·s.
 */
export function screen(assumptions: readonly Assumption[], walks: readonly Walk[]): Screened[] {
  const steps = walks.map(effectsAlong);
  return assumptions.map((assumption, input) => {
    const found = steps.map((effects) => effects[input]);
    const measures = morrisMeasures(found.map(({ effect }) => effect));
    const variance = createMoments();
    for (const { mcse } of found) if (!Number.isNaN(mcse)) variance.add(mcse ** 2);
    const luck = Math.sqrt(variance.mean());
    return {
      assumption,
      ...measures,
      luck,
      isInfluential: measures.ci[0] > MEAN_SIZE * luck || sureSign({ ci: measures.muCi }) !== 0,
    };
  });
}

/** Elementary effect and its Monte-Carlo standard error, by input. */
function effectsAlong({ trajectory, values }: Walk): { readonly effect: number; readonly mcse: number }[] {
  const found = trajectory.order.map(() => ({ effect: Number.NaN, mcse: Number.NaN }));
  const differences = values.map((at) => at?.base.map((value, r) => at.other[r] - value));
  for (const [step, input] of trajectory.order.entries()) {
    const [before, after] = [differences[step], differences[step + 1]];
    if (before === undefined || after === undefined) continue;
    const { difference, mcse } = pairedDifference(before, after);
    const length = stepOf(trajectory, step);
    found[input] = { effect: difference / length, mcse: mcse / Math.abs(length) };
  }
  return found;
}
