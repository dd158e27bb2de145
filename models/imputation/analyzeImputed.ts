import { keyOf } from "../../sim/random/address.ts";
import { estimatorOf, type FittedStudy, fitStudy } from "../estimators/analysis/fitStudy.ts";
import { summarise } from "../estimators/analysis/summarise.ts";
import type { Analysis, AnalysisFailure, AnalysisOptions, Clustering } from "../estimators/analysis/types.ts";
import { describeAnalysisFailure } from "../estimators/analyze.ts";
import { type ColumnNames, fitMediation } from "../estimators/fitMediation.ts";
import type { StudyData } from "../estimators/types.ts";
import { analyzeSets, type ImputedAnalysis } from "./analyzeSets.ts";
import { poolStudies } from "./poolStudies.ts";

/**
 * Mediation analysis of a study with missing values: chained equations, the analysis of each completed data set, Rubin's
 * rules. Tests of ab are fed by the pooled paths; `monteCarlo` is the Monte-Carlo interval on pooled paths. With clusters the
 * imputation knows of them (`imputeChained`); for the 2-1-1 model team means are predictors too, so that b between may differ
 * from b within, and X has to be complete.
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
  imputed: ImputedAnalysis,
  clustering: Clustering | null = null,
): Analysis | AnalysisFailure {
  const teamMeans = estimatorOf(options, clustering !== null) === "withinBetween";
  if (teamMeans && data.x.some(Number.isNaN)) {
    const because = `${names.x} has missing values: a 2-1-1 model needs each team's own, which cannot be imputed client by client`;
    return { ok: false, kind: "estimator", because };
  }
  const key = keyOf(options.seed, 0);
  const sets = analyzeSets<FittedStudy>(
    {
      columns: [data.x, data.m, data.y, ...data.covariates],
      names: [names.x, names.m, names.y, ...names.covariates],
      grouping: clustering,
      teamMeans,
    },
    imputed,
    key,
    ([x, m, y, ...covariates]) => {
      const completed = { n: data.n, x, m, y, covariates };
      const fit = fitMediation(completed);
      const study = fit.ok ? fitStudy({ data: completed, names, fit, clustering }, options) : fit;
      return study.ok ? study : { ok: false, because: describeAnalysisFailure(study, names) };
    },
  );
  if (!sets.ok) return { ok: false, kind: "estimator", because: sets.because };
  const { study, fractionMissing } = poolStudies(sets.results, options.level);
  return summarise(study, names, options, null, { ...sets.imputation, fractionMissing }, key);
}
