import { z } from "zod";
import { type Calculate, type Calculated, loadCalculator, plainNumber } from "./formula.ts";
import { describe, unknownKey } from "./messages.ts";
import { suggestion } from "./nearestName.ts";
import { type ConvertTime, inUnit, loadConverter, splitQuantity } from "./quantity.ts";
import { type Annotation, isNull, type Placed, type PlacedMap } from "./placed.ts";
import type { ValueNotes } from "./schema.ts";
import { bare, isOptional, notesOf, type ObjectSchema } from "./schemaWalk.ts";
import { shown } from "./shown.ts";
import { parseSweep } from "./sweep.ts";

/** What resolving a tree gathers on its way. */
export type Findings = {
  readonly problems: string[];
  /** Dotted path → what the file says about the value there. */
  readonly annotations: Map<string, Annotation>;
  /** Paths of values that were written, not filled in. */
  readonly written: Set<string>;
};

/** A value that was annotated, and what was said of it. */
type Bare = { readonly node: Placed; readonly annotation?: Annotation };

/** A number with its place: a value of a factor. */
export type PlacedNumber = { readonly value: number; readonly place: string };

/** What one of a list's names is called. */
const SINGULAR: Readonly<Record<string, string>> = { "analysis.tests": "test", "analysis.estimators": "estimator" };

const ANNOTATION_KEYS = ["value", "unit", "range", "source"];

/** Turns a placed tree into the plain values that the schema takes, checking each on the way. */
export type Resolver = {
  /** Any section; `handled` keys are left to the caller, `given` paths may be left out. */
  section(
    node: Placed,
    schema: ObjectSchema,
    path: readonly string[],
    options?: { readonly handled?: readonly string[]; readonly given?: ReadonlySet<string> },
  ): Promise<Record<string, unknown> | undefined>;
  /** One number or formula; its notes are kept under `notesName`. */
  number(node: Placed, schema: z.ZodType, name: string, notesName?: string): Promise<PlacedNumber | undefined>;
  /** One number, a list of numbers and sweeps, or a sweep. */
  numbers(node: Placed, schema: z.ZodType, name: string, notesName?: string): Promise<readonly PlacedNumber[]>;
  /** A short text. */
  text(node: Placed, name: string): string | undefined;
};

export function createResolver({ problems, annotations, written }: Findings): Resolver {
  let calculator: Promise<Calculate> | undefined;
  let converter: Promise<ConvertTime> | undefined;

  async function calculate(text: string): Promise<Calculated> {
    const value = plainNumber(text);
    if (value !== undefined && Number.isFinite(value)) return { value };
    calculator ??= loadCalculator();
    return (await calculator)(text);
  }

  function mustBe(node: Placed, name: string, notes: Partial<ValueNotes>, got: string): void {
    const wayOut = notes.wayOut ? `; ${notes.wayOut}` : "";
    problems.push(`${node.place}: ${name} must be ${notes.rule ?? "a number"}, got ${got}${wayOut}`);
  }

  async function annotated(node: Placed, schema: z.ZodType, name: string, notesName = name): Promise<Bare> {
    if (node.kind !== "map" || !ANNOTATION_KEYS.some((key) => node.entries.has(key))) return { node };
    const value = node.entries.get("value")?.node;
    for (const [key, { keyPlace }] of node.entries) {
      if (!ANNOTATION_KEYS.includes(key)) {
        problems.push(`${keyPlace}: unknown key "${key.slice(0, 60)}" in ${name}${suggestion(key, ANNOTATION_KEYS)}`);
      }
    }
    if (!value || isNull(value)) {
      problems.push(`${node.place}: ${name} has notes but no value; write { value: …, source: … }`);
      return { node: { kind: "scalar", place: node.place, value: null, source: "" } };
    }
    const unit = noteText(node, "unit", name);
    const source = noteText(node, "source", name);
    if (unit !== undefined) checkUnit(node, schema, name, unit);
    const range = await noteRange(node, name);
    const annotation = { ...(unit && { unit }), ...(range && { range }), ...(source && { source }) };
    annotations.set(notesName, annotation);
    return { node: value, annotation };
  }

  function noteText(node: PlacedMap, key: string, name: string): string | undefined {
    const note = node.entries.get(key)?.node;
    return note && !isNull(note) ? text(note, `${key} of ${name}`) : undefined;
  }

  function checkUnit(node: PlacedMap, schema: z.ZodType, name: string, unit: string): void {
    const { unit: known } = notesOf(schema);
    if (known === "" || unit === known || (unit === "1" && known !== undefined)) return;
    const place = node.entries.get("unit")?.node.place ?? node.place;
    const wayOut = known === undefined ? "leave it out" : `write "${known}" or leave it out`;
    const takes = known === undefined ? "no unit" : known === "1" ? "no unit, it is a plain number" : `"${known}"`;
    problems.push(`${place}: unit of ${name}: it takes ${takes}, got ${shown(unit)}; ${wayOut}`);
  }

  async function noteRange(node: PlacedMap, name: string): Promise<readonly [number, number] | undefined> {
    const note = node.entries.get("range")?.node;
    if (!note || isNull(note)) return undefined;
    const ends: number[] = [];
    for (const item of note.kind === "list" ? note.items : []) {
      const end = await number(item, z.number(), `range of ${name}`);
      if (!end) return undefined;
      ends.push(end.value);
    }
    if (ends.length === 2 && ends[0] <= ends[1]) return [ends[0], ends[1]];
    problems.push(`${note.place}: range of ${name} must be two numbers [low, high], got ${describe(note)}`);
    return undefined;
  }

  function checkRange({ value, place }: PlacedNumber, annotation: Annotation | undefined, name: string): void {
    const range = annotation?.range;
    if (!range || (value >= range[0] && value <= range[1])) return;
    problems.push(`${place}: ${name} must be in its own range [${range.join(", ")}], got ${value}`);
  }

  function checked(node: Placed, schema: z.ZodType, name: string, value: number): PlacedNumber | undefined {
    if (schema.safeParse(value).success) return { value, place: node.place };
    mustBe(node, name, notesOf(schema), String(value));
    return undefined;
  }

  /** A scalar that is a number or computes to one. */
  async function scalarNumber(node: Placed, schema: z.ZodType, name: string): Promise<PlacedNumber | undefined> {
    if (node.kind === "scalar" && typeof node.value === "number") return checked(node, schema, name, node.value);
    if (node.kind !== "scalar" || typeof node.value !== "string" || node.value.trim() === "") {
      mustBe(node, name, notesOf(schema), describe(node));
      return undefined;
    }
    const calculated = await quantity(node.value, notesOf(schema).unit);
    if ("value" in calculated) return checked(node, schema, name, calculated.value);
    problems.push(`${node.place}: ${name} ${calculated.fault}`);
    return undefined;
  }

  /** A number, a formula, or either with a unit where the value has one. */
  async function quantity(text: string, unit: string | undefined): Promise<Calculated> {
    const parts = unit === undefined || unit === "" ? undefined : splitQuantity(text);
    if (!parts || unit === undefined) return calculate(text);
    const amount = await calculate(parts.amount);
    if (!("value" in amount)) return calculate(text);
    return inUnit(amount.value, parts.unit, unit, () => {
      converter ??= loadConverter();
      return converter;
    });
  }

  async function number(
    node: Placed,
    schema: z.ZodType,
    name: string,
    notesName = name,
  ): Promise<PlacedNumber | undefined> {
    const { node: value, annotation } = await annotated(node, schema, name, notesName);
    if (isNull(value) && value !== node) return undefined;
    const found = await scalarNumber(value, schema, name);
    if (found) checkRange(found, annotation, name);
    return found;
  }

  async function sweep(node: Placed, schema: z.ZodType, name: string, written: string): Promise<PlacedNumber[]> {
    // mathjs is not needed for a sweep of plain numbers; the calculator is fetched only for formulas.
    const parts = new Map<string, Calculated>();
    for (const part of written.split(":").slice(0, 4)) parts.set(part.trim(), await calculate(part.trim()));
    const swept = parseSweep(written, (part) => parts.get(part) ?? { fault: "" });
    if ("fault" in swept) {
      problems.push(`${node.place}: ${name} ${swept.fault}`);
      return [];
    }
    const values: PlacedNumber[] = [];
    for (const value of swept.values) {
      const found = checked(node, schema, name, value);
      if (!found) return [];
      values.push(found);
    }
    return values;
  }

  async function numbers(
    node: Placed,
    schema: z.ZodType,
    name: string,
    notesName = name,
  ): Promise<readonly PlacedNumber[]> {
    const { node: value, annotation } = await annotated(node, schema, name, notesName);
    if (isNull(value) && value !== node) return [];
    const values: PlacedNumber[] = [];
    if (value.kind === "list" && value.items.length === 0) problems.push(`${value.place}: ${name} lists no value`);
    for (const item of value.kind === "list" ? value.items : [value]) {
      if (item.kind === "scalar" && typeof item.value === "string" && item.value.includes(":")) {
        values.push(...(await sweep(item, schema, name, item.value)));
      } else {
        const found = await scalarNumber(item, schema, name);
        if (found) values.push(found);
      }
    }
    for (const found of values) checkRange(found, annotation, name);
    return values;
  }

  function text(node: Placed, name: string): string | undefined {
    if (node.kind === "scalar" && node.value !== null) return typeof node.value === "string" ? node.value : node.source;
    problems.push(`${node.place}: ${name} must be text, got ${describe(node)}`);
    return undefined;
  }

  /** A value from a closed list of names. */
  function choice(node: Placed, known: readonly string[], name: string): string | undefined {
    if (node.kind === "scalar" && known.includes(node.source)) return node.source;
    if (node.kind === "scalar") {
      problems.push(`${node.place}: unknown ${name} ${describe(node)}${suggestion(node.source, known)}`);
    } else {
      problems.push(`${node.place}: ${name} must be one of ${known.join(", ")}, got ${describe(node)}`);
    }
    return undefined;
  }

  async function choices(node: Placed, schema: z.ZodType, path: readonly string[]): Promise<string[] | undefined> {
    const name = path.join(".");
    const { node: value } = await annotated(node, schema, name);
    if (value.kind !== "list" || value.items.length === 0) {
      problems.push(`${value.place}: ${name} must be a list of names, e.g. [sobel], got ${describe(value)}`);
      return undefined;
    }
    const known = ((bare(schema) as z.ZodArray).element as z.ZodEnum).options as string[];
    const found: string[] = [];
    for (const item of value.items) {
      const one = choice(item, known, SINGULAR[name] ?? name);
      if (one !== undefined && found.includes(one)) problems.push(`${item.place}: ${name} lists ${one} twice`);
      if (one !== undefined) found.push(one);
    }
    return found;
  }

  /** A list of names from a closed list, of numbers, of texts, or of sections. */
  async function list(node: Placed, schema: z.ZodType, array: z.ZodArray, path: readonly string[]): Promise<unknown> {
    const element = array.element as z.ZodType;
    const inner = bare(element);
    const name = path.join(".");
    if (inner instanceof z.ZodEnum) return choices(node, array, path);
    if (inner instanceof z.ZodNumber) {
      const found = await numbers(node, inner, name);
      return found.length === 0 ? undefined : found.map(({ value }) => value);
    }
    const { node: value } = await annotated(node, schema, name);
    if (isNull(value)) return undefined;
    if (value.kind !== "list") {
      problems.push(`${value.place}: ${name} must be a list, got ${describe(value)}`);
      return undefined;
    }
    const found: unknown[] = [];
    for (const [index, item] of value.items.entries()) {
      const below = [...path.slice(0, -1), `${path.at(-1)}[${index}]`];
      found.push(
        inner instanceof z.ZodObject
          ? await section(item, inner as ObjectSchema, below)
          : await leaf(item, element, below),
      );
    }
    return found.filter((one) => one !== undefined);
  }

  async function leaf(node: Placed, schema: z.ZodType, path: readonly string[]): Promise<unknown> {
    const name = path.join(".");
    const inner = bare(schema);
    if (inner instanceof z.ZodNumber) return (await number(node, inner, name))?.value;
    if (inner instanceof z.ZodArray) return list(node, schema, inner, path);
    if (inner instanceof z.ZodEnum) {
      const { node: value } = await annotated(node, schema, name);
      return isNull(value) ? undefined : choice(value, inner.options as string[], name);
    }
    const { node: value } = await annotated(node, schema, name);
    if (isNull(value)) return undefined;
    if (inner instanceof z.ZodString) {
      const found = text(value, name);
      if (found === undefined || schema.safeParse(found).success) return found;
      mustBe(value, name, notesOf(schema), shown(found));
      return undefined;
    }
    const found = value.kind === "scalar" ? value.value : undefined;
    if (!inner.safeParse(found).success) mustBe(value, name, notesOf(schema), describe(value));
    return found;
  }

  async function union(node: Placed, schema: z.ZodDiscriminatedUnion, path: readonly string[]): Promise<unknown> {
    const key = schema.def.discriminator;
    const options = schema.options as unknown as readonly ObjectSchema[];
    const nameOf = (option: ObjectSchema) => (option.shape[key] as z.ZodLiteral).value as string;
    if (node.kind !== "map") {
      problems.push(
        `${node.place}: ${path.join(".")} must be like { ${key}: ${nameOf(options[0])} }, got ${describe(node)}`,
      );
      return undefined;
    }
    const given = node.entries.get(key)?.node;
    if (!given || isNull(given)) {
      problems.push(`${node.place}: ${[...path, key].join(".")} is missing; it is ${options.map(nameOf).join(" or ")}`);
      return undefined;
    }
    const chosen = choice(given, options.map(nameOf), [...path, key].join("."));
    const option = options.find((candidate) => nameOf(candidate) === chosen);
    if (!option) return undefined;
    const foreign = [...node.entries].filter(([name]) => !Object.hasOwn(option.shape, name));
    const misplaced = foreign.filter(([name]) => options.some((other) => Object.hasOwn(other.shape, name)));
    for (const [name, { keyPlace }] of misplaced) {
      const owners = options.filter((other) => Object.hasOwn(other.shape, name)).map(nameOf);
      problems.push(`${keyPlace}: ${[...path, name].join(".")} is for ${key}: ${owners.join(" or ")}, not ${chosen}`);
    }
    const rest = await section(node, option, path, { handled: [key, ...misplaced.map(([name]) => name)] });
    return { ...rest, [key]: chosen };
  }

  async function value(node: Placed, schema: z.ZodType, path: readonly string[], given: ReadonlySet<string>) {
    const inner = bare(schema);
    if (inner instanceof z.ZodObject) return section(node, inner as ObjectSchema, path, { given });
    if (inner instanceof z.ZodDiscriminatedUnion) return union(node, inner, path);
    return leaf(node, schema, path);
  }

  async function section(
    node: Placed,
    schema: ObjectSchema,
    path: readonly string[],
    { handled = [], given = new Set<string>() }: Parameters<Resolver["section"]>[3] & object = {},
  ): Promise<Record<string, unknown> | undefined> {
    const name = path.join(".");
    if (node.kind !== "map") {
      problems.push(`${node.place}: ${name || "a scenario"} must be a mapping (key: value), got ${describe(node)}`);
      return undefined;
    }
    const plain: Record<string, unknown> = {};
    for (const [key, entry] of node.entries) {
      if (handled.includes(key) || isNull(entry.node)) continue;
      if (!Object.hasOwn(schema.shape, key)) continue;
      const below = [...path, key];
      written.add(below.join("."));
      const found = await value(entry.node, schema.shape[key], below, given);
      if (found !== undefined) plain[key] = found;
    }
    for (const [key, { keyPlace }] of node.entries) {
      if (handled.includes(key) || Object.hasOwn(schema.shape, key)) continue;
      problems.push(`${keyPlace}: ${unknownKey(key, name, schema)}`);
    }
    for (const [key, below] of Object.entries(schema.shape)) {
      const entry = node.entries.get(key);
      if (handled.includes(key) || (entry && !isNull(entry.node)) || isOptional(below)) continue;
      missing(node.place, below, [...path, key], given);
    }
    return plain;
  }

  /** Says of each value below `path` that has no default that it is missing. */
  function missing(place: string, schema: z.ZodType, path: readonly string[], given: ReadonlySet<string>): void {
    const inner = bare(schema);
    if (inner instanceof z.ZodObject) {
      for (const [key, below] of Object.entries((inner as ObjectSchema).shape)) {
        if (!isOptional(below)) missing(place, below, [...path, key], given);
      }
      return;
    }
    const name = path.join(".");
    if (given.has(name)) return;
    problems.push(`${place}: ${name} is missing (${notesOf(schema).description ?? "a value"}); it has no default`);
  }

  return { section, number, numbers, text };
}
