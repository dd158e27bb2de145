/** Where a value was written: `scenarios/my.yaml:31:14`, or the flag, `--set paths.a=0.2`. */
export type Place = string;

/** What a file says about one value beside the value: `{ value, unit, range, source }`. */
export type Annotation = {
  readonly unit?: string;
  readonly range?: readonly [number, number];
  readonly source?: string;
};

/** A scalar; `source` is how it was written: a seed 007 stays "007". */
export type PlacedScalar = {
  readonly kind: "scalar";
  readonly place: Place;
  readonly value: string | number | boolean | null;
  readonly source: string;
};
export type PlacedList = { readonly kind: "list"; readonly place: Place; readonly items: readonly Placed[] };
export type PlacedMap = {
  readonly kind: "map";
  readonly place: Place;
  readonly entries: ReadonlyMap<string, PlacedEntry>;
};
export type PlacedEntry = { readonly keyPlace: Place; readonly node: Placed };

/** A YAML tree in which every value and key knows its place, so that an error found at any later stage can name it. */
export type Placed = PlacedScalar | PlacedList | PlacedMap;

/** Base with changes laid over it: mappings merge key by key, anything else is replaced; null takes a value away. */
export function mergePlaced(base: Placed, changes: Placed): Placed {
  if (base.kind !== "map" || changes.kind !== "map") return changes;
  // A value with annotations, or a choice like x: { distribution: … }, is replaced as a whole.
  if (["value", "distribution"].some((key) => base.entries.has(key) || changes.entries.has(key))) return changes;
  const entries = new Map(base.entries);
  for (const [key, entry] of changes.entries) {
    const below = base.entries.get(key);
    entries.set(key, below ? { ...entry, node: mergePlaced(below.node, entry.node) } : entry);
  }
  return { ...changes, entries };
}

/**
 * The tree with the value at `path` replaced; mappings on the way are made where they are missing.
 * Returns undefined when something on the way is not a mapping.
 */
export function withValueAt(root: Placed, path: readonly string[], node: Placed): Placed | undefined {
  if (path.length === 0) return node;
  const here: Placed = isNull(root) ? { kind: "map", place: node.place, entries: new Map() } : root;
  if (here.kind !== "map") return undefined;
  const [key, ...rest] = path;
  const below = here.entries.get(key);
  const start: Placed = below?.node ?? { kind: "map", place: node.place, entries: new Map() };
  const changed = withValueAt(start, rest, node);
  if (!changed) return undefined;
  const entries = new Map(here.entries);
  entries.set(key, { keyPlace: below?.keyPlace ?? node.place, node: changed });
  return { ...here, entries };
}

/** The tree without the value at `path`; unchanged when there is none. */
export function withoutValueAt(root: Placed, path: readonly string[]): Placed {
  const [key, ...rest] = path;
  if (root.kind !== "map" || key === undefined) return root;
  const below = root.entries.get(key);
  if (!below) return root;
  const entries = new Map(root.entries);
  if (rest.length === 0) entries.delete(key);
  else entries.set(key, { ...below, node: withoutValueAt(below.node, rest) });
  return { ...root, entries };
}

/** The value at `path`, or undefined. */
export function valueAt(root: Placed | undefined, path: readonly string[]): Placed | undefined {
  let node = root;
  for (const key of path) {
    if (node?.kind !== "map") return undefined;
    node = node.entries.get(key)?.node;
  }
  return node;
}

/** The place of the value at `path`, or of the nearest thing above it that was written. */
export function placeAt(root: Placed, path: readonly string[]): Place {
  let node = root;
  for (const key of path) {
    const below: Placed | undefined = node.kind === "map" ? node.entries.get(key)?.node : undefined;
    if (!below) break;
    node = below;
  }
  return node.place;
}

/** An empty YAML value or ~: as if the key had been left out. */
export function isNull(node: Placed): boolean {
  return node.kind === "scalar" && node.value === null;
}
