import { normalCdf } from "../../sim/numerics/normal.ts";
import { normalQuantile } from "../../sim/numerics/normalQuantile.ts";

/** Probabilities of the lower and of the upper limit of an interval. */
export type Probabilities = readonly [lower: number, upper: number];

/** Equal tails: [α/2, 1 − α/2] with α = 1 − level. */
export function equalTails(level: number): Probabilities {
  const tail = (1 - level) / 2;
  return [tail, 1 - tail];
}

/**
 * Probabilities at which the bias-corrected (acceleration 0) and the accelerated (BCa) interval read the bootstrap
 * distribution: Φ(z₀ + w/(1 − acceleration·w)) with w = z₀ ± z_crit and z₀ = Φ⁻¹(shareBelow).
 * Where defined, both grow with shareBelow.
 *
 * @param shareBelow   share of ab* below ab, ties counted half, in [0, 1]
 * @param level        confidence level in (0, 1)
 * @param acceleration from the jackknife; 0 for the bias-corrected interval
 * @returns null where they are not defined: shareBelow 0 or 1 (z₀ infinite), or 1 − acceleration·w not positive
 * @source  Efron (1987), doi:10.1080/01621459.1987.10478410
 */
export function correctedProbabilities(shareBelow: number, level: number, acceleration: number): Probabilities | null {
  if (!(shareBelow > 0 && shareBelow < 1)) return null;
  const z0 = normalQuantile(shareBelow);
  const critical = normalQuantile((1 + level) / 2);
  const lower = z0 - critical;
  const upper = z0 + critical;
  const lowerDivisor = 1 - acceleration * lower;
  const upperDivisor = 1 - acceleration * upper;
  if (!(lowerDivisor > 0 && upperDivisor > 0)) return null;
  return [normalCdf(z0 + lower / lowerDivisor), normalCdf(z0 + upper / upperDivisor)];
}

/** Closer than this to a whole number, a position is that number: (B + 1)·0.025 is 25 at B = 999, not 25.00000000000002. */
export const POSITION_SNAP = 1e-10;

/** The quantile lies `share` of the way from order statistic `below` (from 1) to the next. */
export type Position = { readonly below: number; readonly share: number };

/**
 * Where the p-quantile of `count` values lies: at position (count + 1)p, between order statistics, linear (type 6);
 * beyond the first or the last value, on it.
 *
 * @param p     probability in [0, 1]
 * @param count number of values, ≥ 1
 * @source  Hyndman & Fan (1996), doi:10.1080/00031305.1996.10473566
 */
export function quantilePosition(p: number, count: number): Position {
  const exact = (count + 1) * p;
  const whole = Math.round(exact);
  const position = Math.abs(exact - whole) < POSITION_SNAP ? whole : exact;
  if (position <= 1) return { below: 1, share: 0 };
  if (position >= count) return { below: count, share: 0 };
  const below = Math.floor(position);
  return { below, share: position - below };
}

/** The value at `share` of the way between two order statistics. Never outside them. */
export function interpolate(lower: number, upper: number, share: number): number {
  return share === 0 ? lower : lower + share * (upper - lower);
}

/** p-quantile (type 6) of values sorted upwards, length ≥ 1. */
export function quantileOfSorted(sorted: Float64Array, p: number): number {
  const { below, share } = quantilePosition(p, sorted.length);
  return interpolate(sorted[below - 1], sorted[Math.min(below, sorted.length - 1)], share);
}
