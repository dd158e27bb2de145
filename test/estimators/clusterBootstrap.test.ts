// What does the cluster bootstrap say where there is no interval, and of which luck is it made?
import { describe, expect, it } from "vitest";
import { clustersOf } from "../../models/estimators/cluster/clusters.ts";
import { clusterBootstrap, describeClusterBootstrapFailure } from "../../models/estimators/clusterBootstrap.ts";
import { quantileOfSorted } from "../../models/estimators/bootstrapPositions.ts";
import type { StudyData } from "../../models/estimators/types.ts";
import { WHAT } from "../../models/what.ts";
import { referenceClusterResample } from "../../sim/kernels/referenceClusters.ts";
import { keyOf, normalAt, streamOf } from "../../sim/random/address.ts";

const key = keyOf("cluster bootstrap", 0);
const n = 60;
const column = (what: number) => Float64Array.from({ length: n }, (_, i) => normalAt(key, i, what, 0));
const teams = clustersOf(Array.from({ length: n }, (_, i) => `team ${i % 6}`));
const x = column(1);
const m = column(2).map((e, i) => 0.5 * x[i] + e);
const y = column(3).map((e, i) => 0.5 * m[i] + e);
const data: StudyData = { n, x, m, y, covariates: [column(4)] };

describe("clusterBootstrap", () => {
  it("reads quantiles of type 6 from the resamples of its stream", () => {
    const result = clusterBootstrap(data, teams, 0.9, 199, key);
    if (!result.ok) throw new Error(result.kind);
    const stream = streamOf(key, WHAT.bootstrapClusters);
    const columns = [...data.covariates, x, m, y];
    const sorted = Float64Array.from({ length: 199 }, (_, k) =>
      referenceClusterResample(stream, k, columns, teams.index, 6),
    ).sort();
    expect([...result.distribution.sorted]).toEqual([...sorted]);
    // (199 + 1)·0.05 = 10: the tenth value from either end.
    expect(result.ci).toEqual([sorted[9], sorted[189]]);
    expect(result.ci).toEqual([quantileOfSorted(sorted, 0.05), quantileOfSorted(sorted, 0.95)]);
  });

  it("does not depend on what clusters are called, or on the order of clients within them", () => {
    const renamed = clustersOf(Array.from(teams.index, (team) => 100 - team));
    const first = clusterBootstrap(data, teams, 0.95, 500, key);
    expect(clusterBootstrap(data, renamed, 0.95, 500, key)).toEqual(first);
  });

  it("one cluster, data that cannot be fitted, resamples that cannot be fitted: said, not thrown", () => {
    const one = clustersOf(new Float64Array(n).fill(3));
    expect(clusterBootstrap(data, one, 0.95, 100, key)).toEqual({ ok: false, kind: "oneCluster", nClusters: 1 });
    const flat = { ...data, x: new Float64Array(n).fill(2) };
    expect(clusterBootstrap(flat, teams, 0.95, 100, key)).toEqual({ ok: false, kind: "constant", column: "x" });
    // Two teams with a value of X each, and a covariate that tells the teams' clients apart: resamples of one team are singular.
    const two = clustersOf(Array.from({ length: n }, (_, i) => i % 2));
    const teamLevel = { ...data, x: Float64Array.from({ length: n }, (_, i) => i % 2) };
    const half = clusterBootstrap(teamLevel, two, 0.95, 1000, key);
    if (!half.ok) throw new Error(half.kind);
    // Both draws the same team: half of the resamples; MCSE 16.
    expect(Math.abs(half.distribution.nDegenerate - 500)).toBeLessThan(4.9 * 16);
    expect(half.distribution.sorted.length + half.distribution.nDegenerate).toBe(1000);
    // A replication whose only resample draws one team twice: nothing is left.
    const columns = [...data.covariates, teamLevel.x, m, y];
    const isSingular = (replication: number) => {
      const stream = streamOf(keyOf("one resample", replication), WHAT.bootstrapClusters);
      return Number.isNaN(referenceClusterResample(stream, 0, columns, two.index, 2));
    };
    const replication = Array.from({ length: 40 }, (_, r) => r).findIndex(isSingular);
    expect(replication).toBeGreaterThanOrEqual(0);
    expect(clusterBootstrap(teamLevel, two, 0.95, 1, keyOf("one resample", replication))).toEqual({
      ok: false,
      kind: "allResamplesSingular",
      nClusters: 2,
      resamples: 1,
    });
  });

  it("the failures in words", () => {
    const names = { x: "fidelity", m: "alliance", y: "outcome", covariates: ["age"] };
    const say = (failure: Parameters<typeof describeClusterBootstrapFailure>[0]) =>
      describeClusterBootstrapFailure(failure, names, "team");
    expect(say({ ok: false, kind: "oneCluster", nClusters: 1 })).toBe(
      "team takes 1 value: every resample of whole clusters is the data",
    );
    expect(say({ ok: false, kind: "allResamplesSingular", nClusters: 2, resamples: 5 })).toBe(
      "none of 5 resamples of the 2 values of team could be fitted",
    );
    expect(say({ ok: false, kind: "constant", column: 0 })).toBe("singular design matrix: age takes 1 value");
  });
});
