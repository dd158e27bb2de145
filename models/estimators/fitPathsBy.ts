import type { OtherEstimator } from "../scenario/types.ts";
import type { Clusters } from "./cluster/clusters.ts";
import { fitClusterPaths } from "./cluster/fitClusterPaths.ts";
import { robustPaths } from "./cluster/robustRegression.ts";
import { fitMediation } from "./fitMediation.ts";
import { fitMixedPaths } from "./mixed/mixedPaths.ts";
import { teamIntercepts } from "./mixed/randomIntercepts.ts";
import type { PathFit, StudyData } from "./types.ts";

/**
 * Both paths of a study by an estimator other than ordinary least squares, as a power study compares them.
 *
 * @param clusters the team of each client; null only for hc3
 * @returns null where the estimator has no standard error for these data: one team, a path that the teams determine,
 *          no maximum of the likelihood
 */
export function fitPathsBy(estimator: OtherEstimator, data: StudyData, clusters: Clusters | null): PathFit | null {
  if (estimator === "hc3") {
    const fit = fitMediation(data);
    return fit.ok ? pathsOrNull(robustPaths(fit, { type: "HC3" })) : null;
  }
  if (clusters === null) return null;
  switch (estimator) {
    case "cr1s":
      return pathsOrNull(fitClusterPaths(data, clusters, "CR1S", "clusters"));
    case "cr2":
      return pathsOrNull(fitClusterPaths(data, clusters, "CR2", "satterthwaite"));
    case "mixed": {
      const intercepts = teamIntercepts(clusters);
      return intercepts.ok ? pathsOrNull(fitMixedPaths(data, intercepts, "REML")) : null;
    }
  }
}

function pathsOrNull(result: { readonly ok: true; readonly paths: PathFit } | { readonly ok: false }): PathFit | null {
  return result.ok ? result.paths : null;
}
