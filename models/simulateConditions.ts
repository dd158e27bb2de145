import type { Block } from "../sim/montecarlo/replicate.ts";
import type { Key } from "../sim/random/address.ts";
import { groupsOf } from "./conditionGroups.ts";
import type { RowBlock } from "./powerTypes.ts";
import type { Condition, ServiceCondition } from "./scenario/types.ts";
import { createBlockSimulator } from "./simulateBlock.ts";
import { createServiceBlockSimulator } from "./simulateServiceBlock.ts";

/** What a thread needs to simulate any block of a study; plain data. */
export type PowerSetup = {
  readonly conditions: readonly Condition[];
  /** True ab of each condition. */
  readonly estimands: readonly number[];
  readonly seed: Key;
};

/**
 * A simulator for all conditions of a study; keeps what it has prepared for the latest group. A block is named by the
 * first condition of its group.
 *
 * @returns rows of every condition of the group
 */
export function simulatorOf({ conditions, estimands, seed }: PowerSetup): (block: Block) => readonly RowBlock[] {
  const groups = new Map(groupsOf(conditions).map((group) => [group[0], group]));
  let current: { readonly index: number; readonly simulate: (block: Block) => readonly RowBlock[] } | undefined;
  const prepare = (index: number) => {
    const condition = conditions[index];
    if (condition.generator === "paths") {
      const simulate = createBlockSimulator(condition, seed);
      return (block: Block) => [simulate(block)];
    }
    const group = groups.get(index) ?? [index];
    return createServiceBlockSimulator(
      group.map((i) => conditions[i] as ServiceCondition),
      group.map((i) => estimands[i]),
      seed,
    );
  };
  return (block) => {
    const index = block.conditionIndex;
    if (current?.index !== index) current = { index, simulate: prepare(index) };
    return current.simulate(block);
  };
}
