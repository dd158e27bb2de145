import type { PathParameters } from "../scenario/types.ts";

/**
 * Fewest clients that leave Y's regression a residual degree of freedom: on an intercept, X, M and the covariates, or with
 * waves on X, M and Y a wave earlier.
 */
export function fewestForRegression({ covariates, waves }: Pick<PathParameters, "covariates" | "waves">): number {
  return waves.count > 0 ? 5 : 4 + covariates.n;
}

/** The same, and more clients than teams, so that some team has two. */
export function fewestClientsOf(paths: Pick<PathParameters, "covariates" | "waves" | "teams">): number {
  return Math.max(fewestForRegression(paths), paths.teams.count + 1);
}
