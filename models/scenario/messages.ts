import { suggestion } from "./nearestName.ts";
import type { Placed } from "./placed.ts";
import { FACTOR_SCHEMAS, type ObjectSchema } from "./schemaWalk.ts";
import { shown } from "./shown.ts";

/** A node as a message shows it. */
export function describe(node: Placed): string {
  switch (node.kind) {
    case "scalar":
      return node.value === null ? "nothing" : shown(node.value);
    case "list":
      return `a list of ${node.items.length}`;
    case "map":
      return `a mapping of ${node.entries.size}`;
  }
}

/** Where values stand, by their own names; of several with one name the first. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map(
  [...FACTOR_SCHEMAS.keys(), "power.replications", "power.target", "power.grid"]
    .reverse()
    .map((path) => [path.slice(path.lastIndexOf(".") + 1), path]),
);

/** `unknown key "…" in …`, with the key that is meant: one of the same name elsewhere, or a neighbour. */
export function unknownKey(key: string, section: string, schema: ObjectSchema): string {
  const where = section === "" ? "" : ` in ${section}`;
  const elsewhere = ELSEWHERE.get(key);
  const meant = elsewhere === "nClients" ? "power.grid.nClients" : elsewhere;
  const hint = meant === undefined ? suggestion(key, Object.keys(schema.shape)) : `; did you mean ${meant}?`;
  return `unknown key ${shown(key)}${where}${hint}`;
}
