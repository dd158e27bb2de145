import { type EffectSizeBasis, effectSizeBasis } from "../effectSizes.ts";
import { type Estimates, estimate, type Study } from "./estimate.ts";
import { summariseClusters } from "./summariseClusters.ts";
import type { AnalysisFailure, AnalysisOptions, ClusterSummary, EstimatorName } from "./types.ts";

/** A data set once estimated: by the estimator that was asked for, and by ordinary regression. */
export type FittedStudy = {
  readonly ok: true;
  readonly n: number;
  readonly estimator: EstimatorName;
  readonly own: Estimates;
  readonly ordinary: Estimates;
  /** Slopes of `own`; standard deviations and partial correlations of the data. */
  readonly basis: EffectSizeBasis;
  readonly clusters: ClusterSummary | null;
};

/** The estimator that is meant: cluster-robust CR2 with clusters, ordinary regression without. */
export function estimatorOf({ estimator }: AnalysisOptions, isClustered: boolean): EstimatorName {
  return estimator ?? (isClustered ? "cr2" : "ols");
}

/** Estimates one data set. Clusters that are constant or unique are refused whatever the estimator. */
export function fitStudy(study: Study, options: AnalysisOptions): FittedStudy | AnalysisFailure {
  const { data, names, fit, clustering } = study;
  const { level, method = "REML" } = options;
  const clusters = clustering && summariseClusters(data, names, clustering);
  if (clusters !== null && !clusters.ok) return clusters;
  const estimator = estimatorOf(options, clustering !== null);
  const own = estimate(study, estimator, method, level);
  if (!own.ok) return own;
  const ordinary = estimate(study, "ols", method, level);
  if (!ordinary.ok) return ordinary;
  return {
    ok: true,
    n: data.n,
    estimator,
    own,
    ordinary,
    basis: { ...effectSizeBasis(fit), ...slopesOf(own) },
    clusters: clusters && withoutOk(clusters),
  };
}

/** The four slopes, as effect sizes take them. */
export function slopesOf({ paths }: Pick<Estimates, "paths">) {
  const { a, b, cPrime, c } = paths;
  return { a: a.estimate, b: b.estimate, cPrime: cPrime.estimate, c: c.estimate };
}

function withoutOk({ ok: _, ...summary }: ClusterSummary & { readonly ok: true }): ClusterSummary {
  return summary;
}
