import type { CompleteCaseEstimator } from "../scenario/types.ts";
import { clustersOf } from "./cluster/clusters.ts";
import { fitClusterPaths } from "./cluster/fitClusterPaths.ts";
import { robustPaths } from "./cluster/robustRegression.ts";
import { fitMediation } from "./fitMediation.ts";
import { fitPaths } from "./fitPaths.ts";
import { fitMixedPaths } from "./mixed/mixedPaths.ts";
import { managerIntercepts, teamIntercepts } from "./mixed/randomIntercepts.ts";
import type { Groups, PathFit, StudyData } from "./types.ts";
import { withinBetween } from "./withinBetween.ts";

/**
 * Both paths of a study by one estimator, as a power study compares them.
 *
 * @param groups who belongs to which team and case manager; needed by all but ols and hc3
 * @returns null where the estimator has no standard error for these data: one team, a path that the teams determine,
 *          no maximum of the likelihood, X that differs within a team
 */
export function fitPathsBy(estimator: CompleteCaseEstimator, data: StudyData, groups: Groups | null): PathFit | null {
  if (estimator === "ols") return fitPaths(data);
  if (estimator === "hc3") {
    const fit = fitMediation(data);
    return fit.ok ? pathsOrNull(robustPaths(fit, { type: "HC3" })) : null;
  }
  if (groups === null) return null;
  const { teams, managers } = groups;
  switch (estimator) {
    case "cr1s":
      return pathsOrNull(fitClusterPaths(data, teams, "CR1S", "clusters"));
    case "cr2":
      return pathsOrNull(fitClusterPaths(data, teams, "CR2", "satterthwaite"));
    case "mixed":
    case "mixedManagers": {
      if (estimator === "mixedManagers" && managers === null) return null;
      const intercepts =
        estimator === "mixed" || managers === null
          ? teamIntercepts(teams)
          : managerIntercepts(teams, clustersOf(managers));
      return intercepts.ok ? pathsOrNull(fitMixedPaths(data, intercepts, "REML")) : null;
    }
    case "withinBetween":
      return pathsOrNull(withinBetween(data, teams, ANY_LEVEL));
  }
}

/** The intervals of a 2-1-1 model are not used. */
const ANY_LEVEL = 0.95;

function pathsOrNull(result: { readonly ok: true; readonly paths: PathFit } | { readonly ok: false }): PathFit | null {
  return result.ok ? result.paths : null;
}
