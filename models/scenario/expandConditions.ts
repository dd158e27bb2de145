import { expandGrid } from "../../sim/montecarlo/expandGrid.ts";
import { describe } from "./messages.ts";
import { suggestion } from "./nearestName.ts";
import { isNull, type Placed } from "./placed.ts";
import type { PlacedNumber, Resolver } from "./resolveValues.ts";
import { FACTOR_SCHEMAS, fullPath } from "./schemaWalk.ts";
import { shown } from "./shown.ts";
import { MAX_CONDITIONS } from "./sweep.ts";

/** The factors of `power.grid`, by their full names: every combination of their values is one condition. */
export type Grid = ReadonlyMap<string, readonly PlacedNumber[]>;

/** One entry of `power.conditions`: the factors that are fixed together, and their name for people. */
export type ListedCondition = {
  readonly place: string;
  readonly label: string;
  readonly factors: ReadonlyMap<string, PlacedNumber>;
};

/** A condition with the places of its factors; `label` is "" when it has none. */
export type ExpandedCondition = {
  readonly label: string;
  readonly factors: Readonly<Record<string, number>>;
  readonly places: Readonly<Record<string, string>>;
};

/**
 * Reads `power.grid`: factor → number, list, or sweep.
 *
 * @param known names of the factors that there are
 */
export async function readGrid(
  node: Placed | undefined,
  known: readonly string[],
  resolver: Resolver,
  problems: string[],
): Promise<Grid> {
  const grid = new Map<string, readonly PlacedNumber[]>();
  if (!node || isNull(node)) return grid;
  if (node.kind !== "map") {
    problems.push(`${node.place}: power.grid must be a mapping (factor: values), got ${describe(node)}`);
    return grid;
  }
  for (const [key, { keyPlace, node: value }] of node.entries) {
    const name = knownFactor(key, keyPlace, known, problems);
    if (name === undefined || isNull(value)) continue;
    if (grid.has(name)) problems.push(`${keyPlace}: factor ${name} is given twice in power.grid`);
    const schema = FACTOR_SCHEMAS.get(name)!;
    const values = await resolver.numbers(value, schema, name, `power.grid.${name}`);
    const seen = new Set<number>();
    for (const { value: number, place } of values) {
      if (seen.has(number)) problems.push(`${place}: power.grid lists ${name} = ${number} twice`);
      seen.add(number);
    }
    grid.set(name, values);
  }
  return grid;
}

/** Reads `power.conditions`: a list of { label, factor: value, … }. */
export async function readListed(
  node: Placed | undefined,
  known: readonly string[],
  resolver: Resolver,
  problems: string[],
): Promise<readonly ListedCondition[]> {
  if (!node || isNull(node)) return [];
  if (node.kind !== "list") {
    problems.push(
      `${node.place}: power.conditions must be a list of { label, factor: value, … }, got ${describe(node)}`,
    );
    return [];
  }
  const listed: ListedCondition[] = [];
  for (const [index, item] of node.items.entries()) {
    if (item.kind !== "map") {
      problems.push(
        `${item.place}: power.conditions[${index}] must be a mapping (factor: value), got ${describe(item)}`,
      );
      continue;
    }
    const factors = new Map<string, PlacedNumber>();
    let label = "";
    for (const [key, { keyPlace, node: value }] of item.entries) {
      if (isNull(value)) continue;
      if (key === "label") {
        label = resolver.text(value, `label of power.conditions[${index}]`) ?? "";
        if (label.length > 200) problems.push(`${value.place}: a label must have at most 200 characters`);
        continue;
      }
      const name = knownFactor(key, keyPlace, known, problems, ["label"]);
      if (name === undefined) continue;
      if (factors.has(name)) problems.push(`${keyPlace}: factor ${name} is given twice in one condition`);
      const found = await resolver.number(value, FACTOR_SCHEMAS.get(name)!, name, `power.conditions[${index}].${name}`);
      if (found) factors.set(name, found);
    }
    listed.push({ place: item.place, label, factors });
  }
  return listed;
}

function knownFactor(
  written: string,
  place: string,
  known: readonly string[],
  problems: string[],
  alsoKnown: readonly string[] = [],
): string | undefined {
  const name = fullPath(written);
  if (known.includes(name)) return name;
  problems.push(`${place}: unknown factor ${shown(written)}${suggestion(name, [...known, ...alsoKnown])}`);
  return undefined;
}

/** Names of factors that every condition sets, so that the file need not. */
export function factorsOfAll(grid: Grid, listed: readonly ListedCondition[]): ReadonlySet<string> {
  const inEvery = [...(listed[0]?.factors.keys() ?? [])].filter((name) => listed.every((one) => one.factors.has(name)));
  return new Set([...grid.keys(), ...inEvery]);
}

/**
 * Every condition: each listed one (in order), crossed with every combination of the grid (its first factor slowest),
 * and the sample size varies fastest, so that one series of N follows another. All conditions name the same factors:
 * a listed condition that leaves one out takes `valueInFile` for it. `nClients`, where it is one, comes first.
 */
export function expandConditions(
  grid: Grid,
  listed: readonly ListedCondition[],
  powerPlace: string,
  valueInFile: (factor: string) => PlacedNumber | undefined,
  problems: string[],
  needsClients = true,
): readonly ExpandedCondition[] {
  const nProblems = problems.length;
  for (const { factors } of listed) {
    for (const [name, { place }] of factors) {
      if (grid.has(name)) problems.push(`${place}: factor ${name} is in power.grid too; give it in one of the two`);
    }
  }
  const listedNames = [...new Set(listed.flatMap(({ factors }) => [...factors.keys()]))];
  const complete = listed.map((one) => completed(one, listedNames, valueInFile, problems));
  if (needsClients && !grid.has("nClients") && !listedNames.includes("nClients")) {
    problems.push(`${powerPlace}: power.grid.nClients is missing; e.g. grid: { nClients: [100, 200, 400] }`);
  }
  const rows: readonly ListedCondition[] =
    listed.length > 0 ? complete : [{ place: "", label: "", factors: new Map() }];
  const nConditions = [...grid.values()].reduce((product, values) => product * values.length, rows.length);
  if (nConditions > MAX_CONDITIONS) {
    const count = nConditions.toLocaleString("en-US");
    problems.push(`${powerPlace}: power.grid has ${count} conditions; at most 100,000: widen the sweeps`);
  }
  if (problems.length > nProblems) return [];

  const axes = [...grid].map(([name, values]) => ({ name, values: values.map(({ value }) => value) }));
  axes.sort((one, other) => Number(one.name === "nClients") - Number(other.name === "nClients"));
  const combinations = expandGrid(axes);
  const placeOf = new Map([...grid].map(([name, values]) => [name, new Map(values.map((v) => [v.value, v.place]))]));

  const expanded = rows.flatMap((row) =>
    combinations.map((combination): ExpandedCondition => {
      const fixed = Object.fromEntries([...row.factors].map(([name, { value }]) => [name, value]));
      const fixedPlaces = Object.fromEntries([...row.factors].map(([name, { place }]) => [name, place]));
      const all: Record<string, number> = { ...fixed, ...combination };
      const { nClients, ...others } = all;
      const first: Record<string, number> = nClients === undefined ? {} : { nClients };
      const places = Object.entries(combination).map(([name, value]) => [name, placeOf.get(name)?.get(value) ?? ""]);
      return {
        label: row.label,
        factors: { ...first, ...others },
        places: { ...fixedPlaces, ...Object.fromEntries(places) },
      };
    }),
  );
  refuseRepeats(rows, problems);
  return expanded;
}

function completed(
  listed: ListedCondition,
  names: readonly string[],
  valueInFile: (factor: string) => PlacedNumber | undefined,
  problems: string[],
): ListedCondition {
  const factors = new Map<string, PlacedNumber>();
  for (const name of names) {
    const value = listed.factors.get(name) ?? valueInFile(name);
    if (value) factors.set(name, value);
    else problems.push(`${listed.place}: this condition lacks ${name}, which the others give and the file does not`);
  }
  return { ...listed, factors };
}

function refuseRepeats(rows: readonly ListedCondition[], problems: string[]): void {
  const seen = new Set<string>();
  for (const { place, factors } of rows) {
    const key = [...factors].map(([name, { value }]) => `${name}=${value}`).join(" ");
    if (seen.has(key)) problems.push(`${place}: the same condition is listed twice`);
    seen.add(key);
  }
}
