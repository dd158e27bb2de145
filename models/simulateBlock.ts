import type { Block } from "../sim/montecarlo/replicate.ts";
import { type Key, keyOf } from "../sim/random/address.ts";
import { createStudyAnalyzer, decisionRules, emptyRows } from "./applyTests.ts";
import { isNormalTheory } from "./decisionNames.ts";
import { createStudyGenerator, teamsOfClients } from "./paths/generateStudy.ts";
import { populationOf } from "./paths/population.ts";
import { createSufficientSampler } from "./paths/sufficientStatistics.ts";
import type { RowBlock } from "./powerTypes.ts";
import type { PathsCondition } from "./scenario/types.ts";

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
  const fromPaths = analysis.tests.every(isNormalTheory) && analysis.estimators.length === 1;
  return population.normalTheory && fromPaths ? fromSufficientStatistics() : fromRows();

  function fromSufficientStatistics(): BlockSimulator {
    const sample = createSufficientSampler(population, nClients);
    const rules = decisionRules(analysis, population.estimand)(nClients - paths.covariates.n - 2);
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
    const generate = createStudyGenerator(population, paths.residualSkew, nClients);
    const clusters = paths.teams.count > 0 ? teamsOfClients(nClients, paths.teams.count) : null;
    const analyze = createStudyAnalyzer(analysis, population.estimand);
    return (block) => {
      const rows = emptyRows(block, analysis);
      for (let r = 0; r < block.count; r++) {
        const key = keyOf(seed, block.firstReplication + r);
        analyze(generate(key), clusters, key, rows, r);
      }
      return rows;
    };
  }
}
