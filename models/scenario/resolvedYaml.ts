import { Document, isMap, isScalar, isSeq, type Node, type Pair } from "yaml";
import type { Annotation } from "./placed.ts";
import { type ScenarioFile, scenarioFileSchema, type ValueNotes } from "./schema.ts";
import { bare, notesOf, type ObjectSchema } from "./schemaWalk.ts";

/**
 * A resolved scenario as a file that says what every value is: bases, flags, formulas and sweeps resolved, defaults
 * filled in and marked, notes of the original files as comments. Parsing it again gives the same scenario.
 */
export function resolvedYaml(
  file: ScenarioFile,
  annotations: ReadonlyMap<string, Annotation>,
  written: ReadonlySet<string>,
): string {
  const { extends: _resolved, ...values } = file;
  const document = new Document(inSchemaOrder(values), { aliasDuplicateObjects: false });
  const varied = new Set([
    ...Object.keys(file.power.grid),
    ...file.power.conditions.flatMap((one) => Object.keys(one)),
  ]);
  addComments(document.contents as Node, [], { annotations, written, varied });
  return document.toString({ lineWidth: 0 });
}

type Origin = {
  readonly annotations: ReadonlyMap<string, Annotation>;
  readonly written: ReadonlySet<string>;
  /** Factors: their value under `paths` or `analysis` is replaced in every condition. */
  readonly varied: ReadonlySet<string>;
};

/** Keys in the order of the schema, whatever order a file gave them. */
function inSchemaOrder(values: Record<string, unknown>): Record<string, unknown> {
  const order = Object.keys(scenarioFileSchema.shape);
  return Object.fromEntries(order.filter((key) => key in values).map((key) => [key, values[key]]));
}

function addComments(node: Node, path: readonly string[], origin: Origin): void {
  const name = path.join(".");
  if (isMap(node)) {
    const isPlainCondition = name.startsWith("power.conditions[") && !hasNotes(name, origin.annotations);
    node.flow = isPlainCondition || node.items.length === 0;
    if (isPlainCondition) return;
    for (const pair of node.items as Pair<Node, Node>[]) {
      const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
      addComments(pair.value as Node, [...path, key], origin);
    }
    return;
  }
  if (isSeq(node)) {
    node.flow = !node.items.some((item) => isMap(item));
    for (const [i, item] of node.items.entries()) {
      if (isMap(item)) addComments(item, [...path.slice(0, -1), `${path.at(-1)}[${i}]`], origin);
    }
    if (!node.flow) return;
  }
  const notes = commentOf(path, origin);
  const isBlock = isScalar(node) && typeof node.value === "string" && node.value.includes("\n");
  if (notes !== "" && !isBlock) node.comment = ` ${notes}`;
}

function hasNotes(name: string, annotations: ReadonlyMap<string, Annotation>): boolean {
  return [...annotations.keys()].some((key) => key.startsWith(`${name}.`));
}

function commentOf(path: readonly string[], { annotations, written, varied }: Origin): string {
  if (path.length < 2) return "";
  const name = path.join(".");
  const annotation = annotations.get(name);
  const isSetting = !name.startsWith("power.grid.") && !name.startsWith("power.conditions");
  const description = isSetting ? (notesAt(path).description ?? "") : "";
  const state = !isSetting ? "" : varied.has(name) ? "(varied below)" : written.has(name) ? "" : "(default)";
  // The source of a default is the registry's; a value that was written has what its file says.
  const { unit: knownUnit, source: knownSource } = isSetting ? notesAt(path) : {};
  const unit = annotation?.unit ?? (knownUnit === "1" ? undefined : knownUnit);
  const source = annotation?.source ?? (written.has(name) ? undefined : knownSource);
  const notes = [
    [description, state].filter((part) => part !== "").join(" "),
    unit ? `unit: ${unit}` : "",
    annotation?.range ? `range: [${annotation.range.join(", ")}]` : "",
    source ? `source: ${source}` : "",
  ];
  return notes
    .filter((part) => part !== "")
    .join("; ")
    .replace(/\s+/g, " ");
}

function notesAt(path: readonly string[]): Partial<ValueNotes> {
  let schema: unknown = scenarioFileSchema;
  for (const key of path) {
    const inner = bare(schema as ObjectSchema);
    schema = "shape" in inner ? (inner as ObjectSchema).shape[key] : undefined;
    if (schema === undefined) return {};
  }
  return notesOf(schema as ObjectSchema);
}
