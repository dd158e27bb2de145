import type { SimulationRun } from "../models/simulationTypes.ts";
import type { CodebookEntry } from "../models/study/columns.ts";
import { csvText } from "./csv.ts";
import { longData, typeOf, wideData } from "./dataFiles.ts";
import { KPI_COLUMNS } from "./kpisCsv.ts";
import { trajectoryColumns } from "./trajectoriesCsv.ts";

/**
 * codebook.csv: a line per column of every data file with label, type, unit, range and when a value is missing (an empty
 * cell), and in every line the scenario, seed, version and number of replications.
 */
export function serviceCodebookCsv(run: SimulationRun): string {
  const { plan, version, studies } = run;
  const files: (readonly [file: string, entries: readonly (CodebookEntry & { readonly type: string })[]])[] = [
    ["cohort-wide", wideData(studies).map(typed)],
    ["cohort-long", longData(studies).map(typed)],
    ["trajectories.csv", trajectoryColumns(run).map(typed)],
    [
      "kpis.csv",
      KPI_COLUMNS.map(([name, label, unit]) => ({
        name,
        label,
        unit,
        range: null,
        missing: "not defined in enough replications",
        type: unit === "text" ? "text" : unit === "replications" || unit === "0 or 1" ? "integer" : "number",
      })),
    ],
  ];
  return csvText([
    ["file", "name", "label", "type", "unit", "range", "missing", "scenario", "seed", "version", "nReplications"],
    ...files.flatMap(([file, entries]) =>
      entries.map(({ name, label, type, unit, range, missing }) => [
        file,
        name,
        label,
        type,
        unit,
        range === null ? "" : `${range[0]} to ${range[1]}`,
        missing,
        plan.name,
        plan.seed,
        version,
        String(plan.replications),
      ]),
    ),
  ]);
}

function typed(column: CodebookEntry): CodebookEntry & { readonly type: string } {
  return { ...column, type: typeOf(column) === "DOUBLE" ? "number" : "integer" };
}
