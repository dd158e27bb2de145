import { describe, expect, it } from "vitest";
import type { Analysis, Models } from "../../../models/estimators/analysis/types.ts";
import { analyze } from "../../../models/estimators/analyze.ts";
import { fitMediation } from "../../../models/estimators/fitMediation.ts";
import { accelerationOf, jackknifeIndirect } from "../../../models/estimators/jackknife.ts";
import type { RegressionTable } from "../../../models/estimators/regressionTable.ts";
import type { Interval, StudyData } from "../../../models/estimators/types.ts";
import { TEST_NAMES } from "../../../models/scenario/types.ts";
import {
  CASES,
  caseData,
  type RCase,
  type RNormalTest,
  type RTable,
  readColumns,
  readJson,
  relativeError,
  studyOf,
} from "./cases.ts";

/** Worst found: 8e-11 (p of a constant) on badlyScaled, where R's own digits end; 6e-12 elsewhere. */
const BAR = 1e-9;
/** α = 1e-6, two-sided. */
const MCSES = 4.9;

function run(data: StudyData, names: readonly string[], covariates: readonly string[]) {
  const [x, m, y] = names;
  const options = { tests: TEST_NAMES, level: 0.95, resamples: 20_000, draws: 200_000, seed: "oracle" };
  const result = analyze(data, { x, m, y, covariates }, options);
  if ("ok" in result) throw new Error(result.kind);
  if (result.models === null) throw new Error("no regression tables");
  return { ...result, models: result.models } satisfies Analysis & { readonly models: Models };
}

function close(actual: number | null | undefined, expected: number, bar: number, what: string): void {
  if (typeof actual !== "number") expect.fail(`${what} is ${actual}, R says ${expected}`);
  const error = relativeError(actual, expected);
  if (!(error <= bar)) expect.fail(`${what}: ${actual}, R says ${expected}: relative error ${error.toExponential(1)}`);
}

function within(
  actual: Interval | null | undefined,
  own: Interval | null | undefined,
  expected: readonly number[],
  theirs: readonly number[],
): void {
  if (!actual || !own) expect.fail("no interval");
  for (const side of [0, 1]) {
    const mcse = Math.sqrt(own[side] ** 2 + theirs[side] ** 2);
    const distance: number = Math.abs(actual[side] - expected[side]) / mcse;
    if (!(distance < MCSES))
      expect.fail(`limit ${side}: ${actual[side]}, R says ${expected[side]}: ${distance} MCSE apart`);
  }
}

function sameTable(table: RegressionTable, r: RTable, bar: number): void {
  expect(table.df2).toBe(r.df);
  close(table.rSquared, r.rSquared, bar, "R²");
  close(table.adjustedRSquared, r.adjustedRSquared, bar, "adjusted R²");
  close(Math.sqrt(table.mse), r.sigma, bar, "sigma");
  close(table.f, r.f, bar, "F");
  close(table.p, r.fP, bar, "p of F");
  expect(table.coefficients).toHaveLength(r.names.length);
  for (const [i, rName] of r.names.entries()) {
    const name = rName === "(Intercept)" ? "constant" : rName;
    const own = table.coefficients.find((coefficient) => coefficient.name === name);
    for (const field of ["estimate", "se", "t", "p"] as const)
      close(own?.[field], r[field][i], bar, `${name} ${field}`);
    close(own?.ci[0], r.lo[i], bar, `${name} lower limit`);
    close(own?.ci[1], r.hi[i], bar, `${name} upper limit`);
  }
}

function sameNormalTest(own: Analysis["indirect"]["tests"]["sobel"], r: RNormalTest): void {
  for (const field of ["se", "z", "p"] as const) close(own?.[field], r[field], BAR, field);
  close(own?.ci?.[0], r.lo, BAR, "lower limit");
  close(own?.ci?.[1], r.hi, BAR, "upper limit");
}

describe.each(CASES)("R on %s", (name) => {
  const r: RCase = readJson("cases.json")[name];
  const data = caseData(name, r);
  const analysis = run(data, r.columns, r.covariates);

  it("regressions", () => {
    sameTable(analysis.models.m, r.mediator, BAR);
    sameTable(analysis.models.y, r.outcome, BAR);
    sameTable(analysis.models.total, r.total, BAR);
  });

  it("indirect effect and effect sizes", () => {
    close(analysis.indirect.estimate, r.ab, BAR, "ab");
    for (const [size, value] of Object.entries(r.effectSizes)) {
      close(analysis.effectSizes[size as keyof Analysis["effectSizes"]], value, BAR, size);
    }
  });

  it("Sobel, Aroian, Goodman", () => {
    const { sobel, aroian, goodman } = analysis.indirect.tests;
    sameNormalTest(sobel, r.sobel);
    sameNormalTest(aroian, r.aroian);
    if (r.goodman === null) expect(goodman?.se).toBeNull();
    else sameNormalTest(goodman, r.goodman);
  });

  it("distribution of the product, Monte Carlo", () => {
    const { productDistribution, monteCarlo } = analysis.indirect.tests;
    close(productDistribution?.ci[0], r.product.ci[0], 1e-6, "lower limit");
    close(productDistribution?.ci[1], r.product.ci[1], 1e-6, "upper limit");
    within(monteCarlo?.ci, monteCarlo?.mcse, r.product.ci, [0, 0]);
  });

  const { acceleration, bootstrap: boot } = r;
  if (acceleration !== null) {
    it("acceleration from n refits", () => {
      close(analysis.indirect.tests.bcaBootstrap?.acceleration, acceleration, BAR, "acceleration");
    });
  }

  if (boot === null) return;
  it("bootstrap limits", () => {
    const { percentileBootstrap, biasCorrectedBootstrap, bcaBootstrap } = analysis.indirect.tests;
    within(percentileBootstrap?.ci, percentileBootstrap?.mcse, boot.percentile.ci, boot.percentile.mcse);
    within(biasCorrectedBootstrap?.ci, biasCorrectedBootstrap?.mcse, boot.bc.ci, boot.bc.mcse);
    within(bcaBootstrap?.ci, bcaBootstrap?.mcse, boot.bca.ci, boot.bca.mcse);
    const seMcse = boot.seMcse * Math.sqrt(1 + boot.B / 20_000);
    expect(Math.abs((analysis.indirect.bootstrap?.se ?? 0) - boot.se)).toBeLessThan(MCSES * seMcse);
  });
});

describe.each(["badlyScaled", "nearCollinear"] as const)("60-digit arithmetic on %s", (name) => {
  it("agrees to 1e-12 where R has lost digits: estimates and standard errors of the outcome equation", () => {
    const r: RCase = readJson("cases.json")[name];
    const exact = readJson("exact.json")[name];
    const { coefficients } = run(caseData(name, r), r.columns, r.covariates).models.y;
    for (const [i, { name: column, estimate, se }] of coefficients.entries()) {
      close(estimate, exact.estimate[i], 1e-12, column);
      close(se, exact.se[i], 1e-12, `${column} se`);
    }
  });
});

describe.each(["none", "covariates"] as const)("R on 311 made-up clients, adjusting for %s", (which) => {
  const r = readJson("cohort311.json")[which];
  const covariates = which === "none" ? [] : ["qol0", "age", "gender", "stable"];
  const names = ["fidelity", "rpr", "qol"];
  const data = studyOf(readColumns("cohort311.csv"), names, covariates);
  const analysis = run(data, names, covariates);
  const { tests } = analysis.indirect;

  it("paths and whole regressions", () => {
    for (const [path, rPath] of [
      ["a", "a"],
      ["b", "b"],
      ["cPrime", "c_prime"],
      ["c", "c_total"],
    ] as const) {
      const own = analysis.paths[path];
      close(own.estimate, r.ols[rPath].est, BAR, path);
      for (const field of ["se", "t", "p"] as const) close(own[field], r.ols[rPath][field], BAR, `${path} ${field}`);
      expect(own.df).toBe(r.ols[rPath].df);
    }
    for (const [model, equation] of [
      ["m", "m_equation"],
      ["y", "y_equation"],
      ["total", "total"],
    ] as const) {
      for (const { name, estimate, se, t, p } of analysis.models[model].coefficients) {
        const expected = r.ols[equation][name === "constant" ? "(Intercept)" : name];
        close(estimate, expected.est, BAR, name);
        close(se, expected.se, BAR, `${name} se`);
        close(t, expected.t, BAR, `${name} t`);
        close(p, expected.p, BAR, `${name} p`);
      }
    }
    close(analysis.rSquared.m, r.ols.r2_m, BAR, "R² of M");
    close(analysis.rSquared.y, r.ols.r2_y, BAR, "R² of Y");
    close(analysis.models.m.adjustedRSquared, r.ols.adj_r2_m, BAR, "adjusted R² of M");
    close(analysis.models.y.adjustedRSquared, r.ols.adj_r2_y, BAR, "adjusted R² of Y");
    expect([analysis.models.y.df1, analysis.models.y.df2]).toEqual(r.ols.F_y.slice(1));
    close(analysis.models.m.f, r.ols.F_m[0], BAR, "F of M");
    close(analysis.models.y.f, r.ols.F_y[0], BAR, "F of Y");
  });

  it("effect sizes", () => {
    for (const [own, theirs] of [
      ["partiallyStandardized", "partially_standardized"],
      ["completelyStandardized", "completely_standardized"],
      ["aStandardized", "a_std"],
      ["bStandardized", "b_std"],
      ["cPrimeStandardized", "c_prime_std"],
      ["partialRA", "partial_r_a"],
      ["partialRB", "partial_r_b"],
      ["proportionMediated", "proportion_mediated"],
      ["ratioIndirectToDirect", "ratio_indirect_to_direct"],
      ["upsilon", "upsilon"],
      ["sdX", "sd_x"],
      ["sdM", "sd_m"],
      ["sdY", "sd_y"],
    ] as const) {
      close(analysis.effectSizes[own], r.effect_sizes[theirs], BAR, own);
    }
    close(
      analysis.indirect.partiallyStandardized,
      r.effect_sizes.partially_standardized,
      BAR,
      "partially standardized",
    );
    close(
      analysis.indirect.completelyStandardized,
      r.effect_sizes.completely_standardized,
      BAR,
      "completely standardized",
    );
  });

  it("tests of ab without random numbers", () => {
    sameNormalTest(tests.sobel, r.sobel);
    sameNormalTest(tests.aroian, r.aroian);
    sameNormalTest(tests.goodman, r.goodman);
    close(tests.jointSignificance?.p, r.joint_significance.p_max, BAR, "joint p");
    expect(tests.jointSignificance?.significant).toBe(r.joint_significance.significant);
    close(tests.productDistribution?.ci[0], r.distribution_of_product.lo, 1e-6, "lower limit");
    close(tests.productDistribution?.ci[1], r.distribution_of_product.hi, 1e-6, "upper limit");
    close(tests.productDistribution?.p, 2 * r.distribution_of_product.cdf_at_0, BAR, "p");
  });

  it("Monte-Carlo and bootstrap limits, within their Monte-Carlo error", () => {
    const limits = ({ lo, hi }: { lo: number; hi: number }) => [lo, hi];
    const errors = ({ mcse_lo, mcse_hi }: { mcse_lo: number; mcse_hi: number }) => [mcse_lo, mcse_hi];
    within(tests.monteCarlo?.ci, tests.monteCarlo?.mcse, limits(r.monte_carlo), errors(r.monte_carlo));
    const boot = r.boot_iid_large ?? r.boot_iid_20000;
    for (const [own, theirs] of [
      [tests.percentileBootstrap, boot.percentile],
      [tests.biasCorrectedBootstrap, boot.bc],
      [tests.bcaBootstrap, boot.bca],
    ] as const) {
      within(own?.ci, own?.mcse, limits(theirs), errors(theirs));
    }
    close(tests.bcaBootstrap?.acceleration, boot.acceleration_jackknife, BAR, "acceleration");
  });

  it("and these comparisons would notice: limits of 92 % intervals are not taken for those of 95 %", () => {
    const options = { tests: TEST_NAMES, level: 0.92, resamples: 20_000, draws: 200_000, seed: "oracle" };
    const wrong = analyze(data, { x: "x", m: "m", y: "y", covariates }, options);
    if ("ok" in wrong) throw new Error(wrong.kind);
    const { monteCarlo, percentileBootstrap, bcaBootstrap } = wrong.indirect.tests;
    for (const [own, theirs] of [
      [monteCarlo, tests.monteCarlo],
      [percentileBootstrap, tests.percentileBootstrap],
      [bcaBootstrap, tests.bcaBootstrap],
    ] as const) {
      expect(() => within(own?.ci, own?.mcse, theirs?.ci ?? [], [0, 0])).toThrow("MCSE apart");
    }
  });

  it("the closed-form jackknife equals n refits", () => {
    const fit = fitMediation(data);
    if (!fit.ok) throw new Error(fit.kind);
    const without = (column: Float64Array, i: number) => column.filter((_, row) => row !== i);
    const refits = Float64Array.from({ length: data.n }, (_, i) => {
      const left = fitMediation({
        n: data.n - 1,
        x: without(data.x, i),
        m: without(data.m, i),
        y: without(data.y, i),
        covariates: data.covariates.map((column) => without(column, i)),
      });
      if (!left.ok) throw new Error(left.kind);
      return left.mediator.fit.coefficients[0] * left.outcome.fit.coefficients[1];
    });
    const updates = jackknifeIndirect(fit);
    for (let i = 0; i < data.n; i++) close(updates[i], refits[i], 1e-11, `without case ${i}`);
    close(accelerationOf(updates), accelerationOf(refits) ?? 0, 1e-9, "acceleration");
  });
});
