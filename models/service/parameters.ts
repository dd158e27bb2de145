import type { ChangesOf, ValuesOf } from "../registry/parameterKinds.ts";
import { defaultsOf, type ParameterEntry, registryEntries, type Values, withChanges } from "../registry/registry.ts";
import { clientParameters } from "./clientParameters.ts";
import { outcomeParameters } from "./outcomeParameters.ts";
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

/** All parameters in the order of the registry, which is that of the schedule. */
export function parameterEntries(): ParameterEntry[] {
  return registryEntries(PARAMETERS);
}

/**
 * The defaults with some values changed.
 *
 * @param changes only what differs, nested as the registry
 * @param base    what is changed; the defaults if left out
 */
export function serviceParameters(changes: ServiceChanges = {}, base?: ServiceParameters): ServiceParameters {
  return withChanges(base ?? defaultsOf(PARAMETERS), changes as Values) as ServiceParameters;
}
