import { exp } from "./elementary.ts";

/**
 * Quantile of the Poisson distribution: the smallest k with P(N ≤ k) ≥ u, by summing the terms e^{−λ} λ^k/k!.
 * Higher in u and in λ. O(λ) operations.
 *
 * @param u    probability in (0, 1)
 * @param mean λ in [0, 700]: beyond, e^{−λ} underflows
 * @throws RangeError if the mean is outside its range
 */
export function poissonQuantile(u: number, mean: number): number {
  if (!(mean >= 0 && mean <= 700)) throw new RangeError(`the mean of a Poisson count must be in [0, 700], got ${mean}`);
  let term = exp(-mean);
  let sum = term;
  let k = 0;
  // Past the mean a term that no longer moves the sum ends the search: u lies within rounding of 1.
  while (sum < u && !(k > mean && sum + term === sum)) {
    k++;
    term *= mean / k;
    sum += term;
  }
  return k;
}
