import { z } from "zod";
import { PARAMETERS } from "../service/parameters.ts";
import { nClientsSchema, scenarioFileSchema, type ValueNotes } from "./schema.ts";

export type ObjectSchema = z.ZodObject<Record<string, z.ZodType>>;

/** The schema behind its defaults. */
export function bare(schema: z.ZodType): z.ZodType {
  let inner: z.ZodType = schema;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault || inner instanceof z.ZodOptional) {
    inner = inner.unwrap() as z.ZodType;
  }
  return inner;
}

/** The notes of a value, wherever among its defaults they were written. */
export function notesOf(schema: z.ZodType): Partial<ValueNotes> {
  return { ...bare(schema).meta(), ...schema.meta() } as Partial<ValueNotes>;
}

/** True when the value may be left out. */
export function isOptional(schema: z.ZodType): boolean {
  return schema.safeParse(undefined).success;
}

/** Scenario sections that belong to one generator alone; the rest serve both. */
export const SECTIONS_OF = {
  paths: ["paths"],
  service: ["service", "study", "costs", "kpis", "calibration"],
} as const;
export type Generator = keyof typeof SECTIONS_OF;

/**
 * Every number that a grid may vary, by dotted path, in the order of the schema: `paths.a`, … `service.teams.count`, …
 * `analysis.level`, … and `nClients` first.
 */
export const FACTOR_SCHEMAS: ReadonlyMap<string, z.ZodType> = factorSchemas();

/** The factors that scenarios with a generator may vary. */
export function factorsOf(generator: Generator): string[] {
  const others: readonly string[] = generator === "paths" ? SECTIONS_OF.service : SECTIONS_OF.paths;
  return [...FACTOR_SCHEMAS.keys()].filter((name) => !others.includes(name.split(".")[0]));
}

/** Factor names as people type them in short: a, b and cPrime. */
const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ["a", "paths.a"],
  ["b", "paths.b"],
  ["cPrime", "paths.cPrime"],
]);

/**
 * The one name that results use for a value: `a` is `paths.a`, `staffing.caseloadCap` is `service.staffing.caseloadCap`.
 * Unknown names come back unchanged.
 */
export function fullPath(written: string): string {
  const [first] = written.split(".");
  const isOfService = Object.hasOwn(PARAMETERS, first) && !Object.hasOwn(scenarioFileSchema.shape, first);
  return SHORT_NAMES.get(written) ?? (isOfService ? `service.${written}` : written);
}

function factorSchemas(): Map<string, z.ZodType> {
  const found = new Map<string, z.ZodType>([["nClients", nClientsSchema]]);
  const visit = (schema: z.ZodType, path: readonly string[]): void => {
    const inner = bare(schema);
    if (inner instanceof z.ZodNumber) found.set(path.join("."), inner);
    if (inner instanceof z.ZodObject) {
      for (const [key, below] of Object.entries((inner as ObjectSchema).shape)) visit(below, [...path, key]);
    }
    if (inner instanceof z.ZodDiscriminatedUnion) {
      for (const option of inner.options) visit(option as z.ZodType, path);
    }
  };
  for (const section of ["paths", "service", "study", "analysis"] as const)
    visit(scenarioFileSchema.shape[section], [section]);
  return found;
}
