import { normalQuantile } from "../../sim/numerics/normalQuantile.ts";
import { halfWidth, LEVEL, type PairedDifference } from "./pairedDifference.ts";

/**
 * Replications before the first look. A sample SD of fewer is too often too small, and a rule that stops on it stops too soon.
 */
export const FEWEST_REPLICATIONS = 30;

/**
 * Numbers of replications at which a comparison is looked at: 30, then a tenth more each time, and the budget last. They
 * depend on nothing that was simulated. Stopping when the half-width is small enough makes intervals cover a little less
 * than their level: the rule likes samples whose SD came out small. The loss goes to 0 as the precision asked for becomes
 * finer; no look before 30 keeps it below one hundredth (normal differences: .945 to .951, least where 30 to 60 replications
 * are needed; test/oracle/compare/generate.R).
 *
 * @source Chow & Robbins (1965), doi:10.1214/aoms/1177700156
 */
export function checkpointsOf(budget: number): number[] {
  const checkpoints: number[] = [];
  for (let n = FEWEST_REPLICATIONS; n < budget; n += Math.ceil(n / 10)) checkpoints.push(n);
  return [...checkpoints, budget];
}

/** Half-width asked for: this share of the base's value; of 1 in the figure's unit where the base is 0. */
export function toleranceOf(base: number, precision: number): number {
  return precision * (base === 0 ? 1 : Math.abs(base));
}

/** Whether the difference is known to the precision asked for; also where fewer than two pairs can tell nothing. */
export function isPreciseEnough({ base, sd, nPairs }: PairedDifference, precision: number): boolean {
  return nPairs < 2 || halfWidth(sd, nPairs) <= toleranceOf(base, precision);
}

/**
 * The smallest n for which t(.975; n − 1)·sd/√n is at most the tolerance, scaled up by the share of replications that give no
 * pair; NaN below two pairs.
 */
export function runsNeeded(
  { sd, nPairs, nUndefined }: Pick<PairedDifference, "sd" | "nPairs" | "nUndefined">,
  tolerance: number,
): number {
  if (nPairs < 2) return Number.NaN;
  // Every quantile of t is above the normal one: the search begins before the answer, and only just.
  let n = Math.max(2, Math.floor(((normalQuantile((1 + LEVEL) / 2) * sd) / tolerance) ** 2));
  while (halfWidth(sd, n) > tolerance) n++;
  return Math.ceil((n * (nPairs + nUndefined)) / nPairs);
}
