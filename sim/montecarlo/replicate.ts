/**
 * The engine: runs blocks of replications and hands their results over in order.
 *
 * A block is the unit of work, a worker is not: what a block computes depends on its condition and its replication
 * numbers alone, and results reach `consume` in the order of the blocks. So 1, 2 or 7 workers give the same bytes,
 * and whatever has been consumed is a gapless beginning of the whole.
 */
export type Block = {
  readonly conditionIndex: number;
  readonly firstReplication: number;
  readonly count: number;
};

/** Where blocks are run: in this thread, or in a pool of workers. */
export type BlockRunner<Result> = {
  run(block: Block): Promise<Result> | Result;
  /** How many blocks may be under way at once. */
  readonly width: number;
  close(): Promise<void>;
};

/** Runs blocks in this thread, one after the other. */
export function inThisThread<Result>(runBlock: (block: Block) => Result): BlockRunner<Result> {
  return { run: runBlock, width: 1, close: async () => {} };
}

/**
 * Blocks of every condition, condition by condition.
 *
 * @param nReplications per condition
 * @param blockSizes    replications per block of each condition; the results do not depend on them
 * @param nDone         replications, counted through all conditions, that are there already
 */
export function* blocksOf(nReplications: number, blockSizes: readonly number[], nDone = 0): Generator<Block> {
  for (let conditionIndex = Math.floor(nDone / nReplications); conditionIndex < blockSizes.length; conditionIndex++) {
    const doneHere = Math.max(0, nDone - conditionIndex * nReplications);
    const size = blockSizes[conditionIndex];
    for (let firstReplication = doneHere; firstReplication < nReplications; firstReplication += size)
      yield { conditionIndex, firstReplication, count: Math.min(size, nReplications - firstReplication) };
  }
}

/**
 * Runs every block and consumes the results in order. Memory: at most 2 · width results wait at a time.
 *
 * @param blocks  in the order in which results are wanted
 * @param consume takes one result after the other; the next waits until it is done
 * @param signal  aborted: no further block is started or consumed, and the promise rejects with the signal's reason
 */
export async function replicate<Result>(
  blocks: Iterable<Block>,
  runner: BlockRunner<Result>,
  consume: (result: Result, block: Block) => void | Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const waiting: { readonly block: Block; readonly result: Promise<Result> }[] = [];
  const consumeNext = async () => {
    const next = waiting.shift();
    if (next === undefined) return;
    const result = await next.result;
    signal?.throwIfAborted();
    await consume(result, next.block);
  };
  for (const block of blocks) {
    signal?.throwIfAborted();
    const result = Promise.resolve(runner.run(block));
    // A failure is met when its turn comes, not as an unhandled rejection before.
    result.catch(() => {});
    waiting.push({ block, result });
    if (runner.width === 1) await breathe();
    if (waiting.length >= (runner.width === 1 ? 1 : 2 * runner.width)) await consumeNext();
  }
  while (waiting.length > 0) await consumeNext();
}

/** Lets signals and timers in between two blocks of this thread. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
