// Do mixed models agree with R's lme4 and lmerTest?
import { describe, expect, it } from "vitest";
import { clusterVariation } from "../../../models/estimators/cluster/icc.ts";
import { fitMixed, iccOf, mixedTests } from "../../../models/estimators/mixed/fitMixed.ts";
import { managerIntercepts, teamIntercepts } from "../../../models/estimators/mixed/randomIntercepts.ts";
import { CASES, close, type OracleCase, type RMixed } from "./cases.ts";

const METHODS = ["REML", "ML"] as const;
/**
 * lme4 finds its maximum by a search without derivatives, to about the root of double precision (test/oracle/mixed has the
 * maximum itself). The worst found: estimates 2e-8, standard errors 9e-8, variances 3e-6, log likelihood 6e-14, df 8e-7.
 */
const [ESTIMATE, VARIANCE, LOG_LIK, DF] = [1e-6, 1e-5, 1e-12, 1e-5];
/** The worst found is 2e-12. */
const ANOVA = 1e-11;

function same(oracle: OracleCase, response: "m" | "y", isNested: boolean, method: "REML" | "ML", r: RMixed) {
  const { column, teams, managers } = oracle;
  const intercepts = isNested ? managerIntercepts(teams, managers) : teamIntercepts(teams);
  if (!intercepts.ok) throw new Error(intercepts.kind);
  const fit = fitMixed(column(response), oracle.r[response].predictors.map(column), intercepts, method);
  if (!fit.ok) throw new Error(fit.kind);
  const { team, manager, residual } = fit.variances;
  close(fit.logLik, r.logLik, LOG_LIK, "log likelihood");
  close(residual, r.residual, VARIANCE, "residual variance");
  for (const [own, theirs, what] of [
    [team, r.team, "team variance"],
    [manager, r.manager, "manager variance"],
  ] as const)
    if (own === null || theirs === null) expect(own).toBe(theirs);
    else if (own === 0) expect(theirs, what).toBeLessThan(1e-12 * residual);
    else close(own, theirs, VARIANCE, what);
  expect(fit.singular).toBe(r.singular);
  mixedTests(fit, 0.95).forEach((test, j) => {
    close(test.estimate, r.estimate[j], ESTIMATE, `estimate ${j}`);
    close(test.se, r.se[j], ESTIMATE, `standard error ${j}`);
    close(test.df, r.df[j], DF, `df ${j}`);
    close(test.p, r.p[j], DF, `p ${j}`);
  });
}

describe.each(CASES)("$name", (oracle) => {
  describe.each(["m", "y"] as const)("%s equation", (response) => {
    const { team, nested } = oracle.r[response];
    it.each(METHODS)("teams, %s", (method) => same(oracle, response, false, method, team[method]));
    it("intraclass correlation by ANOVA and by REML, design effect", () => {
      const { anova, reml, n0, msBetween, msWithin, designEffect } = oracle.r.icc[response];
      const variation = clusterVariation(oracle.column(response), oracle.teams);
      if (!variation.ok) throw new Error(variation.kind);
      close(variation.n0, n0, ANOVA, "n₀");
      close(variation.meanSquareBetween, msBetween, ANOVA, "mean square between");
      close(variation.meanSquareWithin, msWithin, ANOVA, "mean square within");
      close(variation.icc, anova, ANOVA, "ICC by ANOVA");
      close(variation.designEffect, designEffect, ANOVA, "design effect");
      const intercepts = teamIntercepts(oracle.teams);
      if (!intercepts.ok) throw new Error(intercepts.kind);
      const fit = fitMixed(oracle.column(response), [], intercepts, "REML");
      if (!fit.ok) throw new Error(fit.kind);
      if (iccOf(fit) === 0) expect(reml).toBeLessThan(1e-12);
      else close(iccOf(fit), reml, VARIANCE, "ICC by REML");
    });

    if (nested !== null)
      it.each(METHODS)("managers in teams, %s", (method) => same(oracle, response, true, method, nested[method]));
  });
});
