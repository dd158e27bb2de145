// Are the variances those of largest likelihood, to more digits than a search of the deviance gives? And the df, near 0?
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { clustersOf } from "../../../models/estimators/cluster/clusters.ts";
import { clusterVariation } from "../../../models/estimators/cluster/icc.ts";
import { fitMixed, iccOf, type MixedFit } from "../../../models/estimators/mixed/fitMixed.ts";
import { managerIntercepts, teamIntercepts } from "../../../models/estimators/mixed/randomIntercepts.ts";
import type { Method } from "../../../models/estimators/mixed/restrictedLikelihood.ts";
import { close } from "../cluster/cases.ts";
import { readColumns } from "../mediation/cases.ts";

type Optimum = {
  readonly data: string;
  readonly response: string;
  readonly predictors: readonly string[];
  readonly nested: boolean;
  readonly method: Method;
  readonly team: number;
  readonly manager: number | null;
  readonly residual: number;
  readonly icc: number;
  /** The ICC where lme4 stops when left to itself. */
  readonly lme4: number;
};
type NearBoundary = {
  readonly y: readonly number[];
  readonly team: number;
  readonly residual: number;
  readonly df: readonly number[];
  readonly lmerTest: readonly number[];
};

const R: {
  readonly fits: readonly Optimum[];
  readonly balanced: {
    readonly msBetween: number;
    readonly msWithin: number;
    readonly k: number;
    readonly icc: number;
  };
  readonly nearBoundary: readonly NearBoundary[];
} = JSON.parse(readFileSync(new URL("optima.json", import.meta.url), "utf8"));

/** The worst found is 9e-13. lme4's own ICC lies off by up to 1.4e-5 (REML) and 8.2e-5 (ML). */
const OPTIMUM = 1e-11;
const LME4 = 1e-4;
/** The worst found is 7e-13. */
const DF = 1e-11;

function fitted(
  data: string,
  predictors: readonly string[],
  nested: boolean,
  method: Method,
  response: string | Float64Array,
): MixedFit {
  const columns = readColumns(data === "cohort311" ? "cohort311.csv" : `../mixed/${data}.csv`);
  const column = (name: string) => columns.get(name) as Float64Array;
  const teams = clustersOf(column("team"));
  const managers = clustersOf(column(data === "cohort311" ? "cm" : "manager"));
  const intercepts = nested ? managerIntercepts(teams, managers) : teamIntercepts(teams);
  if (!intercepts.ok) throw new Error(intercepts.kind);
  const fit = fitMixed(
    typeof response === "string" ? column(response) : response,
    predictors.map(column),
    intercepts,
    method,
  );
  if (!fit.ok) throw new Error(fit.kind);
  return fit;
}

describe("variances of largest likelihood", () => {
  it.each(R.fits)("$data, $response ~ $predictors, nested $nested, $method", (r) => {
    const fit = fitted(r.data, r.predictors, r.nested, r.method, r.response);
    close(fit.variances.residual, r.residual, OPTIMUM, "residual variance");
    close(fit.variances.team, r.team, OPTIMUM, "team variance");
    if (r.manager === null || r.manager === 0) expect(fit.variances.manager).toBe(r.manager);
    else close(fit.variances.manager as number, r.manager, OPTIMUM, "manager variance");
    close(iccOf(fit), r.icc, OPTIMUM, "ICC");
    close(iccOf(fit), r.lme4, LME4, "ICC where lme4 stops");
  });

  it("teams of one size: the ICC of the analysis of variance", () => {
    const { msBetween, msWithin, k, icc } = R.balanced;
    const columns = readColumns("../mixed/balanced.csv");
    const variation = clusterVariation(
      columns.get("y") as Float64Array,
      clustersOf(columns.get("team") as Float64Array),
    );
    if (!variation.ok) throw new Error(variation.kind);
    close(variation.icc, icc, OPTIMUM, "ICC by ANOVA");
    const fit = fitted("balanced", [], false, "REML", "y");
    close(iccOf(fit), (msBetween - msWithin) / (msBetween + (k - 1) * msWithin), OPTIMUM, "ICC by REML");
  });
});

describe("degrees of freedom near the boundary", () => {
  it.each(R.nearBoundary)("team variance $team", ({ y, team, residual, df, lmerTest }) => {
    const fit = fitted("lopsided", ["x", "c1"], false, "REML", Float64Array.from(y));
    const ratio = team / residual;
    expect(fit.singular).toBe(ratio < 1e-8);
    fit.df.forEach((own, j) => {
      close(own, df[j], DF, `df ${j}`);
      // lmerTest differentiates by differences, which near 0 lose their digits: a tenth where the ratio is 1e-6.
      if (ratio === 0 || ratio > 5e-5) close(own, lmerTest[j], 1e-5, `lmerTest's df ${j}`);
    });
  });
});
