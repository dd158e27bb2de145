// What does the 2-1-1 model say where it cannot be fitted, and what does it leave apart?
import { describe, expect, it } from "vitest";
import { clustersOf } from "../../models/estimators/cluster/clusters.ts";
import type { StudyData } from "../../models/estimators/types.ts";
import { describeWithinBetweenFailure, withinBetween } from "../../models/estimators/withinBetween.ts";
import { keyOf, normalAt } from "../../sim/random/address.ts";

const key = keyOf("2-1-1", 0);
const sizes = [4, 9, 3, 6, 12, 5, 7, 8];
const labels = sizes.flatMap((size, team) => Array.from({ length: size }, () => team));
const n = labels.length;
const clusters = clustersOf(labels);
const teamLevel = (what: number) => Float64Array.from(labels, (team) => normalAt(key, team, what, 1));
const column = (what: number) => Float64Array.from({ length: n }, (_, i) => normalAt(key, i, what, 0));
const x = teamLevel(1);
const m = column(2).map((e, i) => 0.5 * x[i] + e);
const y = column(3).map((e, i) => 0.5 * m[i] + e);
const data: StudyData = { n, x, m, y, covariates: [column(4)] };

describe("withinBetween", () => {
  it("names what stands in the way", () => {
    const run = (changes: Partial<StudyData>, teams = clusters) => withinBetween({ ...data, ...changes }, teams, 0.95);
    const moved = x.slice();
    moved[20] += 0.1;
    expect(run({ x: moved })).toEqual({ ok: false, kind: "variesWithin", column: "x", cluster: labels[20] });
    expect(run({ x: new Float64Array(n).fill(2) })).toEqual({
      ok: false,
      kind: "constant",
      level: "between",
      column: "x",
    });
    expect(run({ m: teamLevel(9) })).toEqual({ ok: false, kind: "constant", level: "within", column: "m" });
    expect(run({ y: teamLevel(9) })).toEqual({ ok: false, kind: "constant", level: "within", column: "y" });
    expect(run({ y: m })).toEqual({ ok: false, kind: "perfectFit", level: "within", column: "y" });
    expect(run({ covariates: [m.map((value) => 2 * value)] })).toEqual({
      ok: false,
      kind: "collinear",
      level: "within",
      column: "m",
    });
    expect(run({ covariates: [x.map((value) => 1 - value)] })).toEqual({
      ok: false,
      kind: "collinear",
      level: "between",
      column: "x",
    });
    const five = [column(4), column(5), column(6), column(7), column(8)];
    expect(run({ covariates: five })).toEqual({ ok: false, kind: "tooFewClusters", nClusters: 8, needed: 9 });
    const single = clustersOf(Array.from({ length: n }, (_, i) => i));
    expect(run({}, single)).toEqual({ ok: false, kind: "tooFewCases", n, needed: n + 2 });
  });

  it("between and within do not mix: shifting whole teams leaves b within, moving clients within teams leaves b between", () => {
    const own = withinBetween(data, clusters, 0.95);
    const shift = teamLevel(11);
    const shifted = withinBetween({ ...data, m: m.map((value, i) => value + 3 * shift[i]) }, clusters, 0.95);
    if (!own.ok || !shifted.ok) throw new Error("not fitted");
    expect(shifted.bWithin.estimate).toBeCloseTo(own.bWithin.estimate, 10);
    expect(shifted.bBetween.estimate).not.toBeCloseTo(own.bBetween.estimate, 2);
    // A covariate of teams takes a degree of freedom between them, and none within.
    const withTeamCovariate = withinBetween({ ...data, covariates: [shift] }, clusters, 0.95);
    const without = withinBetween({ ...data, covariates: [] }, clusters, 0.95);
    if (!withTeamCovariate.ok || !without.ok) throw new Error("not fitted");
    expect(withTeamCovariate.bWithin).toEqual(without.bWithin);
    expect([withTeamCovariate.a.df, without.a.df]).toEqual([5, 6]);
  });

  it("large variance between teams: teams count alike; none: clients count alike", () => {
    const far = teamLevel(12).map((value) => 1e4 * value);
    const apart = withinBetween({ ...data, m: m.map((v, i) => v + far[i]), covariates: [] }, clusters, 0.95);
    if (!apart.ok) throw new Error("not fitted");
    const ofTeams = (values: Float64Array) => {
      const sums = new Float64Array(8);
      for (let i = 0; i < n; i++) sums[labels[i]] += values[i] / sizes[labels[i]];
      return sums;
    };
    const slope = (xs: Float64Array, ys: Float64Array) => {
      const mean = xs.reduce((sum, v) => sum + v, 0) / xs.length;
      const products = xs.reduce((sum, v, i) => sum + (v - mean) * ys[i], 0);
      return products / xs.reduce((sum, v) => sum + (v - mean) ** 2, 0);
    };
    const expected = slope(ofTeams(x), ofTeams(m.map((v, i) => v + far[i])));
    expect(Math.abs(apart.a.estimate / expected - 1)).toBeLessThan(1e-6);
    // Residuals of M that are the same pattern in every team have no variance between teams at all: τ² = 0, weights n.
    const level = clustersOf(labels);
    const within = m.map((value, i) => value - ofTeams(m)[labels[i]] + 0.7 * x[i] + (0.001 * far[i]) / 1e4);
    const none = withinBetween({ ...data, m: within, covariates: [] }, level, 0.95);
    if (!none.ok) throw new Error("not fitted");
    expect(none.mediatorVariance.between).toBe(0);
    expect(none.a.estimate).toBeCloseTo(slope(x, within), 8);
  });

  it("the failures in words", () => {
    const names = { x: "fidelity", m: "alliance", y: "outcome", covariates: ["age"] };
    const say = (failure: Parameters<typeof describeWithinBetweenFailure>[0]) =>
      describeWithinBetweenFailure(failure, names, "team", ["north", "south"]);
    expect(say({ ok: false, kind: "tooFewClusters", nClusters: 8, needed: 9 })).toBe(
      "8 values of team are too few: this 2-1-1 model needs at least 9",
    );
    expect(say({ ok: false, kind: "tooFewCases", n: 8, needed: 9 })).toBe(
      "8 complete cases are too few: this 2-1-1 model needs at least 9",
    );
    expect(say({ ok: false, kind: "variesWithin", column: "x", cluster: 1 })).toBe(
      "fidelity takes several values in team south: a 2-1-1 model needs one per team",
    );
    expect(say({ ok: false, kind: "constant", level: "within", column: "m" })).toBe(
      "singular design matrix: deviations from the mean by team of alliance take 1 value",
    );
    expect(say({ ok: false, kind: "collinear", level: "between", column: 0 })).toBe(
      "singular design matrix: means by team of age are a linear combination of those of the other predictors",
    );
    expect(say({ ok: false, kind: "perfectFit", level: "between", column: "y" })).toBe(
      "the predictors determine means by team of outcome exactly: with residuals of zero nothing can be tested",
    );
  });
});
