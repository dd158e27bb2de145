import { availableParallelism } from "node:os";
import type { Options } from "yargs";
import { Problems } from "./problems.ts";

const MOST_WORKERS = 1024;

export const workersOption: Options & { type: "string" } = {
  type: "string",
  requiresArg: true,
  describe: "threads to simulate on; results do not depend on it",
  defaultDescription: "one per core",
};

/** The number of threads asked for; one per core when nothing is. */
export function workersOf(text: string | undefined): number {
  if (text === undefined) return availableParallelism();
  const workers = Number(text);
  if (!/^\d+$/.test(text) || workers < 1 || workers > MOST_WORKERS) {
    throw new Problems([`--workers must be a whole number from 1 to ${MOST_WORKERS}, got ${text}`]);
  }
  return workers;
}
