import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import type { Clustering, Grouping } from "../models/estimators/analysis/types.ts";
import { analyze, describeAnalysisFailure } from "../models/estimators/analyze.ts";
import { clustersOf } from "../models/estimators/cluster/clusters.ts";
import { analyzeImputed } from "../models/imputation/analyzeImputed.ts";
import { missingNote } from "../reports/analysisMissing.ts";
import { analysisTable } from "../reports/analysisTable.ts";
import { type AnalysisRequest, checkRequest } from "./analysisRequest.ts";
import type { CsvProblems } from "./csvColumns.ts";
import { Problems, unreadable } from "./problems.ts";
import { type CsvColumns, type CsvLabels, parseCsv } from "./readCsv.ts";
import { caseloadVersion } from "./version.ts";

/**
 * Reads the file, analyses it, and writes the table or the JSON to the terminal or to `--out`.
 *
 * @throws Problems with everything that is wrong with the request and the file
 */
export function runAnalysis(request: AnalysisRequest): void {
  const { options, imputation, problems } = checkRequest(request);
  const read = readStudy(request);
  const all = [...problems, ...outProblems(request.out), ...(read.ok ? [] : read.problems)];
  if (!read.ok || all.length > 0) throw new Problems(all);

  const { names, missing } = read;
  const clustering = clusteringOf(read, request);
  const result =
    imputation === null
      ? analyze(read, names, options, clustering)
      : analyzeImputed(read, names, options, imputation, clustering);
  if ("ok" in result) throw new Problems([`${request.file}: ${describeAnalysisFailure(result, names)}`]);
  const source = { file: basename(request.file), seed: options.seed, version: caseloadVersion(), missing };
  const note = missingNote(missing, result);
  if (note !== null && !request.quiet) process.stderr.write(`${request.file}: ${note}\n`);
  const { nRows, nDropped, byColumn } = missing;
  const json = { ...result, seed: options.seed, version: source.version, nRows, nDropped, missing: byColumn };
  write(request.json ? JSON.stringify(json, null, 2) : analysisTable(result, source), request.out);
}

function readStudy(request: AnalysisRequest): CsvColumns | CsvProblems {
  const { file, x, m, y, covariates = [], cluster, manager, missing } = request;
  const choice = { x, m, y, covariates, cluster, manager };
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return { ok: false, problems: [`${file}: ${unreadable(error as NodeJS.ErrnoException)}`] };
  }
  return parseCsv(bytes, file, choice, missing === "imputation" ? "imputation" : "listwise");
}

/** Who belongs together, of the rows that are kept. */
function clusteringOf(study: CsvColumns, { cluster, manager }: AnalysisRequest): Clustering | null {
  const teams = groupingOf(cluster, study.cluster);
  return teams && { ...teams, managers: groupingOf(manager, study.manager) };
}

function groupingOf(name: string | undefined, column: CsvLabels | null): Grouping | null {
  if (name === undefined || column === null) return null;
  const codes = [...new Set(column.values)];
  return { name, clusters: clustersOf(column.values), labels: codes.map((code) => column.labels[code]) };
}

function outProblems(out: string | undefined): string[] {
  return out !== undefined && existsSync(out) ? [`--out ${out} exists already; name a new file or remove it`] : [];
}

/** To the terminal, or to a file that appears whole or not at all. */
function write(text: string, out: string | undefined): void {
  if (out === undefined) {
    process.stdout.write(`${text}\n`);
    return;
  }
  const temporary = `${out}.tmp`;
  try {
    writeFileSync(temporary, `${text}\n`);
    renameSync(temporary, out);
  } catch (error) {
    throw new Problems([`--out ${out} cannot be written: ${(error as Error).message}`]);
  }
}
