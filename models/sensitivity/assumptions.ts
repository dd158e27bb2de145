import type { ParameterChange } from "../compare/changes.ts";
import type { ComparedScenario } from "../compare/comparisonTypes.ts";
import { COST_PARAMETERS, type CostParameters, costParameters } from "../costs/parameters.ts";
import type { NumberParameter, Registry } from "../registry/parameterKinds.ts";
import { changeAt, limitProblems, registryEntries, valueAt } from "../registry/registry.ts";
import type { Annotation } from "../scenario/placed.ts";
import { PARAMETERS, type ServiceParameters, serviceParameters } from "../service/parameters.ts";
import { serviceProblems } from "../service/serviceProblems.ts";

/** A number that is not certain, with the range that its scenario file leaves open. */
export type Assumption = {
  /** Place in the scenario, "staffing.vacancy" or "costs.salaries.manager". */
  readonly path: string;
  readonly label: string;
  /** "1" for pure numbers. */
  readonly unit: string;
  readonly source: string;
  readonly isWhole: boolean;
  readonly value: number;
  /** Ends of the range, low < high. */
  readonly low: number;
  readonly high: number;
};

/** What assumptions are about: what happens, and what it costs. */
export type Assumed = { readonly service: ServiceParameters; readonly costs: CostParameters | null };

const COSTS = "costs.";

/**
 * The numbers of a service, and its prices, that have a range in the scenario file, in the order of the registries.
 *
 * @param annotations what the scenario file says beside its values
 * @param changes     what a comparison changes: not varied, and named in `changed`
 */
export function assumptionsOf(
  base: Pick<ComparedScenario, "name"> & Assumed,
  annotations: ReadonlyMap<string, Annotation>,
  changes: readonly ParameterChange[],
): {
  readonly varied: readonly Assumption[];
  readonly changed: readonly string[];
  readonly problems: readonly string[];
} {
  const found = [
    ...annotatedIn(PARAMETERS, base.service, annotations, "service.", ""),
    ...(base.costs === null ? [] : annotatedIn(COST_PARAMETERS, base.costs, annotations, COSTS, COSTS)),
  ];
  const isChanged = ({ path }: Assumption) => changes.some((change) => change.path === path);
  return {
    varied: found.filter((assumption) => !isChanged(assumption)),
    changed: found.filter(isChanged).map(({ path }) => path),
    problems: found
      .filter(({ value, low, high }) => value < low || value > high)
      .map(
        ({ path, value, low, high }) =>
          `${base.name}: ${path} is played with ${value}, outside its range [${low}, ${high}]; widen the range, or change the value`,
      ),
  };
}

function annotatedIn(
  registry: Registry,
  values: object,
  annotations: ReadonlyMap<string, Annotation>,
  section: string,
  prefix: string,
): Assumption[] {
  return registryEntries(registry).flatMap(({ path, parameter }) => {
    const { range, source } = annotations.get(section + path) ?? {};
    if (range === undefined || range[0] === range[1] || !isNumber(parameter)) return [];
    const [low, high] = range;
    return [
      {
        path: prefix + path,
        label: parameter.description,
        unit: parameter.unit,
        source: source ?? parameter.source,
        isWhole: parameter.kind === "count",
        value: valueAt(values, path) as number,
        low,
        high,
      },
    ];
  });
}

function isNumber(parameter: { readonly kind: string }): parameter is NumberParameter {
  return parameter.kind === "number" || parameter.kind === "count";
}

/** The value at a share of the way from the low end to the high one; whole numbers are rounded. */
export function valueAtShare({ low, high, isWhole }: Assumption, share: number): number {
  const value = share === 1 ? high : low + share * (high - low);
  return isWhole ? Math.floor(value + 0.5) : value;
}

/** The same with some assumptions at other values, path → value. Prices of a scenario without costs change nothing. */
export function withAssumptions<T extends Assumed>(scenario: T, values: ReadonlyMap<string, number>): T {
  let { service, costs } = scenario;
  for (const [path, value] of values)
    if (!path.startsWith(COSTS)) service = serviceParameters(changeAt(path, value), service);
    else if (costs !== null) costs = costParameters(changeAt(path.slice(COSTS.length), value), costs);
  return { ...scenario, service, costs };
}

/** What makes values impossible or runaway; empty if they can be played. */
export function problemsOf({ service, costs }: Assumed): string[] {
  return [...serviceProblems(service), ...(costs === null ? [] : limitProblems(COST_PARAMETERS, costs, COSTS))];
}
