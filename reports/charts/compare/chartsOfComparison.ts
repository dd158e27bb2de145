import type { Comparison } from "../../../models/compare/comparisonTypes.ts";
import type { Sensitivity } from "../../../models/sensitivity/sensitivityTypes.ts";
import type { Chart } from "../../render.ts";
import { morrisChart } from "../morris.ts";
import { tornado } from "../tornado.ts";
import { costBenefitPlane } from "./costBenefitPlane.ts";
import { differenceDots } from "./differenceDots.ts";
import { weeklyTrajectories } from "./weeklyTrajectories.ts";

/** Every chart of a comparison and of its sensitivity analysis (null: there is none), in the order of the report. */
export function chartsOfComparison(comparison: Comparison, sensitivity: Sensitivity | null): Chart[] {
  return [
    ...differenceDots(comparison),
    ...costBenefitPlane(comparison),
    ...weeklyTrajectories(comparison),
    ...(sensitivity === null ? [] : [tornado(sensitivity), morrisChart(sensitivity)]),
  ];
}
