import type { SimulationRun } from "../models/simulationTypes.ts";
import { csvText } from "./csv.ts";
import { cellOf } from "./dataFiles.ts";

/** Columns of kpis.csv with what they hold. */
export const KPI_COLUMNS: readonly (readonly [name: string, label: string, unit: string])[] = [
  ["scenario", "Name of the scenario", "text"],
  ["seed", "Seed of all random numbers", "text"],
  ["version", "Version of caseload", "text"],
  ["nReplications", "Simulated services", "replications"],
  ["name", "Identifier of the key figure", "text"],
  ["label", "Key figure", "text"],
  ["unit", "Unit of mean, mcse, limits and sd", "text"],
  ["better", "Which way is better: higher, lower or none", "text"],
  ["headline", "Whether it stands on the first page of a comparison (1) or not (0)", "0 or 1"],
  ["mean", "Mean over replications", "see unit"],
  ["mcse", "Monte-Carlo standard error of the mean", "see unit"],
  ["lower", "Lower limit of the 95 % interval of the mean (Student's t)", "see unit"],
  ["upper", "Upper limit of that interval", "see unit"],
  ["sd", "Standard deviation between replications", "see unit"],
  ["nUndefined", "Replications without a value, in no other number of the line", "replications"],
  ["definition", "How the key figure is reckoned in one service", "text"],
];

/** kpis.csv: a line per key figure, with scenario, seed, version and number of replications in every line. */
export function kpisCsv({ plan, version, kpis }: SimulationRun): string {
  return csvText([
    KPI_COLUMNS.map(([name]) => name),
    ...kpis.map(({ name, label, unit, better, headline, mean, mcse, ci, sd, nUndefined, definition }) => [
      plan.name,
      plan.seed,
      version,
      String(plan.replications),
      name,
      label,
      unit,
      better ?? "none",
      String(Number(headline)),
      ...[mean, mcse, ...ci, sd].map(cellOf),
      String(nUndefined),
      definition,
    ]),
  ]);
}
