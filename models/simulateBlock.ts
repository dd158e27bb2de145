import { createBootstrapKernel } from "../sim/kernels/bootstrapKernel.ts";
import type { Block } from "../sim/montecarlo/replicate.ts";
import { type Key, keyOf, streamOf } from "../sim/random/address.ts";
import { type BootstrapTestName, createCurtailedDecision } from "./estimators/bootstrapDecision.ts";
import { CONTAINS, FAILED, isBootstrapTest, REJECTS, UNDEFINED } from "./estimators/decisions.ts";
import { fitMediation } from "./estimators/fitMediation.ts";
import { fitPaths } from "./estimators/fitPaths.ts";
import { accelerationOf, jackknifeIndirect } from "./estimators/jackknife.ts";
import { pathDecisionRule } from "./estimators/normalTheoryDecisions.ts";
import type { PathFit, StudyData } from "./estimators/types.ts";
import { createStudyGenerator } from "./paths/generateStudy.ts";
import { populationOf } from "./paths/population.ts";
import { createSufficientSampler } from "./paths/sufficientStatistics.ts";
import type { RowBlock } from "./powerTypes.ts";
import type { Condition } from "./scenario/types.ts";
import { WHAT } from "./what.ts";

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

/** Simulates the replications of a block and applies every test of the plan to each of them. */
export type BlockSimulator = (block: Block) => RowBlock;

/** What a thread needs to simulate any block of a study; plain data. */
export type PowerSetup = { readonly conditions: readonly Condition[]; readonly seed: Key };

/** A simulator for all conditions of a study; keeps what it has prepared for the latest condition. */
export function simulatorOf({ conditions, seed }: PowerSetup): BlockSimulator {
  let current: { readonly index: number; readonly simulate: BlockSimulator } | undefined;
  return (block) => {
    const index = block.conditionIndex;
    if (current?.index !== index) current = { index, simulate: createBlockSimulator(conditions[index], seed) };
    return current.simulate(block);
  };
}

/**
 * A simulator for one condition. Where only normal-theory tests are asked of normal data, studies are sampled through
 * their sufficient statistics; otherwise row by row.
 *
 * @param seed key of the scenario's seed (`seedKeyOf`); the condition is not part of any address
 */
export function createBlockSimulator(condition: Condition, seed: Key): BlockSimulator {
  const population = populationOf(condition.paths);
  const tests = condition.analysis.tests;
  const bootstrapTests = tests.filter(isBootstrapTest);
  const dfA = condition.nClients - condition.paths.covariates.n - 2;
  const rules = tests.map((test) =>
    isBootstrapTest(test) ? null : pathDecisionRule(test, condition.analysis.level, dfA, dfA - 1, population.estimand),
  );

  return population.normalTheory && bootstrapTests.length === 0 ? fromSufficientStatistics() : fromRows();

  function fromSufficientStatistics(): BlockSimulator {
    const sample = createSufficientSampler(population, condition.nClients);
    return ({ conditionIndex, firstReplication, count }) => {
      const columns = sample(seed, firstReplication, count);
      const { a, seA, b, seB } = columns;
      const decisions = rules.map((rule) => {
        const bytes = new Uint8Array(count);
        if (rule !== null) for (let r = 0; r < count; r++) bytes[r] = rule(a[r], seA[r], b[r], seB[r]);
        return bytes;
      });
      return { conditionIndex, firstReplication, count, ...columns, decisions, resamples: new Uint32Array(count) };
    };
  }

  function fromRows(): BlockSimulator {
    const generate = createStudyGenerator(population, condition.paths.residualSkew, condition.nClients);
    const bootstrap =
      bootstrapTests.length > 0 ? createBootstrapDecider(condition, bootstrapTests, population.estimand) : null;
    return ({ conditionIndex, firstReplication, count }) => {
      const rows = emptyRows({ conditionIndex, firstReplication, count }, tests.length);
      for (let r = 0; r < count; r++) {
        const key = keyOf(seed, firstReplication + r);
        const data = generate(key);
        const fit = fitPaths(data);
        if (fit === null) {
          for (const bytes of rows.decisions) bytes[r] = FAILED;
          continue;
        }
        rows.a[r] = fit.a;
        rows.seA[r] = fit.seA;
        rows.b[r] = fit.b;
        rows.seB[r] = fit.seB;
        const resampled = bootstrap?.(data, fit, streamOf(key, WHAT.bootstrapRows));
        if (resampled !== undefined) rows.resamples[r] = resampled.nResamples;
        let next = 0;
        for (const [t, rule] of rules.entries())
          rows.decisions[t][r] =
            rule !== null ? rule(fit.a, fit.seA, fit.b, fit.seB) : (resampled?.decisions[next++] ?? UNDEFINED);
      }
      return rows;
    };
  }
}

/**
 * Bootstraps one study until every bootstrap test of the plan is decided. Rejection is that of all B resamples, exactly.
 * Coverage is judged by the interval of the first `coverageResamples`, so that it does not keep a settled test going.
 */
function createBootstrapDecider(condition: Condition, tests: readonly BootstrapTestName[], estimand: number) {
  const { resamples, curtail } = condition.analysis.bootstrap;
  const { level } = condition.analysis;
  const kernel = createBootstrapKernel();
  const values = new Float64Array(CURTAILMENT_STEP);
  const needsAcceleration = tests.includes("bcaBootstrap");

  return (data: StudyData, fit: PathFit, stream: Key) => {
    kernel.load(data.x, data.m, data.y, data.covariates);
    const common = {
      tests,
      level,
      estimate: fit.a * fit.b,
      acceleration: needsAcceleration ? accelerationIn(data) : null,
    };
    const rejection = createCurtailedDecision({ ...common, resamples, estimand: null });
    const nForCoverage = Math.min(resamples, coverageResamples(level));
    const coverage = createCurtailedDecision({ ...common, resamples: nForCoverage, estimand });
    let done = 0;
    while (done < resamples && !(curtail && done > 0 && rejection.settled() && coverage.settled())) {
      const count = Math.min(CURTAILMENT_STEP, resamples - done);
      kernel.resample(stream, done, count, values);
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

function emptyRows({ conditionIndex, firstReplication, count }: Block, nTests: number): RowBlock {
  const missing = () => new Float64Array(count).fill(Number.NaN);
  return {
    conditionIndex,
    firstReplication,
    count,
    a: missing(),
    seA: missing(),
    b: missing(),
    seB: missing(),
    decisions: Array.from({ length: nTests }, () => new Uint8Array(count)),
    resamples: new Uint32Array(count),
  };
}
