import { expect } from "vitest";

/** Standard normal quantile at α/2 = 5·10⁻⁷: what a false alarm in 10⁶ comparisons allows. */
export const LIMIT = 4.9;

/** Whether `npm run test:soak` runs. */
export const isSoak = process.env.CASELOAD_SOAK_SEED !== undefined;

/** Seed of a statistical test: fixed, unless `npm run test:soak` asks for fresh luck. */
export function seedFor(name: string): string {
  const soak = process.env.CASELOAD_SOAK_SEED;
  return soak === undefined ? name : `${name} ${soak}`;
}

/** A simulated value must lie within 4.9 of its own Monte-Carlo SE from the truth. */
export function expectWithin(value: number, { truth, mcse }: { readonly truth: number; readonly mcse: number }): void {
  const distance = Math.abs(value - truth) / mcse;
  if (!(distance <= LIMIT))
    expect.fail(
      `${value} is ${distance.toFixed(1)} MCSE from ${truth} (limit ${LIMIT}; would notice errors of ${(LIMIT * mcse).toPrecision(2)})`,
    );
}

/** A rejection rate must agree with the exact one: MCSE from the truth, with the binomial's skewness for rare events. */
export function expectRate(rate: number, truth: number, nReplications: number): void {
  const mcse = Math.sqrt((truth * (1 - truth)) / nReplications);
  const skewness = (Math.abs(1 - 2 * truth) * (LIMIT * LIMIT - 1)) / 6 / nReplications;
  expectWithin(rate, { truth, mcse: mcse + skewness / LIMIT });
}

/** Two-sample Kolmogorov–Smirnov distance, in units in which 2.7 is exceeded once in 10⁶ (Q(2.7) = 2e^(−2·2.7²) ≈ 9·10⁻⁷). */
export function kolmogorovSmirnov(left: ArrayLike<number>, right: ArrayLike<number>): number {
  const a = Float64Array.from(left).sort();
  const b = Float64Array.from(right).sort();
  let i = 0;
  let j = 0;
  let distance = 0;
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i], b[j]);
    while (i < a.length && a[i] <= value) i++;
    while (j < b.length && b[j] <= value) j++;
    distance = Math.max(distance, Math.abs(i / a.length - j / b.length));
  }
  return distance * Math.sqrt((a.length * b.length) / (a.length + b.length));
}

export const KS_LIMIT = 2.7;
