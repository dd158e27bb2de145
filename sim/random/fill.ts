import { instantiateKernels, type Kernels } from "../kernels/kernels.ts";
import { type Key, streamOf } from "./address.ts";

let shared: Kernels | undefined;
const ID_BATCH = 4096;

function kernels(): Kernels {
  shared ??= instantiateKernels();
  return shared;
}

/**
 * Standard normal draws for many identities at once: out[i] = normalAt(key, ids[i], what, when), the same bits.
 *
 * @param out  receives the draws (length ids.length, or the number of draws when ids are left out)
 * @param key  key of the replication
 * @param ids  identities; left out: 0, 1, 2 …
 */
export function fillNormals(out: Float64Array, key: Key, what: number, when: number, ids?: Uint32Array): void {
  fillBatches("fillNormals", out, key, what, when, ids);
}

/** Uniform draws on (0, 1) for many identities at once: out[i] = uniformAt(key, ids[i], what, when), the same bits. */
export function fillUniforms(out: Float64Array, key: Key, what: number, when: number, ids?: Uint32Array): void {
  fillBatches("fillUniforms", out, key, what, when, ids);
}

type BatchViews = {
  readonly idsAt: number;
  readonly outAt: number;
  readonly batchIds: Uint32Array;
  readonly batch: Float64Array;
};
let views: BatchViews | undefined;

/** Views of the batch in the kernels' memory; made anew when the memory has grown, which detaches the old ones. */
function batchViews(): BatchViews {
  const { run, layOut, words, doubles } = kernels();
  if (views?.batch.buffer !== run.memory.buffer) {
    const [idsAt, outAt] = layOut([ID_BATCH * 4, ID_BATCH * 8]);
    views = { idsAt, outAt, batchIds: words(idsAt, ID_BATCH), batch: doubles(outAt, ID_BATCH) };
  }
  return views;
}

function fillBatches(
  kernel: "fillNormals" | "fillUniforms",
  out: Float64Array,
  key: Key,
  what: number,
  when: number,
  ids: Uint32Array | undefined,
): void {
  const [stream0, stream1] = streamOf(key, what);
  const { run } = kernels();
  const { idsAt, outAt, batchIds, batch } = batchViews();
  const total = ids === undefined ? out.length : ids.length;
  for (let start = 0; start < total; start += ID_BATCH) {
    const count = Math.min(ID_BATCH, total - start);
    if (ids === undefined) for (let i = 0; i < count; i++) batchIds[i] = start + i;
    else batchIds.set(ids.subarray(start, start + count));
    run[kernel](stream0, stream1, when, idsAt, count, outAt);
    out.set(count === ID_BATCH ? batch : batch.subarray(0, count), start);
  }
}

/**
 * Standard normal draws across replications:
 * result[j][r] = normalAt(keyOf(seed, first + r), 0, what, j), the same bits, at a small share of the cost.
 *
 * @param seed   key made of the seed string (`seedKeyOf`)
 * @param first  first replication
 * @param count  number of replications (memory: count · nDraws doubles)
 * @param nDraws draws per replication
 * @returns nDraws arrays of length count; views that the next call overwrites
 */
export function normalsAcrossReplications(
  seed: Key,
  first: number,
  count: number,
  what: number,
  nDraws: number,
): Float64Array[] {
  const { run, layOut, doubles } = kernels();
  const stride = Math.ceil(count / 4) * 4;
  const [outAt] = layOut([nDraws * stride * 8]);
  run.fillNormalsAcross(seed[0], seed[1], first, count, what, nDraws, stride, outAt);
  return Array.from({ length: nDraws }, (_, j) => doubles(outAt + j * stride * 8, count));
}
