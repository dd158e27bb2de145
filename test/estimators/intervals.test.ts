import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bcaBootstrap,
  biasCorrectedBootstrap,
  bootstrapDistribution,
  percentileBootstrap,
} from "../../models/estimators/bootstrapIntervals.ts";
import { correctedProbabilities, quantileOfSorted } from "../../models/estimators/bootstrapPositions.ts";
import { jointSignificance } from "../../models/estimators/jointSignificance.ts";
import { monteCarlo } from "../../models/estimators/monteCarlo.ts";
import { productDistribution } from "../../models/estimators/productDistribution.ts";
import { quantileMcse } from "../../models/estimators/quantileMcse.ts";
import { sobel } from "../../models/estimators/sobel.ts";
import { normalCdf } from "../../sim/numerics/normal.ts";
import { normalQuantile } from "../../sim/numerics/normalQuantile.ts";
import { fillNormals } from "../../sim/random/fill.ts";
import { keyOf } from "../../sim/random/address.ts";

const counting = (n: number) => Float64Array.from({ length: n }, (_, i) => i + 1);

describe("quantile of type 6", () => {
  it.each([
    // Of 1 … n the p-quantile is (n + 1)p itself.
    [999, 0.025, 25],
    [999, 0.975, 975],
    [5000, 0.025, 125.025],
    [4, 0.5, 2.5],
    [19, 0.01, 1],
    [19, 0.99, 19],
    [1, 0.3, 1],
  ])("of 1 … %d at %d is %d", (n, p, expected) => {
    expect(quantileOfSorted(counting(n), p)).toBeCloseTo(expected, 10);
  });

  it("whole positions are whole in spite of rounding: (999 + 1)·(1 − .95)/2 = 25", () => {
    expect(quantileOfSorted(counting(999), (1 - 0.95) / 2)).toBe(25);
  });

  it("never leaves the values, and grows with p", () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(values, share, share, (list, p, q) => {
        const sorted = Float64Array.from(list).sort();
        const [low, high] = [Math.min(p, q), Math.max(p, q)].map((r) => quantileOfSorted(sorted, r));
        expect(low).toBeGreaterThanOrEqual(sorted[0]);
        expect(high).toBeLessThanOrEqual(sorted[sorted.length - 1]);
        expect(low).toBeLessThanOrEqual(high);
      }),
      { seed: 8 },
    );
  });
});

describe("bootstrap intervals", () => {
  it("percentile limits and standard error, singular resamples left out", () => {
    const values = Float64Array.from([...counting(999), Number.NaN]).reverse();
    const distribution = bootstrapDistribution(values, 500);
    expect(distribution.nDegenerate).toBe(1);
    expect(distribution.nResamples).toBe(1000);
    expect(distribution.shareBelow).toBe(0.5);
    expect(distribution.se).toBeCloseTo(Math.sqrt((999 * 1000) / 12), 10);
    expect(percentileBootstrap(distribution, 0.95).ci).toEqual([25, 975]);
  });

  it("without bias and acceleration all three agree", () => {
    const distribution = bootstrapDistribution(counting(999), 500);
    for (const { ci } of [biasCorrectedBootstrap(distribution, 0.9), bcaBootstrap(distribution, 0.9, 0)]) {
      expect(ci?.[0]).toBeCloseTo(50, 9);
      expect(ci?.[1]).toBeCloseTo(950, 9);
    }
  });

  it("ties count half: z₀ = Φ⁻¹((below + ties/2)/B)", () => {
    const distribution = bootstrapDistribution(Float64Array.of(1, 2, 2, 2, 3, 4, 5, 6, 7, 8), 2);
    expect(biasCorrectedBootstrap(distribution, 0.95).z0).toBe(normalQuantile(0.25));
  });

  it("BCa probabilities are Efron's formula", () => {
    const z0 = normalQuantile(0.6);
    const z = normalQuantile(0.975);
    const [lower, upper] = correctedProbabilities(0.6, 0.95, 0.05) ?? [];
    expect(lower).toBeCloseTo(normalCdf(z0 + (z0 - z) / (1 - 0.05 * (z0 - z))), 15);
    expect(upper).toBeCloseTo(normalCdf(z0 + (z0 + z) / (1 - 0.05 * (z0 + z))), 15);
  });

  it("no interval where it is not defined: one side only, no acceleration, past the pole", () => {
    const onesided = bootstrapDistribution(counting(99), 100);
    expect(biasCorrectedBootstrap(onesided, 0.95)).toMatchObject({ ci: null, z0: null, significant: false });
    const fine = bootstrapDistribution(counting(99), 50);
    expect(bcaBootstrap(fine, 0.95, null)).toMatchObject({ ci: null, acceleration: null, significant: false });
    expect(bcaBootstrap(fine, 0.95, 0.9).ci).toBeNull();
  });
});

describe("Monte-Carlo standard errors", () => {
  it("of limits are what repeating the whole thing shows", () => {
    const nRuns = 400;
    const nValues = 1999;
    const level = 0.95;
    // An estimate off the centre, so that the bias correction is at work.
    const estimate = 0.2;
    const draws = new Float64Array(nValues);
    const limits = Array.from({ length: 4 }, () => [] as number[]);
    const claimed = [0, 0, 0, 0];
    for (let run = 0; run < nRuns; run++) {
      fillNormals(draws, keyOf("mcse", run), 1, 0);
      const distribution = bootstrapDistribution(draws, estimate);
      const percentile = percentileBootstrap(distribution, level);
      const bca = bcaBootstrap(distribution, level, 0.03);
      for (const [k, test] of [percentile, bca].entries()) {
        for (const side of [0, 1]) {
          limits[2 * k + side].push(test.ci?.[side] ?? Number.NaN);
          claimed[2 * k + side] += (test.mcse?.[side] ?? Number.NaN) / nRuns;
        }
      }
    }
    for (const [k, values] of limits.entries()) {
      const mean = values.reduce((sum, v) => sum + v, 0) / nRuns;
      const sd = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (nRuns - 1));
      // sd of 400 values: relative standard error 1/√800 = 3.5 %; 4.9 of them, and the density's own bias of a few per cent.
      expect(Math.abs(claimed[k] / sd - 1)).toBeLessThan(4.9 * 0.035 + 0.05);
    }
  });

  it("of a uniform's quantile is √(p(1 − p)/n)", () => {
    const even = counting(10_000).map((i) => i / 10_001);
    expect(quantileMcse(even, 0.025)).toBeCloseTo(Math.sqrt((0.025 * 0.975) / 10_000), 6);
  });
});

describe("tests of ab from two paths", () => {
  const fit = { a: 0.3, seA: 0.1, dfA: 98, b: 0.4, seB: 0.05, dfB: 97 };

  it("joint significance needs both paths", () => {
    expect(jointSignificance(fit, 0.95).significant).toBe(true);
    expect(jointSignificance({ ...fit, b: 0.01 }, 0.95).significant).toBe(false);
    expect(jointSignificance({ ...fit, a: 0.01 }, 0.95).significant).toBe(false);
    const { pA, pB, p } = jointSignificance(fit, 0.95);
    expect(p).toBe(Math.max(pA, pB));
  });

  it("Sobel's family: the variances differ by ± se_a² se_b²; no test where the variance is not positive", () => {
    expect(sobel(fit, 0.95)?.se).toBeCloseTo(Math.sqrt(0.09 * 0.0025 + 0.16 * 0.01), 15);
    expect(sobel(fit, 0.95, "aroian")?.se).toBeCloseTo(Math.sqrt(0.09 * 0.0025 + 0.16 * 0.01 + 0.01 * 0.0025), 15);
    expect(sobel(fit, 0.95, "goodman")?.se).toBeCloseTo(Math.sqrt(0.09 * 0.0025 + 0.16 * 0.01 - 0.01 * 0.0025), 15);
    expect(sobel({ ...fit, a: 0.01, b: 0.01 }, 0.95, "goodman")).toBeNull();
    expect(sobel({ ...fit, a: 0, b: 0 }, 0.95)).toBeNull();
  });

  it("the product interval excludes 0 exactly when its p says so, and Monte Carlo tends to it", () => {
    for (const z of [0.5, 1.5, 1.9, 2, 2.1, 2.5, 4]) {
      const test = productDistribution({ ...fit, a: z * 0.1 }, 0.95);
      expect(test.significant).toBe(test.ci[0] > 0 || test.ci[1] < 0);
    }
    const exact = productDistribution(fit, 0.9).ci;
    const drawn = monteCarlo(fit, 0.9, 200_000, keyOf("draws", 0));
    for (const side of [0, 1]) {
      expect(Math.abs(drawn.ci[side] - exact[side])).toBeLessThan(4.9 * drawn.mcse[side]);
    }
  });

  it("product limits of four known cases (numerical integration in R), to the six decimals given", () => {
    // a, b, se_a, se_b, lower, upper
    for (const [a, b, seA, seB, lower, upper] of [
      [0.2, 0.4, 1, 1, -2.188179, 2.587222],
      [0.3, 0.4, 0.1, 0.05, 0.040196, 0.209068],
      [0.1, 0.2, 0.05, 0.03, 0.00039, 0.041916],
      [0, 0, 1, 1, -2.181949, 2.181949],
    ]) {
      const { ci } = productDistribution({ a, seA, dfA: 1, b, seB, dfB: 1 }, 0.95);
      expect(ci[0]).toBeCloseTo(lower, 6);
      expect(ci[1]).toBeCloseTo(upper, 6);
    }
  });
});
