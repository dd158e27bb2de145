import { describeClusterFailure } from "../cluster/clusters.ts";
import { describeNoFit } from "../mixed/mixedPaths.ts";
import type { CrossLaggedFailure, LagFailure, PanelColumn, PanelNames } from "./types.ts";

/**
 * The failure in words.
 *
 * @param cluster what a cluster is called; "" where there are none
 */
export function describeLagFailure(failure: LagFailure | CrossLaggedFailure, names: PanelNames, cluster = ""): string {
  if (failure.kind === "tooFewCases")
    return `${failure.n} complete cases are too few: this panel needs at least ${failure.needed}`;
  const name = columnName(failure.column, names);
  switch (failure.kind) {
    case "constant":
      return `${name} takes 1 value`;
    case "collinear":
      return `singular design matrix: ${name} is a linear combination of the predictors before it`;
    case "perfectFit":
      return `the wave before determines ${name} exactly: with residuals of zero nothing can be tested`;
    case "noResidual":
    case "noMaximum":
      return describeNoFit(failure.kind, name, cluster);
    case "clusters": {
      const coefficients = ["constant", ...names.waves[failure.column.wave - 1], ...names.covariates];
      return describeClusterFailure(failure.failure, cluster, coefficients);
    }
  }
}

function columnName(column: PanelColumn, { waves, covariates }: PanelNames): string {
  return "covariate" in column ? covariates[column.covariate] : waves[column.wave][column.variable];
}
