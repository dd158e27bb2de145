import type { ExpandedCondition } from "./expandConditions.ts";
import type { ScenarioFile } from "./schema.ts";
import type { PathsScenario } from "./types.ts";

/** What scenarios of every generator have. */
export function commonOf(
  { name, title, source, seed, power }: ScenarioFile,
  expanded: readonly ExpandedCondition[],
): Pick<PathsScenario, "name" | "title" | "source" | "seed" | "power"> {
  const labels = expanded.map(({ label }) => label);
  return {
    name,
    title,
    source,
    seed: seed ?? name,
    power: {
      conditions: expanded.map(({ factors }) => factors),
      ...(labels.some((label) => label !== "") && { labels }),
      replications: power.replications,
      target: power.target,
    },
  };
}
