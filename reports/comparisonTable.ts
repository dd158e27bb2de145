import type { ParameterChange } from "../models/compare/changes.ts";
import type { ComparedFigure, Comparison, ScenarioComparison } from "../models/compare/comparisonTypes.ts";
import type { Ranking } from "../models/compare/ranking.ts";
import { FEWEST_REPLICATIONS } from "../models/compare/stoppingRule.ts";
import { verdictOf } from "../models/compare/verdict.ts";
import { aboutCosts } from "./costNotes.ts";
import { decimalsFor, formatCount, formatFixed, formatNumber, formatPercent, joinWords } from "./format.ts";
import { MODEL_LIMITS } from "./modelLimits.ts";
import { textTable, wrapLines } from "./textTable.ts";

const WIDTH = 100;
/** A difference from the base counts where Holm's p is below this. */
const ALPHA = 0.05;

/**
 * What `caseload compare` prints: what changed, headline figures with their paired intervals, which scenario is best, and
 * what the model cannot say.
 *
 * @param all every key figure, with how it was found
 */
export function comparisonTable(comparison: Comparison, all: boolean): string {
  const { scenarios } = comparison;
  return [
    heading(comparison),
    section("What changed", scenarios.map(changeLines).join("\n")),
    ...scenarios.map((scenario) => scenarioText(comparison, scenario, all)),
    ...(scenarios.length > 1 ? [section("Which is best", rankingText(comparison))] : []),
    section("How far to trust the intervals", trustWords(comparison).map(paragraph).join("\n")),
    section("What this cannot tell you", [...costWords(comparison), ...MODEL_LIMITS].map(bullet).join("\n")),
  ].join("\n\n");
}

function heading({ plan: { base, others } }: Comparison): string {
  const names = others.length === 1 ? others[0].name : `${others.length} other scenarios`;
  return paragraph(
    `${base.name} and ${names}: the same people with the same luck, ${formatCount(base.service.time.weeks)} weeks.`,
  );
}

/** The name of a scenario, then a line for each of its changes. */
function changeLines({ name, changes, ignored }: ScenarioComparison): string {
  const lines = [
    ...changes.map(changeWords),
    ...ignored.map((section) => `its section ${section}: differs, but has no effect here: the base's counts for all`),
  ];
  return [name, ...(lines.length > 0 ? lines : ["nothing: this is the base again"]).map(bullet)].join("\n");
}

function changeWords({ path, label, unit, from, to }: ParameterChange): string {
  const [before, after] = [from, to].map((value) => (Array.isArray(value) ? value.join(", ") : String(value)));
  return `${label}: ${before} → ${after}${unit === "" || unit === "1" ? "" : ` ${unit}`} (${path})`;
}

function scenarioText({ plan }: Comparison, scenario: ScenarioComparison, all: boolean): string {
  const figures = scenario.figures.filter(({ headline, name }) => all || headline || name === "budgetShortfall");
  const table = textTable(
    [
      { title: `${scenario.name} less ${plan.base.name}`, align: "left" },
      { title: "base", align: "right" },
      { title: "scenario", align: "right" },
      { title: "difference", align: "right" },
      { title: "95 % interval", align: "right" },
      { title: "verdict", align: "left" },
      { title: "unit", align: "left" },
      ...(all ? DETAILS.map(([title]) => ({ title, align: "right" }) as const) : []),
    ],
    figures.map((figure) => [...figureCells(figure), ...(all ? DETAILS.map(([, cell]) => cell(figure)) : [])]),
  );
  return [table, paragraph(replicationWords(plan.precision, scenario, figures))].join("\n");
}

/** How a difference was found. */
const DETAILS: readonly (readonly [title: string, cell: (figure: ComparedFigure) => string])[] = [
  ["MCSE", ({ mcse }) => formatNumber(mcse, 2)],
  ["pairs", ({ nPairs }) => formatCount(nPairs)],
  ["runs needed", ({ runsNeeded }) => (Number.isNaN(runsNeeded) ? "–" : formatCount(runsNeeded))],
  ["saved", ({ varianceRatio }) => savedWords(varianceRatio)],
];

function figureCells(figure: ComparedFigure): string[] {
  const { label, unit, base, value, difference, mcse, ci } = figure;
  const decimals = decimalsFor(mcse, 2);
  // Two digits of the error; a difference without error has the digits it needs.
  const print = (x: number) => {
    if (!(mcse > 0)) return formatNumber(x, 4);
    return decimals === 0 ? formatCount(Math.round(x)) : formatFixed(x, decimals);
  };
  const signed = (x: number) => (x > 0 ? `+${print(x)}` : print(x));
  const interval = Number.isNaN(mcse) ? "–" : mcse === 0 ? "always the same" : `${signed(ci[0])} to ${signed(ci[1])}`;
  return [label, print(base), print(value), signed(difference), interval, verdictOf(figure), unit];
}

function savedWords(ratio: number): string {
  if (Number.isNaN(ratio)) return "–";
  return Number.isFinite(ratio) ? `${formatNumber(ratio, 2)} ×` : "all";
}

/** How many replications there were, whether they were enough, and which of the figures shown have no value in some. */
function replicationWords(
  precision: number,
  { replications, isPrecise, figures }: ScenarioComparison,
  shown: readonly ComparedFigure[],
): string {
  const ran = `${formatCount(replications)} replications`;
  const goal = `± ${formatPercent(precision)} of the base's value`;
  const partly = shown
    .filter(({ nUndefined, nPairs }) => nUndefined > 0 && nPairs > 0)
    .map(({ label, nPairs }) => ` ${label}: defined in ${formatCount(nPairs)} of them in both scenarios.`)
    .join("");
  if (isPrecise) return `${ran}: headline differences are known to ${goal}.${partly}`;
  if (replications < FEWEST_REPLICATIONS)
    return `${ran}, all there were to run: fewer than ${FEWEST_REPLICATIONS} cannot show how precise they are (--replications).${partly}`;
  const needs = figures
    .filter(({ headline, runsNeeded }) => headline && runsNeeded > replications)
    .map(({ label, runsNeeded }) => `${formatCount(runsNeeded)} for ${label}`);
  return `${ran}, all there were to run: ${goal} is not reached. It would take about ${joinWords(needs)} (--replications).${partly}`;
}

function rankingText({ rankings, plan }: Comparison): string {
  const method =
    "By key figure, on the replications that two scenarios share. The best is, with 95 % confidence, among those " +
    "named (paired t tests against all others, Bonferroni; Hsu 1984); several names: indifferent, they cannot be told " +
    `apart. "Differs" means from ${plan.base.name}, p < .05 by Holm's method over the scenarios.`;
  return [
    ...rankings.map(({ label, mayBeBest, againstBase }) =>
      paragraph(`${label}: ${bestWords(mayBeBest)} ${differWords(againstBase)}`),
    ),
    paragraph(method),
  ].join("\n");
}

function bestWords(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]} is best.` : `indifferent between ${joinWords(names)}.`;
}

function differWords(againstBase: Ranking["againstBase"]): string {
  const names = againstBase.filter(({ holm }) => holm < ALPHA).map(({ name }) => name);
  return names.length === 0 ? "None differs." : `${names.length === 1 ? "Differs" : "Differ"}: ${joinWords(names)}.`;
}

function trustWords({ nSelfChecked, scenarios }: Comparison): string[] {
  const ratios = scenarios
    .flatMap(({ figures }) => figures.filter(({ headline }) => headline))
    .map(({ varianceRatio }) => varianceRatio)
    .filter(Number.isFinite);
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => formatNumber(ratio, 2));
  return [
    `Self-check: the base against itself, ${formatCount(nSelfChecked)} replications: every difference is 0.`,
    ...(ratios.length === 0
      ? []
      : [
          `Shared luck: with luck of its own for every scenario, headline differences would have taken ${least === most ? least : `${least} to ${most}`} times as many replications.`,
        ]),
    "Runs stop as soon as they are precise enough, which makes intervals cover a little less than 95 % (94 % at worst " +
      "where few replications do, 95 % where many do). The intervals of a table hold one by one, not all at once.",
  ];
}

function costWords({ plan: { base } }: Comparison): string[] {
  return base.costs === null ? [] : [aboutCosts(base.costs)];
}

function section(title: string, body: string): string {
  return `${title}\n${body}`;
}

function paragraph(text: string): string {
  return wrapLines(text, WIDTH);
}

function bullet(text: string): string {
  return `- ${wrapLines(text, WIDTH - 2).replaceAll("\n", "\n  ")}`;
}
