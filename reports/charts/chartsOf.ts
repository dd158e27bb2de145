import type { PowerRun } from "../../models/powerTypes.ts";
import type { Chart } from "../render.ts";
import { clientsOrTeams } from "./clientsOrTeams.ts";
import { intervalChart } from "./intervals.ts";
import { pathDiagram } from "./pathDiagram.ts";
import { powerCurves, typeIErrorCurves } from "./powerCurves.ts";
import { samplingDistribution } from "./samplingDistribution.ts";

/** Every chart of a power run, in the order of the report. */
export function chartsOf(run: PowerRun): Chart[] {
  return [
    ...powerCurves(run),
    ...clientsOrTeams(run),
    ...typeIErrorCurves(run),
    ...samplingDistribution(run),
    ...intervalChart(run),
    ...pathDiagram(run),
  ];
}
