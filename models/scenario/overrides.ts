import { isNull, type Place, type Placed, type PlacedMap, valueAt, withoutValueAt, withValueAt } from "./placed.ts";
import { readYamlValue } from "./readYaml.ts";
import { fullPath } from "./schemaWalk.ts";
import { shown } from "./shown.ts";

/** What the command line changes, as it was typed. Flags win over the file and are checked like it. */
export type Overrides = {
  /** `path=value`, any scenario value: `paths.a=0.2`. */
  readonly set?: readonly string[];
  /** `factor=values`: `nClients=100,200` or `nClients=100:50:600`; replaces what the file says of this factor. */
  readonly grid?: readonly string[];
  /** Names with commas. */
  readonly tests?: string;
  readonly seed?: string;
  readonly replications?: string;
  readonly level?: string;
  readonly resamples?: string;
  readonly target?: string;
};

const NUMBER_FLAGS = [
  ["replications", ["power", "replications"]],
  ["level", ["analysis", "level"]],
  ["resamples", ["analysis", "bootstrap", "resamples"]],
  ["target", ["power", "target"]],
] as const;

/** The tree with the command line's changes laid over it; what cannot be laid over is a problem. */
export function applyOverrides(root: Placed, overrides: Overrides, problems: string[]): Placed {
  let tree = root;

  const put = (path: readonly string[], node: Placed): void => {
    const changed = withValueAt(tree, path, node);
    if (changed) tree = changed;
    else problems.push(`${node.place}: nothing can be set below a plain value; name a section's key`);
  };
  const read = (text: string, flag: Place): Placed | undefined => {
    const reading = readYamlValue(text, flag);
    if (reading.ok) return reading.root;
    problems.push(...reading.problems);
    return undefined;
  };

  for (const assignment of overrides.set ?? []) {
    const flag = flagPlace("set", assignment);
    const [name, text] = splitAssignment(assignment);
    if (name === undefined) {
      problems.push(`${flag}: --set takes path=value, got ${shown(assignment)}; e.g. --set paths.a=0.2`);
      continue;
    }
    const node = read(text, flag);
    if (!node) continue;
    tree = withoutFactor(tree, name);
    if (name === "nClients") put(["power", "grid", "nClients"], node);
    else put(fullPath(name).split("."), node);
  }

  for (const assignment of overrides.grid ?? []) {
    const flag = flagPlace("grid", assignment);
    const [name, text] = splitAssignment(assignment);
    if (name === undefined) {
      problems.push(`${flag}: --grid takes factor=values, got ${shown(assignment)}; e.g. --grid nClients=100,200`);
      continue;
    }
    const node = text.trim().startsWith("[") ? read(text, flag) : listOf(text, flag, read);
    if (!node) continue;
    tree = withoutFactor(tree, name);
    put(["power", "grid", fullPath(name)], node);
  }

  for (const [flag, path] of NUMBER_FLAGS) {
    const text = overrides[flag];
    if (text === undefined) continue;
    const node = text.trim() === "" ? textNode(text, flagPlace(flag, text)) : read(text, flagPlace(flag, text));
    if (!node) continue;
    tree = withoutFactor(tree, path.join("."));
    put(path, node);
  }

  if (overrides.tests !== undefined) {
    const place = flagPlace("tests", overrides.tests);
    const items = overrides.tests.split(",").map((name) => textNode(name.trim(), place));
    put(["analysis", "tests"], { kind: "list", place, items });
  }
  if (overrides.seed !== undefined) put(["seed"], textNode(overrides.seed, flagPlace("seed", overrides.seed)));
  return tree;
}

function flagPlace(flag: string, value: string): Place {
  const text = value.length > 60 ? `${value.slice(0, 59)}…` : value;
  return `--${flag} ${text.replace(/[\p{Cc}\p{Cf}]/gu, "\ufffd")}`;
}

function splitAssignment(assignment: string): readonly [string, string] | readonly [undefined] {
  const equals = assignment.indexOf("=");
  return equals > 0 ? [assignment.slice(0, equals).trim(), assignment.slice(equals + 1)] : [undefined];
}

function textNode(text: string, place: Place): Placed {
  return { kind: "scalar", place, value: text, source: text };
}

/** Values between commas; a single one (which may be a sweep) stands alone. */
function listOf(text: string, place: Place, read: (text: string, flag: Place) => Placed | undefined): Placed {
  const items = text.split(",").map((item) => (item.trim() === "" ? textNode("", place) : read(item, place)));
  const known = items.filter((item) => item !== undefined);
  return known.length === 1 ? known[0] : { kind: "list", place, items: known };
}

/** Factors that say the same in two ways: a flag for one replaces both. */
const SIZES = ["nClients", "study.clientsPerTeam"];

/**
 * The tree without a factor in `power.grid` and `power.conditions`: a flag for it replaces all that the file says.
 * Listed conditions that differed in nothing else become one, without a label if theirs told the factor apart.
 */
function withoutFactor(root: Placed, written: string): Placed {
  const name = fullPath(written);
  const replaced = SIZES.includes(name) ? SIZES : [name];
  let tree = root;
  const grid = valueAt(tree, ["power", "grid"]);
  if (grid?.kind === "map") {
    for (const key of grid.entries.keys()) {
      if (replaced.includes(fullPath(key))) tree = withoutValueAt(tree, ["power", "grid", key]);
    }
  }
  const listed = valueAt(tree, ["power", "conditions"]);
  if (listed?.kind !== "list") return tree;
  const names = (item: PlacedMap) => [...item.entries.keys()].filter((key) => replaced.includes(fullPath(key)));
  if (!listed.items.some((item) => item.kind === "map" && names(item).length > 0)) return tree;
  const kept = new Map<string, Placed>();
  for (const item of listed.items) {
    const less =
      item.kind === "map" ? names(item).reduce<Placed>((left, key) => withoutValueAt(left, [key]), item) : item;
    const unlabelled = withoutValueAt(less, ["label"]);
    const key = fingerprint(unlabelled);
    const earlier = kept.get(key);
    const isAlike = earlier === undefined || fingerprint(earlier) === fingerprint(less);
    kept.set(key, isAlike ? (earlier ?? less) : unlabelled);
  }
  // One that says nothing any more has the file's values; alone it is no condition of a list.
  const isEmpty = (item: Placed) => item.kind === "map" && item.entries.size === 0;
  const items = [...kept.values()].every(isEmpty) ? [] : [...kept.values()];
  return withValueAt(tree, ["power", "conditions"], { ...listed, items }) ?? tree;
}

/** Equal for trees that say the same, wherever they were written. */
function fingerprint(node: Placed): string {
  if (isNull(node)) return "null";
  if (node.kind === "scalar") return JSON.stringify([node.value]);
  if (node.kind === "list") return `[${node.items.map(fingerprint).join(",")}]`;
  return `{${[...node.entries].map(([key, entry]) => `${JSON.stringify(key)}:${fingerprint(entry.node)}`).join(",")}}`;
}
