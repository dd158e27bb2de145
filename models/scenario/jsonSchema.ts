import { z } from "zod";
import { scenarioFileSchema } from "./schema.ts";
import { FACTOR_SCHEMAS } from "./schemaWalk.ts";

type Json = { [key: string]: unknown };

const FORMULA = { $ref: "#/$defs/formula" };
const NOTES = {
  range: { type: "array", items: { type: "number" }, minItems: 2, maxItems: 2, description: "[low, high]" },
  source: { type: "string", description: "Where the value comes from" },
};
const NUMBER = { anyOf: [{ type: "number" }, FORMULA] };

/** What is said once and referred to. */
const DEFINITIONS = {
  formula: {
    type: "string",
    description:
      "A formula (numbers, + - * / ^ ( ), pi, e, sqrt, exp, log, abs, min, max), or a quantity with a unit (8 weeks, 0.3 per year)",
  },
  annotated: {
    type: "object",
    description: "A value with notes",
    properties: { value: {}, unit: { type: "string", description: "Unit" }, ...NOTES },
    required: ["value"],
    additionalProperties: false,
  },
  factorValue: annotatable({ type: "number" }, ""),
  factorValues: annotatable({ type: "number" }, "", [
    { type: "string", pattern: ":", description: "A sweep start:step:stop, e.g. 100:50:600" },
    { type: "array", items: NUMBER, minItems: 1 },
  ]),
};

/**
 * The JSON Schema (draft 2020-12) of a scenario file as people write it, for editors: completion, descriptions, and
 * bounds of plain numbers. Wider than the parser where JSON Schema has no words: a formula may be any text, and
 * whether a value is missing depends on `extends`.
 */
export function scenarioJsonSchema(): Json {
  const { $schema, ...schema } = z.toJSONSchema(scenarioFileSchema, { io: "input" }) as Json;
  const written = asWritten(schema, []) as Json;
  return { $schema, title: "caseload scenario", ...written, $defs: DEFINITIONS };
}

function asWritten(schema: Json, path: readonly string[]): Json {
  const name = path.join(".");
  const { rule: _rule, wayOut: _wayOut, source: _source, unit, ...plain } = schema;
  if (name === "power.grid") return gridSchema(plain);
  if (name === "power.conditions") return conditionsSchema(plain);
  if (name === "kpis")
    return { ...plain, additionalProperties: asWritten(plain.additionalProperties as Json, [...path, "name"]) };
  if (plain.oneOf) return { ...plain, oneOf: (plain.oneOf as Json[]).map((option) => asWritten(option, path)) };
  if (plain.properties) {
    const properties = Object.entries(plain.properties as Record<string, Json>);
    const { required: _required, ...rest } = plain;
    return {
      ...rest,
      properties: Object.fromEntries(properties.map(([key, below]) => [key, asWritten(below, [...path, key])])),
    };
  }
  if (plain.const !== undefined) return plain;
  const { description, default: preset, ...type } = plain;
  const items = type.items as Json | undefined;
  const { rule: _itemRule, source: _itemSource, unit: _itemUnit, wayOut: _itemWayOut, ...item } = items ?? {};
  return {
    ...(description !== undefined && { description }),
    ...(preset !== undefined && { default: preset }),
    ...(/^(service|study|costs)\./.test(name)
      ? registryValue(items ? { ...type, items: item } : type)
      : annotatable(items ? { ...type, items: item } : type, unit as string | undefined)),
  };
}

/** The same for the hundreds of values of the registries, briefer: bounds hold for plain values only. */
function registryValue(type: Json): Json {
  const isNumber = type.type === "number" || type.type === "integer";
  return { anyOf: [type, ...(isNumber ? [FORMULA] : []), { $ref: "#/$defs/annotated" }] };
}

/** A plain value, a formula where it is a number, or either with notes. */
function annotatable(type: Json, unit: string | undefined, alsoAs: readonly Json[] = []): Json {
  const isNumber = type.type === "number" || type.type === "integer";
  const forms = [type, ...(isNumber ? [FORMULA] : []), ...alsoAs];
  const named =
    unit === undefined ? {} : { unit: { description: "Unit", ...(unit ? unitSchema(unit) : { type: "string" }) } };
  const notes = { ...named, ...NOTES };
  const value = forms.length === 1 ? type : { anyOf: forms };
  const annotated = {
    type: "object",
    properties: { value, ...notes },
    required: ["value"],
    additionalProperties: false,
  };
  return { anyOf: [...forms, annotated] };
}

function unitSchema(unit: string): Json {
  return { enum: [...new Set([unit, "1"])] };
}

function gridSchema({ description, default: preset }: Json): Json {
  const properties = factorProperties({ $ref: "#/$defs/factorValues" });
  return { description, default: preset, type: "object", properties, additionalProperties: false };
}

function conditionsSchema({ description, default: preset }: Json): Json {
  const label = { type: "string", maxLength: 200, description: "A name for people" };
  const properties = { label, ...factorProperties({ $ref: "#/$defs/factorValue" }) };
  const items = { type: "object", properties, additionalProperties: false };
  return { description, default: preset, type: "array", items };
}

function factorProperties(values: Json): Json {
  return Object.fromEntries([...FACTOR_SCHEMAS.keys(), "a", "b", "cPrime"].map((name) => [name, values]));
}
