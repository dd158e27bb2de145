import { createMoments } from "../../sim/montecarlo/summarise.ts";
import { halfWidth } from "../compare/pairedDifference.ts";
import { STEP, type Trajectory } from "./morrisDesign.ts";

/** What is known of an input from its elementary effects, one per trajectory. */
export type MorrisMeasures = {
  /** Trajectories with a value before and after the step. */
  readonly nEffects: number;
  /** Mean effect, with its 95 % interval by Student's t over trajectories. */
  readonly mu: number;
  readonly muCi: readonly [lower: number, upper: number];
  /** Mean size |effect|: how much the input moves the answer over its whole range, whichever way. */
  readonly muStar: number;
  /** SD of the effects: large where the effect depends on where it and the other inputs are. */
  readonly sigma: number;
  /** 95 % interval of μ*, likewise, not below 0. */
  readonly ci: readonly [lower: number, upper: number];
};

/** Which way the step to point `step + 1` goes, and how far: STEP or −STEP. */
export function stepOf({ points, order }: Trajectory, step: number): number {
  const input = order[step];
  return points[step + 1][input] > points[step][input] ? STEP : -STEP;
}

/**
 * Mean, mean size and spread of elementary effects (y(x + Δ) − y(x))/Δ, with x as a share of the range. Effects that are NaN
 * (a point that could not be simulated) are left out.
 *
 * @param effects of one input, by trajectory; trajectories are independent of each other
 * @source Morris (1991), doi:10.1080/00401706.1991.10484804; μ*: Campolongo, Cariboni & Saltelli (2007),
 *   doi:10.1016/j.envsoft.2006.10.004
 */
export function morrisMeasures(effects: ArrayLike<number>): MorrisMeasures {
  const [signed, sizes] = [createMoments(), createMoments()];
  for (let t = 0; t < effects.length; t++) {
    if (Number.isNaN(effects[t])) continue;
    signed.add(effects[t]);
    sizes.add(Math.abs(effects[t]));
  }
  const muStar = sizes.mean();
  const mu = signed.mean();
  const n = signed.count();
  const half = halfWidth(sizes.sd(), n);
  const halfMu = halfWidth(signed.sd(), n);
  return {
    nEffects: n,
    mu,
    muCi: [mu - halfMu, mu + halfMu],
    muStar,
    sigma: signed.sd(),
    ci: [Math.max(0, muStar - half), muStar + half],
  };
}
