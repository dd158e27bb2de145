import { keyOf } from "../../sim/random/address.ts";
import type { Clustering } from "../estimators/analysis/types.ts";
import {
  countCoefficients,
  namePanel,
  type PanelAnalysis,
  type PanelAnalysisFailure,
  type PanelOptions,
  rolesOf,
} from "../estimators/analyzePanel.ts";
import { crossLagged } from "../estimators/crossLagged.ts";
import { describeLagFailure } from "../estimators/panel/describeLagFailure.ts";
import { lagEstimator } from "../estimators/panel/lagEstimator.ts";
import type { CrossLagged, PanelData, PanelNames } from "../estimators/panel/types.ts";
import { analyzeSets, type ImputedAnalysis } from "./analyzeSets.ts";
import { poolPanels } from "./poolPanels.ts";

/**
 * Cross-lagged panel with missing values: chained equations over the columns of all waves and the covariates, every equation on
 * each completed data set, Rubin's rules. Tests of the indirect effects are fed by the pooled paths.
 *
 * @param data       NaN where a value is missing
 * @param clustering without missing labels; columns are imputed with a random intercept for each cluster
 * @returns the analysis, n with all cases; or why there is none
 */
export function analyzePanelImputed(
  data: PanelData,
  names: PanelNames,
  options: PanelOptions,
  imputed: ImputedAnalysis,
  clustering: Clustering | null = null,
): PanelAnalysis | PanelAnalysisFailure {
  const estimator = lagEstimator(options, clustering, countCoefficients(names));
  if ("ok" in estimator) return estimator;
  const size = names.waves[0].length;
  const nMeasured = names.waves.length * size;
  const sets = analyzeSets<CrossLagged>(
    {
      columns: [...data.waves.flat(), ...data.covariates],
      names: [...names.waves.flat(), ...names.covariates],
      grouping: clustering,
      teamMeans: false,
    },
    imputed,
    keyOf(options.seed, 0),
    (columns) => {
      const waves = names.waves.map((_, wave) => columns.slice(wave * size, (wave + 1) * size));
      const completed = { n: data.n, waves, covariates: columns.slice(nMeasured) };
      const panel = crossLagged(completed, rolesOf(names), options.level, estimator);
      return panel.ok ? panel : { ok: false, because: describeLagFailure(panel, names) };
    },
  );
  if (!sets.ok) return sets;
  return namePanel(poolPanels(sets.results, options.level), names, options, clustering, sets.imputation);
}
