import { Document, isCollection, visit } from "yaml";
import { populationOf } from "../models/paths/population.ts";
import type { PowerRun } from "../models/powerTypes.ts";
import type { Scenario } from "../models/scenario/types.ts";
import { findingSentence, furtherFindings, largestMcse, resamplesWords } from "./describeRun.ts";
import { pathsOf } from "./focus.ts";
import { gridAnswer, shortAnswer } from "./findings.ts";
import { decimalsFor, formatCount, formatFixed, formatNumber, formatPercent, formatRate } from "./format.ts";
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
import { REPORT_STYLE } from "./htmlStyle.ts";
import { limitations, methodsParagraphs } from "./methods.ts";
import { disagreements } from "./powerTable.ts";
import { type Chart, escapeMarkup } from "./render.ts";
import { isNull, type Series, seriesOf, testsOf } from "./series.ts";
import { references } from "./sources.ts";
import { stressChecklist } from "./stress.ts";
import { TEST_STYLES } from "./testNames.ts";

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
  const typeI = figures("type-i-error");
  const sampling = figures("sampling-distribution");
  const intervals = figures("intervals");
  const body = [
    `<header><h1>${escapeMarkup(title)}</h1>\n<p class="origin">${escapeMarkup(originLine(run))}</p></header>`,
    alarm(run),
    `<p class="finding">${escapeMarkup(findingSentence(run))}</p>`,
    otherAnswers(run),
    curves === "" ? "" : section("power", "Power by number of clients", curves),
    typeI === "" ? "" : section("type-i", "Type I error by number of clients", typeI),
    section("rates", "All rates", ratesTable(run)),
    section("bias", "Bias and coverage", `${biasTable(run)}\n${coverageTable(run)}`),
    sampling === "" ? "" : section("sampling", "How the estimate varies from study to study", sampling),
    intervals === "" ? "" : section("interval", "What confidence intervals do", intervals),
    section("model", "The model", `${figures("path-diagram")}\n${seriesTable(run)}`),
    section("cannot", "What this cannot say", bulletList(limitations(run))),
    section("methods", "Methods, ready for a proposal", paragraphs(methodsParagraphs(run))),
    section("computed", "How it was computed", computed(run)),
    section("stress", "STRESS checklist", stressTable(run)),
    section("references", "References", bulletList(references(testsOf(run)))),
  ].filter((part) => part !== "");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="caseload ${escapeMarkup(result.version)}">
<title>${escapeMarkup(title)} · power report</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
${body.join("\n")}
</main>
</body>
</html>
`;
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

const text = (title: string): HtmlColumn => ({ title, isNumber: false });
const number = (title: string): HtmlColumn => ({ title, isNumber: true });

/** By the other tests: a list for one series, a table of series by tests for several. */
function otherAnswers(run: PowerRun): string {
  const withEffect = seriesOf(run).filter((series) => !isNull(series));
  const tests = testsOf(run);
  const { target } = run.scenario.power;
  if (withEffect.length > 1) {
    const rows = withEffect.map(
      (series): HtmlRow => ({
        cells: [series.label, ...tests.map((test) => shortAnswer(gridAnswer(series, test, target)))],
      }),
    );
    const caption = `Clients needed (N) for ${formatPercent(target)} power: the exact N, or the two N of the grid it lies between (≤: already the smallest; >: not even the largest; ?: the Monte-Carlo error leaves it open)`;
    return htmlTable(caption, [text("Series"), ...tests.map((test) => number(TEST_STYLES[test].name))], rows);
  }
  const others = furtherFindings(run);
  if (others.length === 0) return "";
  const items = others.map((finding) => `${finding[0].toUpperCase()}${finding.slice(1)}.`);
  return `<p>By the other tests of the same studies:</p>\n${bulletList(items)}`;
}

/** Rows per series, under the series' label where there are several. */
function bySeries(run: PowerRun, rowsOf: (series: Series) => HtmlRow[]): HtmlRow[] {
  const seriesList = seriesOf(run);
  return seriesList.flatMap((series) =>
    seriesList.length > 1 ? [{ heading: series.label }, ...rowsOf(series)] : rowsOf(series),
  );
}

function ratesTable(run: PowerRun): string {
  const columns = [
    number("N"),
    text("Test"),
    number("Power"),
    number("95\u00a0% interval"),
    number("MCSE"),
    number("Exact"),
    text(""),
  ];
  const rows = bySeries(run, (series) =>
    series.points.flatMap(({ summary }) =>
      testsOf(run).flatMap((test, index): HtmlRow[] => {
        const rate = summary.tests[test];
        if (rate === undefined) return [];
        return [
          {
            cells: [
              formatCount(summary.nClients),
              TEST_STYLES[test].name,
              formatRate(rate.power, 4),
              `${formatRate(rate.ci[0])} to ${formatRate(rate.ci[1])}`,
              formatRate(rate.mcse, 4),
              rate.exact === null ? "–" : formatRate(rate.exact, 4),
              rate.disagrees ? "disagrees" : "",
            ],
            first: index === 0,
            alarm: rate.disagrees,
          },
        ];
      }),
    ),
  );
  const caption =
    "Power: share of fitted studies that reject ab = 0 (type I error where the true ab is 0), with its 95\u00a0% Wilson interval and Monte-Carlo standard error (MCSE); beside it the exact power where it can be calculated";
  return fold(htmlTable(caption, columns, rows), rows.length);
}

function biasTable(run: PowerRun): string {
  const columns = [
    number("N"),
    number("True ab"),
    number("Mean estimate"),
    number("Bias"),
    number("± MCSE"),
    number("Empirical SE"),
    number("Model SE"),
    number("Ratio"),
    number("Fitted"),
    number("Failed"),
  ];
  const rows = bySeries(run, (series) =>
    series.points.map(({ summary }, index): HtmlRow => {
      const { estimate, estimand } = summary;
      const decimals = decimalsFor(estimate.biasMcse, 2);
      return {
        cells: [
          formatCount(summary.nClients),
          formatNumber(estimand, 4),
          formatFixed(estimate.mean, decimals),
          formatFixed(estimate.bias, decimals),
          formatFixed(estimate.biasMcse, decimals),
          formatFixed(estimate.empiricalSe, decimalsFor(estimate.empiricalSe, 3)),
          formatFixed(estimate.modelSe, decimalsFor(estimate.empiricalSe, 3)),
          formatFixed(estimate.modelSe / estimate.empiricalSe, 3),
          formatCount(summary.nFitted),
          formatCount(summary.nFailed),
        ],
        first: index === 0,
      };
    }),
  );
  const caption =
    "Estimates of ab, in units of Y per unit of X. Empirical SE: how much estimates vary; model SE: what the Sobel formula says; failed studies are in no rate";
  return fold(htmlTable(caption, columns, rows), rows.length);
}

function coverageTable(run: PowerRun): string {
  const tests = testsOf(run).filter((test) =>
    seriesOf(run).some((series) =>
      series.points.some((point) => (point.summary.tests[test]?.coverage ?? null) !== null),
    ),
  );
  if (tests.length === 0) return "";
  const columns = [number("N"), ...tests.map((test) => number(TEST_STYLES[test].name))];
  const rows = bySeries(run, (series) =>
    series.points.map(
      ({ summary }, index): HtmlRow => ({
        cells: [
          formatCount(summary.nClients),
          ...tests.map((test) => {
            const rate = summary.tests[test];
            if (rate === undefined || rate.coverage === null) return "–";
            return `${formatRate(rate.coverage)} ± ${formatRate(rate.coverageMcse ?? Number.NaN)}`;
          }),
        ],
        first: index === 0,
      }),
    ),
  );
  const caption = `Coverage: share of intervals that contain the true ab (± MCSE); ${formatRate(run.scenario.analysis.level, 2)} is intended`;
  return fold(htmlTable(caption, columns, rows), rows.length);
}

function seriesTable(run: PowerRun): string {
  const seriesList = seriesOf(run);
  const columns = [
    ...(seriesList.length > 1 ? [text("Series")] : []),
    number("a"),
    number("b"),
    number("c′"),
    number("True ab"),
    number("Residual variance of M"),
    number("of Y"),
  ];
  const rows = seriesList.map((series): HtmlRow => {
    const { conditionIndex, summary } = series.points[0];
    const paths = pathsOf(run, conditionIndex);
    const { variances } = populationOf(paths);
    return {
      cells: [
        ...(seriesList.length > 1 ? [series.label] : []),
        ...[paths.a, paths.b, paths.cPrime, summary.estimand, variances.e1, variances.e2].map((value) =>
          formatNumber(value, 4),
        ),
      ],
    };
  });
  const kind = run.scenario.paths.standardized ? "standardized" : "raw";
  return htmlTable(`Assumed paths (${kind} coefficients)`, columns, rows);
}

function computed(run: PowerRun): string {
  const { result, scenario } = run;
  const resamples = resamplesWords(run);
  const entries: (readonly [string, string])[] = [
    ["Scenario", result.scenario],
    ["Source of the values", scenario.source === "" ? "none stated" : scenario.source],
    ["Seed", result.seed],
    ["Version", `caseload ${result.version}`],
    ["Replications", `${formatCount(result.replications)} per condition`],
    [
      "Tests",
      testsOf(run)
        .map((test) => TEST_STYLES[test].name)
        .join(", "),
    ],
    ...(resamples === null ? [] : [["Bootstrap", resamples] as const]),
    ["Largest MCSE", formatRate(largestMcse(run), 4)],
  ];
  return `${definitionList(entries)}
<p>The same scenario, seed and version give the same numbers on any machine and any number of threads.</p>
<details><summary>The scenario in full</summary><pre>${escapeMarkup(scenarioListing(scenario))}</pre></details>`;
}

/** The scenario as YAML, one line per condition. */
function scenarioListing(scenario: Scenario): string {
  const document = new Document(scenario, { aliasDuplicateObjects: false });
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

/** Long tables start folded: a page is read from the top. */
function fold(table: string, nRows: number): string {
  return nRows <= 60 ? table : `<details><summary>Table of ${formatCount(nRows)} rows</summary>${table}</details>`;
}
