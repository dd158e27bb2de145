import { chiSquareQuantile } from "../../sim/numerics/chiSquare.ts";
import type { AgencyValue } from "./agencyValues.ts";
import { three } from "./totals.ts";

/** Events to reckon with: 0 in one year do not mean never, and half an event stands for them. */
export function atLeastHalf(count: number): number {
  return Math.max(0.5, count);
}

/** A rate of `perEvent` for every event, 0 events counted as half of one, with the exact interval of a Poisson count. */
export function rateOf(
  count: number,
  perEvent: number,
  most = Number.POSITIVE_INFINITY,
): Pick<AgencyValue, "value" | "range"> {
  const value = three(atLeastHalf(count) * perEvent);
  const [low, high] = poissonInterval(count);
  // Rounding, or a limit of the model, must not put the value outside.
  return {
    value,
    range: [Math.min(value, three(low * perEvent)), Math.max(value, Math.min(most, three(high * perEvent)))],
  };
}

/**
 * Exact (Garwood) 95 % confidence interval of the mean of a Poisson count:
 * lower = χ²(.025; 2k)/2, 0 for k = 0, and upper = χ²(.975; 2k + 2)/2.
 *
 * @param count k, a whole number ≥ 0
 * @returns [lower, upper], in events
 * @source Garwood (1936), doi:10.1093/biomet/28.3-4.437
 */
export function poissonInterval(count: number): readonly [lower: number, upper: number] {
  const lower = count === 0 ? 0 : chiSquareQuantile(0.025, 2 * count) / 2;
  return [lower, chiSquareQuantile(0.975, 2 * count + 2) / 2];
}
