import type { KpiDefinition } from "../kpis/kpiDefinition.ts";
import type { OwnKpi } from "../kpis/ownKpis.ts";
import { loadFormulaReader } from "./formula.ts";
import { describe } from "./messages.ts";
import { isNull, type Placed } from "./placed.ts";
import type { Resolver } from "./resolveValues.ts";
import { ownKpiSchema, type ScenarioFile } from "./schema.ts";
import { shown } from "./shown.ts";

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,59}$/;

/** `kpis:` of a file, name → what is said of the key figure; formulas are read later, by `ownKpisOf`. */
export async function readOwnKpis(
  node: Placed | undefined,
  resolver: Resolver,
  problems: string[],
): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  if (!node || isNull(node)) return found;
  if (node.kind !== "map") {
    problems.push(`${node.place}: kpis must be a mapping (name: { formula: … }), got ${describe(node)}`);
    return found;
  }
  for (const [name, { keyPlace, node: entry }] of node.entries) {
    if (isNull(entry)) continue;
    if (!NAME.test(name))
      problems.push(
        `${keyPlace}: the name of a key figure must be letters, digits and underscores, a letter first, at most 60, got ${shown(name)}; ` +
          "put the words for people into label",
      );
    else found[name] = await resolver.section(entry, ownKpiSchema, ["kpis", name]);
  }
  return found;
}

/**
 * The scenario's own key figures with their formulas read, or what is wrong with them.
 *
 * @param builtIn those that formulas may name
 */
export async function ownKpisOf(
  written: NonNullable<ScenarioFile["kpis"]>,
  builtIn: readonly KpiDefinition[],
  placeOf: (path: string) => string,
): Promise<{ readonly kpis: readonly OwnKpi[]; readonly problems: readonly string[] }> {
  const entries = Object.entries(written);
  const known = builtIn.map(({ name }) => name);
  const kpis: OwnKpi[] = [];
  const problems: string[] = [];
  if (entries.length === 0) return { kpis, problems };
  const read = await loadFormulaReader();
  for (const [name, { formula: text, label = name, unit, better, headline }] of entries) {
    if (known.includes(name))
      problems.push(`${placeOf(`kpis.${name}`)}: ${name} is a built-in key figure; give this one another name`);
    const found = read(text, known);
    if ("fault" in found) problems.push(`${placeOf(`kpis.${name}.formula`)}: formula of kpis.${name} ${found.fault}`);
    else
      kpis.push({
        name,
        label,
        unit,
        definition: `${text}, reckoned in each simulated service`,
        better: better === "none" ? null : better,
        headline,
        formula: found.formula,
      });
  }
  return { kpis, problems };
}
