import { valueAt } from "../registry/registry.ts";
import { parameterEntries, type ServiceParameters } from "../service/parameters.ts";

/** A value that differs between two scenarios. */
export type ParameterChange = {
  /** Place in the scenario, "staffing.caseloadCap". */
  readonly path: string;
  readonly label: string;
  /** "" for switches and choices, "1" for pure numbers. */
  readonly unit: string;
  readonly from: unknown;
  readonly to: unknown;
};

/** Every value of the service in which `to` differs from `from`, in the order of the registry. */
export function changesBetween(from: ServiceParameters, to: ServiceParameters): ParameterChange[] {
  return parameterEntries().flatMap(({ path, parameter }) => {
    const [before, after] = [valueAt(from, path), valueAt(to, path)];
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    const unit = "unit" in parameter ? parameter.unit : "";
    return [{ path, label: parameter.description, unit, from: before, to: after }];
  });
}
