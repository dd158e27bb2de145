import { clientParameters } from "./clientParameters.ts";
import { outcomeParameters } from "./outcomeParameters.ts";
import { type ChangesOf, isParameter, type Parameter, type Registry, type ValuesOf } from "./parameterKinds.ts";
import { programParameters } from "./programParameters.ts";

/**
 * The one registry of the service model's parameters: default, unit, limits, description and source of each. The type
 * of a parameter set, its defaults and its checks follow from it. Effects are the shrunken ones: published effects that
 * passed a significance filter at a power of about one half are inflated by 1.3 to 1.5; they stand beside, as source.
 */
export const PARAMETERS = { ...programParameters, ...clientParameters, ...outcomeParameters } as const;

/** Every parameter of the service model, as plain values. */
export type ServiceParameters = ValuesOf<typeof PARAMETERS>;
export type ServiceChanges = ChangesOf<ServiceParameters>;

/** One parameter with its place, "staffing.turnover.perYear". */
export type ParameterEntry = { readonly path: string; readonly parameter: Parameter };

/** All parameters in the order of the registry, which is that of the schedule. */
export function parameterEntries(registry: Registry = PARAMETERS, prefix = ""): ParameterEntry[] {
  return Object.entries(registry).flatMap(([name, entry]) =>
    isParameter(entry) ? [{ path: prefix + name, parameter: entry }] : parameterEntries(entry, `${prefix}${name}.`),
  );
}

/**
 * The defaults with some values changed.
 *
 * @param changes only what differs, nested as the registry
 * @param base    what is changed; the defaults if left out
 */
export function serviceParameters(changes: ServiceChanges = {}, base?: ServiceParameters): ServiceParameters {
  return merged(base ?? valuesOf(PARAMETERS), changes) as ServiceParameters;
}

/** The value at a place like "staffing.turnover.perYear". */
export function parameterAt(parameters: ServiceParameters, path: string): unknown {
  return path.split(".").reduce<unknown>((section, name) => (section as Record<string, unknown>)[name], parameters);
}

/** Changes that set one place, for `serviceParameters`. */
export function changeAt(path: string, value: unknown): ServiceChanges {
  return path.split(".").reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as ServiceChanges;
}

type Values = { readonly [name: string]: unknown };

function valuesOf(registry: Registry): Values {
  return Object.fromEntries(
    Object.entries(registry).map(([name, entry]) => [name, isParameter(entry) ? entry.value : valuesOf(entry)]),
  );
}

function merged(base: Values, changes: Values): Values {
  const result: Record<string, unknown> = { ...base };
  for (const [name, change] of Object.entries(changes))
    if (change !== undefined)
      result[name] = typeof change === "object" ? merged(base[name] as Values, change as Values) : change;
  return result;
}
