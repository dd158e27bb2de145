import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { SimulationRun } from "../models/simulationTypes.ts";
import { chartsOfService } from "./charts/service/chartsOfService.ts";
import { columnsCsv, columnsParquet, longData, wideData } from "./dataFiles.ts";
import type { DrawnChart } from "./html.ts";
import { kpisCsv } from "./kpisCsv.ts";
import { renderPng, renderSvg } from "./render.ts";
import { serviceCodebookCsv } from "./serviceCodebook.ts";
import { serviceHtml } from "./serviceHtml.ts";
import { trajectoriesCsv } from "./trajectoriesCsv.ts";
import { writeWhole } from "./writeWhole.ts";

/** Files of a simulation beside report and charts; the report comes last, so that its presence says all is there. */
export const SERVICE_FILES = [
  "kpis.csv",
  "trajectories.csv",
  "cohort-wide.csv",
  "cohort-wide.parquet",
  "cohort-long.csv",
  "cohort-long.parquet",
  "codebook.csv",
] as const;

/**
 * Writes all that people and programs read of a simulation into a directory: key figures, trajectories, the cohorts' data
 * with their codebook, every chart as charts/<name>.svg and .png, report.html. Each file appears whole or not at all; files
 * of the same names are replaced, others are left alone. The same run gives the same bytes.
 *
 * @param directory made if it does not exist
 * @param further   other files of the run, name and content
 * @returns the paths written, relative to the directory, in order
 * @throws the file system's error, after removing the temporary file
 */
export async function writeServiceReport(
  run: SimulationRun,
  directory: string,
  further: readonly (readonly [name: string, content: string])[] = [],
): Promise<string[]> {
  const { plan, version, studies } = run;
  const origin = { scenario: plan.name, seed: plan.seed, version, replications: plan.replications };
  const [wide, long] = [wideData(studies), longData(studies)];
  const contents: Readonly<Record<(typeof SERVICE_FILES)[number], () => string | Uint8Array>> = {
    "kpis.csv": () => kpisCsv(run),
    "trajectories.csv": () => trajectoriesCsv(run),
    "cohort-wide.csv": () => columnsCsv(wide),
    "cohort-wide.parquet": () => columnsParquet(wide, origin),
    "cohort-long.csv": () => columnsCsv(long),
    "cohort-long.parquet": () => columnsParquet(long, origin),
    "codebook.csv": () => serviceCodebookCsv(run),
  };
  const drawn: DrawnChart[] = [];
  for (const chart of chartsOfService(run)) drawn.push({ chart, svg: await renderSvg(chart) });
  await mkdir(join(directory, "charts"), { recursive: true });
  const written: string[] = [];
  const write = async (name: string, content: string | Uint8Array) => {
    await writeWhole(join(directory, name), content);
    written.push(name);
  };
  for (const name of SERVICE_FILES) await write(name, contents[name]());
  for (const [name, content] of further) await write(name, content);
  for (const { chart, svg } of drawn) {
    await write(`charts/${chart.name}.svg`, svg);
    await write(`charts/${chart.name}.png`, await renderPng(svg));
  }
  await write("report.html", serviceHtml(run, drawn));
  return written;
}
