import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { Place, Placed, PlacedEntry } from "./placed.ts";
import { shortened } from "./shown.ts";

/** A scenario is a page or two of text; beyond this the YAML parser itself becomes slow. */
const MAX_CHARACTERS = 200_000;
const MAX_DEPTH = 32;
/** Values after aliases are followed: an alias of aliases of aliases grows without bound. */
const MAX_VALUES = 100_000;

export type YamlReading =
  | { readonly ok: true; readonly root: Placed }
  | { readonly ok: false; readonly problems: readonly string[] };

/** A value given on the command line, read like YAML; every place in it is the flag. */
export function readYamlValue(text: string, flag: Place): YamlReading {
  if (text.trim() === "") return { ok: true, root: { kind: "scalar", place: flag, value: null, source: "" } };
  return readYaml(text, flag, () => flag);
}

/**
 * YAML 1.2 text to a tree of plain values that know their places.
 *
 * @param text       one YAML document
 * @param placeName  what places begin with: a file name (places become `name:line:column`)
 * @param placeOf    makes a place of line and column, from 1
 * @returns the tree, or every problem found, one message each
 */
export function readYaml(
  text: string,
  placeName: string,
  placeOf = (line: number, column: number): Place => `${placeName}:${line}:${column}`,
): YamlReading {
  const refused = (message: string): YamlReading => ({ ok: false, problems: [`${placeName}${message}`] });
  if (text.length > MAX_CHARACTERS) {
    return refused(`: more than 200,000 characters (${text.length}); this is not a scenario file`);
  }
  const binary = text.search(/(?![\t\n\r])[\p{Cc}\ufffd]/u);
  if (binary >= 0) {
    const code = text.charCodeAt(binary).toString(16).padStart(4, "0");
    return refused(`: not a UTF-8 text file (character U+${code.toUpperCase()} at position ${binary + 1})`);
  }
  const lines = new LineCounter();
  let document: Document;
  try {
    // Duplicate keys are found below: the parser's own check takes quadratic time.
    document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false, logLevel: "error" });
  } catch (error) {
    if (error instanceof RangeError) return refused(": nested too deeply; this is not a scenario file");
    throw error;
  }
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return placeOf(line, col);
  };
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    return { ok: false, problems: faults.map((fault) => `${at(fault.pos[0])}: ${yamlFault(fault)}`) };
  }
  if (document.contents === null) return refused(": empty; `caseload scenarios init my.yaml` writes a starter");
  return placeValues(document, at);
}

function yamlFault(fault: { readonly code: string; readonly message: string }): string {
  if (fault.code === "RESOURCE_EXHAUSTION") return "nested too deeply; this is not a scenario file";
  if (fault.code === "MULTIPLE_DOCS") return "a second YAML document begins here; a scenario file holds one";
  if (fault.code === "TAG_RESOLVE_FAILED") return `YAML tags are not known here (${shortened(fault.message)})`;
  return `YAML: ${shortened(fault.message.replace(/\s+/g, " "))}`;
}

function placeValues(document: Document, at: (offset: number) => string): YamlReading {
  const problems: string[] = [];
  let nValues = 0;

  const visit = (node: Node | null | undefined, fallback: string, depth: number): Placed => {
    const place = node?.range ? at(node.range[0]) : fallback;
    const nothing: Placed = { kind: "scalar", place, value: null, source: "" };
    nValues++;
    if (nValues > MAX_VALUES) return nothing;
    if (depth > MAX_DEPTH) {
      problems.push(`${place}: nested more than ${MAX_DEPTH} deep`);
      return nothing;
    }
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (!target) problems.push(`${place}: no anchor &${shortened(node.source)} above this alias`);
      return visit(target, place, depth + 1);
    }
    if (isMap(node)) {
      const entries = new Map<string, PlacedEntry>();
      for (const { key, value } of node.items) {
        const keyNode = key as Node | null;
        const keyPlace = keyNode?.range ? at(keyNode.range[0]) : place;
        const plainKey = isScalar(keyNode) && ["string", "number"].includes(typeof keyNode.value);
        if (!plainKey) {
          problems.push(`${keyPlace}: a key must be a plain word`);
          continue;
        }
        const name = keyNode.source ?? String(keyNode.value);
        if (entries.has(name)) problems.push(`${keyPlace}: key "${shortened(name)}" is given twice`);
        entries.set(name, { keyPlace, node: visit(value as Node | null, keyPlace, depth + 1) });
        if (nValues > MAX_VALUES) break;
      }
      return { kind: "map", place, entries };
    }
    if (isSeq(node)) {
      const items: Placed[] = [];
      for (const item of node.items) {
        items.push(visit(item as Node | null, place, depth + 1));
        if (nValues > MAX_VALUES) break;
      }
      return { kind: "list", place, items };
    }
    if (!isScalar(node)) return nothing;
    const { value } = node;
    const known = value === null || ["string", "number", "boolean"].includes(typeof value);
    if (!known) problems.push(`${place}: ${shortened(String(value))} is not text, a number, true or false`);
    return { ...nothing, value: known ? (value as string | number | boolean | null) : null, source: node.source ?? "" };
  };

  const root = visit(document.contents as Node, at(0), 0);
  if (nValues > MAX_VALUES) problems.push(`${at(0)}: more than 100,000 values once aliases are followed`);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, root };
}
