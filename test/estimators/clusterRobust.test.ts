import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClusterRobustType } from "../../models/estimators/cluster/clusterRobust.ts";
import { type Clusters, clustersOf, describeClusterFailure } from "../../models/estimators/cluster/clusters.ts";
import { fitClusterPaths } from "../../models/estimators/cluster/fitClusterPaths.ts";
import { clusterErrors, robustPaths, robustRegression } from "../../models/estimators/cluster/robustRegression.ts";
import { fitMediation, type MediationFit, pathsOf } from "../../models/estimators/fitMediation.ts";
import type { StudyData } from "../../models/estimators/types.ts";
import { keyOf, normalAt } from "../../sim/random/address.ts";

const TYPES: readonly ClusterRobustType[] = ["CR0", "CR1", "CR1S", "CR2"];

/** Clients in teams of the given sizes, fidelity constant within teams. */
function service(seed: string, sizes: readonly number[], nCovariates = 1) {
  const key = keyOf(seed, 0);
  const labels = sizes.flatMap((size, team) => Array.from({ length: size }, () => team));
  const n = labels.length;
  const draw = (what: number) => Float64Array.from({ length: n }, (_, i) => normalAt(key, i, what, 0));
  const perTeam = (what: number) => Float64Array.from(labels, (team) => normalAt(key, team, what, 0));
  const x = perTeam(1);
  const [teamM, teamY] = [perTeam(2), perTeam(3)];
  const m = draw(4).map((e, i) => 0.4 * x[i] + 0.5 * teamM[i] + e);
  const y = draw(5).map((e, i) => 0.3 * m[i] + 0.5 * teamY[i] + e);
  const data: StudyData = { n, x, m, y, covariates: Array.from({ length: nCovariates }, (_, j) => draw(6 + j)) };
  return { data, teams: clustersOf(labels) };
}

function fitted(data: StudyData): MediationFit {
  const fit = fitMediation(data);
  if (!fit.ok) throw new Error(fit.kind);
  return fit;
}

function failure(data: StudyData, teams: Clusters): string {
  const slow = robustPaths(fitted(data), clusterErrors("CR2", teams));
  const fast = fitClusterPaths(data, teams, "CR2", "satterthwaite");
  expect(fast).toEqual(slow);
  if (slow.ok) return "fitted";
  return describeClusterFailure(
    slow,
    "team",
    slow.response === "m" ? ["constant", "fidelity"] : ["constant", "fidelity", "alliance"],
  );
}

describe("cluster-robust paths", () => {
  it("are the same from cross-products as from rows", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 4, maxLength: 20 });
    fc.assert(
      fc.property(fc.string(), sizes, fc.integer({ min: 0, max: 4 }), fc.constantFrom(...TYPES), (seed, n, q, type) => {
        fc.pre(n.reduce((sum, size) => sum + size, 0) > q + 8);
        const { data, teams } = service(seed, n, q);
        const errors = clusterErrors(type, teams);
        const slow = robustPaths(fitted(data), errors);
        const fast = fitClusterPaths(data, teams, type, type === "CR2" ? "satterthwaite" : "clusters");
        if (!slow.ok || !fast.ok) throw new Error("no fit");
        for (const [name, value] of Object.entries(fast.paths))
          expect(Math.abs(value / slow.paths[name as keyof typeof slow.paths] - 1), name).toBeLessThan(1e-8);
      }),
      { numRuns: 200, seed: 4 },
    );
  });

  it("keep the estimates of least squares", () => {
    const { data, teams } = service("estimates", [5, 9, 12, 4, 20]);
    const fit = fitted(data);
    const robust = robustPaths(fit, clusterErrors("CR1S", teams));
    if (!robust.ok) throw new Error(robust.kind);
    const { a, b } = pathsOf(fit);
    expect(robust.paths).toMatchObject({ a, b, dfA: 4, dfB: 4 });
  });

  it("with a cluster per client, CR0 is HC0 and CR2 is HC2", () => {
    const { data } = service("singletons", [5, 9, 12, 4]);
    const fit = fitted(data);
    const own = clustersOf(Array.from({ length: data.n }, (_, i) => `client ${i}`));
    for (const [cluster, each] of [
      ["CR0", "HC0"],
      ["CR2", "HC2"],
    ] as const) {
      const left = robustRegression(fit.outcome, clusterErrors(cluster, own), 0.95);
      const right = robustRegression(fit.outcome, { type: each }, 0.95);
      if (!left.ok || !right.ok) throw new Error("no fit");
      right.covariance.forEach((value, i) => {
        expect(left.covariance[i]).toBeCloseTo(value, 12);
      });
    }
  });

  it("do not depend on labels or on the order of the clients", () => {
    const { data, teams } = service("order", [3, 8, 13, 5]);
    const names = Array.from(teams.index, (team) => `team ${9 - team}`).reverse();
    const turned = {
      ...data,
      x: data.x.toReversed(),
      m: data.m.toReversed(),
      y: data.y.toReversed(),
      covariates: data.covariates.map((column) => column.toReversed()),
    };
    const left = fitClusterPaths(data, teams, "CR2", "satterthwaite");
    const right = fitClusterPaths(turned, clustersOf(names), "CR2", "satterthwaite");
    if (!left.ok || !right.ok) throw new Error("no fit");
    expect(right.paths.seA).toBeCloseTo(left.paths.seA, 12);
    expect(right.paths.dfB).toBeCloseTo(left.paths.dfB, 10);
  });
});

describe("failures", () => {
  it("one team", () => {
    const { data } = service("some", [9, 12, 8], 0);
    expect(failure(data, clustersOf(new Array(29).fill("A")))).toBe(
      "team takes 1 value: clustered standard errors need at least 2",
    );
  });

  it("two teams and a fidelity for each", () => {
    const { data, teams } = service("two", [15, 18], 0);
    expect(failure(data, teams)).toBe(
      "2 values of team determine the coefficient of fidelity exactly: it has no standard error",
    );
  });

  it("a table has no test for a coefficient that the teams determine, and keeps the others", () => {
    const { data, teams } = service("two", [15, 18], 0);
    const sums = new Float64Array(2);
    data.m.forEach((value, i) => {
      sums[teams.index[i]] += value;
    });
    const deviations = data.m.map((value, i) => value - sums[teams.index[i]] / teams.sizes[teams.index[i]]);
    const table = robustRegression(fitted({ ...data, m: deviations }).outcome, clusterErrors("CR2", teams), 0.95);
    if (!table.ok) throw new Error(table.kind);
    expect(table.tests[1]).toBeNull();
    expect(table.tests[2]?.df).toBeGreaterThan(0);
  });

  it("a singular design is left to fitMediation to explain", () => {
    const { data, teams } = service("singular", [9, 12, 8], 0);
    const twice = { ...data, covariates: [data.x.map((v) => 1 - 2 * v)] };
    expect(fitClusterPaths(twice, teams, "CR2", "satterthwaite")).toEqual({ ok: false, kind: "singular" });
  });
});
