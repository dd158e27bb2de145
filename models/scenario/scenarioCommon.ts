import type { ExpandedCondition } from "./expandConditions.ts";
import type { ScenarioFile } from "./schema.ts";
import { type AnalysisPlan, ESTIMATOR_NAMES, type PathsScenario } from "./types.ts";

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

/** What all analyses of a scenario have in common; ordinary regression is always among the estimators, and first. */
export function planOf({
  tests,
  estimators,
  level,
  bootstrap,
  imputation,
  lags,
}: ScenarioFile["analysis"]): AnalysisPlan {
  const asked = ESTIMATOR_NAMES.filter((name) => name === "ols" || estimators.includes(name));
  return { tests, estimators: asked, level, bootstrap, imputation, lags };
}
