import { drawsResamples } from "./decisionNames.ts";
import type { AnalysisPlan } from "./scenario/types.ts";

/** Whether studies must be played row by row: their sufficient statistics do not tell all that the analysis asks. */
export function needsRows(
  { normalTheory }: { readonly normalTheory: boolean },
  { tests, estimators }: Pick<AnalysisPlan, "tests" | "estimators">,
): boolean {
  return !normalTheory || tests.some(drawsResamples) || estimators.length > 1;
}
