// With clients in teams, does imputation keep them as alike as they are, and are clustered standard errors then right?
import { describe, expect, it } from "vitest";
import { type Clusters, clustersOf } from "../../models/estimators/cluster/clusters.ts";
import { clusterVariation } from "../../models/estimators/cluster/icc.ts";
import { fitPathsBy } from "../../models/estimators/fitPathsBy.ts";
import type { PathFit, StudyData } from "../../models/estimators/types.ts";
import { withinBetween } from "../../models/estimators/withinBetween.ts";
import { imputeOnce } from "../../models/imputation/imputeOnce.ts";
import { imputePaths } from "../../models/imputation/imputePaths.ts";
import { prepareImputation } from "../../models/imputation/prepareImputation.ts";
import { tQuantile } from "../../sim/numerics/studentT.ts";
import { type Key, keyOf } from "../../sim/random/address.ts";
import { fillNormals, fillUniforms } from "../../sim/random/fill.ts";
import { expectRate, expectWithin, seedFor } from "./expectStatistics.ts";

/** Streams that no part of the program uses, ten to a test. */
const LUCK = 1_000_100;

function normals(key: Key, what: number, n: number): Float64Array {
  const draws = new Float64Array(n);
  fillNormals(draws, key, LUCK + what, 0);
  return draws;
}

/** Blanks a share of the values, completely at random. */
function blanked(values: Float64Array, key: Key, what: number, share: number): Float64Array {
  const luck = new Float64Array(values.length);
  fillUniforms(luck, key, LUCK + what, 0);
  return values.map((value, i) => (luck[i] < share ? Number.NaN : value));
}

const teamsOf = (nTeams: number, perTeam: number) =>
  clustersOf(Int32Array.from({ length: nTeams * perTeam }, (_, i) => i % nTeams));

/** Mean of some values with its Monte-Carlo SE. */
function summary(values: readonly number[]) {
  const mean = values.reduce((sum, v) => sum + v / values.length, 0);
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2 / (values.length - 1), 0);
  return { mean, variance, mcse: Math.sqrt(variance / values.length) };
}

describe("14 teams of 22, half of the outcomes missing", () => {
  const clusters = teamsOf(14, 22);
  const n = clusters.index.length;
  const STUDIES = 150;
  const iccOf = (y: Float64Array, x: Float64Array) => {
    const variation = clusterVariation(
      y.map((value, i) => value - 0.5 * x[i]),
      clusters,
    );
    if (!variation.ok) throw new Error(variation.kind);
    return variation.icc;
  };
  /** By how much the ICC of Y given X changes when the missing half is imputed. */
  const change = (icc: number, teams: Clusters | null, method: "normal" | "predictiveMeanMatching") =>
    summary(
      Array.from({ length: STUDIES }, (_, r) => {
        const key = keyOf(seedFor("icc"), r);
        const [x, e, u] = [1, 2, 3].map((what) => normals(key, what, n));
        const y = x.map((value, i) => 0.5 * value + Math.sqrt(1 - icc) * e[i] + Math.sqrt(icc) * u[clusters.index[i]]);
        const task = prepareImputation([{ values: x }, { values: blanked(y, key, 4, 0.5), method }], teams);
        if (!task.ok) throw new Error(task.kind);
        return iccOf(imputeOnce(task, { iterations: 1 }, key, 0).columns[1], x) - iccOf(y, x);
      }),
    );

  it.each([
    [0.05, "normal"],
    [0.2, "normal"],
    [0.2, "predictiveMeanMatching"],
  ] as const)("an ICC of %f is kept (%s)", (icc, method) => {
    const { mean, mcse } = change(icc, clusters, method);
    expectWithin(mean, { truth: 0, mcse });
  });

  it("and would be lost without teams: a quarter is left", () => {
    const { mean, mcse } = change(0.2, null, "normal");
    expect(() => expectWithin(mean, { truth: 0, mcse })).toThrow("MCSE");
    expectWithin(mean, { truth: -0.15, mcse });
  });
});

describe("a team-level X on a mediator of which three in five are missing, 12 teams of 12", () => {
  const clusters = teamsOf(12, 12);
  const n = clusters.index.length;
  const A = 0.4;
  const STUDIES = 800;
  /** Pooled a of each study by CR2 and by mixed models. */
  const run = (teams: Clusters | null) => {
    const fits = { cr2: [] as PathFit[], mixed: [] as PathFit[] };
    for (let r = 0; r < STUDIES; r++) {
      const key = keyOf(seedFor("team-level"), r);
      const [ofTeam, e, u, f] = [1, 2, 3, 4].map((what) => normals(key, what, n));
      const x = Float64Array.from(clusters.index, (team) => ofTeam[team]);
      const m = x.map((value, i) => A * value + Math.sqrt(0.7) * e[i] + Math.sqrt(0.3) * u[clusters.index[i]]);
      const y = m.map((value, i) => 0.4 * value + f[i]);
      const data = { n, x, m: blanked(m, key, 5, 0.6), y, covariates: [] };
      const estimators = ["cr2", "mixed"] as const;
      const analyses = estimators.map(
        (name) => (study: StudyData) => fitPathsBy(name, study, { teams: clusters, managers: null }),
      );
      const imputed = imputePaths({ data }, teams, { imputations: 5, iterations: 1 }, key, analyses);
      if (!imputed.ok) throw new Error(imputed.kind);
      for (const [k, name] of estimators.entries()) {
        const result = imputed.results[k];
        if (result.ok) fits[name].push(result.paths);
      }
    }
    return fits;
  };
  const coverage = (fits: readonly PathFit[], level: number) =>
    fits.filter(({ a, seA, dfA }) => Math.abs(a - A) < tQuantile((1 + level) / 2, dfA) * seA).length / fits.length;
  /** Mean squared standard error less (a − A)², which is 0 on average where standard errors are right. */
  const excess = (fits: readonly PathFit[]) => summary(fits.map(({ a, seA }) => seA * seA - (a - A) ** 2));
  const own = run(clusters);
  const naive = run(null);

  it("no study fails", () => {
    for (const fits of [own.cr2, own.mixed]) expect(fits).toHaveLength(STUDIES);
  });

  it("80 % and 95 % intervals of the mixed model cover as they should", () => {
    for (const level of [0.8, 0.95]) expectRate(coverage(own.mixed, level), level, STUDIES);
  });

  it("CR2: squared standard errors are the estimate's squared error, and no interval covers too little", () => {
    const { mean, mcse } = excess(own.cr2);
    expectWithin(mean, { truth: 0, mcse });
    const limit = 4.9 * Math.sqrt((0.95 * 0.05) / STUDIES);
    expect(coverage(own.cr2, 0.95)).toBeGreaterThan(0.95 - limit);
  });

  it("imputed without teams, both are too sure", () => {
    expect(() => expectRate(coverage(naive.mixed, 0.8), 0.8, STUDIES)).toThrow("MCSE");
    const { mean, mcse } = excess(naive.cr2);
    expect(() => expectWithin(mean, { truth: 0, mcse })).toThrow("MCSE");
  });
});

describe("slopes that differ between and within 24 teams of 8, 30 % of M and of Y missing", () => {
  const clusters = teamsOf(24, 8);
  const n = clusters.index.length;
  const STUDIES = 150;
  const fitBy = (level: "between" | "within") => (study: StudyData) => {
    const fit = withinBetween(study, clusters, 0.95);
    if (!fit.ok) return null;
    const { estimate, se, df } = level === "between" ? fit.bBetween : fit.bWithin;
    return { ...fit.paths, b: estimate, seB: se, dfB: df };
  };
  const analyses = [fitBy("between"), fitBy("within")];
  /** Pooled b between and b within, less those of the study before values went missing. */
  const change = (teamMeans: boolean) => {
    const changes: number[][] = [[], []];
    for (let r = 0; r < STUDIES; r++) {
      const key = keyOf(seedFor("contextual"), r);
      const [x, w, u, e, v] = [1, 2, 3, 4, 5].map((what) => normals(key, what, n));
      const team = clusters.index;
      const ofTeam = Float64Array.from(team, (j) => 0.4 * x[j] + 0.7 * u[j]);
      const m = ofTeam.map((value, i) => value + w[i]);
      const y = ofTeam.map((value, i) => 0.9 * value + 0.1 * w[i] + 0.9 * e[i] + 0.4 * v[team[i]]);
      const whole = { n, x: Float64Array.from(team, (j) => x[j]), m, y, covariates: [] };
      const data = { ...whole, m: blanked(m, key, 6, 0.3), y: blanked(y, key, 7, 0.3) };
      const imputed = imputePaths({ data }, clusters, { imputations: 5, iterations: 5, teamMeans }, key, analyses);
      if (!imputed.ok) throw new Error(imputed.kind);
      for (const [k, result] of imputed.results.entries())
        if (result.ok) changes[k].push(result.paths.b - (analyses[k](whole)?.b ?? Number.NaN));
    }
    return changes.map(summary);
  };

  it("are recovered with team means among the predictors", () => {
    for (const { mean, mcse } of change(true)) expectWithin(mean, { truth: 0, mcse });
  });

  it("and blur into one without", () => {
    const [between, within] = change(false);
    for (const { mean, mcse } of [between, within])
      expect(() => expectWithin(mean, { truth: 0, mcse })).toThrow("MCSE");
    expect(between.mean).toBeLessThan(0);
    expect(within.mean).toBeGreaterThan(0);
  });
});
