import type { ComparedFigure, Comparison, ScenarioComparison } from "../models/compare/comparisonTypes.ts";
import type { Sensitivity } from "../models/sensitivity/sensitivityTypes.ts";
import { ACCESS_FIGURES, bottomLine, budgetSentences, CLEAR_IS_NOT_LARGE, shareOfBase } from "./comparisonFinding.ts";
import {
  changeSentences,
  figureText,
  limitSentences,
  rankingSentences,
  replicationWords,
  runsNeededWords,
  savedWords,
  trustSentences,
} from "./comparisonWords.ts";
import { formatCount, formatNumber, formatPercent } from "./format.ts";
import type { DrawnChart } from "./html.ts";
import { htmlPage } from "./htmlPage.ts";
import {
  bulletList,
  definitionList,
  figure,
  type HtmlColumn,
  type HtmlRow,
  htmlTable,
  paragraphs,
  section,
} from "./htmlParts.ts";
import { number, text } from "./htmlTables.ts";
import { escapeMarkup } from "./render.ts";
import { sensitivitySection } from "./sensitivityHtml.ts";

/** What stands on the first page beside headline figures. */
const ACCESS_AND_COST = [
  ...ACCESS_FIGURES,
  ...["costPerYear", "costPerContactHour", "costPerImprovement", "budgetShortfall"],
];

/**
 * report.html of a comparison: first one page that answers (verdict, what changed, headline figures, cost, limits), then
 * charts and every detail. It needs no network and no script; all text of the scenarios is escaped.
 *
 * @param sensitivity which assumptions drive the difference; null where that was not asked
 * @param drawn the comparison's charts (`chartsOfComparison`), drawn
 */
export function comparisonReport(
  comparison: Comparison,
  sensitivity: Sensitivity | null,
  drawn: readonly DrawnChart[],
): string {
  const { version, scenarios } = comparison;
  const title = comparisonTitle(comparison);
  const charts = (prefix: string) =>
    drawn
      .filter(({ chart }) => chart.name.startsWith(prefix))
      .map(({ chart, svg }) => figure(svg, chart.description))
      .join("\n");
  const plane = charts("cost-benefit");
  return htmlPage(title, "comparison", version, [
    `<header><h1>${escapeMarkup(title)}</h1>\n<p class="origin">${escapeMarkup(originLine(comparison))}</p></header>`,
    `<div class="finding">${paragraphs(scenarios.map((scenario) => `${scenario.name}: ${bottomLine(scenario)}.`))}</div>`,
    section("changed", "What changed", bulletList(scenarios.map(changeLine))),
    section("headline", "Headline figures", headlineSection(comparison)),
    section("cost", "Who is served, and what it costs", accessAndCost(comparison)),
    section("cannot", "What this cannot tell you", bulletList(limitSentences(comparison))),
    section("differences", "Differences in a picture", charts("differences")),
    plane === "" ? "" : section("cost-benefit", "Cost and benefit", plane),
    section("weeks", "Week by week", charts("weeks")),
    sensitivity === null
      ? ""
      : section("drivers", "Which assumption drives the answer", sensitivitySection(sensitivity, charts)),
    scenarios.length === 1 ? "" : section("best", "Which is best", bulletList(rankingSentences(comparison))),
    section("kpis", "Every key figure", scenarios.map((scenario) => everyFigure(comparison, scenario)).join("\n")),
    section("trust", "How far to trust the intervals", trustSection(comparison)),
    section("computed", "How it was computed", computed(comparison)),
  ]);
}

export function comparisonTitle({ plan: { base } }: Pick<Comparison, "plan">): string {
  return `What if? ${base.title === "" ? base.name : base.title}`;
}

function originLine({ plan, version }: Comparison): string {
  return (
    `Base ${plan.base.name} · ${formatCount(plan.base.service.time.weeks)} weeks · the same people with the same luck in ` +
    `every scenario · seed “${plan.seed}” · caseload ${version}`
  );
}

function changeLine(scenario: ScenarioComparison): string {
  return `${scenario.name}: ${changeSentences(scenario).join("; ")}`;
}

const FIGURE_COLUMNS: readonly HtmlColumn[] = [
  text("Key figure"),
  number("Base"),
  number("Scenario"),
  number("Difference"),
  number("95\u00a0% interval"),
  number("Of base"),
  text("Verdict"),
  text("Unit"),
];

function figureCells(compared: ComparedFigure): string[] {
  const { base, value, difference, interval, verdict } = figureText(compared);
  return [compared.label, base, value, difference, interval, shareOfBase(compared), verdict, compared.unit];
}

/** A table of chosen figures, under the name of each scenario where there are several. */
function figureTable({ scenarios }: Comparison, isShown: (figure: ComparedFigure) => boolean): string {
  const rows = scenarios.flatMap(({ name, figures }): HtmlRow[] => [
    ...(scenarios.length > 1 ? [{ heading: name }] : []),
    ...figures.filter(isShown).map((compared) => ({ cells: figureCells(compared) })),
  ]);
  return htmlTable("Means over replications; differences are paired, scenario less base", FIGURE_COLUMNS, rows);
}

function headlineSection(comparison: Comparison): string {
  return `${figureTable(comparison, ({ headline }) => headline)}
${paragraphs([CLEAR_IS_NOT_LARGE])}`;
}

function accessAndCost(comparison: Comparison): string {
  return `${figureTable(comparison, ({ name }) => ACCESS_AND_COST.includes(name))}
${paragraphs(budgetSentences(comparison))}`;
}

/** All figures of a scenario with how well they are known, folded away. */
function everyFigure({ plan }: Comparison, scenario: ScenarioComparison): string {
  const columns = [...FIGURE_COLUMNS, number("MCSE"), number("Pairs"), number("Runs needed"), number("Pairing saved")];
  const rows = scenario.figures.map((compared): HtmlRow => {
    const { mcse, nPairs, runsNeeded, varianceRatio } = compared;
    const details = [
      formatNumber(mcse, 2),
      formatCount(nPairs),
      runsNeededWords(runsNeeded),
      savedWords(varianceRatio),
    ];
    return { cells: [...figureCells(compared), ...details] };
  });
  const caption = `${scenario.name} less ${plan.base.name}`;
  const definitions = scenario.figures.map(({ label, definition }) => [label, `${definition}.`] as const);
  return `<details><summary>${escapeMarkup(caption)}: ${formatCount(rows.length)} key figures</summary>${htmlTable(caption, columns, rows)}</details>
<details><summary>How each key figure is reckoned</summary>${definitionList(definitions)}</details>`;
}

function trustSection(comparison: Comparison): string {
  const { plan, scenarios } = comparison;
  return `${paragraphs(trustSentences(comparison))}
${bulletList(scenarios.map((scenario) => `${scenario.name}: ${replicationWords(plan.precision, scenario, scenario.figures)}`))}`;
}

function computed({ plan, version, scenarios, nSelfChecked }: Comparison): string {
  const { base, seed, precision, replications } = plan;
  return `${definitionList([
    ["Base", base.name],
    ["Scenarios", scenarios.map(({ name }) => name).join(" · ")],
    ["Seed", seed],
    ["Version", `caseload ${version}`],
    ["Replications", scenarios.map(({ name, replications: n }) => `${name} ${formatCount(n)}`).join(" · ")],
    ["Most replications", formatCount(replications)],
    ["Precision asked for", `± ${formatPercent(precision)} of the base's value, for every headline figure`],
    ["Base played twice", `${formatCount(nSelfChecked)} replications, every figure the same`],
    ["Step", `1/${base.service.time.stepsPerWeek} of a week, ${formatCount(base.service.time.weeks)} weeks`],
  ])}
<p>run.json holds every value of every scenario; comparison.csv has all numbers, and codebook.csv explains its columns. The same scenarios, seed and version give the same numbers on any machine and any number of threads.</p>`;
}
