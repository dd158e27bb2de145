import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Block, type BlockRunner, blocksOf, inThisThread, replicate } from "../../sim/montecarlo/replicate.ts";

/** A runner whose blocks finish in a scrambled order. */
function scrambled(width: number, delays: readonly number[]): BlockRunner<Block> & { highest: () => number } {
  let underWay = 0;
  let highest = 0;
  let started = 0;
  return {
    width,
    highest: () => highest,
    close: async () => {},
    async run(block) {
      highest = Math.max(highest, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, delays[started++ % delays.length]));
      underWay--;
      return block;
    },
  };
}

describe("replicate", () => {
  it("hands results over in the order of the blocks, whatever order they finish in", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 7 }),
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1 }),
        async (width, delays) => {
          const blocks = [...blocksOf(10, [3, 4])];
          const seen: Block[] = [];
          const runner = scrambled(width, delays);
          await replicate(blocks, runner, (result) => void seen.push(result));
          expect(seen).toEqual(blocks);
          expect(runner.highest()).toBeLessThanOrEqual(2 * width);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("blocks cover every replication of every condition once", () => {
    expect([...blocksOf(5, [2, 9])]).toEqual([
      { conditionIndex: 0, firstReplication: 0, count: 2 },
      { conditionIndex: 0, firstReplication: 2, count: 2 },
      { conditionIndex: 0, firstReplication: 4, count: 1 },
      { conditionIndex: 1, firstReplication: 0, count: 5 },
    ]);
  });

  it("goes on after the replications that are there", () => {
    expect([...blocksOf(5, [2, 9, 3], 6)]).toEqual([
      { conditionIndex: 1, firstReplication: 1, count: 4 },
      { conditionIndex: 2, firstReplication: 0, count: 3 },
      { conditionIndex: 2, firstReplication: 3, count: 2 },
    ]);
    expect([...blocksOf(5, [2, 9, 3], 15)]).toEqual([]);
  });

  it("stops between two blocks when aborted, with a gapless beginning consumed", async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const run = replicate(
      blocksOf(100, [1]),
      inThisThread((block) => block.firstReplication),
      (first) => {
        seen.push(first);
        if (first === 6) controller.abort(new Error("stopped"));
      },
      controller.signal,
    );
    await expect(run).rejects.toThrow("stopped");
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it("a block that throws ends the run with its error", async () => {
    const failing = inThisThread<number>((block) => {
      if (block.firstReplication === 3) throw new Error("block 3");
      return 0;
    });
    await expect(replicate(blocksOf(10, [1]), failing, () => {})).rejects.toThrow("block 3");
  });
});
