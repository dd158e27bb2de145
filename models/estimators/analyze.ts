import { keyOf } from "../../sim/random/address.ts";
import { bootstrapTests } from "./analysis/bootstrapTests.ts";
import { fitStudy } from "./analysis/fitStudy.ts";
import { summarise } from "./analysis/summarise.ts";
import type { Analysis, AnalysisFailure, AnalysisOptions, Clustering } from "./analysis/types.ts";
import { type ColumnNames, describeFailure, fitMediation } from "./fitMediation.ts";
import type { StudyData } from "./types.ts";

/**
 * Mediation analysis of one study: three regressions, effect sizes, and the tests of the indirect effect that are asked for,
 * with the paths and errors of the estimator that is asked for. Bootstraps resample the ordinary paths: cases share one set
 * of resamples, the cluster bootstrap draws whole clusters. Same data, options and version: same bits.
 *
 * @param clustering needed by cluster-robust, mixed and 2-1-1 estimators and by the cluster bootstrap
 * @returns the analysis, or why the study could not be analysed
 */
export function analyze(
  data: StudyData,
  names: ColumnNames,
  options: AnalysisOptions,
  clustering: Clustering | null = null,
): Analysis | AnalysisFailure {
  const fit = fitMediation(data);
  if (!fit.ok) return fit;
  const fitted = fitStudy({ data, names, fit, clustering }, options);
  if (!fitted.ok) return fitted;
  const key = keyOf(options.seed, 0);
  const bootstrap = bootstrapTests(data, fit, names, clustering, options, key);
  if (!bootstrap.ok) return bootstrap;
  return summarise(fitted, names, options, bootstrap, null, key);
}

/** The failure in words. */
export function describeAnalysisFailure(failure: AnalysisFailure, names: ColumnNames): string {
  return failure.kind === "estimator" ? failure.because : describeFailure(failure, names);
}
