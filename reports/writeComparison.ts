import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Comparison } from "../models/compare/comparisonTypes.ts";
import type { Sensitivity } from "../models/sensitivity/sensitivityTypes.ts";
import { chartsOfComparison } from "./charts/compare/chartsOfComparison.ts";
import { comparisonCodebookCsv, comparisonCsv } from "./comparisonCsv.ts";
import { comparisonReport } from "./comparisonHtml.ts";
import { comparisonSummary } from "./comparisonSummary.ts";
import type { DrawnChart } from "./html.ts";
import { renderPng, renderSvg } from "./render.ts";
import { writeWhole } from "./writeWhole.ts";

/**
 * Writes all that people and programs read of a comparison into a directory: summary.md, comparison.csv with codebook.csv,
 * every chart as charts/<name>.svg and .png, and last report.html. Each file appears whole or not at all; files of the same
 * names are replaced, others are left alone. The same comparison gives the same bytes.
 *
 * @param sensitivity which assumptions drive the difference; null where that was not asked
 * @param directory made if it does not exist
 * @param further   other files of the run, name and content
 * @returns the paths written, relative to the directory, in order
 * @throws the file system's error, after removing the temporary file
 */
export async function writeComparison(
  comparison: Comparison,
  sensitivity: Sensitivity | null,
  directory: string,
  further: readonly (readonly [name: string, content: string])[] = [],
): Promise<string[]> {
  const drawn: DrawnChart[] = [];
  for (const chart of chartsOfComparison(comparison, sensitivity)) drawn.push({ chart, svg: await renderSvg(chart) });
  await mkdir(join(directory, "charts"), { recursive: true });
  const written: string[] = [];
  const write = async (name: string, content: string | Uint8Array) => {
    await writeWhole(join(directory, name), content);
    written.push(name);
  };
  await write("summary.md", comparisonSummary(comparison));
  await write("comparison.csv", comparisonCsv(comparison));
  await write("codebook.csv", comparisonCodebookCsv(comparison));
  for (const [name, content] of further) await write(name, content);
  for (const { chart, svg } of drawn) {
    await write(`charts/${chart.name}.svg`, svg);
    await write(`charts/${chart.name}.png`, await renderPng(svg));
  }
  await write("report.html", comparisonReport(comparison, sensitivity, drawn));
  return written;
}
