import { COST_PARAMETERS } from "../costs/parameters.ts";
import type { Registry } from "../registry/parameterKinds.ts";
import { registryEntries, valueAt } from "../registry/registry.ts";
import type { ServiceScenario } from "../scenario/types.ts";
import { PARAMETERS } from "../service/parameters.ts";

/** A value that differs between two scenarios. */
export type ParameterChange = {
  /** Place in the scenario, "staffing.caseloadCap" or "costs.salaries.manager". */
  readonly path: string;
  readonly label: string;
  /** "" for switches and choices, "1" for pure numbers. */
  readonly unit: string;
  readonly from: unknown;
  readonly to: unknown;
};

type Compared = Pick<ServiceScenario, "service" | "costs">;
type Measured = Pick<ServiceScenario, "study" | "kpis">;

/** Every value of the service, and every price, in which `to` differs from `from`, in the order of the registries. */
export function changesBetween(from: Compared, to: Compared): ParameterChange[] {
  return [
    ...changesIn(PARAMETERS, from.service, to.service),
    ...(from.costs === null || to.costs === null ? [] : changesIn(COST_PARAMETERS, from.costs, to.costs, "costs.")),
  ];
}

/** Sections of which a comparison takes the base's for all: they say what is measured, not what happens. */
const OF_BASE = ["study", "kpis"] as const;
export type IgnoredSection = (typeof OF_BASE)[number];

/** Those of them in which `to` differs from `from`. */
export function ignoredSections(from: Measured, to: Measured): IgnoredSection[] {
  return OF_BASE.filter((section) => JSON.stringify(from[section]) !== JSON.stringify(to[section]));
}

function changesIn(registry: Registry, from: object, to: object, prefix = ""): ParameterChange[] {
  return registryEntries(registry).flatMap(({ path, parameter }) => {
    const [before, after] = [valueAt(from, path), valueAt(to, path)];
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    const unit = "unit" in parameter ? parameter.unit : "";
    return [{ path: prefix + path, label: parameter.description, unit, from: before, to: after }];
  });
}
