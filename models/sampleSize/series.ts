import type { Factors, PathsCondition } from "../scenario/types.ts";
import { type SoughtPaths, withEffect } from "./effect.ts";

/** What a sample size or an effect is sought for: a condition of the scenario less what is sought. */
export type Series = {
  readonly label?: string;
  /** Factors other than the sought ones. */
  readonly factors: Factors;
  readonly paths: PathsCondition["paths"];
  readonly analysis: PathsCondition["analysis"];
};

/**
 * The series of a scenario: conditions that differ in nothing but what is sought become one.
 *
 * @param conditions in order
 * @param sought     paths that are sought for a given N; undefined when N itself is
 */
export function seriesOf(conditions: readonly PathsCondition[], sought?: SoughtPaths): Series[] {
  const paths = sought === undefined ? [] : [...sought].map((path) => `paths.${path}`);
  const isSought = (factor: string) => factor === "nClients" || paths.includes(factor);
  const found = new Map<string, Series>();
  for (const condition of conditions) {
    const { label, paths, analysis } = condition;
    const key = JSON.stringify(
      sought === undefined ? [label, paths, analysis] : [withEffect(paths, sought, 1), analysis],
    );
    const earlier = found.get(key);
    if (earlier === undefined) {
      const factors = Object.fromEntries(Object.entries(condition.factors).filter(([name]) => !isSought(name)));
      found.set(key, { ...(label === undefined ? {} : { label }), factors, paths, analysis });
    } else if (earlier.label !== label) {
      // Labels that told the sought paths apart would name the wrong thing.
      const { label: _, ...unnamed } = earlier;
      found.set(key, unnamed);
    }
  }
  return [...found.values()];
}
