import { quantileOfSorted } from "./bootstrapPositions.ts";

/**
 * Monte-Carlo standard error of a sample quantile: √variance / density, the density taken from the spacing of the
 * order statistics two standard errors to either side (its own noise: about 15 % at p = .025 of 5,000 values).
 *
 * @param sorted   values, sorted upwards, length ≥ 2
 * @param p        probability in (0, 1)
 * @param variance variance of the quantile's probability: p(1 − p)/B where p is fixed beforehand
 * @source  asymptotic variance of quantiles: Serfling (1980), Approximation Theorems of Mathematical Statistics, §2.3.3
 */
export function quantileMcse(sorted: Float64Array, p: number, variance = (p * (1 - p)) / sorted.length): number {
  const count = sorted.length;
  const reach = 2 * Math.sqrt((p * (1 - p)) / count);
  const low = Math.max(p - reach, 1 / (count + 1));
  const high = Math.min(p + reach, count / (count + 1));
  if (!(high > low)) return Number.NaN;
  return (Math.sqrt(variance) * (quantileOfSorted(sorted, high) - quantileOfSorted(sorted, low))) / (high - low);
}
