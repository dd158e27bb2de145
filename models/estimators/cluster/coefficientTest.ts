import { tQuantile, tTwoSidedP } from "../../../sim/numerics/studentT.ts";
import type { Coefficient } from "../regressionTable.ts";

/**
 * t test and interval of an estimate with degrees of freedom of its own: estimate ± t(df)·se.
 *
 * @param se    > 0
 * @param df    > 0, not necessarily whole
 * @param level confidence level in (0, 1)
 */
export function coefficientTest(estimate: number, se: number, df: number, level: number): Coefficient {
  const t = estimate / se;
  const reach = tQuantile((1 + level) / 2, df) * se;
  return { estimate, se, df, t, p: tTwoSidedP(t, df), ci: [estimate - reach, estimate + reach] };
}

/** A coefficient that the clusters determine exactly: no variance, no test. */
export function untested(estimate: number): Coefficient {
  const { NaN: none } = Number;
  return { estimate, se: none, df: none, t: none, p: none, ci: [none, none] };
}
