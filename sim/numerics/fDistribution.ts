import { regularizedBeta } from "./gamma.ts";

/**
 * Upper tail of the F distribution, P(F > f): the p value of a regression's F test.
 *
 * @param f   statistic, ≥ 0
 * @param df1 numerator degrees of freedom, > 0 (real)
 * @param df2 denominator degrees of freedom, > 0 (real)
 * @returns p in [0, 1], relative accuracy as regularizedBeta; NaN if an argument is NaN
 * @throws RangeError if f is negative, or a df not positive and finite
 * @source DLMF §8.17; p = Iₓ(df2/2, df1/2) with x = df2/(df2 + df1·f)
 */
export function fUpper(f: number, df1: number, df2: number): number {
  if (Number.isNaN(f) || Number.isNaN(df1) || Number.isNaN(df2)) return Number.NaN;
  if (f < 0) throw new RangeError(`fUpper: f must be >= 0, got ${f}`);
  if (!(df1 > 0 && df1 < Number.POSITIVE_INFINITY))
    throw new RangeError(`fUpper: df1 must be > 0 and finite, got ${df1}`);
  if (!(df2 > 0 && df2 < Number.POSITIVE_INFINITY))
    throw new RangeError(`fUpper: df2 must be > 0 and finite, got ${df2}`);
  const ratio = (df1 * f) / df2;
  const x = 1 / (1 + ratio);
  return regularizedBeta(x, df2 / 2, df1 / 2, ratio === Number.POSITIVE_INFINITY ? 1 : ratio * x);
}
