import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Document } from "yaml";
import type { CalibrationRun, FittedParameters } from "./calibrationRun.ts";
import { calibrationTable, fittedTable } from "./calibrationTable.ts";
import { calibrationCharts } from "./charts/calibration.ts";
import { renderPng, renderSvg } from "./render.ts";
import { writeWhole } from "./writeWhole.ts";

/**
 * Writes a calibration into a directory: charts/<name>.svg and .png, calibration.json, after a fit fitted.yaml (sections to put
 * into a scenario file), and last calibration.txt, the tables. Each file appears whole or not at all.
 *
 * @param directory made if it does not exist
 */
export async function writeCalibration(
  run: CalibrationRun,
  fit: FittedParameters | null,
  directory: string,
): Promise<void> {
  await mkdir(join(directory, "charts"), { recursive: true });
  const write = (name: string, content: string | Uint8Array) => writeWhole(join(directory, name), content);
  for (const chart of calibrationCharts(run)) {
    const svg = await renderSvg(chart);
    await write(`charts/${chart.name}.svg`, svg);
    await write(`charts/${chart.name}.png`, await renderPng(svg));
  }
  await write("calibration.json", `${JSON.stringify(fit === null ? run : { ...run, fit }, null, 2)}\n`);
  if (fit !== null) await write("fitted.yaml", fittedYaml(fit));
  const tables = [calibrationTable(run), ...(fit === null ? [] : [fittedTable(fit)])];
  await write("calibration.txt", `${tables.join("\n\n")}\n`);
}

/** The fitted values as the `service` and `study` sections of a scenario file. */
export function fittedYaml({ parameters }: FittedParameters): string {
  const document = new Document({});
  for (const { path, fitted } of parameters) document.setIn(path.split("."), Number(fitted.toPrecision(6)));
  return String(document);
}
