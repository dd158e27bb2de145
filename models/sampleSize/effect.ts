import { findRoot } from "../../sim/numerics/roots.ts";
import { populationProblem } from "../paths/population.ts";
import type { PathParameters } from "../scenario/types.ts";

/** Which paths are sought: a = b of one size, a for the scenario's b, or b for its a. */
export type SoughtPaths = "ab" | "a" | "b";
export const SOUGHT_PATHS: readonly SoughtPaths[] = ["ab", "a", "b"];

export type Effect = { readonly size: number; readonly power: number };

/** Where the search looks among the standardized sizes that exist, and how near it comes, in units of the paths. */
const GRID = 64;
const TOLERANCE = 1e-8;
/** Raw sizes are sought up to this many times the first guess. */
const WIDEST = 1e6;

/** The parameters with the sought paths of this size; each path keeps its sign (a path of 0 becomes positive). */
export function withEffect(paths: PathParameters, sought: SoughtPaths, size: number): PathParameters {
  const signed = (path: number) => (path < 0 ? -size : size);
  return {
    ...paths,
    ...(sought === "b" ? {} : { a: signed(paths.a) }),
    ...(sought === "a" ? {} : { b: signed(paths.b) }),
  };
}

/**
 * Sizes at which a search looks for the target, in rising order: for standardized paths a grid over all that leave residual
 * variance, for raw paths doublings from far below the guess to far above.
 *
 * @param guess size that is about right, > 0; used for raw paths only
 */
export function candidateSizes(paths: PathParameters, sought: SoughtPaths, guess: number): number[] {
  if (!paths.standardized) {
    const sizes: number[] = [];
    for (let size = guess / 64; size <= guess * WIDEST; size *= size < guess * 64 ? 2 : 64) sizes.push(size);
    return sizes;
  }
  const exists = (size: number) => populationProblem(withEffect(paths, sought, size)) === null;
  const fine = Array.from({ length: 2000 }, (_, i) => (i + 1) / 1000).filter(exists);
  if (fine.length === 0) return [];
  const least = fine[0];
  const most = fine[fine.length - 1];
  return Array.from({ length: GRID }, (_, i) => least + ((most - least) * i) / (GRID - 1)).filter(exists);
}

/**
 * Smallest size of the sought paths whose power reaches the target: the first of the candidates that does, and the root
 * between it and the one before. Standardized paths lose power again when X and M become nearly the same variable, so the first
 * crossing is the one that is meant.
 *
 * @param power  rejection probability at a size, without noise
 * @param sizes  candidateSizes
 * @returns the size, to 1e-8, and its power; or the highest power found when no candidate reaches the target
 */
export function smallestEffect(
  power: (size: number) => number,
  target: number,
  sizes: readonly number[],
): Effect | { readonly highest: Effect } {
  let highest: Effect = { size: 0, power: 0 };
  let below = 0;
  for (const size of sizes) {
    const here = power(size);
    if (here >= target) {
      if (below === 0 && power(0) >= target) return { size: 0, power: power(0) };
      const root = findRoot((t) => power(t) - target, below, size, TOLERANCE);
      const found = power(root) >= target ? root : root + TOLERANCE;
      return { size: found, power: power(found) };
    }
    if (here > highest.power) highest = { size, power: here };
    below = size;
  }
  return { highest };
}
