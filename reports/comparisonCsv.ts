import type { ComparedFigure, Comparison, ScenarioComparison } from "../models/compare/comparisonTypes.ts";
import { verdictOf } from "../models/compare/verdict.ts";
import { csvText } from "./csv.ts";
import { cellOf } from "./dataFiles.ts";

/** One column of comparison.csv with what it holds. */
type ComparisonColumn = {
  readonly name: string;
  readonly label: string;
  readonly type: "text" | "integer" | "number";
  readonly unit: string;
  /** When a cell is empty. */
  readonly missing: string;
  readonly of: (figure: ComparedFigure, scenario: ScenarioComparison, comparison: Comparison) => string;
};

const NEVER = "never";
const NO_PAIR = "defined in no replication of both";
const ONE_PAIR = "defined in fewer than two replications of both";

/** A column of words. */
function words(name: string, label: string, of: ComparisonColumn["of"]): ComparisonColumn {
  return { name, label, type: "text", unit: "", missing: NEVER, of };
}

/** A column of numbers in the key figure's unit. */
function quantity(
  name: string,
  label: string,
  missing: string,
  of: (figure: ComparedFigure) => number,
  unit = "see unit",
): ComparisonColumn {
  return { name, label, type: "number", unit, missing, of: (figure) => cellOf(of(figure)) };
}

/** A column of counts. */
function count(
  name: string,
  label: string,
  of: (figure: ComparedFigure, scenario: ScenarioComparison) => number,
  missing = NEVER,
  unit = "replications",
): ComparisonColumn {
  return { name, label, type: "integer", unit, missing, of: (figure, scenario) => cellOf(of(figure, scenario)) };
}

const COLUMNS: readonly ComparisonColumn[] = [
  words("scenario", "Name of the scenario, or what was changed", (_, { name }) => name),
  words("kpi", "Identifier of the key figure", ({ name }) => name),
  words("label", "Key figure", ({ label }) => label),
  words("unit", "Unit of base, value, difference, mcse, lower, upper, sd and tolerance", ({ unit }) => unit),
  words("better", "Which way is better: higher, lower or none", ({ better }) => better ?? "none"),
  count("headline", "Whether it stands on the first page (1) or not (0)", ({ headline }) => +headline, NEVER, "0 or 1"),
  quantity("base", "Mean of the base over the pairs", NO_PAIR, ({ base }) => base),
  quantity("value", "Mean of the scenario over the pairs", NO_PAIR, ({ value }) => value),
  quantity("difference", "Mean of scenario − base", NO_PAIR, ({ difference }) => difference),
  quantity("mcse", "Monte-Carlo standard error of the difference", ONE_PAIR, ({ mcse }) => mcse),
  quantity("lower", "Lower limit of the 95 % interval of the difference (paired t)", ONE_PAIR, ({ ci }) => ci[0]),
  quantity("upper", "Upper limit of that interval", ONE_PAIR, ({ ci }) => ci[1]),
  words(
    "verdict",
    "What the interval says: better, worse, higher, lower, indifferent (it holds 0) or not defined",
    verdictOf,
  ),
  count("nPairs", "Replications in which both have a value; base to runsNeeded are from these", ({ nPairs }) => nPairs),
  count("nUndefined", "Replications in which one has no value", ({ nUndefined }) => nUndefined),
  count("replications", "Replications of the scenario and the base", (_, { replications }) => replications),
  quantity("sd", "Standard deviation of the difference between replications", ONE_PAIR, ({ sd }) => sd),
  quantity("tolerance", "Half-width of the interval that was asked for", NO_PAIR, ({ tolerance }) => tolerance),
  count("runsNeeded", "Replications that give this half-width", ({ runsNeeded }) => runsNeeded, ONE_PAIR),
  quantity(
    "varianceRatio",
    "How many times as many replications luck of its own would have taken; Infinity where every difference is the same",
    "neither scenario varies, or fewer than two pairs",
    ({ varianceRatio }) => varianceRatio,
    "ratio",
  ),
  words("baseScenario", "Name of the base", (_figure, _scenario, { plan }) => plan.base.name),
  words("seed", "Seed of all random numbers", (_figure, _scenario, { plan }) => plan.seed),
  words("version", "Version of caseload", (_figure, _scenario, { version }) => version),
  words("definition", "How the key figure is reckoned in one service", ({ definition }) => definition),
];

/** comparison.csv: a line per scenario and key figure. */
export function comparisonCsv(comparison: Comparison): string {
  return csvText([
    COLUMNS.map(({ name }) => name),
    ...comparison.scenarios.flatMap((scenario) =>
      scenario.figures.map((figure) => COLUMNS.map(({ of }) => of(figure, scenario, comparison))),
    ),
  ]);
}

/** codebook.csv: a line per column of comparison.csv. */
export function comparisonCodebookCsv({ plan, version }: Comparison): string {
  return csvText([
    ["file", "name", "label", "type", "unit", "missing", "baseScenario", "seed", "version"],
    ...COLUMNS.map(({ name, label, type, unit, missing }) => [
      ...["comparison.csv", name, label, type, unit, missing],
      ...[plan.base.name, plan.seed, version],
    ]),
  ]);
}
