import { normalPdf } from "../../sim/numerics/normal.ts";
import { normalQuantile } from "../../sim/numerics/normalQuantile.ts";
import { correctedProbabilities, equalTails, type Probabilities, quantileOfSorted } from "./bootstrapPositions.ts";
import { quantileMcse } from "./quantileMcse.ts";
import type { Interval } from "./types.ts";

/** What a set of resamples says about the sampling distribution of ab. */
export type BootstrapDistribution = {
  /** ab* of the resamples that could be fitted, sorted upwards. */
  readonly sorted: Float64Array;
  readonly nResamples: number;
  /** Resamples with a singular design: left out of everything. */
  readonly nDegenerate: number;
  readonly mean: number;
  /** Standard deviation of ab* (divisor count − 1). */
  readonly se: number;
  /** Share of ab* below ab, ties counted half. */
  readonly shareBelow: number;
};

export type BootstrapTest = {
  /** null where the interval is not defined: no acceleration, or every ab* on one side of ab. */
  readonly ci: Interval | null;
  /** Monte-Carlo standard errors of the two limits. */
  readonly mcse: Interval | null;
  /** Where the limits are read in the distribution of ab*. */
  readonly probabilities: Probabilities | null;
  readonly nResamples: number;
  readonly significant: boolean;
};

export type CorrectedBootstrapTest = BootstrapTest & {
  /** Φ⁻¹(share of ab* below ab); null where infinite. */
  readonly z0: number | null;
  /** 0 for the bias-corrected interval; null where it cannot be had. */
  readonly acceleration: number | null;
};

/**
 * @param values   ab* of the resamples, NaN where singular
 * @param estimate ab of the data
 */
export function bootstrapDistribution(values: Float64Array, estimate: number): BootstrapDistribution {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const count = sorted.length;
  let mean = 0;
  let twiceBelow = 0;
  for (const value of sorted) {
    mean += value / count;
    if (value < estimate) twiceBelow += 2;
    else if (value === estimate) twiceBelow += 1;
  }
  let squares = 0;
  for (const value of sorted) squares += (value - mean) * (value - mean);
  return {
    sorted,
    nResamples: values.length,
    nDegenerate: values.length - count,
    mean,
    se: Math.sqrt(squares / (count - 1)),
    shareBelow: twiceBelow / 2 / count,
  };
}

/**
 * Percentile interval: quantiles (type 6) of ab* at α/2 and 1 − α/2.
 *
 * @param level confidence level in (0, 1)
 * @source  Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 13
 */
export function percentileBootstrap(distribution: BootstrapDistribution, level: number): BootstrapTest {
  const probabilities = equalTails(level);
  const variance = (p: number) => (p * (1 - p)) / distribution.sorted.length;
  return intervalAt(distribution, probabilities, [variance(probabilities[0]), variance(probabilities[1])]);
}

/**
 * Bias-corrected interval: `correctedProbabilities` without acceleration. In small samples it rejects too often
 * (type I error .086 instead of .05 at a = 0, b = .59, n = 50).
 *
 * @param level confidence level in (0, 1)
 * @source  Efron (1981), doi:10.2307/3314608
 */
export function biasCorrectedBootstrap(distribution: BootstrapDistribution, level: number): CorrectedBootstrapTest {
  return correctedBootstrap(distribution, level, 0);
}

/**
 * Bias-corrected and accelerated interval: `correctedProbabilities` with the jackknife's acceleration.
 *
 * @param level        confidence level in (0, 1)
 * @param acceleration `accelerationOf(jackknifeIndirect(fit))`; null gives no interval
 * @source  Efron (1987), doi:10.1080/01621459.1987.10478410
 */
export function bcaBootstrap(
  distribution: BootstrapDistribution,
  level: number,
  acceleration: number | null,
): CorrectedBootstrapTest {
  return correctedBootstrap(distribution, level, acceleration);
}

function correctedBootstrap(
  distribution: BootstrapDistribution,
  level: number,
  acceleration: number | null,
): CorrectedBootstrapTest {
  const { shareBelow } = distribution;
  const finite = shareBelow > 0 && shareBelow < 1;
  const z0 = finite ? normalQuantile(shareBelow) : null;
  const probabilities = acceleration === null ? null : correctedProbabilities(shareBelow, level, acceleration);
  if (z0 === null || acceleration === null || probabilities === null) {
    const { nResamples } = distribution;
    return { ci: null, mcse: null, probabilities: null, nResamples, significant: false, z0, acceleration };
  }
  const variances = probabilities.map((p, side) =>
    correctedVariance(distribution, p, z0, equalTails(level)[side], acceleration),
  );
  return { ...intervalAt(distribution, probabilities, [variances[0], variances[1]]), z0, acceleration };
}

/**
 * Variance of the probability error of a corrected limit: the share of ab* below the limit and, through z₀, the share
 * below ab both vary, and together: var(g·P₀ − P₁) with g = ∂p/∂P₀ and cov(P₀, P₁) = (min(P₀, p) − P₀p)/B.
 */
function correctedVariance(
  { shareBelow, sorted }: BootstrapDistribution,
  p: number,
  z0: number,
  tail: number,
  acceleration: number,
): number {
  const divisor = 1 - acceleration * (z0 + normalQuantile(tail));
  const gain = (normalPdf(normalQuantile(p)) * (1 + 1 / (divisor * divisor))) / normalPdf(z0);
  const covariance = Math.min(shareBelow, p) - shareBelow * p;
  return (gain * gain * shareBelow * (1 - shareBelow) + p * (1 - p) - 2 * gain * covariance) / sorted.length;
}

function intervalAt(
  { sorted, nResamples }: BootstrapDistribution,
  probabilities: Probabilities,
  variances: readonly [number, number],
): BootstrapTest {
  if (sorted.length === 0) return { ci: null, mcse: null, probabilities: null, nResamples, significant: false };
  const ci: Interval = [quantileOfSorted(sorted, probabilities[0]), quantileOfSorted(sorted, probabilities[1])];
  return {
    ci,
    mcse: [quantileMcse(sorted, probabilities[0], variances[0]), quantileMcse(sorted, probabilities[1], variances[1])],
    probabilities,
    nResamples,
    significant: ci[0] > 0 || ci[1] < 0,
  };
}
