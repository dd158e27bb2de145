import { isParameter, type Parameter, type Registry } from "./parameterKinds.ts";

/** One parameter with its place, "staffing.turnover.perYear". */
export type ParameterEntry = { readonly path: string; readonly parameter: Parameter };

/** Values or changes as plain data, nested as their registry. */
export type Values = { readonly [name: string]: unknown };

/** All parameters with their places, in the order of the registry. */
export function registryEntries(registry: Registry, prefix = ""): ParameterEntry[] {
  return Object.entries(registry).flatMap(([name, entry]) =>
    isParameter(entry) ? [{ path: prefix + name, parameter: entry }] : registryEntries(entry, `${prefix}${name}.`),
  );
}

export function defaultsOf(registry: Registry): Values {
  return Object.fromEntries(
    Object.entries(registry).map(([name, entry]) => [name, isParameter(entry) ? entry.value : defaultsOf(entry)]),
  );
}

/** `base` with some values changed; sections merge, a list is replaced. */
export function withChanges(base: Values, changes: Values): Values {
  const result: Record<string, unknown> = { ...base };
  for (const [name, change] of Object.entries(changes)) {
    if (change === undefined) continue;
    const isSection = typeof change === "object" && !Array.isArray(change);
    result[name] = isSection ? withChanges(base[name] as Values, change as Values) : change;
  }
  return result;
}

/** The value at a place like "staffing.turnover.perYear". */
export function valueAt(values: object, path: string): unknown {
  return path.split(".").reduce<unknown>((section, name) => (section as Values)[name], values);
}

/** Changes that set one place, for `withChanges`. */
export function changeAt(path: string, value: unknown): Values {
  return path.split(".").reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as Values;
}

/** What a value of a parameter must be: "a whole number from 1 to 9 (clients)". Completes "… must be". */
export function ruleOf(parameter: Parameter): string {
  switch (parameter.kind) {
    case "switch":
      return "true or false";
    case "choice":
      return `one of ${parameter.options.join(", ")}`;
    case "text":
      return parameter.rule;
    case "list": {
      const { of, least, most, unit } = parameter;
      return of === "rising"
        ? `a rising list of numbers from ${least} to ${most} (${unit}), at least .01 apart`
        : `a list of whole numbers from ${least} to ${most} (${unit})`;
    }
    default: {
      const { kind, least, most, unit } = parameter;
      const range = `${kind === "count" ? "a whole number" : "a number"} from ${least} to ${most}`;
      return `${least === most ? least : range}${unit === "1" ? "" : ` (${unit})`}`;
    }
  }
}

/** Whether a value is within the parameter's limits. */
export function isWithinLimits(parameter: Parameter, value: unknown): boolean {
  switch (parameter.kind) {
    case "switch":
      return typeof value === "boolean";
    case "choice":
      return parameter.options.some((option) => option === value);
    case "text":
      return typeof value === "string" && parameter.form.test(value);
    case "list": {
      const { of, least, most } = parameter;
      const fits = (x: unknown) => typeof x === "number" && x >= least && x <= most;
      if (!Array.isArray(value) || value.length === 0 || !value.every(fits)) return false;
      return of === "rising" ? rises(value) : value.every(Number.isInteger);
    }
    default: {
      const { kind, least, most } = parameter;
      const fits = typeof value === "number" && value >= least && value <= most;
      return fits && (kind === "number" || Number.isInteger(value));
    }
  }
}

/** Times in one hundredth of a month would share their draws. */
function rises(values: readonly number[]): boolean {
  const hundredth = (value: number) => Math.floor(value * 100 + 0.5);
  return values.every((value, i) => i === 0 || hundredth(value) > hundredth(values[i - 1]));
}

/** Every value outside its limits, as "staffing.caseloadCap must be …, got 0". */
export function limitProblems(registry: Registry, values: object, prefix = ""): string[] {
  return registryEntries(registry).flatMap(({ path, parameter }) => {
    const value = valueAt(values, path);
    const got = typeof value === "number" ? String(value) : JSON.stringify(value);
    return isWithinLimits(parameter, value) ? [] : [`${prefix}${path} must be ${ruleOf(parameter)}, got ${got}`];
  });
}
