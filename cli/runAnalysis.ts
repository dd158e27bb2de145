import { basename } from "node:path";
import { analyze, describeAnalysisFailure } from "../models/estimators/analyze.ts";
import { analyzeImputed } from "../models/imputation/analyzeImputed.ts";
import { missingNote } from "../reports/analysisMissing.ts";
import { analysisTable } from "../reports/analysisTable.ts";
import { type AnalysisRequest, checkRequest, type MediationRequest } from "./analysisRequest.ts";
import { clusteringOf } from "./clustering.ts";
import type { CsvTable } from "./csvTable.ts";
import { Problems } from "./problems.ts";
import { type CsvColumns, studyColumns } from "./readCsv.ts";
import { readTable } from "./readTable.ts";
import { type ReciprocalReading, readReciprocal } from "./reciprocalStep.ts";
import { runPanel } from "./runPanel.ts";
import { caseloadVersion } from "./version.ts";
import { outProblems, write } from "./writeResult.ts";

/**
 * Reads the file, analyses it, and writes the table or the JSON to the terminal or to `--out`.
 *
 * @throws Problems with everything that is wrong with the request and the file
 */
export function runAnalysis(request: AnalysisRequest): void {
  if (request.waves !== undefined) {
    runPanel(request);
    return;
  }
  const { mediation, options, imputation, problems } = checkRequest(request);
  const table = readTable(request.file);
  const read = table.ok && mediation !== null ? readStudy(table, mediation) : null;
  const unread = table.ok ? (read?.problems ?? []) : [table.problem];
  const all = [...new Set([...problems, ...outProblems(request.out), ...unread])];
  if (read === null || !read.ok || all.length > 0) throw new Problems(all);

  const { study, reciprocal } = read;
  const { names, missing } = study;
  const clustering = clusteringOf(study, request);
  const result =
    imputation === null
      ? analyze(study, names, options, clustering)
      : analyzeImputed(study, names, options, imputation, clustering);
  if ("ok" in result) throw new Problems([`${request.file}: ${describeAnalysisFailure(result, names)}`]);
  const step = reciprocal?.analyse(options.level) ?? null;
  if (step !== null && !step.ok) throw new Problems([step.problem]);
  const source = { file: basename(request.file), seed: options.seed, version: caseloadVersion(), missing };
  const note = missingNote(missing, result);
  if (note !== null && !request.quiet) process.stderr.write(`${request.file}: ${note}\n`);
  const { nRows, nDropped, byColumn } = missing;
  const whole = {
    ...result,
    reciprocal: step?.reciprocal ?? null,
    seed: options.seed,
    version: source.version,
    nRows,
    nDropped,
    missing: byColumn,
  };
  const text = request.json ? JSON.stringify(whole, null, 2) : analysisTable(result, source, step?.reciprocal ?? null);
  write(text, request.out);
}

type StudyReading =
  | {
      readonly ok: true;
      readonly problems: readonly [];
      readonly study: CsvColumns;
      readonly reciprocal: Extract<ReciprocalReading, { ok: true }> | null;
    }
  | { readonly ok: false; readonly problems: readonly string[] };

function readStudy(table: CsvTable, request: MediationRequest): StudyReading {
  const { file, x, m, y, covariates = [], cluster, manager, missing } = request;
  const choice = { x, m, y, covariates, cluster, manager };
  const study = studyColumns(table, file, choice, missing === "imputation" ? "imputation" : "listwise");
  const reciprocal = readReciprocal(table, request);
  const problems = [study, reciprocal].flatMap((part) => (part === null || part.ok ? [] : part.problems));
  if (!study.ok || (reciprocal !== null && !reciprocal.ok)) return { ok: false, problems };
  return { ok: true, problems: [], study, reciprocal };
}
