// How long does the cluster bootstrap of a study of 311 clients in 14 teams take, from columns to interval?
import { afterAll, describe, expect, it } from "vitest";
import { clustersOf } from "../../dist/models/estimators/cluster/clusters.js";
import { clusterBootstrap } from "../../dist/models/estimators/clusterBootstrap.js";
import { createClusterBootstrapKernel } from "../../dist/sim/kernels/clusterBootstrapKernel.js";
import { keyOf, normalAt } from "../../dist/sim/random/address.js";
import { record, saveRecords, timeOf } from "./measure.ts";

const N = 311;
const TEAMS = 14;
const B = 2000;

afterAll(() => saveRecords("clusterBootstrap"));

describe(`cluster bootstrap, N = ${N}, ${TEAMS} teams, B = ${B}, one thread`, () => {
  for (const [nCovariates, bar] of [
    [0, 2],
    [9, 2],
  ])
    it(`${nCovariates} covariates`, () => {
      const key = keyOf("bench", nCovariates);
      const column = (what: number) => Float64Array.from({ length: N }, (_, i) => normalAt(key, i, what, 0));
      const clusters = clustersOf(Array.from({ length: N }, (_, i) => i % TEAMS));
      const covariates = Array.from({ length: nCovariates }, (_, j) => column(10 + j));
      const data = { n: N, x: column(1), m: column(2), y: column(3), covariates };
      const kernel = createClusterBootstrapKernel();
      const timing = timeOf(() => clusterBootstrap(data, clusters, 0.95, B, key, kernel), 201);
      record(`cluster-bootstrap-${nCovariates}-covariates`, timing.median * 1000, "ms", `≤ ${bar}`);
      expect(timing.median * 1000).toBeLessThanOrEqual(bar);
    });
});
