import { tTwoSidedP } from "../../sim/numerics/studentT.ts";
import type { PathFit } from "./types.ts";

export type JointSignificance = {
  /** Two-sided p of each path, and the larger of the two. */
  readonly pA: number;
  readonly pB: number;
  readonly p: number;
  readonly significant: boolean;
};

/**
 * Joint significance test of ab: rejects when both paths differ from 0, p = max(p_a, p_b).
 *
 * @param fit   the paths, their standard errors (> 0) and degrees of freedom (≥ 1)
 * @param level confidence level in (0, 1); each path is tested at 1 − level, two-sided
 * @source  MacKinnon, Lockwood, Hoffman, West & Sheets (2002), doi:10.1037/1082-989X.7.1.83
 */
export function jointSignificance(fit: PathFit, level: number): JointSignificance {
  const pA = tTwoSidedP(fit.a / fit.seA, fit.dfA);
  const pB = tTwoSidedP(fit.b / fit.seB, fit.dfB);
  const p = Math.max(pA, pB);
  return { pA, pB, p, significant: p < 1 - level };
}
