import { type OrthonormalBasis, orthonormalBasis } from "../../../sim/numerics/orthonormalBasis.ts";
import { type Equation, M_INDEX, type MediationFit, pathsOf, X_INDEX } from "../fitMediation.ts";
import type { Coefficient } from "../regressionTable.ts";
import type { PathFit } from "../types.ts";
import { type ClusterRobustFit, type ClusterRobustType, clusterRobust } from "./clusterRobust.ts";
import type { ClusterFailure, Clusters, EquationFailure } from "./clusters.ts";
import { coefficientTest } from "./coefficientTest.ts";
import {
  caseContributions,
  type HeteroskedasticityType,
  heteroskedasticityRobust,
} from "./heteroskedasticityRobust.ts";

/**
 * How a regression's standard errors are had: from each case's own residual, or from each cluster's. `df` is Satterthwaite's
 * per coefficient (usual with CR2) or G − 1 (usual with the others, as in Stata).
 */
export type RobustErrors =
  | { readonly type: HeteroskedasticityType }
  | { readonly type: ClusterRobustType; readonly clusters: Clusters; readonly df: "satterthwaite" | "clusters" };

/** A regression's coefficients with robust standard errors, the constant first. */
export type RobustRegression = {
  readonly ok: true;
  /** null where the clusters determine the coefficient exactly: no variance, no test. */
  readonly tests: readonly (Coefficient | null)[];
  /** P × P by rows. */
  readonly covariance: Float64Array;
  /**
   * What each case, or each cluster, adds to a coefficient's error (0 is the constant): their squares add up to its variance, and
   * their products with those of another equation's coefficient to the covariance of the two estimates.
   */
  readonly contributions: (coefficient: number) => Float64Array;
};

/** A regression by ordinary least squares, whatever its columns mean. */
export type FittedEquation = Pick<Equation, "design" | "fit">;

/** The paths with robust standard errors. */
export type RobustPaths = { readonly ok: true; readonly paths: PathFit };

/** The usual df of a type of cluster-robust standard errors. */
export function clusterErrors(type: ClusterRobustType, clusters: Clusters): RobustErrors {
  return { type, clusters, df: type === "CR2" ? "satterthwaite" : "clusters" };
}

/**
 * One regression with robust standard errors, t tests and intervals.
 *
 * @param level confidence level in (0, 1)
 */
export function robustRegression(
  equation: FittedEquation,
  errors: RobustErrors,
  level: number,
): RobustRegression | ClusterFailure {
  const { fit } = equation;
  const result = robustErrors(equation, errors);
  if (!result.ok) return result;
  const { covariance, contributions, order } = result;
  const tests = Array.from({ length: order }, (_, j) => {
    const df = result.dfOf(j);
    const estimate = j === 0 ? fit.intercept : fit.coefficients[j - 1];
    return df === 0 ? null : coefficientTest(estimate, Math.sqrt(covariance[j * order + j]), df, level);
  });
  return { ok: true, tests, covariance, contributions };
}

/**
 * The paths of the indirect effect with robust standard errors and their df: what any test of ab needs.
 *
 * @returns the paths; or which equation has no such standard error, and why
 */
export function robustPaths(mediation: MediationFit, errors: RobustErrors): RobustPaths | EquationFailure {
  const a = pathError(mediation.mediator, X_INDEX, errors);
  if (!a.ok) return { ...a, response: "m" };
  const b = pathError(mediation.outcome, M_INDEX, errors);
  if (!b.ok) return { ...b, response: "y" };
  const paths = { ...pathsOf(mediation), seA: a.se, dfA: a.df, seB: b.se, dfB: b.df };
  return { ok: true, paths };
}

type PathError = { readonly ok: true; readonly se: number; readonly df: number };

function pathError(equation: Equation, slope: number, errors: RobustErrors): PathError | ClusterFailure {
  const result = robustErrors(equation, errors);
  if (!result.ok) return result;
  const coefficient = slope + 1;
  const df = result.dfOf(coefficient);
  if (df === 0) return { ok: false, kind: "clustersDetermine", nClusters: result.nClusters, coefficient };
  return { ok: true, se: Math.sqrt(result.covariance[coefficient * result.order + coefficient]), df };
}

type Errors = {
  readonly ok: true;
  readonly order: number;
  readonly nClusters: number;
  readonly covariance: Float64Array;
  readonly contributions: (coefficient: number) => Float64Array;
  /** 0 where the clusters determine the coefficient. */
  readonly dfOf: (coefficient: number) => number;
};

function robustErrors({ design, fit }: FittedEquation, errors: RobustErrors): Errors | ClusterFailure {
  const basis = orthonormalBasis(design);
  if (!("clusters" in errors)) {
    const { type } = errors;
    const covariance = heteroskedasticityRobust(basis, fit.residuals, type);
    const contributions = (coefficient: number) => caseContributions(basis, fit.residuals, type, coefficient);
    return { ok: true, order: basis.order, nClusters: design.n, covariance, contributions, dfOf: () => fit.df };
  }
  const result = clusterRobust(basis, fit.residuals, errors.clusters, errors.type);
  return result.ok ? clustered(basis, result, errors.df) : result;
}

function clustered({ order }: OrthonormalBasis, fit: ClusterRobustFit, df: "satterthwaite" | "clusters"): Errors {
  const { nClusters, covariance, contributions } = fit;
  const dfOf = (coefficient: number) => {
    const own = fit.satterthwaite(coefficient);
    return df === "satterthwaite" || own === 0 ? own : nClusters - 1;
  };
  return { ok: true, order, nClusters, covariance, contributions, dfOf };
}
