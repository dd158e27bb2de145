import { workerData } from "node:worker_threads";
import type { Key } from "../../sim/random/address.ts";
import { type SearchBlock, type SearchResult, searchSimulator } from "./searchBlocks.ts";

let simulate: ((block: SearchBlock) => SearchResult) | undefined;

/** Entry point of a worker thread: one block of a search, with the seed in `workerData`. */
export function runBlock(block: SearchBlock): SearchResult {
  simulate ??= searchSimulator((workerData as { readonly seed: Key }).seed);
  return simulate(block);
}
