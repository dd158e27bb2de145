import { keyOf } from "../../sim/random/address.ts";
import { estimatorOf, type FittedStudy, fitStudy } from "../estimators/analysis/fitStudy.ts";
import { summarise } from "../estimators/analysis/summarise.ts";
import type { Analysis, AnalysisFailure, AnalysisOptions, Clustering } from "../estimators/analysis/types.ts";
import { describeAnalysisFailure } from "../estimators/analyze.ts";
import { type ColumnNames, fitMediation } from "../estimators/fitMediation.ts";
import type { StudyData } from "../estimators/types.ts";
import { completeCases } from "./completeCases.ts";
import { imputeOnce } from "./imputeOnce.ts";
import { poolStudies } from "./poolStudies.ts";
import { prepareImputation } from "./prepareImputation.ts";
import { describeImputationFailure, type DroppedPredictor, type IncompleteColumn } from "./types.ts";

/** How missing values are drawn: data sets m ≥ 2, rounds ≥ 1, and the method of columns with other values than 0 and 1. */
export type ImputedAnalysis = {
  readonly imputations: number;
  readonly iterations: number;
  readonly method: "normal" | "pmm";
};

/**
 * Mediation analysis of a study with missing values: chained equations, the analysis of each completed data set, Rubin's
 * rules. Tests of ab are fed by the pooled paths; `monteCarlo` is the Monte-Carlo interval on pooled paths. Columns of 0 and 1
 * are imputed by logistic regression. With clusters the imputation knows of them (`imputeChained`); for the 2-1-1 model team
 * means are predictors too, so that b between may differ from b within, and X has to be complete.
 *
 * @param data       NaN where a value is missing
 * @param clustering without missing labels
 * @returns the analysis, n with all cases; or why there is none
 * @source  Rubin (1987); Wu & Jia (2013), doi:10.1080/00273171.2013.816235 (mediation after multiple imputation)
 */
export function analyzeImputed(
  data: StudyData,
  names: ColumnNames,
  options: AnalysisOptions,
  { imputations, iterations, method }: ImputedAnalysis,
  clustering: Clustering | null = null,
): Analysis | AnalysisFailure {
  const columnNames = [names.x, names.m, names.y, ...names.covariates];
  const teamMeans = estimatorOf(options, clustering !== null) === "withinBetween";
  if (teamMeans && data.x.some(Number.isNaN)) {
    const because = `${names.x} has missing values: a 2-1-1 model needs each team's own, which cannot be imputed client by client`;
    return { ok: false, kind: "estimator", because };
  }
  const columns = [data.x, data.m, data.y, ...data.covariates].map((values) => asColumn(values, method));
  const task = prepareImputation(columns, clustering?.clusters ?? null, { teamMeans });
  if (!task.ok) return { ok: false, kind: "estimator", because: describeImputationFailure(task, columnNames) };
  const key = keyOf(options.seed, 0);
  const studies: FittedStudy[] = [];
  const dropped = new Set<string>();
  for (let index = 0; index < imputations; index++) {
    const set = imputeOnce(task, { iterations }, key, index);
    for (const pair of set.dropped) dropped.add(describeDropped(pair, columnNames));
    const [x, m, y, ...covariates] = set.columns;
    const completed = { n: data.n, x, m, y, covariates };
    const fit = fitMediation(completed);
    const study = fit.ok ? fitStudy({ data: completed, names, fit, clustering }, options) : fit;
    if (!study.ok) {
      const because = `imputed data set ${index + 1}: ${describeAnalysisFailure(study, names)}`;
      return { ok: false, kind: "estimator", because };
    }
    studies.push(study);
  }
  const { study, fractionMissing } = poolStudies(studies, options.level);
  const nMissing = columnNames.map((name, column): [string, number] => [name, task.columns[column].missing.length]);
  const imputation = {
    method,
    imputations,
    iterations,
    nComplete: completeCases(data).n,
    missing: Object.fromEntries(nMissing.filter(([, count]) => count > 0)),
    fractionMissing,
    clusters: clustering && {
      column: clustering.name,
      teamMeans,
      without: columnNames.filter((_, at) => {
        const { method: how, missing } = task.columns[at];
        return how === "logistic" && missing.length > 0;
      }),
    },
    dropped: [...dropped],
  };
  return summarise(study, names, options, null, imputation, key);
}

/** Left to itself, a column of 0 and 1 is logistic and any other normal. */
function asColumn(values: Float64Array, method: "normal" | "pmm"): IncompleteColumn {
  const isBinary = values.every((value) => Number.isNaN(value) || value === 0 || value === 1);
  return method === "pmm" && !isBinary ? { values, method: "predictiveMeanMatching" } : { values };
}

function describeDropped({ column, predictor }: DroppedPredictor, names: readonly string[]): string {
  return `${names[predictor]} (of ${names[column]})`;
}
