import { populationOf } from "../models/paths/population.ts";
import type { PowerRun } from "../models/powerTypes.ts";
import { assumptionTable } from "./assumptions.ts";
import { coverageSentence, furtherFindings, rangeWords } from "./describeRun.ts";
import { gridAnswer, shortAnswer, shortAnswerKey, testInProse } from "./findings.ts";
import { analysisOf, pathsOf } from "./focus.ts";
import {
  decimalsFor,
  formatCount,
  formatFixed,
  formatNumber,
  formatPercent,
  formatRate,
  formatShare,
} from "./format.ts";
import { bulletList, type HtmlColumn, type HtmlRow, htmlTable, paragraphs } from "./htmlParts.ts";
import { isNull, type Series, seriesOf, testsOf } from "./series.ts";
import { hasExact } from "./powerTable.ts";
import { settingsOf, unitOfAb } from "./settings.ts";
import { styleOf } from "./testNames.ts";

const MAX_OPEN_ROWS = 24;

export const text = (title: string): HtmlColumn => ({ title, isNumber: false });
export const number = (title: string): HtmlColumn => ({ title, isNumber: true });

/** By the other tests: a list for one series, a table of series by tests for several. */
export function otherAnswers(run: PowerRun): string {
  const withEffect = seriesOf(run).filter((series) => !isNull(series));
  const tests = testsOf(run);
  const { target } = run.scenario.power;
  if (withEffect.length > 1) {
    const rows = withEffect.map(
      (series): HtmlRow => ({
        cells: [series.label, ...tests.map((test) => shortAnswer(gridAnswer(series, test, target)))],
      }),
    );
    const answers = withEffect.flatMap((series) => tests.map((test) => gridAnswer(series, test, target)));
    const caption = `Clients needed (N) for ${formatPercent(target)} power: ${shortAnswerKey(answers)}`;
    return htmlTable(caption, [text("Series"), ...tests.map((test) => number(styleOf(test).name))], rows);
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

export function ratesTable(run: PowerRun): string {
  const isExact = hasExact(run);
  const columns = [
    number("N"),
    text("Test"),
    number("Power"),
    number("95\u00a0% interval"),
    number("MCSE"),
    ...(isExact ? [number("Exact"), text("")] : []),
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
              styleOf(test).name,
              formatRate(rate.power, 4),
              `${formatRate(rate.ci[0])} to ${formatRate(rate.ci[1])}`,
              formatRate(rate.mcse, 4),
              ...(isExact
                ? [rate.exact === null ? "–" : formatRate(rate.exact, 4), rate.disagrees ? "disagrees" : ""]
                : []),
            ],
            first: index === 0,
            alarm: rate.disagrees,
          },
        ];
      }),
    ),
  );
  const caption =
    "Power: share of fitted studies that reject ab = 0 (type I error where the true ab is 0), with its 95\u00a0% Wilson interval and Monte-Carlo standard error (MCSE)";
  const beside = isExact ? "; beside it the exact power where it can be calculated" : "";
  return fold("Power of every test at every N", htmlTable(caption + beside, columns, rows), rows, "");
}

export function biasTable(run: PowerRun): string {
  const losesClients =
    run.scenario.generator === "paths" &&
    run.result.conditions.some(({ meanAnalysed, nClients }) => meanAnalysed !== nClients);
  const columns = [
    number("N"),
    ...(losesClients ? [number("Analysed, mean")] : []),
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
  const rows = bySeries(run, (series) => {
    const decimals = decimalsOver(series, "biasMcse", 2);
    const seDecimals = decimalsOver(series, "empiricalSe", 3);
    return series.points.map(({ summary }, index): HtmlRow => {
      const { estimate, estimand } = summary;
      return {
        cells: [
          formatCount(summary.nClients),
          ...(losesClients ? [formatFixed(summary.meanAnalysed, 1)] : []),
          formatNumber(estimand, 4),
          formatFixed(estimate.mean, decimals),
          formatFixed(estimate.bias, decimals),
          formatFixed(estimate.biasMcse, decimals),
          formatFixed(estimate.empiricalSe, seDecimals),
          formatFixed(estimate.modelSe, seDecimals),
          formatFixed(estimate.modelSe / estimate.empiricalSe, 3),
          formatCount(summary.nFitted),
          formatCount(summary.nFailed),
        ],
        first: index === 0,
      };
    });
  });
  const caption = `Estimates of ab, in ${unitOfAb(run.scenario)}. Empirical SE: how much estimates vary; model SE: what the Sobel formula says; failed studies are in no rate`;
  const biases = run.result.conditions.map((condition) => condition.estimate.bias);
  const mcse = Math.max(...run.result.conditions.map((condition) => condition.estimate.biasMcse));
  const summary = `Bias of ab: ${rangeWords(biases, (bias) => formatFixed(bias, decimalsFor(mcse, 2)))} (Monte-Carlo SE up to ${formatNumber(mcse, 2)}).`;
  return fold("Estimates at every N", htmlTable(caption, columns, rows), rows, summary);
}

/** Decimals that show the least of a series' values to so many digits. */
function decimalsOver(series: Series, name: "biasMcse" | "empiricalSe", digits: number): number {
  return Math.max(...series.points.map(({ summary }) => decimalsFor(summary.estimate[name], digits)));
}

export function coverageTable(run: PowerRun): string {
  const tests = testsOf(run).filter((test) =>
    seriesOf(run).some((series) =>
      series.points.some((point) => (point.summary.tests[test]?.coverage ?? null) !== null),
    ),
  );
  if (tests.length === 0) return "";
  const { analysis, varied } = settingsOf(run);
  const levelVaries = varied.includes("analysis.level");
  const columns = [
    number("N"),
    ...(levelVaries ? [number("Intended")] : []),
    ...tests.map((test) => number(styleOf(test).name)),
  ];
  const rows = bySeries(run, (series) =>
    series.points.map(
      ({ summary, conditionIndex }, index): HtmlRow => ({
        cells: [
          formatCount(summary.nClients),
          ...(levelVaries ? [formatShare(analysisOf(run, conditionIndex).level)] : []),
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
  const intended = levelVaries ? "" : `; ${formatShare(analysis.level)} is intended`;
  const judged = coverageSentence(run);
  const caption = `Coverage: share of intervals that contain the true ab (± MCSE)${intended}${judged === null ? "" : `. ${judged}`}`;
  const ranges = tests.map((test) => {
    const rates = run.result.conditions.flatMap((condition) => condition.tests[test]?.coverage ?? []);
    return `${testInProse(test)} ${rangeWords(rates, formatRate)}`;
  });
  return fold(
    "Coverage at every N",
    htmlTable(caption, columns, rows),
    rows,
    `Coverage${intended.replace("; ", ", where ")}: ${ranges.join("; ")}.${judged === null ? "" : ` ${judged}`}`,
  );
}

export function seriesTable(run: PowerRun): string {
  const { scenario } = run;
  return scenario.generator === "paths" ? pathsTable(run, scenario.paths.standardized) : serviceTable(run);
}

/** Truth, and the clients that are left for the analysis, at every N of a service. */
function serviceTable(run: PowerRun): string {
  const columns = [
    number("N"),
    number("True ab"),
    number("± MCSE"),
    number("Analysed, mean"),
    number("Fitted studies"),
  ];
  const rows = bySeries(run, (series) =>
    series.points.map(({ summary }, index): HtmlRow => {
      const mcse = summary.estimandMcse ?? Number.NaN;
      const decimals = decimalsFor(mcse, 2);
      return {
        cells: [
          formatCount(summary.nClients),
          formatFixed(summary.estimand, decimals),
          formatFixed(mcse, decimals),
          formatFixed(summary.meanAnalysed, 1),
          formatCount(summary.nFitted),
        ],
        first: index === 0,
      };
    }),
  );
  const caption =
    "True ab: what the same analysis finds in a very large cohort, with its Monte-Carlo SE. Analysed: clients with complete data, of the N planned";
  return fold("Truth and clients analysed at every N", htmlTable(caption, columns, rows), rows, "");
}

function pathsTable(run: PowerRun, isStandardized: boolean): string {
  const table = assumptionTable(run);
  // a, b and c′ have columns of their own.
  const others = (table?.columns ?? [])
    .map((_, index) => index)
    .filter((index) => !/^(a|b|c′)$/.test(table!.columns[index]));
  const isNamed = table?.hasNames === true;
  const columns = [
    ...(isNamed ? [text("Series")] : []),
    number("a"),
    number("b"),
    number("c′"),
    ...others.map((index) => number(table!.columns[index])),
    number("True ab"),
    number("Residual variance of M"),
    number("of Y"),
  ];
  const rows = seriesOf(run).map((series, row): HtmlRow => {
    const { conditionIndex, summary } = series.points[0];
    const paths = pathsOf(run, conditionIndex);
    if (paths === null) return { cells: [] };
    const { variances } = populationOf(paths);
    return {
      cells: [
        ...(isNamed ? [series.label] : []),
        ...[paths.a, paths.b, paths.cPrime].map((value) => formatNumber(value, 6)),
        ...others.map((index) => table!.rows[row].values[index]),
        ...[summary.estimand, variances.e1, variances.e2].map((value) => formatNumber(value, 4)),
      ],
    };
  });
  const kind = isStandardized ? "standardized" : "raw";
  return htmlTable(`Assumed values (${kind} coefficients)`, columns, rows);
}

/** A long table starts folded, below a line that sums it up: a page is read from the top. */
export function fold(title: string, table: string, rows: readonly HtmlRow[], summary: string): string {
  const nRows = rows.filter((row) => "cells" in row).length;
  if (nRows <= MAX_OPEN_ROWS) return table;
  const words = `${title}: ${formatCount(nRows)} rows`;
  return `${summary === "" ? "" : paragraphs([summary])}<details><summary>${words}</summary>${table}</details>`;
}
