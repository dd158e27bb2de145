import type { Condition, Factors, Scenario } from "./types.ts";

/**
 * The conditions of a scenario in order, each with the scenario's values once its factors are applied.
 *
 * @param scenario a checked scenario: factors are `nClients` or dotted paths below `paths` and `analysis`
 */
export function conditionsOf(scenario: Scenario): Condition[] {
  return scenario.power.conditions.map((factors, index) => {
    const label = scenario.power.labels?.[index];
    return { index, ...(label ? { label } : {}), factors, ...applyFactors(scenario, factors) };
  });
}

/** The scenario's values with the factors put in their place. */
export function applyFactors(
  base: Pick<Scenario, "paths" | "analysis">,
  factors: Factors,
): Pick<Condition, "nClients" | "paths" | "analysis"> {
  const { nClients, ...others } = factors;
  let values: Pick<Scenario, "paths" | "analysis"> = { paths: base.paths, analysis: base.analysis };
  for (const [path, value] of Object.entries(others)) values = withNumberAt(values, path.split("."), value);
  return { nClients, ...values };
}

function withNumberAt<T extends object>(values: T, [key, ...rest]: readonly string[], value: number): T {
  const below = (values as Record<string, unknown>)[key];
  return { ...values, [key]: rest.length === 0 ? value : withNumberAt(below as object, rest, value) };
}
