import type { ComparedScenario } from "../models/compare/comparisonTypes.ts";
import type { Overrides } from "../models/scenario/overrides.ts";
import type { CompareArguments } from "./commands/compare.ts";
import { readScenario } from "./loadScenario.ts";
import { playedValues, serviceOf } from "./playableService.ts";

/** A scenario as it was asked for: what to read, and what to change in it. */
type Asked = { readonly name: string | null; readonly source: string; readonly set: readonly string[] };

export type ComparedScenarios = {
  readonly base: ComparedScenario;
  readonly others: readonly ComparedScenario[];
  readonly seed: string;
};

/**
 * Reads the base and what is compared with it; null where something is wrong, with every problem noted once. All get the
 * seed of the base.
 */
export async function comparedScenarios(
  {
    base,
    others = [],
    set = [],
    setAll = [],
    seed,
  }: Pick<CompareArguments, "base" | "others" | "set" | "setAll" | "seed">,
  problems: string[],
): Promise<ComparedScenarios | null> {
  const asked: Asked[] = [
    { name: null, source: base, set: [] },
    ...others.map((word) =>
      isChange(word) ? { name: word, source: base, set: assignmentsOf(word) } : { name: null, source: word, set: [] },
    ),
    ...(set.length > 0 ? [{ name: set.join(","), source: base, set }] : []),
  ];
  if (asked.length === 1)
    problems.push(
      `nothing to compare ${base} with: name a scenario (caseload scenarios lists them), or a change of the base: ` +
        "--set staffing.caseloadCap=20",
    );
  problems.push(...givenTwice(set));
  const found: (ComparedScenario & { readonly seed: string })[] = [];
  for (const { name, source, set } of asked) {
    const overrides: Overrides = { set: [...setAll, ...set], ...(seed === undefined ? {} : { seed }) };
    const reading = await readScenario(source, overrides);
    if (!reading.ok) {
      problems.push(...reading.problems.filter((problem) => !problems.includes(problem)));
      continue;
    }
    const scenario = serviceOf(reading.scenario, problems);
    if (scenario === null) continue;
    const { service, study } = playedValues(scenario);
    const { title, seed: own, costs, kpis } = scenario;
    found.push({ name: name ?? scenario.name, title, seed: own, service, study, costs, kpis });
  }
  if (found.length === asked.length) problems.push(...mismatches(found));
  if (problems.length > 0) return null;
  const [first, ...compared] = found.map(({ seed: _, ...scenario }) => scenario);
  return { base: first, others: compared, seed: found[0].seed };
}

/** `path=value`, and no path of a file. */
function isChange(word: string): boolean {
  return /^[A-Za-z][\w.]*\s*=/.test(word) && !/\.ya?ml$/i.test(word);
}

/** "a.b=1,c.d=[2, 3]" → ["a.b=1", "c.d=[2, 3]"]: a comma separates where a path and = follow. */
function assignmentsOf(word: string): string[] {
  return word.split(/,\s*(?=[A-Za-z][\w.]*\s*=)/);
}

/** All --set together are one scenario: a second value of one path would win in silence. */
function givenTwice(set: readonly string[]): string[] {
  const paths = set.map((assignment) => assignment.split("=")[0].trim());
  const twice = [...new Set(paths.filter((path, i) => paths.indexOf(path) !== i))];
  return twice.map((path) => {
    const words = set.filter((_, i) => paths[i] === path);
    return `--set ${path}: given ${words.length} times, but all --set together make one scenario; for one each, leave --set out: ${words.join(" ")}`;
  });
}

/** What makes scenarios incomparable. */
function mismatches([base, ...others]: readonly ComparedScenario[]): string[] {
  const names = others.map(({ name }) => name);
  const { weeks } = base.service.time;
  return [
    ...others
      .filter(({ service }) => service.time.weeks !== weeks)
      .map(
        ({ name, service }) =>
          `${name} plays ${service.time.weeks} weeks out, but ${base.name} ${weeks}; give all the same: --set-all time.weeks=${weeks}`,
      ),
    ...others.flatMap((other) => costMismatches(base, other)),
    ...[...new Set(names.filter((name, i) => names.indexOf(name) !== i))].map(
      (name) => `${name}: two of the scenarios have this name; leave one out, or give it another name in its file`,
    ),
  ];
}

/** Money of different kinds, and more than one budget. */
function costMismatches(base: ComparedScenario, { name, costs }: ComparedScenario): string[] {
  if (base.costs === null && costs === null) return [];
  if (base.costs === null || costs === null) {
    const [without, priced] = costs === null ? [name, base.name] : [base.name, name];
    return [`${without} has no prices, but ${priced} has; give it a section costs:, or extend a scenario that has one`];
  }
  const { currency, priceYear, budget } = base.costs;
  return (Object.entries({ currency, priceYear, budget }) as [keyof typeof costs, unknown][])
    .filter(([key, value]) => costs[key] !== value)
    .map(
      ([key, value]) =>
        `${name} has costs.${key} ${costs[key]}, but ${base.name} ${value}; one must hold for all: --set-all costs.${key}=${value}`,
    );
}
