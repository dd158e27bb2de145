import { log } from "../../../sim/numerics/elementary.ts";
import type { Likelihood } from "./restrictedLikelihood.ts";

/** Neighbours on the grid differ by this factor. */
const FACTOR = 2;
/** The grid's first ratio above 0 times the clients of the largest unit: below it the deviance is a parabola. */
const FIRST = 0.5;
const MAX_POINTS = 60;
/** By how much the deviance must fall from an edge inwards for the edge to have no valley of its own. */
const INWARDS = 0.5;
/** Changes of the deviance below this are rounding. */
const ROUNDING = 1e-7;

/**
 * Points of the grid from which to follow the deviance down. One ratio: those not above their neighbours. Two: inside those
 * not above their four neighbours; on an edge, where one ratio is 0, those not above their neighbours along it, unless the
 * neighbour inside is lower by more than `INWARDS`.
 */
export function valleys(likelihood: Likelihood): Float64Array[] {
  const last = likelihood.nRatios - 1;
  const outer = axis(likelihood, last, Number.POSITIVE_INFINITY);
  if (last === 0)
    return outer.ratios.filter((_, j) => isLow(outer.values, j, 0)).map((ratio) => Float64Array.of(ratio));
  const inner = axis(likelihood, 0, Math.min(...outer.values));
  const rows = inner.ratios.map((own, i) =>
    i === 0 ? outer.values : outer.ratios.map((ratio) => likelihood.deviance(Float64Array.of(own, ratio))),
  );
  const starts: Float64Array[] = [];
  for (let j = 0; j < outer.ratios.length; j++) {
    const column = rows.map((row) => row[j]);
    for (let i = 0; i < rows.length; i++)
      if (isLow(rows[i], j, j === 0 ? INWARDS : 0) && isLow(column, i, i === 0 ? INWARDS : 0))
        starts.push(Float64Array.of(inner.ratios[i], outer.ratios[j]));
  }
  return starts;
}

/** Whether no neighbour is lower by more than `margin`. */
function isLow(values: readonly number[], at: number, margin: number): boolean {
  const bar = values[at] - margin;
  return !(values[at - 1] < bar || values[at + 1] < bar);
}

/**
 * The grid along one ratio, the other at 0, and the deviances there. It ends at the first τ where
 *   deviance − N ln(RSS/RSS∞) ≥ the best deviance so far:
 * the determinants grow with every ratio, and RSS stays above RSS∞, so that no larger τ, whatever the other, can be better.
 */
function axis(
  likelihood: Likelihood,
  index: number,
  bestElsewhere: number,
): { readonly ratios: readonly number[]; readonly values: readonly number[] } {
  const { nRatios, nEffective, rssWithin, largest } = likelihood;
  const point = new Float64Array(nRatios);
  const ratios = [0];
  const values = [likelihood.deviance(point)];
  let best = Math.min(bestElsewhere, values[0]);
  for (let ratio = FIRST / largest[index]; ratios.length < MAX_POINTS; ratio *= FACTOR) {
    point[index] = ratio;
    const value = likelihood.deviance(point);
    ratios.push(ratio);
    values.push(value);
    best = Math.min(best, value);
    if (value - nEffective * log(likelihood.rss() / rssWithin) >= best - ROUNDING) break;
  }
  return { ratios, values };
}
