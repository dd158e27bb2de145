import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Document } from "yaml";
import type { CalibrationRun, FittedParameters } from "./calibrationRun.ts";
import { calibrationTable, fittedTable } from "./calibrationTable.ts";
import { calibrationCharts } from "./charts/calibration.ts";
import { renderPng, renderSvg } from "./render.ts";
import { writeWhole } from "./writeWhole.ts";

/**
 * Writes a calibration into a directory: calibration.txt (the table), calibration.json, the charts as .svg and .png,
 * and after a fit fitted.yaml, sections to put into a scenario file. Each file appears whole or not at all.
 *
 * @param directory made if it does not exist
 */
export async function writeCalibration(
  run: CalibrationRun,
  fit: FittedParameters | null,
  directory: string,
): Promise<void> {
  await mkdir(directory, { recursive: true });
  const write = (name: string, content: string | Uint8Array) => writeWhole(join(directory, name), content);
  const tables = [calibrationTable(run), ...(fit === null ? [] : [fittedTable(fit)])];
  await write("calibration.txt", `${tables.join("\n\n")}\n`);
  await write("calibration.json", `${JSON.stringify(fit === null ? run : { ...run, fit }, null, 2)}\n`);
  for (const chart of calibrationCharts(run)) {
    const svg = await renderSvg(chart);
    await write(`${chart.name}.svg`, svg);
    await write(`${chart.name}.png`, await renderPng(svg));
  }
  if (fit !== null) await write("fitted.yaml", fittedYaml(fit));
}

/** The fitted values as the `service` and `study` sections of a scenario file. */
export function fittedYaml({ parameters }: FittedParameters): string {
  const document = new Document({});
  for (const { path, fitted } of parameters) document.setIn(path.split("."), Number(fitted.toPrecision(6)));
  return String(document);
}
