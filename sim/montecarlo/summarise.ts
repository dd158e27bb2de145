import { wilsonInterval } from "../numerics/wilson.ts";

/** A rate over replications. */
export type Proportion = {
  /** successes / trials; NaN without trials. */
  readonly rate: number;
  /** Monte-Carlo standard error √(p(1 − p)/R). */
  readonly mcse: number;
  /** 95 % Wilson interval. */
  readonly ci: readonly [lower: number, upper: number];
};

/** Level of the intervals that describe Monte-Carlo error. */
const MONTE_CARLO_LEVEL = 0.95;

/**
 * Rate of an event over replications, with its Monte-Carlo error.
 *
 * @source Morris, White & Crowther (2019), table 6, doi:10.1002/sim.8086; Wilson (1927), doi:10.1080/01621459.1927.10502953
 */
export function proportionOf(successes: number, trials: number): Proportion {
  if (trials === 0) return { rate: Number.NaN, mcse: Number.NaN, ci: [0, 1] };
  const rate = successes / trials;
  return {
    rate,
    mcse: Math.sqrt((rate * (1 - rate)) / trials),
    ci: wilsonInterval(successes, trials, MONTE_CARLO_LEVEL),
  };
}

/** Running mean and sum of squared deviations; a container that `add` changes. Depends on the order of the values. */
export type Moments = {
  add(value: number): void;
  readonly count: () => number;
  readonly mean: () => number;
  /** Sample standard deviation, divisor count − 1; NaN below two values. */
  readonly sd: () => number;
};

/** Mean and standard deviation in one pass, without cancellation. @source Welford (1962), doi:10.2307/1266577 */
export function createMoments(): Moments {
  let count = 0;
  let mean = 0;
  let squares = 0;
  return {
    add(value) {
      count++;
      const delta = value - mean;
      mean += delta / count;
      squares += delta * (value - mean);
    },
    count: () => count,
    mean: () => (count > 0 ? mean : Number.NaN),
    sd: () => (count > 1 ? Math.sqrt(squares / (count - 1)) : Number.NaN),
  };
}
