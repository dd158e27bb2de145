// From a study with missing values to what every test of ab needs.
import { describe, expect, it } from "vitest";
import { fitPaths } from "../../models/estimators/fitPaths.ts";
import { monteCarlo } from "../../models/estimators/monteCarlo.ts";
import { productDistribution } from "../../models/estimators/productDistribution.ts";
import type { StudyData } from "../../models/estimators/types.ts";
import { imputeChained } from "../../models/imputation/imputeChained.ts";
import { type IncompleteStudy, imputePaths } from "../../models/imputation/imputePaths.ts";
import { pool, poolPaths, pooledTest } from "../../models/imputation/pool.ts";
import { keyOf, normalAt } from "../../sim/random/address.ts";
import { tQuantile } from "../../sim/numerics/studentT.ts";
import { expectWithin } from "../statistical/expectStatistics.ts";

const n = 80;
const key = keyOf("imputePaths", 0);
const column = (what: number) => Float64Array.from({ length: n }, (_, i) => normalAt(key, i, what, 0));
const x = column(1);
const m = column(2).map((e, i) => 0.6 * x[i] + e);
const y = column(3).map((e, i) => 0.5 * m[i] + e);
const blank = (values: Float64Array, k: number) => values.map((value, i) => (i % k === 0 ? Number.NaN : value));
const data: StudyData = { n, x, m: blank(m, 4), y: blank(y, 7), covariates: [column(4)] };
const options = { imputations: 6, iterations: 4 };
/** Imputed and fitted by one analysis. */
const pooled = (study: IncompleteStudy) => {
  const imputed = imputePaths(study, null, options, key, [fitPaths]);
  if (!imputed.ok || !imputed.results[0].ok) throw new Error("not imputed");
  return { ...imputed.results[0], nMissing: imputed.nMissing };
};

describe("imputePaths", () => {
  it("pools the fits of the completed data sets, auxiliary columns in the imputation only", () => {
    const auxiliary = [column(5)];
    const result = pooled({ data, auxiliary });
    const columns = [x, data.m, data.y, ...data.covariates, ...auxiliary].map((values) => ({ values }));
    const imputed = imputeChained(columns, null, options, key);
    if (!imputed.ok) throw new Error(imputed.kind);
    const fits = imputed.completed.map(([x1, m1, y1, c1]) => fitPaths({ n, x: x1, m: m1, y: y1, covariates: [c1] }));
    expect(result).toMatchObject(poolPaths(fits.flatMap((fit) => (fit === null ? [] : [fit]))));
    expect(result.nMissing).toEqual([0, 20, 12, 0, 0]);
    expect(result.paths.dfB).toBeLessThan(n - 4);
    expect(pooled({ data }).paths).not.toEqual(result.paths);
  });

  it("the Monte-Carlo interval on the pooled paths is the product interval, up to its Monte-Carlo error", () => {
    const result = pooled({ data });
    const { ci, mcse } = monteCarlo(result.paths, 0.95, 100_000, key);
    const exact = productDistribution(result.paths, 0.95).ci;
    for (const side of [0, 1]) expectWithin(ci[side], { truth: exact[side], mcse: mcse[side] });
  });

  it("without missing values: the complete-data paths; df only as Barnard and Rubin's (df + 1)/(df + 3)·df", () => {
    const whole = { ...data, m, y };
    const result = pooled({ data: whole });
    const fit = fitPaths(whole);
    if (fit === null) throw new Error("not fitted");
    for (const name of ["a", "seA", "b", "seB"] as const) expect(result.paths[name]).toBeCloseTo(fit[name], 12);
    expect(result.paths.dfA).toBeCloseTo(((fit.dfA + 1) / (fit.dfA + 3)) * fit.dfA, 9);
    expect(result.b.fractionMissing).toBeCloseTo(2 / (result.b.df + 3), 9);
  });

  it("failures: a column, or an analysis that fails for a completed data set; other analyses go on", () => {
    const nothing = { ...data, covariates: [new Float64Array(n).fill(Number.NaN)] };
    const failed = { ok: false, kind: "allMissing", column: 3 };
    expect(imputePaths({ data: nothing }, null, options, key, [fitPaths])).toEqual(failed);
    let calls = 0;
    const failsThird = (study: StudyData) => (++calls < 3 ? fitPaths(study) : null);
    const imputed = imputePaths({ data }, null, options, key, [failsThird, fitPaths]);
    if (!imputed.ok) throw new Error(imputed.kind);
    const [third, whole] = imputed.results;
    expect(third).toEqual({ ok: false, kind: "notFitted", imputation: 2 });
    expect(calls).toBe(3);
    expect(whole).toEqual({ ...pooled({ data }), nMissing: undefined });
  });
});

describe("pool", () => {
  it("a textbook sum by hand: estimates 1, 2, 3, variances 4", () => {
    // W = 4, B = 1, T = 4 + 4/3 = 16/3, λ = 1/4, df_m = 2·16 = 32, df_obs at df = 27: 28/30·27·3/4 = 18.9.
    const own = pool([1, 2, 3], [2, 2, 2], 27);
    expect(own.estimate).toBe(2);
    expect(own.se).toBeCloseTo(Math.sqrt(16 / 3), 14);
    expect(own.shareMissing).toBeCloseTo(0.25, 14);
    expect(own.df).toBeCloseTo(1 / (1 / 32 + 1 / 18.9), 10);
    expect(pool([1, 2, 3], [2, 2, 2], Number.POSITIVE_INFINITY).df).toBeCloseTo(32, 10);
    const test = pooledTest(own, 0.9);
    expect(test.ci[1] - 2).toBeCloseTo(tQuantile(0.95, own.df) * own.se, 12);
    expect(test.t).toBeCloseTo(2 / own.se, 12);
  });
});
