import { keyOf, seedKeyOf } from "../../sim/random/address.ts";
import { valueAtShare } from "./assumptions.ts";
import { morrisTrajectory, type Trajectory } from "./morrisDesign.ts";
import type { SensitivityPlan } from "./sensitivityTypes.ts";

const MOST_TRAJECTORIES = 10;
/** One replication would not tell luck from influence. */
const FEWEST_PER_TRAJECTORY = 2;
/** Two trajectories, or there would be no spread. */
export const FEWEST_SENSITIVITY_REPLICATIONS = 2 * FEWEST_PER_TRAJECTORY;

/** Assumptions at other values, and the replications that are played with them. */
export type Point = {
  /** Path → value; the rest are as in the scenarios. */
  readonly values: ReadonlyMap<string, number>;
  readonly firstReplication: number;
  readonly nReplications: number;
};

/** Every point of an analysis. */
export type SensitivityDesign = {
  readonly central: Point;
  /** Per assumption: at the low end of its range, and at the high one. */
  readonly ends: readonly (readonly [low: Point, high: Point])[];
  readonly walks: readonly { readonly trajectory: Trajectory; readonly points: readonly Point[] }[];
  /** Replications of each point of a walk. */
  readonly perTrajectory: number;
};

/**
 * The points of a plan. One at a time all have replications 0 to n − 1. The n replications are dealt out to up to 10 trajectories, at
 * least 2 each: trajectories share no luck, so that their spread holds all the error there is. What numbers a trajectory
 * draws depends on the seed, on its own number, and on the names of the assumptions.
 */
export function designOf({ assumptions, replications, seed }: SensitivityPlan): SensitivityDesign {
  const at = (values: ReadonlyMap<string, number>): Point => ({
    values,
    firstReplication: 0,
    nReplications: replications,
  });
  const nTrajectories = Math.min(MOST_TRAJECTORIES, Math.floor(replications / FEWEST_PER_TRAJECTORY));
  const perTrajectory = Math.floor(replications / nTrajectories);
  const seedKey = seedKeyOf(seed);
  const ids = assumptions.map(({ path }) => seedKeyOf(path)[0]);
  return {
    central: at(new Map()),
    ends: assumptions.map(({ path, low, high }) => [at(new Map([[path, low]])), at(new Map([[path, high]]))]),
    walks: Array.from({ length: nTrajectories }, (_, t) => {
      const trajectory = morrisTrajectory(ids, keyOf(seedKey, t));
      const points = trajectory.points.map((shares) => ({
        values: new Map(assumptions.map((assumption, i) => [assumption.path, valueAtShare(assumption, shares[i])])),
        firstReplication: t * perTrajectory,
        nReplications: perTrajectory,
      }));
      return { trajectory, points };
    }),
    perTrajectory,
  };
}

/** All points in a fixed order. */
export function pointsOf({ central, ends, walks }: SensitivityDesign): Point[] {
  return [central, ...ends.flat(), ...walks.flatMap(({ points }) => points)];
}
