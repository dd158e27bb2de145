import type { Comparison } from "../../../models/compare/comparisonTypes.ts";
import type { Chart } from "../../render.ts";
import { costBenefitPlane } from "./costBenefitPlane.ts";
import { differenceDots } from "./differenceDots.ts";
import { weeklyTrajectories } from "./weeklyTrajectories.ts";

/** Every chart of a comparison, in the order of the report. */
export function chartsOfComparison(comparison: Comparison): Chart[] {
  return [...differenceDots(comparison), ...costBenefitPlane(comparison), ...weeklyTrajectories(comparison)];
}
