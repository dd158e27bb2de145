import { tQuantile, tTwoSidedP } from "../../sim/numerics/studentT.ts";
import type { Interval, PathFit } from "../estimators/types.ts";

/** An estimate from m completed data sets. */
export type PooledEstimate = {
  readonly estimate: number;
  /** √T, T = W + (1 + 1/m)B. */
  readonly se: number;
  readonly df: number;
  /** Mean squared standard error W, and variance B of the estimates between data sets (divisor m − 1). */
  readonly within: number;
  readonly between: number;
  /** (1 + 1/m)B/T: share of the variance that is due to missing values. */
  readonly shareMissing: number;
  /** (r + 2/(df + 3))/(r + 1) with r = (1 + 1/m)B/W: information lost to missing values. */
  readonly fractionMissing: number;
};

/**
 * Rubin's rules, with the degrees of freedom of Barnard and Rubin: 1/df = 1/df_m + 1/df_obs, where df_m = (m − 1)/λ²,
 * df_obs = (df + 1)/(df + 3)·df·(1 − λ), λ = (1 + 1/m)B/T and df is that of complete data. Never more than df.
 *
 * @param estimates  one per data set, m ≥ 2
 * @param ses        their standard errors (> 0)
 * @param dfComplete degrees of freedom that the estimate would have without missing values, > 0 (Infinity allowed)
 * @source  Rubin (1987), ch. 3; Barnard & Rubin (1999), doi:10.1093/biomet/86.4.948
 */
export function pool(estimates: ArrayLike<number>, ses: ArrayLike<number>, dfComplete: number): PooledEstimate {
  const m = estimates.length;
  let estimate = 0;
  let within = 0;
  for (let j = 0; j < m; j++) {
    estimate += estimates[j] / m;
    within += (ses[j] * ses[j]) / m;
  }
  let between = 0;
  for (let j = 0; j < m; j++) between += ((estimates[j] - estimate) * (estimates[j] - estimate)) / (m - 1);
  const inflated = (1 + 1 / m) * between;
  const total = within + inflated;
  const share = inflated / total;
  const perImputation = (share * share) / (m - 1);
  const dfObserved =
    dfComplete === Number.POSITIVE_INFINITY
      ? Number.POSITIVE_INFINITY
      : ((dfComplete + 1) / (dfComplete + 3)) * dfComplete * (1 - share);
  const df = 1 / (perImputation + 1 / dfObserved);
  const increase = inflated / within;
  return {
    estimate,
    se: Math.sqrt(total),
    df,
    within,
    between,
    shareMissing: share,
    fractionMissing: (increase + 2 / (df + 3)) / (increase + 1),
  };
}

/** t test and interval of a pooled estimate. */
export function pooledTest({ estimate, se, df }: PooledEstimate, level: number) {
  const t = estimate / se;
  const reach = tQuantile((1 + level) / 2, df) * se;
  const ci: Interval = [estimate - reach, estimate + reach];
  return { estimate, se, df, t, p: tTwoSidedP(t, df), ci };
}

/** Both paths of the indirect effect, pooled. */
export type PooledPaths = {
  readonly a: PooledEstimate;
  readonly b: PooledEstimate;
  /** What any test of ab needs: its Monte-Carlo interval is that of the pooled paths. */
  readonly paths: PathFit;
};

/**
 * Pools the paths of m fits, each path by itself; the complete-data df of a path are the mean of the fits' (all the same
 * for ordinary least squares).
 *
 * @param fits one per completed data set, m ≥ 2
 */
export function poolPaths(fits: readonly PathFit[]): PooledPaths {
  const column = (name: keyof PathFit) => fits.map((fit) => fit[name]);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value / values.length, 0);
  const a = pool(column("a"), column("seA"), mean(column("dfA")));
  const b = pool(column("b"), column("seB"), mean(column("dfB")));
  return {
    a,
    b,
    paths: { a: a.estimate, seA: a.se, dfA: a.df, b: b.estimate, seB: b.se, dfB: b.df },
  };
}
