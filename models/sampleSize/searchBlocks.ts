import { type Block, type BlockRunner, blocksOf, replicate } from "../../sim/montecarlo/replicate.ts";
import type { Key } from "../../sim/random/address.ts";
import { rateNamesOf } from "../decisionNames.ts";
import { blockSize } from "../power.ts";
import type { PathsCondition } from "../scenario/types.ts";
import { type BlockSimulator, createBlockSimulator } from "../simulateBlock.ts";
import type { SimulateCondition } from "./answer.ts";

/** A block of a search: it brings its condition along, for a search makes conditions as it goes. */
export type SearchBlock = Block & { readonly condition: PathsCondition };

/** Decisions of the condition's only test, by its last estimator. */
export type SearchResult = { readonly firstReplication: number; readonly decisions: Uint8Array };

/** Simulates blocks of any condition; keeps what it has prepared for the latest one. */
export function searchSimulator(seed: Key): (block: SearchBlock) => SearchResult {
  let current: { readonly name: string; readonly simulate: BlockSimulator } | undefined;
  return ({ condition, ...block }) => {
    const name = JSON.stringify(condition);
    if (current?.name !== name) current = { name, simulate: createBlockSimulator(condition, seed) };
    const last = rateNamesOf(condition.analysis).length - 1;
    return { firstReplication: block.firstReplication, decisions: current.simulate(block).decisions[last] };
  };
}

/**
 * Simulates conditions through a runner, block by block; results do not depend on the runner's width.
 *
 * @param onBlock hears how many replications were done
 */
export function simulateThrough(
  runner: BlockRunner<SearchResult>,
  onBlock: (count: number) => void,
  signal?: AbortSignal,
): SimulateCondition {
  return async (condition, firstReplication, count) => {
    const decisions = new Uint8Array(count);
    const blocks = function* (): Generator<SearchBlock> {
      for (const block of blocksOf(count, [blockSize(condition)])) {
        yield { ...block, firstReplication: firstReplication + block.firstReplication, condition };
      }
    };
    await replicate(
      blocks(),
      runner,
      (result) => {
        decisions.set(result.decisions, result.firstReplication - firstReplication);
        onBlock(result.decisions.length);
      },
      signal,
    );
    return decisions;
  };
}
