import { log } from "../../../sim/numerics/elementary.ts";
import type { Likelihood } from "./restrictedLikelihood.ts";

/** Neighbours on the grid differ by this factor. */
const FACTOR = 2;
/** The grid's first ratio above 0 times the clients of the largest unit: below it the deviance is a parabola. */
const FIRST = 0.25;
const MAX_POINTS = 60;
/** How much lower a neighbour may be for a point to be looked at: valleys as shallow hide between points. */
const MARGIN = 0.05;
/** The same for the neighbour inside of a point on an edge: an edge's lowest point is seldom on the grid. */
const INWARDS = 0.5;
/** Changes of the deviance below this are rounding. */
const ROUNDING = 1e-7;

/**
 * Points of the grid from which to follow the deviance down: those not above their neighbours (two along each ratio), and
 * those above one by less than MARGIN from where the deviance falls away from it. On an edge, where one of two ratios is 0,
 * the neighbour inside may be lower by INWARDS.
 */
export function valleys(likelihood: Likelihood): Float64Array[] {
  const isPair = likelihood.nRatios === 2;
  const outer = [...axis(likelihood, likelihood.nRatios - 1, Number.POSITIVE_INFINITY)];
  const rows = [outer.map(({ value }) => value)];
  const inner = [0];
  if (isPair)
    for (const { ratio, value } of axis(likelihood, 0, Math.min(...rows[0]))) {
      if (ratio === 0) continue;
      inner.push(ratio);
      // While the managers are pooled for this ratio.
      const others = outer.slice(1).map((point) => likelihood.deviance(Float64Array.of(ratio, point.ratio)));
      rows.push([value, ...others]);
    }
  const columns = outer.map((_, j) => rows.map((row) => row[j]));
  const starts: Float64Array[] = [];
  for (let i = 0; i < rows.length; i++)
    for (let j = 0; j < outer.length; j++) {
      const start = isPair ? Float64Array.of(inner[i], outer[j].ratio) : Float64Array.of(outer[j].ratio);
      const sides = isPair ? [sideOf(columns[j], i, INWARDS), sideOf(rows[i], j, INWARDS)] : [sideOf(rows[i], j, 0)];
      if (sides.every((side) => side === 0) || (!sides.includes(null) && fallsAway(likelihood, start, sides)))
        starts.push(start);
    }
  return starts;
}

/** 0 where no neighbour is lower, −1 or 1 for the one that is, by less than MARGIN; null where one is lower by more. */
function sideOf(values: readonly number[], at: number, inwards: number): number | null {
  const [fallBefore, fallAfter] = [values[at] - values[at - 1], values[at] - values[at + 1]];
  if (at === 0 && fallAfter < inwards) return 0;
  if (fallBefore > MARGIN || fallAfter > MARGIN) return null;
  if (fallBefore > 0) return fallAfter > 0 ? null : -1;
  return fallAfter > 0 ? 1 : 0;
}

function fallsAway(likelihood: Likelihood, ratios: Float64Array, sides: readonly (number | null)[]): boolean {
  likelihood.deviance(ratios);
  const { gradient } = likelihood.derivatives();
  return sides.every((side, i) => side === 0 || (side === 1) === gradient[i] > 0);
}

/**
 * The grid along one ratio, the other at 0, and the deviances there. It ends before the first τ where
 *   deviance − N ln(RSS/RSS∞) ≥ the best deviance so far:
 * the determinants grow with every ratio, and RSS stays above RSS∞, so that no larger τ, whatever the other, can be better.
 */
function* axis(
  likelihood: Likelihood,
  index: number,
  bestElsewhere: number,
): Generator<{ readonly ratio: number; readonly value: number }> {
  const { nRatios, nEffective, rssWithin, largest } = likelihood;
  const point = new Float64Array(nRatios);
  let best = bestElsewhere;
  let ratio = 0;
  for (let k = 0; k < MAX_POINTS; k++) {
    point[index] = ratio;
    const value = likelihood.deviance(point);
    best = Math.min(best, value);
    if (k > 0 && value - nEffective * log(likelihood.rss() / rssWithin) >= best - ROUNDING) return;
    yield { ratio, value };
    ratio = k === 0 ? FIRST / largest[index] : ratio * FACTOR;
  }
}
