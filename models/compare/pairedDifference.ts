import { createMoments } from "../../sim/montecarlo/summarise.ts";
import { tQuantile } from "../../sim/numerics/studentT.ts";

/** Level of the intervals of differences. */
export const LEVEL = 0.95;

/** Two scenarios on the same replications. */
export type PairedDifference = {
  /** Replications in which both have a value; all numbers here are over these. */
  readonly nPairs: number;
  /** The other replications. */
  readonly nUndefined: number;
  /** Means of base and other scenario; NaN without pairs. */
  readonly base: number;
  readonly value: number;
  /** Mean of other − base. */
  readonly difference: number;
  /** Monte-Carlo standard error of the difference, sd/√n; NaN below two pairs. */
  readonly mcse: number;
  /** 95 % interval of the difference by Student's t with n − 1 degrees of freedom. */
  readonly ci: readonly [lower: number, upper: number];
  /** SD of the differences between replications. */
  readonly sd: number;
  /**
   * (s²_base + s²_other)/s²_difference: how many times as many replications independent seeds would have taken. Infinite
   * where every replication gives the same difference, NaN where in addition neither scenario varies.
   */
  readonly varianceRatio: number;
};

/**
 * Mean difference of two scenarios by replication, with its paired t interval. Replications in which either value is NaN are
 * counted and left out.
 *
 * @param base, other values by replication; those that both have are compared
 */
export function pairedDifference(base: ArrayLike<number>, other: ArrayLike<number>): PairedDifference {
  const n = Math.min(base.length, other.length);
  const [ofBase, ofOther, ofDifference] = [createMoments(), createMoments(), createMoments()];
  for (let r = 0; r < n; r++) {
    if (Number.isNaN(base[r]) || Number.isNaN(other[r])) continue;
    ofBase.add(base[r]);
    ofOther.add(other[r]);
    ofDifference.add(other[r] - base[r]);
  }
  const nPairs = ofDifference.count();
  const difference = ofDifference.mean();
  const sd = ofDifference.sd();
  const half = halfWidth(sd, nPairs);
  return {
    nPairs,
    nUndefined: n - nPairs,
    base: ofBase.mean(),
    value: ofOther.mean(),
    difference,
    mcse: sd / Math.sqrt(nPairs),
    ci: [difference - half, difference + half],
    sd,
    varianceRatio: (ofBase.sd() ** 2 + ofOther.sd() ** 2) / sd ** 2,
  };
}

/** Half-width t(.975; n − 1)·sd/√n of the 95 % interval; NaN below two pairs. */
export function halfWidth(sd: number, nPairs: number): number {
  return nPairs > 1 ? (tQuantile((1 + LEVEL) / 2, nPairs - 1) * sd) / Math.sqrt(nPairs) : Number.NaN;
}
