import { normalCdf } from "../../sim/numerics/normal.ts";
import { normalQuantile } from "../../sim/numerics/normalQuantile.ts";
import type { Population } from "../paths/population.ts";

/** Beyond this no sample size is sought. */
export const LARGEST_N = 10_000_000;

/** z-tests are liberal with a handful of clients, so that power may first fall; targets up to this are checked for it. */
const LOW_TARGET = 0.3;
const FIRST_CLIENTS = 40;

export type SampleSize = { readonly n: number; readonly power: number };

/**
 * Smallest N whose power reaches the target, and from which on it stays there: power(N) ≥ target > power(N − 1).
 * Brackets from the start outwards, then interpolates probit(power) in √N, in which it is nearly straight.
 *
 * @param power    rejection probability with N clients, without noise; rising from some N on
 * @param target   in (0, 1)
 * @param smallest first N that can be analysed
 * @param start    where to look first, e.g. approximateN
 * @returns the N and its power; null when LARGEST_N clients are not enough
 */
export function smallestN(
  power: (n: number) => number,
  target: number,
  smallest: number,
  start: number,
): SampleSize | null {
  let high = Math.round(Math.min(LARGEST_N, Math.max(smallest, start)));
  let low = high;
  let here = power(high);
  if (here >= target) {
    do {
      if (low === smallest) return atSmallest(power, target, smallest);
      high = low;
      low = Math.max(smallest, Math.min(low - 1, Math.floor(low * strideTo(target, here) * 0.99)));
      here = power(low);
    } while (here >= target);
  } else {
    do {
      if (high === LARGEST_N) return null;
      low = high;
      high = Math.min(LARGEST_N, Math.max(high + 1, Math.ceil(high * strideTo(target, here) * 1.01)));
      here = power(high);
    } while (here < target);
  }
  return between(power, target, low, high);
}

/** Factor from N to the target's N along probit(power) = λ√N − 2, roughly any test's curve; between ¼ and 4. */
function strideTo(target: number, power: number): number {
  const ratio = Math.max(0.2, normalQuantile(target) + 2) / Math.max(0.2, normalQuantile(power) + 2);
  return Math.min(4, Math.max(0.25, ratio * ratio));
}

/** power(low) < target ≤ power(high): interpolation, with a bisection after every two steps. */
function between(power: (n: number) => number, target: number, from: number, to: number): SampleSize {
  let low = from;
  let high = to;
  let lowScore = normalQuantile(power(low));
  let highPower = power(high);
  const goal = normalQuantile(target);
  for (let step = 1; high - low > 1; step++) {
    const share = (goal - lowScore) / (normalQuantile(highPower) - lowScore);
    const root = Math.sqrt(low) + share * (Math.sqrt(high) - Math.sqrt(low));
    const wanted = step % 3 === 0 || !(share >= 0 && share <= 1) ? (low + high) / 2 : root * root;
    const n = Math.min(high - 1, Math.max(low + 1, Math.round(wanted)));
    const here = power(n);
    if (here >= target) {
      high = n;
      highPower = here;
    } else {
      low = n;
      lowScore = normalQuantile(here);
    }
  }
  return { n: high, power: highPower };
}

/** The smallest N already reaches the target, unless power falls below it again a little further on. */
function atSmallest(power: (n: number) => number, target: number, smallest: number): SampleSize {
  let n = smallest;
  if (target <= LOW_TARGET) {
    for (let later = smallest + 1; later < smallest + FIRST_CLIENTS; later++) if (power(later) < target) n = later + 1;
  }
  return { n, power: power(n) };
}

/**
 * First guess of the smallest N: both paths' z-tests taken as independent normal ones with known standard errors.
 *
 * @returns N, not rounded; LARGEST_N when a path is 0
 */
export function approximateN(population: Population, level: number, target: number): number {
  const critical = -normalQuantile((1 - level) / 2);
  const { x, xErr } = population.variances;
  const a = Math.abs(population.aObs) * Math.sqrt((x + xErr) / population.veObs);
  const b = Math.abs(population.bObs) * Math.sqrt(population.veObs / population.vyObs);
  let low = 0;
  let high = Math.sqrt(LARGEST_N);
  for (let step = 0; step < 60; step++) {
    const root = (low + high) / 2;
    if (normalCdf(a * root - critical) * normalCdf(b * root - critical) >= target) high = root;
    else low = root;
  }
  return high * high + population.nCovariates;
}
