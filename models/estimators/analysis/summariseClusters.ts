import { describeClusterFailure } from "../cluster/clusters.ts";
import { clusterVariation } from "../cluster/icc.ts";
import type { ColumnNames } from "../fitMediation.ts";
import { fitMixed, iccOf } from "../mixed/fitMixed.ts";
import { teamIntercepts } from "../mixed/randomIntercepts.ts";
import type { StudyData } from "../types.ts";
import type { AnalysisFailure, ClusterCounts, Clustering, ClusterSummary, VariableClustering } from "./types.ts";

/** Number and sizes of the clusters, and how much of M and Y lies between them; or what is wrong with the column. */
export function summariseClusters(
  { m, y }: Pick<StudyData, "m" | "y">,
  names: Pick<ColumnNames, "m" | "y">,
  clustering: Clustering,
): (ClusterSummary & { readonly ok: true }) | AnalysisFailure {
  const mediator = variableClustering(m, names.m, clustering);
  if ("ok" in mediator) return mediator;
  const outcome = variableClustering(y, names.y, clustering);
  if ("ok" in outcome) return outcome;
  return { ok: true, ...clusterCounts(clustering), icc: { m: mediator, y: outcome } };
}

/** Number and sizes of the clusters, and number of case managers. */
export function clusterCounts({ name, clusters, managers }: Clustering): ClusterCounts {
  const sizes = clusters.sizes.slice().sort();
  const middle = (sizes.length - 1) / 2;
  return {
    column: name,
    n: clusters.nClusters,
    sizes: {
      min: sizes[0],
      median: (sizes[Math.floor(middle)] + sizes[Math.ceil(middle)]) / 2,
      max: sizes[sizes.length - 1],
    },
    managers: managers && { column: managers.name, n: managers.clusters.nClusters },
  };
}

function variableClustering(
  values: Float64Array,
  variable: string,
  { name, clusters }: Clustering,
): VariableClustering | AnalysisFailure {
  const variation = clusterVariation(values, clusters);
  if (!variation.ok) {
    const because =
      variation.kind === "constant" ? `${variable} takes 1 value` : describeClusterFailure(variation, name, []);
    return { ok: false, kind: "estimator", because };
  }
  const { icc, n0, designEffect } = variation;
  const intercepts = teamIntercepts(clusters);
  const fit = intercepts.ok ? fitMixed(values, [], intercepts, "REML") : intercepts;
  return { anova: icc, reml: fit.ok ? iccOf(fit) : null, n0, designEffect };
}
