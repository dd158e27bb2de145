import type { ComparedFigure } from "./comparisonTypes.ts";

/** "indifferent" where the interval of the difference holds 0; "higher" and "lower" where no direction is the better one. */
export type Verdict = "better" | "worse" | "higher" | "lower" | "indifferent" | "not defined";

/** What the 95 % interval of one difference says. */
export function verdictOf({ ci: [lower, upper], better }: Pick<ComparedFigure, "ci" | "better">): Verdict {
  if (Number.isNaN(lower)) return "not defined";
  if (lower <= 0 && upper >= 0) return "indifferent";
  const direction = lower > 0 ? "higher" : "lower";
  if (better === null) return direction;
  return direction === better ? "better" : "worse";
}
