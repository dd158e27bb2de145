import type { Key } from "../../sim/random/address.ts";
import { fillNormals } from "../../sim/random/fill.ts";
import { WHAT } from "../what.ts";
import { quantileOfSorted } from "./bootstrapPositions.ts";
import { quantileMcse } from "./quantileMcse.ts";
import type { Interval, PathFit } from "./types.ts";

export type MonteCarloTest = {
  readonly ci: Interval;
  /** Monte-Carlo standard errors of the two limits. */
  readonly mcse: Interval;
  readonly nDraws: number;
  readonly significant: boolean;
};

/**
 * Monte-Carlo confidence interval for ab: quantiles (type 6) of a*·b* with a* ~ N(a, se_a²), b* ~ N(b, se_b²) independent.
 * Its limit for infinitely many draws is the product-distribution interval.
 *
 * @param fit    the paths and their standard errors (> 0)
 * @param level  confidence level in (0, 1)
 * @param nDraws 20,000 puts a 95 % limit within about 0.02 se(ab) (1 MCSE)
 * @param key    key of the replication; draw i of a* is at (monteCarloInterval, who = i, when = 0), of b* at when = 1
 * @source  MacKinnon, Lockwood & Williams (2004), doi:10.1207/s15327906mbr3901_4
 */
export function monteCarlo(fit: PathFit, level: number, nDraws: number, key: Key): MonteCarloTest {
  const products = new Float64Array(nDraws);
  const zB = new Float64Array(nDraws);
  fillNormals(products, key, WHAT.monteCarloInterval, 0);
  fillNormals(zB, key, WHAT.monteCarloInterval, 1);
  for (let i = 0; i < nDraws; i++) products[i] = (fit.a + fit.seA * products[i]) * (fit.b + fit.seB * zB[i]);
  products.sort();
  const tail = (1 - level) / 2;
  const ci: Interval = [quantileOfSorted(products, tail), quantileOfSorted(products, 1 - tail)];
  return {
    ci,
    mcse: [quantileMcse(products, tail), quantileMcse(products, 1 - tail)],
    nDraws,
    significant: ci[0] > 0 || ci[1] < 0,
  };
}
