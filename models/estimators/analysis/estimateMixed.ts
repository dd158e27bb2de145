import { describeClusterFailure } from "../cluster/clusters.ts";
import type { ColumnRole } from "../fitMediation.ts";
import { fitMixed, iccOf, type MixedFit, mixedTests } from "../mixed/fitMixed.ts";
import { describeMixedFailure, mixedEquationFailure } from "../mixed/mixedPaths.ts";
import { randomIntercepts } from "../mixed/randomIntercepts.ts";
import type { Method } from "../mixed/restrictedLikelihood.ts";
import { type Coefficient, type RegressionTable, regressionTable } from "../regressionTable.ts";
import { nameOf } from "../fitMediation.ts";
import type { Estimates, Study } from "./estimate.ts";
import type { AnalysisFailure, Clustering, MixedPart } from "./types.ts";

/**
 * The three regressions as mixed models, a random intercept for each team, and for each case manager within it where
 * they are known. R² in the tables stays that of ordinary regression.
 *
 * @param level confidence level in (0, 1)
 */
export function estimateMixed(
  { data, names, fit }: Study,
  { name, clusters, managers }: Clustering,
  method: Method,
  level: number,
): Estimates | AnalysisFailure {
  const intercepts = randomIntercepts(clusters, managers?.clusters ?? null);
  if (!intercepts.ok) return { ok: false, kind: "estimator", because: describeClusterFailure(intercepts, name, []) };
  const covariateRoles: ColumnRole[] = data.covariates.map((_, index) => index);
  const models: { fit: MixedFit; table: RegressionTable; tests: Coefficient[] }[] = [];
  for (const [equation, response, predictors] of [
    [fit.mediator, "m", ["x", ...covariateRoles]],
    [fit.outcome, "y", ["x", "m", ...covariateRoles]],
    [fit.total, "y", ["x", ...covariateRoles]],
  ] as const) {
    const columns = predictors.map((role) => (typeof role === "number" ? data.covariates[role] : data[role]));
    const own = fitMixed(data[response], columns, intercepts, method);
    if (!own.ok) {
      const failure = mixedEquationFailure(own, [...predictors, response], response);
      return { ok: false, kind: "estimator", because: describeMixedFailure(failure, names, name) };
    }
    const tests = mixedTests(own, level);
    const coefficients = tests.map((test, index) => ({
      name: index === 0 ? "constant" : nameOf(predictors[index - 1], names),
      ...test,
    }));
    const ordinary = regressionTable(equation, names, level);
    models.push({ fit: own, tests, table: { ...ordinary, f: Number.NaN, p: Number.NaN, coefficients } });
  }
  const [m, y, total] = models;
  return {
    ok: true,
    paths: { a: m.tests[1], b: y.tests[2], cPrime: y.tests[1], c: total.tests[1] },
    models: { m: m.table, y: y.table, total: total.table },
    mixed: { method, m: mixedPart(m.fit), y: mixedPart(y.fit), total: mixedPart(total.fit) },
    withinBetween: null,
  };
}

/** What a reader is told of a model's random part. */
export function mixedPart(fit: MixedFit): MixedPart {
  const { variances, logLik, singular } = fit;
  return {
    teamVariance: variances.team,
    managerVariance: variances.manager,
    residualVariance: variances.residual,
    icc: iccOf(fit),
    logLik,
    singular,
  };
}
