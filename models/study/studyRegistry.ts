import type { Parameter } from "../service/parameterKinds.ts";

/** Several values of one kind in ascending order, such as the months of interviews. */
export type ListParameter = {
  readonly kind: "list";
  readonly value: readonly number[];
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  readonly description: string;
  readonly source: string;
};

export type StudyParameter = Parameter | ListParameter;
export type StudyRegistry = { readonly [name: string]: StudyParameter | StudyRegistry };

/** The plain values that a registry describes. */
export type StudyValuesOf<T> = T extends { readonly kind: "list" }
  ? readonly number[]
  : T extends { readonly kind: "number" | "count" }
    ? number
    : T extends { readonly kind: "switch" }
      ? boolean
      : T extends { readonly kind: "choice"; readonly options: readonly (infer Option)[] }
        ? Option
        : { readonly [K in keyof T]: StudyValuesOf<T[K]> };

/** Only what changes; a list changes as a whole. */
export type StudyChangesOf<T> = {
  readonly [K in keyof T]?: T[K] extends readonly number[] ? T[K] : T[K] extends object ? StudyChangesOf<T[K]> : T[K];
};

export function list(
  value: readonly number[],
  unit: string,
  [least, most]: readonly [number, number],
  description: string,
  source = "assumption",
): ListParameter {
  return { kind: "list", value, unit, least, most, description, source };
}

function isStudyParameter(entry: StudyParameter | StudyRegistry): entry is StudyParameter {
  return typeof entry.kind === "string";
}

/** All parameters with their places ("audits.months"), in the order of the registry. */
export function registryEntries(
  registry: StudyRegistry,
  prefix = "",
): { readonly path: string; readonly parameter: StudyParameter }[] {
  return Object.entries(registry).flatMap(([name, entry]) =>
    isStudyParameter(entry) ? [{ path: prefix + name, parameter: entry }] : registryEntries(entry, `${prefix}${name}.`),
  );
}

type Values = { readonly [name: string]: unknown };

export function defaultsOf(registry: StudyRegistry): Values {
  return Object.fromEntries(
    Object.entries(registry).map(([name, entry]) => [name, isStudyParameter(entry) ? entry.value : defaultsOf(entry)]),
  );
}

/** `base` with some values changed. */
export function withChanges(base: Values, changes: Values): Values {
  const result: Record<string, unknown> = { ...base };
  for (const [name, change] of Object.entries(changes)) {
    if (change === undefined) continue;
    const isSection = typeof change === "object" && !Array.isArray(change);
    result[name] = isSection ? withChanges(base[name] as Values, change as Values) : change;
  }
  return result;
}
