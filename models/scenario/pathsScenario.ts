import { checkConditions } from "./checkConditions.ts";
import { conditionsOfPaths } from "./conditions.ts";
import type { ExpandedCondition } from "./expandConditions.ts";
import { commonOf, planOf } from "./scenarioCommon.ts";
import type { ScenarioFile } from "./schema.ts";
import type { PathsScenario } from "./types.ts";

/** Columns belong to a study of a service: the path model has no others than X, M and Y. */
const COLUMN_KEYS = ["x", "m", "y", "covariates", "models"] as const;

/** A scenario of the path model, or what is wrong with its conditions. */
export function pathsScenario(
  file: ScenarioFile,
  expanded: readonly ExpandedCondition[],
  placeOf: (path: string) => string,
): { readonly scenario: PathsScenario } | { readonly problems: readonly string[] } {
  const { paths, analysis } = file;
  if (paths === undefined) return { problems: [`${placeOf("")}: paths is missing`] };
  const foreign = COLUMN_KEYS.filter((key) => analysis[key] !== undefined);
  if (foreign.length > 0)
    return {
      problems: foreign.map(
        (key) =>
          `${placeOf(`analysis.${key}`)}: analysis.${key} names columns of a study of a service; with paths leave it out`,
      ),
    };
  const shareOfNormal = paths.x.distribution === "normal" && "paths.x.share" in expanded[0].factors;
  if (shareOfNormal) {
    const place = expanded[0].places["paths.x.share"];
    return {
      problems: [`${place}: paths.x.share is a factor, but paths.x is normal; write x: { distribution: binary }`],
    };
  }
  const scenario: PathsScenario = {
    ...commonOf(file, expanded),
    generator: "paths",
    paths,
    analysis: planOf(analysis),
  };
  const problems = checkConditions(conditionsOfPaths(scenario), expanded, placeOf);
  return problems.length > 0 ? { problems } : { scenario };
}
