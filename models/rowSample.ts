import type { RowBlock } from "./powerTypes.ts";

/** The first rows of every condition, for pictures; a container of bounded size. */
export type RowSample = {
  add(rows: RowBlock): void;
  /** One block per condition that has rows, in the order in which conditions came. */
  blocks(): RowBlock[];
};

/**
 * @param limit replications kept per condition
 */
export function createRowSample(limit: number): RowSample {
  const kept = new Map<number, RowBlock>();
  return {
    add(rows) {
      const before = kept.get(rows.conditionIndex);
      const room = limit - (before?.count ?? 0);
      if (room > 0) kept.set(rows.conditionIndex, before ? joined(before, rows, room) : joined(rows, null, room));
    },
    blocks: () => [...kept.values()],
  };
}

/** `first` with up to `room` replications of `next` behind it, or the first `room` of `first` alone. */
function joined(first: RowBlock, next: RowBlock | null, room: number): RowBlock {
  const own = next === null ? Math.min(room, first.count) : first.count;
  const added = next === null ? 0 : Math.min(room, next.count);
  const join = <Column extends Float64Array | Uint8Array | Uint32Array>(left: Column, right: Column | undefined) => {
    const column = new (left.constructor as new (length: number) => Column)(own + added);
    column.set(left.subarray(0, own));
    if (right !== undefined) column.set(right.subarray(0, added), own);
    return column;
  };
  return {
    conditionIndex: first.conditionIndex,
    firstReplication: first.firstReplication,
    count: own + added,
    n: join(first.n, next?.n),
    a: join(first.a, next?.a),
    seA: join(first.seA, next?.seA),
    b: join(first.b, next?.b),
    seB: join(first.seB, next?.seB),
    decisions: first.decisions.map((bytes, t) => join(bytes, next?.decisions[t])),
    resamples: join(first.resamples, next?.resamples),
  };
}
