import { type Key, uniformAt } from "../../sim/random/address.ts";
import { WHAT } from "../what.ts";

/** Levels of every input, evenly over its range: shares 0, 1/3, 2/3 and 1. */
export const LEVELS = 4;
/** Length of a step as a share of the range, p/(2(p − 1)): with it every level is visited equally often. */
export const STEP = LEVELS / (2 * (LEVELS - 1));

/** A walk through the grid of levels that moves every input once. */
export type Trajectory = {
  /** k + 1 points of k shares in [0, 1]; input `order[i]` moves from point i to point i + 1. */
  readonly points: readonly (readonly number[])[];
  /** Input that each step moves. */
  readonly order: readonly number[];
};

/**
 * One trajectory of Morris's design: every input starts at a random level from which it can move by STEP up or down, each
 * with probability 1/2; the inputs then move one after the other, in random order.
 *
 * @param ids identity of each input, an integer in [0, 2³²) that no other input changes: one more input leaves starts,
 *   directions and relative order of the others
 * @param key of the trajectory
 * @source Morris (1991), doi:10.1080/00401706.1991.10484804
 */
export function morrisTrajectory(ids: readonly number[], key: Key): Trajectory {
  const start = ids.map((id) => {
    const low = Math.floor(uniformAt(key, id, WHAT.sensitivityStart, 0) * (LEVELS / 2)) / (LEVELS - 1);
    return { low, rises: uniformAt(key, id, WHAT.sensitivityDirection, 0) < 0.5 };
  });
  const places = ids.map((id) => uniformAt(key, id, WHAT.sensitivityOrder, 0));
  const order = ids.map((_, input) => input).sort((i, j) => places[i] - places[j]);
  const moves = new Map(order.map((input, step) => [input, step]));
  return {
    points: Array.from({ length: ids.length + 1 }, (_, at) =>
      start.map(({ low, rises }, input) => (rises === moves.get(input)! < at ? low + STEP : low)),
    ),
    order,
  };
}
