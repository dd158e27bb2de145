import { Document, isCollection, isScalar, visit } from "yaml";
import type { PowerRun } from "../models/powerTypes.ts";
import type { Scenario } from "../models/scenario/types.ts";
import { bootstrapSentences, findingSentence, largestMcse } from "./describeRun.ts";
import { formatCount, formatRate } from "./format.ts";
import { comparisonHtml } from "./estimatorTables.ts";
import { htmlPage } from "./htmlPage.ts";
import { bulletList, definitionList, figure, type HtmlRow, htmlTable, paragraphs, section } from "./htmlParts.ts";
import { biasTable, coverageTable, number, otherAnswers, ratesTable, seriesTable, text } from "./htmlTables.ts";
import { limitations, methodsParagraphs, tabulatedAssumptions } from "./methods.ts";
import { disagreements } from "./powerTable.ts";
import { type Chart, escapeMarkup } from "./render.ts";
import { testsOf } from "./series.ts";
import { serviceSentences } from "./serviceWords.ts";
import { settingsOf } from "./settings.ts";
import { references } from "./sources.ts";
import { stressChecklist } from "./stress.ts";
import { ESTIMATOR_WORDS, TEST_STYLES } from "./testNames.ts";

/** A chart and the SVG that renderSvg made of it. */
export type DrawnChart = { readonly chart: Chart; readonly svg: string };

/**
 * report.html: one page that needs no network and no script, the answer first. All text of the scenario is escaped, and a
 * content security policy forbids the page to load anything.
 *
 * @param drawn the run's charts (`chartsOf`), drawn
 */
export function reportHtml(run: PowerRun, drawn: readonly DrawnChart[]): string {
  const { result, scenario } = run;
  const figures = (prefix: string) =>
    drawn
      .filter(({ chart }) => chart.name.startsWith(prefix))
      .map(({ chart, svg }) => figure(svg, chart.description))
      .join("\n");
  const title = scenario.title === "" ? result.scenario : scenario.title;
  const curves = figures("power-curves");
  const byTeams = figures("clients-or-teams");
  const typeI = figures("type-i-error");
  const sampling = figures("sampling-distribution");
  const intervals = figures("intervals");
  const compared = comparisonHtml(run);
  return htmlPage(title, "power report", result.version, [
    `<header><h1>${escapeMarkup(title)}</h1>\n<p class="origin">${escapeMarkup(originLine(run))}</p></header>`,
    alarm(run),
    `<p class="finding">${escapeMarkup(findingSentence(run))}</p>`,
    otherAnswers(run),
    curves === "" ? "" : section("power", "Power by number of clients", curves),
    byTeams === "" ? "" : section("teams", "Clients or teams?", byTeams),
    typeI === "" ? "" : section("type-i", "Type I error by number of clients", typeI),
    compared === "" ? "" : section("estimators", "Estimators side by side", compared),
    section("rates", "All rates", ratesTable(run)),
    section("bias", "Bias and coverage", `${biasTable(run)}\n${coverageTable(run)}`),
    sampling === "" ? "" : section("sampling", "How the estimate varies from study to study", sampling),
    intervals === "" ? "" : section("interval", "What confidence intervals do", intervals),
    section("model", "The model", `${modelWords(run)}${figures("path-diagram")}\n${seriesTable(run)}`),
    section("cannot", "What this cannot say", bulletList(limitations(run))),
    section("methods", "Methods, ready for a proposal", methods(run)),
    section("computed", "How it was computed", computed(run)),
    section("stress", "STRESS checklist", stressTable(run)),
    section("references", "References", bulletList(references(testsOf(run)))),
  ]);
}

function originLine({ result }: PowerRun): string {
  const n = result.conditions.length;
  return (
    `Scenario ${result.scenario} · ${formatCount(result.replications)} replications in each of ${formatCount(n)} ` +
    `${n === 1 ? "condition" : "conditions"} · seed “${result.seed}” · caseload ${result.version}`
  );
}

function alarm(run: PowerRun): string {
  const lines = disagreements(run);
  if (lines.length === 0) return "";
  return `<div class="alarm" role="alert"><p>Simulated and exact power differ by more than 4.9 Monte-Carlo standard errors. One of them is wrong; do not use these numbers.</p>\n${bulletList(lines)}</div>`;
}

/** What was simulated, where no picture shows it. */
function modelWords(run: PowerRun): string {
  const settings = settingsOf(run);
  return settings.generator === "paths" ? "" : paragraphs([serviceSentences(settings).join(" ")]);
}

function methods(run: PowerRun): string {
  const [plan, ...others] = methodsParagraphs(run);
  const assumptions = tabulatedAssumptions(run);
  if (assumptions === null) return paragraphs([plan, ...others]);
  const columns = assumptions.columns.map((title) => (title === "Series" ? text(title) : number(title)));
  const rows = assumptions.rows.map((cells): HtmlRow => ({ cells }));
  return `${paragraphs([plan])}\n${htmlTable("Sets of assumptions", columns, rows)}\n${paragraphs(others)}`;
}

function computed(run: PowerRun): string {
  const { result, scenario } = run;
  const bootstrap = bootstrapSentences(run);
  const entries: (readonly [string, string])[] = [
    ["Scenario", result.scenario],
    ["Source of the values", scenario.source === "" ? "none stated" : scenario.source],
    ["Seed", result.seed],
    ["Version", `caseload ${result.version}`],
    ["Replications", `${formatCount(result.replications)} per condition`],
    ["Tests", scenario.analysis.tests.map((test) => TEST_STYLES[test].name).join(", ")],
    ...(scenario.analysis.estimators.length > 1
      ? [["Estimators", scenario.analysis.estimators.map((name) => ESTIMATOR_WORDS[name].name).join(", ")] as const]
      : []),
    ...(bootstrap === null ? [] : [["Bootstrap", bootstrap] as const]),
    ["Largest MCSE", formatRate(largestMcse(run), 4)],
  ];
  return `${definitionList(entries)}
<p>The same scenario, seed and version give the same numbers on any machine and any number of threads.</p>
<details><summary>The scenario in full</summary><pre>${escapeMarkup(scenarioListing(scenario))}</pre></details>`;
}

/** The scenario as YAML, one line per condition; what every condition sets itself has no value of its own. */
function scenarioListing(scenario: Scenario): string {
  const document = new Document(scenario, { aliasDuplicateObjects: false });
  for (const factor of Object.keys(scenario.power.conditions[0])) {
    const node = document.getIn(factor.split("."), true);
    if (!isScalar(node)) continue;
    node.value = null;
    node.comment = " set by each of power.conditions";
  }
  const conditions = document.getIn(["power", "conditions"]);
  visit(isCollection(conditions) ? conditions : null, {
    Map(_, node) {
      node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 });
}

function stressTable(run: PowerRun): string {
  const rows = stressChecklist(run).map((item): HtmlRow => ({ cells: [item.item, item.name, item.text] }));
  return `<details><summary>20 items for reporting a simulation study, filled in</summary>${htmlTable(
    "STRESS checklist (Monks et al., 2019)",
    [text("Item"), text("Asks for"), text("This study")],
    rows,
  )}</details>`;
}
