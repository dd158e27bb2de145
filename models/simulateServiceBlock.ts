import type { Block } from "../sim/montecarlo/replicate.ts";
import { type Key, keyOf } from "../sim/random/address.ts";
import { createStudyAnalyzer, emptyRows } from "./applyTests.ts";
import { clusterNames } from "./decisionNames.ts";
import type { RowBlock } from "./powerTypes.ts";
import type { ServiceCondition } from "./scenario/types.ts";
import { observeWorld } from "./study/observe.ts";
import { groupsOf } from "./study/studyData.ts";

/**
 * A simulator for conditions that share their service: every replication is played out once, observed once for every
 * study among the conditions, and analysed for each.
 *
 * @param conditions with equal `service`
 * @param estimands  true ab of each
 * @param seed       key of the scenario's seed (`seedKeyOf`); the condition is not part of any address
 * @returns a block of rows per condition, in their order
 */
export function createServiceBlockSimulator(
  conditions: readonly ServiceCondition[],
  estimands: readonly number[],
  seed: Key,
): (block: Block) => RowBlock[] {
  const [{ service }] = conditions;
  const studies = new Map(conditions.map(({ study }) => [JSON.stringify(study), study]));
  const names = [...studies.keys()];
  const studyOf = conditions.map(({ study }) => names.indexOf(JSON.stringify(study)));
  const analyzers = conditions.map(({ analysis }, c) => createStudyAnalyzer(analysis, estimands[c]));

  return ({ firstReplication, count }) => {
    const blocks = conditions.map(({ index, analysis }) =>
      emptyRows({ conditionIndex: index, firstReplication, count }, analysis),
    );
    for (let r = 0; r < count; r++) {
      const key = keyOf(seed, firstReplication + r);
      const observed = observeWorld(service, [...studies.values()], key);
      for (const [c, { model, analysis }] of conditions.entries()) {
        const study = observed[studyOf[c]];
        const { x, m, y, covariates } = model;
        const groups = clusterNames(analysis).length > 0 ? groupsOf(study) : null;
        analyzers[c]({ columns: [x, m, y, ...covariates].map(study.column), groups }, key, blocks[c], r);
      }
    }
    return blocks;
  };
}
