import { type ExpandedCondition, expandConditions, factorsOfAll, readGrid, readListed } from "./expandConditions.ts";
import { applyOverrides, type Overrides } from "./overrides.ts";
import { type Annotation, isNull, mergePlaced, type Placed, placeAt, valueAt, withoutValueAt } from "./placed.ts";
import { readOwnKpis } from "./ownKpiSection.ts";
import { readYaml } from "./readYaml.ts";
import { suggestion } from "./nearestName.ts";
import { pathsScenario } from "./pathsScenario.ts";
import { createResolver, type Findings, type PlacedNumber, type Resolver } from "./resolveValues.ts";
import { type ScenarioFile, scenarioFileSchema } from "./schema.ts";
import {
  bare,
  FACTOR_SCHEMAS,
  factorsOf,
  fullPath,
  type Generator,
  type ObjectSchema,
  SECTIONS_OF,
} from "./schemaWalk.ts";
import { serviceScenario } from "./serviceScenario.ts";
import { shown } from "./shown.ts";
import type { Scenario } from "./types.ts";

const MAX_BASES = 16;
const MAX_PROBLEMS = 50;

/** The text of a scenario that another one extends, or why there is none. */
export type Base = { readonly text: string; readonly fileName: string } | { readonly problem: string };

export type ParseOptions = {
  /** Named in every message; its stem is the scenario's name where the file gives none. */
  readonly fileName: string;
  readonly overrides?: Overrides;
  /** Finds the scenario that `extends: name` in `fromFile` means; without it, `extends` is refused. */
  readonly findBase?: (name: string, fromFile: string) => Promise<Base>;
};

export type ScenarioReading =
  | {
      readonly ok: true;
      readonly scenario: Scenario;
      /** The scenario as one file: bases, flags, formulas and sweeps resolved, defaults filled in. */
      readonly file: ScenarioFile;
      /** Dotted path → unit, range and source that a file gives for the value. */
      readonly annotations: ReadonlyMap<string, Annotation>;
      /** Dotted paths that a file or a flag gives; the rest are defaults. */
      readonly written: ReadonlySet<string>;
    }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * A scenario file's text to a checked scenario, or every problem found, together, each with its place:
 * `scenarios/my.yaml:31:14: paths.a must be …, got …; way out`. Pure: reads no file (`findBase` does), throws nothing.
 *
 * @param text YAML 1.2; unknown keys are refused. A number may be a formula ("0.65 * 4.5 / 17.8"), any value may be
 *   `{ value, unit, range, source }`, a grid value a number, a list or a sweep "start:step:stop"
 */
export async function parseScenario(text: string, options: ParseOptions): Promise<ScenarioReading> {
  const problems: string[] = [];
  const tree = await readWithBases(text, options, problems);
  if (!tree) return failure(problems);
  const root = applyOverrides(tree, options.overrides ?? {}, problems);

  const generator = generatorOf(root, problems);
  const findings: Findings = { problems, annotations: new Map(), written: new Set() };
  const resolver = createResolver(findings);
  const power = valueAt(root, ["power"]);
  const known = factorsOf(generator);
  const grid = await readGrid(valueAt(power, ["grid"]), known, resolver, problems);
  const listed = await readListed(valueAt(power, ["conditions"]), known, resolver, problems);
  const sections = [...SECTIONS_OF[generator], "power"] as const;
  const given = factorsOfAll(grid, listed);
  const plain = await resolver.section(root, scenarioFileSchema as unknown as ObjectSchema, [], {
    handled: ["extends", "name", "power", ...Object.values(SECTIONS_OF).flat()],
    given,
  });
  if (!plain) return failure(problems);
  plain.name = readName(root, options.fileName, resolver.text, problems);
  for (const key of sections) {
    if (key === "kpis") continue;
    const node = valueAt(root, [key]);
    const isWritten = node !== undefined && !isNull(node);
    // Without prices there are no costs.
    if (key === "costs" && !isWritten) continue;
    const empty: Placed = { kind: "map", place: root.place, entries: new Map() };
    const schema = bare(scenarioFileSchema.shape[key]) as ObjectSchema;
    const handled = { power: ["grid", "conditions"], calibration: ["free"] } as Record<string, string[]>;
    plain[key] = await resolver.section(isWritten ? node : empty, schema, [key], {
      handled: handled[key] ?? [],
      given,
    });
  }
  if (generator === "service") {
    plain.calibration = {
      ...(plain.calibration as object),
      free: await readFree(valueAt(root, ["calibration", "free"]), known, resolver, problems),
    };
    plain.kpis = await readOwnKpis(valueAt(root, ["kpis"]), resolver, problems);
  }

  const expanded = expandConditions(
    grid,
    listed,
    placeAt(root, ["power"]),
    (factor) => valueInFile(plain, root, factor),
    problems,
    generator === "paths",
  );
  if (problems.length > 0) return failure(problems);
  return assemble(plain, generator, expanded, grid, listed, root, findings);
}

/** The section that makes the studies; a file that has none is taken for the path model, whose coefficients it then lacks. */
function generatorOf(root: Placed, problems: string[]): Generator {
  const has = (section: string) => {
    const node = valueAt(root, [section]);
    return node !== undefined && !isNull(node);
  };
  const generator: Generator = has("service") || (!has("paths") && has("study")) ? "service" : "paths";
  const foreign = generator === "service" ? SECTIONS_OF.paths : SECTIONS_OF.service;
  for (const section of foreign.filter(has))
    problems.push(
      `${placeAt(root, [section])}: ${section} does not go with ${generator}; a scenario has one generator, paths or service`,
    );
  return generator;
}

/** `calibration.free`: parameter → [lowest, highest]. */
async function readFree(
  node: Placed | undefined,
  known: readonly string[],
  resolver: Resolver,
  problems: string[],
): Promise<Record<string, readonly number[]>> {
  if (!node || isNull(node)) return {};
  if (node.kind !== "map") {
    problems.push(`${node.place}: calibration.free must be a mapping (parameter: [low, high])`);
    return {};
  }
  const free: Record<string, readonly number[]> = {};
  for (const [key, { keyPlace, node: ends }] of node.entries) {
    const name = fullPath(key);
    const schema = FACTOR_SCHEMAS.get(name);
    if (!schema || !known.includes(name) || !/^(service|study)\./.test(name)) {
      problems.push(`${keyPlace}: unknown parameter ${shown(key)} in calibration.free${suggestion(name, known)}`);
      continue;
    }
    const found = await resolver.numbers(ends, schema, `calibration.free.${name}`);
    if (found.length === 2 && found[0].value < found[1].value) free[name] = found.map(({ value }) => value);
    else if (found.length > 0)
      problems.push(`${ends.place}: calibration.free.${name} must be two numbers [low, high] with low below high`);
  }
  return free;
}

function failure(problems: readonly string[]): ScenarioReading {
  const distinct = [...new Set(problems)].sort((one, other) => lineOf(one) - lineOf(other));
  const more = distinct.length - MAX_PROBLEMS;
  return { ok: false, problems: more > 0 ? [...distinct.slice(0, MAX_PROBLEMS), `… and ${more} more`] : distinct };
}

/** Problems are reported in the order of the file; those of flags and of the whole file come first. */
function lineOf(problem: string): number {
  const place = /:(\d+):(\d+): /.exec(problem);
  return place ? Number(place[1]) * 10_000 + Math.min(Number(place[2]), 9_999) : 0;
}

/** The file's tree laid over those it extends. */
async function readWithBases(text: string, options: ParseOptions, problems: string[]): Promise<Placed | undefined> {
  const layers: Placed[] = [];
  const seen: string[] = [];
  let current = { text, fileName: options.fileName };
  for (;;) {
    const reading = readYaml(current.text, current.fileName);
    if (!reading.ok) {
      problems.push(...reading.problems);
      return undefined;
    }
    // A base's name, title and seed are its own, but a seed that is written is meant to be shared.
    const isBase = layers.length > 0;
    layers.push(isBase ? withoutValueAt(withoutValueAt(reading.root, ["name"]), ["title"]) : reading.root);
    seen.push(current.fileName);

    const extended = valueAt(reading.root, ["extends"]);
    if (!extended || isNull(extended)) break;
    if (extended.kind !== "scalar" || typeof extended.value !== "string") {
      problems.push(`${extended.place}: extends must be the name or path of a scenario`);
      return undefined;
    }
    const base = options.findBase
      ? await options.findBase(extended.value, current.fileName)
      : { problem: "extends is not available here" };
    if ("problem" in base) {
      problems.push(`${extended.place}: ${base.problem}`);
      return undefined;
    }
    if (seen.includes(base.fileName)) {
      problems.push(
        `${extended.place}: scenarios extend each other in a circle: ${[...seen, base.fileName].join(" → ")}`,
      );
      return undefined;
    }
    if (layers.length >= MAX_BASES) {
      problems.push(`${extended.place}: extends goes more than ${MAX_BASES} scenarios deep`);
      return undefined;
    }
    current = base;
  }
  return layers.reduceRight((base, changes) => mergePlaced(base, changes));
}

function readName(
  root: Placed,
  fileName: string,
  text: (node: Placed, name: string) => string | undefined,
  problems: string[],
): string {
  const node = valueAt(root, ["name"]);
  const stem = (fileName.split(/[\\/]/).at(-1) ?? "").replace(/\.ya?ml$/i, "");
  const name = node && !isNull(node) ? text(node, "name") : stem;
  const valid = name === undefined || scenarioFileSchema.shape.name.safeParse(name).success;
  if (!valid) {
    const got = JSON.stringify(name.slice(0, 60));
    const rule = "name must be letters, digits, dots, dashes and underscores, at most 100";
    problems.push(`${node?.place ?? root.place}: ${rule}, got ${got}; put the words for people into title`);
  }
  return name ?? "scenario";
}

/** A listed condition that leaves out a factor has the file's value, or its default. */
function valueInFile(plain: Record<string, unknown>, root: Placed, factor: string): PlacedNumber | undefined {
  const path = factor.split(".");
  const value = numberAt(plain, path) ?? numberAt(DEFAULTS, path);
  return value === undefined ? undefined : { value, place: placeAt(root, path) };
}

/** Every value that has a default; `paths.a` and `paths.b` have none. */
const DEFAULTS = {
  paths: { ...pathsDefaults(), a: undefined, b: undefined },
  service: scenarioFileSchema.shape.service.parse({}),
  study: scenarioFileSchema.shape.study.parse({}),
  analysis: scenarioFileSchema.shape.analysis.parse(undefined),
};

function pathsDefaults(): object {
  return scenarioFileSchema.shape.paths.parse({ a: 0, b: 0 }) ?? {};
}

function numberAt(values: unknown, path: readonly string[]): number | undefined {
  let value = values;
  for (const key of path) value = (value as Record<string, unknown> | undefined)?.[key];
  return typeof value === "number" ? value : undefined;
}

/** Fills in defaults, checks every condition, and puts the scenario together. */
async function assemble(
  plain: Record<string, unknown>,
  generator: Generator,
  expanded: readonly ExpandedCondition[],
  grid: ReadonlyMap<string, readonly PlacedNumber[]>,
  listed: readonly { readonly label: string; readonly factors: ReadonlyMap<string, PlacedNumber> }[],
  root: Placed,
  { annotations, written }: Findings,
): Promise<ScenarioReading> {
  const first = expanded[0].factors;
  const filled = scenarioFileSchema.safeParse({
    ...plain,
    // Coefficients that every condition gives may be left out of `paths`.
    ...(generator === "paths" && { paths: { ...pick(first, ["a", "b"]), ...(plain.paths as object) } }),
    power: {
      ...(plain.power as object),
      grid: Object.fromEntries([...grid].map(([name, values]) => [name, values.map(({ value }) => value)])),
      conditions: listed.map(({ label, factors }) => ({
        ...(label !== "" && { label }),
        ...Object.fromEntries([...factors].map(([name, { value }]) => [name, value])),
      })),
    },
  });
  if (!filled.success) {
    return failure(
      filled.error.issues.map(
        ({ path, message }) => `${placeAt(root, path.map(String))}: ${path.join(".")}: ${message}`,
      ),
    );
  }
  const file = filled.data;
  const placeOf = (path: string) => placeAt(root, path.split("."));
  const made =
    generator === "paths" ? pathsScenario(file, expanded, placeOf) : await serviceScenario(file, expanded, placeOf);
  if ("problems" in made) return failure(made.problems);
  return { ok: true, scenario: made.scenario, file: { ...file, seed: made.scenario.seed }, annotations, written };
}

function pick(factors: Readonly<Record<string, number>>, keys: readonly string[]): Record<string, number> {
  const found = keys.filter((key) => `paths.${key}` in factors).map((key) => [key, factors[`paths.${key}`]]);
  return Object.fromEntries(found);
}
