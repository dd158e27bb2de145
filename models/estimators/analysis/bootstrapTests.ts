import { type Key, streamOf } from "../../../sim/random/address.ts";
import { WHAT } from "../../what.ts";
import {
  bcaBootstrap,
  biasCorrectedBootstrap,
  type BootstrapDistribution,
  bootstrapDistribution,
  percentileBootstrap,
} from "../bootstrapIntervals.ts";
import { clusterBootstrap, describeClusterBootstrapFailure } from "../clusterBootstrap.ts";
import { type ColumnNames, type MediationFit, pathsOf } from "../fitMediation.ts";
import { accelerationOf, jackknifeIndirect } from "../jackknife.ts";
import { createIndirectBootstrap } from "../resampleIndirect.ts";
import type { StudyData } from "../types.ts";
import type { AnalysisFailure, AnalysisOptions, AnalysisTestName, Clustering, IndirectTests } from "./types.ts";

/** Bootstrap tests of the ordinary paths' ab, and the resamples of cases that they share (null: none was asked for). */
export type BootstrapTests = {
  readonly ok: true;
  readonly tests: IndirectTests;
  readonly cases: BootstrapDistribution | null;
};

export const CASE_BOOTSTRAPS: readonly AnalysisTestName[] = [
  "percentileBootstrap",
  "biasCorrectedBootstrap",
  "bcaBootstrap",
];

/**
 * The bootstrap tests that are asked for. Those of cases share one set of resamples; the cluster bootstrap draws whole
 * clusters and needs `clustering`.
 */
export function bootstrapTests(
  data: StudyData,
  fit: MediationFit,
  names: ColumnNames,
  clustering: Clustering | null,
  { tests, level, resamples }: AnalysisOptions,
  key: Key,
): BootstrapTests | AnalysisFailure {
  const { a, b } = pathsOf(fit);
  const cases = tests.some((test) => CASE_BOOTSTRAPS.includes(test)) ? resample(data, a * b, resamples, key) : null;
  const results: { -readonly [Name in keyof IndirectTests]: IndirectTests[Name] } = {};
  for (const test of tests) {
    if (cases && test === "percentileBootstrap") results[test] = percentileBootstrap(cases, level);
    if (cases && test === "biasCorrectedBootstrap") results[test] = biasCorrectedBootstrap(cases, level);
    if (cases && test === "bcaBootstrap")
      results[test] = bcaBootstrap(cases, level, accelerationOf(jackknifeIndirect(fit)));
    if (test === "clusterBootstrap" && clustering !== null) {
      const result = clusterBootstrap(data, clustering.clusters, level, resamples, key);
      if (!result.ok) {
        const because = describeClusterBootstrapFailure(result, names, clustering.name);
        return { ok: false, kind: "estimator", because };
      }
      const { ci, mcse, probabilities, nResamples, significant, nClusters, distribution } = result;
      const { se, mean, nDegenerate } = distribution;
      results[test] = { ci, mcse, probabilities, nResamples, significant, nClusters, se, mean, nDegenerate };
    }
  }
  return { ok: true, tests: results, cases };
}

function resample(data: StudyData, estimate: number, count: number, key: Key): BootstrapDistribution {
  const values = new Float64Array(count);
  createIndirectBootstrap(data).resample(streamOf(key, WHAT.bootstrapRows), 0, count, values);
  return bootstrapDistribution(values, estimate);
}
