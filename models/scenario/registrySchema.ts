import { z } from "zod";
import { isParameter, type Parameter, type Registry } from "../registry/parameterKinds.ts";
import { ruleOf } from "../registry/registry.ts";

/**
 * The schema of a section whose values a registry describes: keys, limits, defaults and notes are the registry's, so that
 * there is one place for each. All below the section itself may be left out, unknown keys are refused.
 */
export function registrySchema(registry: Registry, description: string): z.ZodType {
  const shape = Object.entries(registry).map(([name, entry]): [string, z.ZodType] => [
    name,
    isParameter(entry) ? parameterSchema(entry) : registrySchema(entry, wordsOf(name)).prefault({}),
  ]);
  return z.strictObject(Object.fromEntries(shape)).meta({ description });
}

function parameterSchema(parameter: Parameter): z.ZodType {
  const notes = { description: parameter.description, rule: ruleOf(parameter), source: parameter.source };
  switch (parameter.kind) {
    case "switch":
      return z.boolean().meta(notes).default(parameter.value);
    case "choice":
      return z
        .enum(parameter.options as readonly [string, ...string[]])
        .meta(notes)
        .default(parameter.value);
    case "text":
      return z.string().regex(parameter.form).meta(notes).default(parameter.value);
    case "list": {
      const { of, least, most, unit } = parameter;
      const element = (of === "rising" ? z.number() : z.int())
        .gte(least)
        .lte(most)
        .meta({ ...notes, unit });
      return z
        .array(element)
        .min(1)
        .meta({ ...notes, unit })
        .default([...parameter.value]);
    }
    default: {
      const { kind, least, most, unit, plausible } = parameter;
      const wayOut = plausible ? { wayOut: `evidence leaves ${plausible[0]} to ${plausible[1]} open` } : {};
      return (kind === "number" ? z.number() : z.int())
        .gte(least)
        .lte(most)
        .meta({ ...notes, unit, ...wayOut })
        .default(parameter.value);
    }
  }
}

/** "turnoverLoss" → "turnover loss". */
function wordsOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
