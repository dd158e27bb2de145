import { describeClusterFailure } from "../cluster/clusters.ts";
import { type ColumnNames, type ColumnRole, describeFailure, type MediationFailure, nameOf } from "../fitMediation.ts";
import type { PathFit, StudyData } from "../types.ts";
import { fitProducts, type MixedFailure, type MixedFit } from "./fitMixed.ts";
import type { RandomIntercepts } from "./randomIntercepts.ts";
import type { Method } from "./restrictedLikelihood.ts";
import { leadingProducts, unitProducts } from "./unitProducts.ts";

/** Both equations of the mediation model as mixed models, and the paths with what every test of ab needs to know of them. */
export type MixedMediation = {
  readonly ok: true;
  readonly paths: PathFit;
  /** Coefficients: constant, X, covariates. */
  readonly mediator: MixedFit;
  /** Coefficients: constant, X, covariates, M. */
  readonly outcome: MixedFit;
};

/** Why there are none: in the design (as `fitMediation` says it), or in an equation's clusters. */
export type MixedMediationFailure =
  | MediationFailure
  | (Exclude<MixedFailure, { readonly kind: "constant" | "collinear" | "tooFewCases" }> & {
      readonly response: "m" | "y";
    });

/**
 * M = i₁ + aX + f′C + team (+ manager) + e₁ and Y = i₂ + c′X + bM + g′C + team (+ manager) + e₂, each a linear mixed model,
 * from one pass over the data.
 *
 * @param data columns of equal length n; fitted when n ≥ covariates + 4
 */
export function fitMixedPaths(
  data: StudyData,
  intercepts: RandomIntercepts,
  method: Method,
): MixedMediation | MixedMediationFailure {
  const { n, covariates } = data;
  const needed = covariates.length + 4;
  if (n < needed) return { ok: false, kind: "tooFewCases", n, needed };
  const roles: readonly ColumnRole[] = ["x", ...covariates.keys(), "m", "y"];
  const products = unitProducts([data.x, ...covariates, data.m, data.y], intercepts);
  if (!products.ok) return mixedEquationFailure(products, roles, "m");
  const mediator = fitProducts(leadingProducts(products, products.nColumns - 1), method);
  if (!mediator.ok) return mixedEquationFailure(mediator, roles, "m");
  const outcome = fitProducts(products, method);
  if (!outcome.ok) return mixedEquationFailure(outcome, roles, "y");
  const mIndex = roles.length - 1;
  const paths = {
    a: mediator.estimates[1],
    seA: mediator.se[1],
    dfA: mediator.df[1],
    b: outcome.estimates[mIndex],
    seB: outcome.se[mIndex],
    dfB: outcome.df[mIndex],
  };
  return { ok: true, paths, mediator, outcome };
}

/**
 * A failure of one equation as one of the mediation model.
 *
 * @param roles of the columns in the order in which they were fitted, the response last
 */
export function mixedEquationFailure(
  failure: MixedFailure,
  roles: readonly ColumnRole[],
  response: "m" | "y",
): MixedMediationFailure {
  switch (failure.kind) {
    case "constant":
    case "collinear":
      return { ...failure, column: roles[failure.column] };
    case "tooFewCases":
      return failure;
    default:
      return { ...failure, response };
  }
}

/** The failure in words; `cluster` is what a team is called. */
export function describeMixedFailure(failure: MixedMediationFailure, names: ColumnNames, cluster: string): string {
  switch (failure.kind) {
    case "noResidual":
    case "noMaximum":
      return describeNoFit(failure.kind, nameOf(failure.response, names), cluster);
    case "oneCluster":
    case "clusterPerClient":
    case "clustersDetermine":
    case "tooFewClusters":
    case "managerPerTeam":
    case "managerPerClient":
      return describeClusterFailure(failure, cluster, []);
    case "tooFewCases":
    case "constant":
    case "collinear":
    case "perfectFit":
      return describeFailure(failure, names);
  }
}

/** Why one mixed model has no fit, in words. */
export function describeNoFit(kind: "noResidual" | "noMaximum", response: string, cluster: string): string {
  switch (kind) {
    case "noResidual":
      return `the predictors determine ${response} exactly within each ${cluster}: no residual variance is left`;
    case "noMaximum":
      return `the likelihood of the mixed model of ${response} has no maximum that the search could find`;
  }
}
