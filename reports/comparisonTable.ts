import type { ComparedFigure, Comparison, ScenarioComparison } from "../models/compare/comparisonTypes.ts";
import {
  changeSentences,
  figureText,
  limitSentences,
  rankingSentences,
  replicationWords,
  runsNeededWords,
  savedWords,
  shownFirst,
  trustSentences,
} from "./comparisonWords.ts";
import { formatCount, formatNumber } from "./format.ts";
import { textTable, wrapLines } from "./textTable.ts";

const WIDTH = 100;

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
    ...(scenarios.length > 1 ? [section("Which is best", rankingSentences(comparison).map(paragraph).join("\n"))] : []),
    section("How far to trust the intervals", trustSentences(comparison).map(paragraph).join("\n")),
    section("What this cannot tell you", limitSentences(comparison).map(bullet).join("\n")),
  ].join("\n\n");
}

function heading({ plan: { base, others } }: Comparison): string {
  const names = others.length === 1 ? others[0].name : `${others.length} other scenarios`;
  return paragraph(
    `${base.name} and ${names}: the same people with the same luck, ${formatCount(base.service.time.weeks)} weeks.`,
  );
}

/** The name of a scenario, then a line for each of its changes. */
function changeLines(scenario: ScenarioComparison): string {
  return [scenario.name, ...changeSentences(scenario).map(bullet)].join("\n");
}

function scenarioText({ plan }: Comparison, scenario: ScenarioComparison, all: boolean): string {
  const figures = all ? scenario.figures : shownFirst(scenario);
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

function figureCells(figure: ComparedFigure): string[] {
  const { base, value, difference, interval, verdict } = figureText(figure);
  return [figure.label, base, value, difference, interval, verdict, figure.unit];
}

/** How a difference was found. */
const DETAILS: readonly (readonly [title: string, cell: (figure: ComparedFigure) => string])[] = [
  ["MCSE", ({ mcse }) => formatNumber(mcse, 2)],
  ["pairs", ({ nPairs }) => formatCount(nPairs)],
  ["runs needed", ({ runsNeeded }) => runsNeededWords(runsNeeded)],
  ["saved", ({ varianceRatio }) => savedWords(varianceRatio)],
];

function section(title: string, body: string): string {
  return `${title}\n${body}`;
}

function paragraph(text: string): string {
  return wrapLines(text, WIDTH);
}

function bullet(text: string): string {
  return `- ${wrapLines(text, WIDTH - 2).replaceAll("\n", "\n  ")}`;
}
