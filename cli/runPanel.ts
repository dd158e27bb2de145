import { basename } from "node:path";
import { analyzePanel, countCoefficients } from "../models/estimators/analyzePanel.ts";
import { analyzePanelImputed } from "../models/imputation/analyzePanelImputed.ts";
import { missingNote } from "../reports/analysisMissing.ts";
import { panelTable } from "../reports/panelTable.ts";
import type { AnalysisRequest } from "./analysisRequest.ts";
import { clusteringOf, labelColumns, labelsOf } from "./clustering.ts";
import { splitNames, type WantedColumn } from "./csvColumns.ts";
import { checkPanelRequest } from "./panelRequest.ts";
import { Problems } from "./problems.ts";
import { readRows, tooFewRows } from "./readRows.ts";
import { readTable } from "./readTable.ts";
import { caseloadVersion } from "./version.ts";
import { outProblems, write } from "./writeResult.ts";

/**
 * The cross-lagged panel of `--waves`: reads, analyses, writes.
 *
 * @throws Problems with everything that is wrong with the request and the file
 */
export function runPanel(request: AnalysisRequest): void {
  const { file, json, quiet, out, covariates = [] } = request;
  const { waves, options, imputation, problems } = checkPanelRequest(request);
  const table = readTable(file);
  const policy = imputation === null ? "listwise" : "imputation";
  const before = [...problems, ...outProblems(out), ...(table.ok ? [] : [table.problem])];
  if (!table.ok || waves === null) throw new Problems(before);
  const names = { waves, covariates: covariates.flatMap((given) => splitNames(given, table.header)) };
  const wanted = [
    ...waves.flat().map((name): WantedColumn => ({ flag: "waves", name, kind: "number" })),
    ...names.covariates.map((name): WantedColumn => ({ flag: "covariates", name, kind: "number" })),
    ...labelColumns(request),
  ];
  const read = readRows(table, file, wanted, policy);
  const tooFew = read.ok ? tooFewRows(read, file, countCoefficients(names) + 1, policy) : null;
  const all = [...before, ...(read.ok ? [] : read.problems), ...(tooFew === null ? [] : [tooFew])];
  if (!read.ok || all.length > 0) throw new Problems(all);

  const { n, missing } = read;
  const values = read.columns.filter(({ kind }) => kind === "number").map((column) => column.values);
  const size = waves[0].length;
  const columns = waves.map((_, wave) => values.slice(wave * size, (wave + 1) * size));
  const data = { n, waves: columns, covariates: values.slice(waves.length * size) };
  const clustering = clusteringOf(labelsOf(read.columns), request);
  const result =
    imputation === null
      ? analyzePanel(data, names, options, clustering)
      : analyzePanelImputed(data, names, options, imputation, clustering);
  if ("ok" in result) throw new Problems([`${file}: ${result.because}`]);
  const note = missingNote(missing, result);
  if (note !== null && !quiet) process.stderr.write(`${file}: ${note}\n`);
  const source = { file: basename(file), seed: options.seed, version: caseloadVersion(), missing };
  const { nRows, nDropped, byColumn } = missing;
  const whole = { ...result, seed: options.seed, version: source.version, nRows, nDropped, missing: byColumn };
  write(json ? JSON.stringify(whole, null, 2) : panelTable(result, source), out);
}
