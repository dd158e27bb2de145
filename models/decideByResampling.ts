import { createBootstrapKernel } from "../sim/kernels/bootstrapKernel.ts";
import { createClusterBootstrapKernel } from "../sim/kernels/clusterBootstrapKernel.ts";
import type { Key } from "../sim/random/address.ts";
import { type BootstrapTestName, createCurtailedDecision } from "./estimators/bootstrapDecision.ts";
import type { Clusters } from "./estimators/cluster/clusters.ts";
import { loadClusters } from "./estimators/clusterBootstrap.ts";
import { CONTAINS, REJECTS, UNDEFINED } from "./estimators/decisions.ts";
import { fitMediation } from "./estimators/fitMediation.ts";
import { accelerationOf, jackknifeIndirect } from "./estimators/jackknife.ts";
import type { PathFit, StudyData } from "./estimators/types.ts";
import type { AnalysisPlan } from "./scenario/types.ts";

/** Resamples between two looks at whether the decision can still change. */
const CURTAILMENT_STEP = 64;

/**
 * How many of the first resamples make the interval that is judged for coverage: 25/α, so that 12½ are expected beyond
 * either limit at any level (500 at 95 %, 2,500 at 99 %). With quantiles at (B + 1)p the expected level does not depend on B,
 * so that these tell the coverage of all: in 1,000 replications at power .5, .950 by 500 resamples and .950 by 5,000.
 */
export function coverageResamples(level: number): number {
  return Math.ceil(25 / (1 - level) - 1e-6);
}

/** What resampling said of one study: a decision per test, and how many resamples that took. */
export type Resampled = { readonly nResamples: number; readonly decisions: readonly number[] };

/** Draws resamples first … first + count − 1 of the study that was loaded. */
type Resample = (stream: Key, first: number, count: number, out: Float64Array) => void;

/** Bootstraps clients of one study until every such test of the plan is decided. */
export function createBootstrapDecider(plan: AnalysisPlan, tests: readonly BootstrapTestName[], estimand: number) {
  const kernel = createBootstrapKernel();
  const decide = createDecider(plan, tests, estimand, kernel.resample);
  const needsAcceleration = tests.includes("bcaBootstrap");
  return (data: StudyData, fit: PathFit, stream: Key): Resampled => {
    kernel.load(data.x, data.m, data.y, data.covariates);
    return decide(fit, needsAcceleration ? accelerationIn(data) : null, stream);
  };
}

/** Bootstraps whole teams of one study until the percentile interval is decided; not defined for one team. */
export function createClusterBootstrapDecider(plan: AnalysisPlan, estimand: number) {
  const kernel = createClusterBootstrapKernel();
  const decide = createDecider(plan, ["percentileBootstrap"], estimand, kernel.resample);
  return (data: StudyData, clusters: Clusters | null, fit: PathFit, stream: Key): Resampled => {
    if (clusters === null || clusters.nClusters < 2) return { nResamples: 0, decisions: [UNDEFINED] };
    loadClusters(kernel, data, clusters);
    return decide(fit, null, stream);
  };
}

/**
 * Rejection is that of all B resamples, exactly. Coverage is judged by the interval of the first `coverageResamples`, so that
 * it does not keep a settled test going.
 */
function createDecider(
  { level, bootstrap: { resamples, curtail } }: AnalysisPlan,
  tests: readonly BootstrapTestName[],
  estimand: number,
  resample: Resample,
) {
  const values = new Float64Array(CURTAILMENT_STEP);
  return (fit: PathFit, acceleration: number | null, stream: Key): Resampled => {
    const common = { tests, level, estimate: fit.a * fit.b, acceleration };
    const rejection = createCurtailedDecision({ ...common, resamples, estimand: null });
    const nForCoverage = Math.min(resamples, coverageResamples(level));
    const coverage = createCurtailedDecision({ ...common, resamples: nForCoverage, estimand });
    let done = 0;
    while (done < resamples && !(curtail && done > 0 && rejection.settled() && coverage.settled())) {
      const count = Math.min(CURTAILMENT_STEP, resamples - done);
      resample(stream, done, count, values);
      rejection.add(values, count);
      if (done < nForCoverage) coverage.add(values, Math.min(count, nForCoverage - done));
      done += count;
    }
    const covers = coverage.decisions();
    return {
      nResamples: done,
      decisions: rejection
        .decisions()
        .map((said, t) =>
          said === null ? UNDEFINED : (said.rejects ? REJECTS : 0) | (covers[t]?.contains ? CONTAINS : 0),
        ),
    };
  };
}

function accelerationIn(data: StudyData): number | null {
  const fit = fitMediation(data);
  return fit.ok ? accelerationOf(jackknifeIndirect(fit)) : null;
}
