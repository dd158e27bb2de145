import { normalCdf } from "../../sim/numerics/normal.ts";
import { productNormalQuantile } from "../../sim/numerics/productNormal.ts";
import type { Interval, PathFit } from "./types.ts";

export type ProductDistributionTest = {
  readonly p: number;
  readonly ci: Interval;
  readonly significant: boolean;
};

/**
 * Distribution-of-the-product interval for ab: exact quantiles of a*b* with a* ~ N(a, se_a²), b* ~ N(b, se_b²) independent.
 *
 * @param fit   the paths and their standard errors (> 0)
 * @param level confidence level in (0, 1)
 * @returns limits (error below 1e-9 of the product's standard deviation), two-sided p that inverts the interval
 * @source  Meeker, Cornwell & Aroian (1981); MacKinnon, Fritz, Williams & Lockwood (2007), doi:10.3758/BF03193007
 */
export function productDistribution(fit: PathFit, level: number): ProductDistributionTest {
  const tail = (1 - level) / 2;
  const p = productP(fit);
  return {
    p,
    ci: [productNormalQuantile(tail, fit), productNormalQuantile(1 - tail, fit)],
    significant: p < 1 - level,
  };
}

/**
 * Two-sided p of ab = 0: twice the smaller of P(a*b* < 0) and P(a*b* > 0), in closed form. The Monte-Carlo interval with
 * infinitely many draws excludes 0 exactly when p < 1 − level, and so does the product interval.
 */
export function productP({ a, seA, b, seB }: PathFit): number {
  const zA = a / seA;
  const zB = b / seB;
  const negative = normalCdf(zA) * normalCdf(-zB) + normalCdf(-zA) * normalCdf(zB);
  const positive = normalCdf(zA) * normalCdf(zB) + normalCdf(-zA) * normalCdf(-zB);
  return 2 * Math.min(negative, positive);
}
