import type { SimulationRun } from "../../../models/simulationTypes.ts";
import type { Chart } from "../../render.ts";
import { clientFlow } from "./clientFlow.ts";
import { fidelityByTeam } from "./fidelityByTeam.ts";
import { staffStrips } from "./staffStrips.ts";
import { tenureFans } from "./tenureFans.ts";

/** Every chart of a simulation, in the order of the report. */
export function chartsOfService(run: SimulationRun): Chart[] {
  return [...clientFlow(run), ...tenureFans(run), ...fidelityByTeam(run), ...staffStrips(run)];
}
