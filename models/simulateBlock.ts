import type { Block } from "../sim/montecarlo/replicate.ts";
import { type Key, keyOf } from "../sim/random/address.ts";
import { createStudyAnalyzer, decisionRules, emptyRows } from "./applyTests.ts";
import { crossSection, equalLags, firstLags, type PathModel } from "./estimators/pathStudies.ts";
import { needsRows } from "./needsRows.ts";
import { createStudyObserver } from "./paths/observeStudy.ts";
import { populationOf } from "./paths/population.ts";
import { createSufficientSampler } from "./paths/sufficientStatistics.ts";
import type { RowBlock } from "./powerTypes.ts";
import type { AnalysisPlan, PathParameters, PathsCondition } from "./scenario/types.ts";

/** Simulates the replications of a block and applies every test of the plan to each of them. */
export type BlockSimulator = (block: Block) => RowBlock;

/**
 * A simulator for one condition of the path model. Where only normal-theory tests by ordinary regression are asked of normal
 * data, studies are sampled through their sufficient statistics; otherwise row by row.
 *
 * @param seed key of the scenario's seed (`seedKeyOf`); the condition is not part of any address
 */
export function createBlockSimulator(
  { nClients, paths, analysis }: Pick<PathsCondition, "nClients" | "paths" | "analysis">,
  seed: Key,
): BlockSimulator {
  const population = populationOf(paths);
  return needsRows(population, analysis) ? fromRows() : fromSufficientStatistics();

  function fromSufficientStatistics(): BlockSimulator {
    const sample = createSufficientSampler(population, nClients);
    const dfA = nClients - paths.covariates.n - 2;
    const rules = decisionRules(analysis, population.estimand)(dfA, dfA - 1);
    return ({ conditionIndex, firstReplication, count }) => {
      const columns = sample(seed, firstReplication, count);
      const { a, seA, b, seB } = columns;
      const decisions = rules.map((rule) => {
        const bytes = new Uint8Array(count);
        if (rule !== null) for (let r = 0; r < count; r++) bytes[r] = rule(a[r], seA[r], b[r], seB[r]);
        return bytes;
      });
      const n = new Uint32Array(count).fill(nClients);
      return { conditionIndex, firstReplication, count, n, ...columns, decisions, resamples: new Uint32Array(count) };
    };
  }

  function fromRows(): BlockSimulator {
    const observe = createStudyObserver(population, paths, nClients);
    const analyze = createStudyAnalyzer(analysis, population.estimand, pathModelOf(paths, analysis));
    return (block) => {
      const rows = emptyRows(block, analysis);
      for (let r = 0; r < block.count; r++) {
        const key = keyOf(seed, block.firstReplication + r);
        analyze(observe(key), key, rows, r);
      }
      return rows;
    };
  }
}

/** Which regressions give a and b. */
function pathModelOf({ waves }: PathParameters, { lags }: AnalysisPlan): PathModel {
  if (waves.count === 0) return crossSection;
  return lags === "first" ? firstLags(waves.count) : equalLags(waves.count);
}
