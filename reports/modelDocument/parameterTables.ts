import { isParameter, type Parameter, type Registry } from "../../models/registry/parameterKinds.ts";
import { type ParameterEntry, registryEntries } from "../../models/registry/registry.ts";
import { code, heading, markdownTable } from "./markdown.ts";

const COLUMNS = ["Parameter", "Default", "Unit", "Limits", "Plausible", "Meaning", "Source"];

/**
 * One table for each section of a registry (a parameter outside of sections has its own): path, default, unit, limits of
 * meaning (checked), range that evidence leaves open, meaning, source. Whatever is assumed is marked **assumption**.
 *
 * @param level of the headings
 */
export function parameterTables(registry: Registry, level: number): string[] {
  return Object.entries(registry).flatMap(([name, entry]) => {
    const entries = isParameter(entry) ? [{ path: name, parameter: entry }] : registryEntries(entry, `${name}.`);
    return [heading(level, code(name)), markdownTable(COLUMNS, entries.map(rowOf))];
  });
}

/** How many parameters there are, and how many rest on an assumption. */
export function countSources(registry: Registry): { readonly all: number; readonly assumed: number } {
  const entries = registryEntries(registry);
  return { all: entries.length, assumed: entries.filter(({ parameter }) => isAssumed(parameter)).length };
}

function rowOf({ path, parameter }: ParameterEntry): string[] {
  const isNumber = parameter.kind === "number" || parameter.kind === "count";
  return [
    code(path),
    valueWords(parameter.value),
    "unit" in parameter ? parameter.unit : "",
    limitWords(parameter),
    isNumber && parameter.plausible !== undefined
      ? `${numberWords(parameter.plausible[0])} to ${numberWords(parameter.plausible[1])}`
      : "",
    parameter.description,
    isAssumed(parameter) ? parameter.source.replace("assumption", "`assumption`") : parameter.source,
  ];
}

function isAssumed({ source }: Parameter): boolean {
  return source.startsWith("assumption");
}

function valueWords(value: Parameter["value"]): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value === "string") return value;
  return typeof value === "number" ? numberWords(value) : value.map(numberWords).join(", ");
}

function limitWords(parameter: Parameter): string {
  switch (parameter.kind) {
    case "switch":
      return "on, off";
    case "choice":
      return parameter.options.join(", ");
    case "text":
      return parameter.rule;
    case "list":
      return `each ${numberWords(parameter.least)} to ${numberWords(parameter.most)}${parameter.of === "rising" ? ", rising" : ", whole"}`;
    default: {
      const { kind, least, most } = parameter;
      if (least === most) return "fixed";
      return `${numberWords(least)} to ${numberWords(most)}${kind === "count" ? ", whole" : ""}`;
    }
  }
}

/** At most four significant digits, which is more than any source gives: 1.388888… → "1.389". */
function numberWords(value: number): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(4))).replace("-", "−");
}
