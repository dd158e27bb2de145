import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { PowerRun } from "../models/powerTypes.ts";
import { chartsOf } from "./charts/chartsOf.ts";
import { codebookCsv } from "./codebook.ts";
import { type DrawnChart, reportHtml } from "./html.ts";
import { methodsMarkdown } from "./methods.ts";
import { renderPng, renderSvg } from "./render.ts";
import { summaryCsv } from "./summaryCsv.ts";
import { writeWhole } from "./writeWhole.ts";

/**
 * Writes all that people read of a power run into a directory: report.html, methods.md, summary.csv, codebook.csv, and
 * every chart as charts/<name>.svg and .png. Each file appears whole or not at all (temporary name, then rename); files of
 * the same names are replaced, others are left alone. The same run gives the same bytes.
 *
 * @param directory made if it does not exist
 * @returns the paths written, relative to the directory, in order
 * @throws the file system's error, after removing the temporary file
 */
export async function writeReport(run: PowerRun, directory: string): Promise<string[]> {
  const drawn: DrawnChart[] = [];
  for (const chart of chartsOf(run)) drawn.push({ chart, svg: await renderSvg(chart) });
  await mkdir(join(directory, "charts"), { recursive: true });
  const written: string[] = [];
  const write = async (name: string, content: string | Uint8Array) => {
    await writeWhole(join(directory, name), content);
    written.push(name);
  };
  await write("report.html", reportHtml(run, drawn));
  await write("methods.md", methodsMarkdown(run));
  await write("summary.csv", summaryCsv(run));
  await write("codebook.csv", codebookCsv(run));
  for (const { chart, svg } of drawn) {
    await write(`charts/${chart.name}.svg`, svg);
    await write(`charts/${chart.name}.png`, await renderPng(svg));
  }
  return written;
}
