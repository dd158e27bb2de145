import type { PowerRun } from "../../models/powerTypes.ts";
import type { RateName } from "../../models/decisionNames.ts";
import { drawnTests } from "../estimators.ts";
import { answerClause, gridAnswer, testInProse } from "../findings.ts";
import { analysisOf } from "../focus.ts";
import { formatCount, formatPercent, formatRate } from "../format.ts";
import type { Chart } from "../render.ts";
import { isNull, type Series, seriesOf } from "../series.ts";
import { chartSpec } from "./canvas.ts";
import {
  BAR_ENTRY,
  EXACT_LINE_ENTRY,
  EXACT_TICK_ENTRY,
  JOINED_ENTRY,
  type LegendEntry,
  legendPanel,
  SIMULATED_ENTRY,
  testEntry,
} from "./legend.ts";
import { gridLayout } from "./panelGrid.ts";
import { provenance } from "./provenance.ts";
import { hasExactCurve, type RateAxis, rateCurvePanels } from "./rateCurves.ts";
import { rateDotPanels } from "./rateDots.ts";
import { INK, MAX_PANELS, wrapText } from "./theme.ts";

/**
 * Power over the number of clients, one panel per series of conditions with ab ≠ 0, 16 panels to a chart.
 * Where no series has more than one N, dots with intervals stand in for the curves.
 *
 * @returns no chart when ab = 0 throughout
 */
export function powerCurves(run: PowerRun): Chart[] {
  const { target } = run.scenario.power;
  const axis: RateAxis = {
    title: "Power (probability of detecting ab)",
    shortTitle: "Power",
    domain: [0, 1],
    ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
    format: ".1f",
    reference: () => target,
  };
  return rateCharts(run, {
    name: "power-curves",
    title: "Power to detect the indirect effect",
    axis,
    referenceLabel: `Target power ${formatPercent(target)}`,
    seriesList: seriesOf(run).filter((series) => !isNull(series)),
    describe: (series, test) => `${testInProse(test)} ${answerClause(gridAnswer(series, test, target))}`,
  });
}

/**
 * Type I error over the number of clients, one panel per series of conditions with ab = 0.
 *
 * @returns no chart when ab ≠ 0 throughout
 */
export function typeIErrorCurves(run: PowerRun): Chart[] {
  const seriesList = seriesOf(run).filter(isNull);
  if (seriesList.length === 0) return [];
  const alphaOf = (series: Series) =>
    Number((1 - analysisOf(run, series.points[0].conditionIndex).level).toPrecision(10));
  const alphas = seriesList.map(alphaOf);
  const highest = Math.max(
    ...alphas,
    ...seriesList.flatMap((series) =>
      series.points.flatMap(({ summary }) =>
        drawnTests(run).map((test) => {
          const result = summary.tests[test];
          return result === undefined || Number.isNaN(result.power) ? 0 : result.ci[1];
        }),
      ),
    ),
  );
  const step = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2].find((size) => highest * 1.05 <= 6 * size) ?? 0.2;
  const top = Math.min(1, step * Math.ceil((highest * 1.05) / step));
  const axis: RateAxis = {
    title: "Type I error (rejections of a true ab = 0)",
    shortTitle: "Type I error",
    domain: [0, top],
    ticks: Array.from({ length: Math.floor(top / step + 1e-9) + 1 }, (_, index) => index * step),
    format: step < 0.01 ? ".3f" : ".2f",
    reference: alphaOf,
  };
  return rateCharts(run, {
    name: "type-i-error",
    title: "Type I error: how often a true ab = 0 is rejected",
    axis,
    referenceLabel:
      new Set(alphas).size > 1 ? "Nominal level (1 − confidence level)" : `Nominal level ${formatPercent(alphas[0])}`,
    seriesList,
    describe: (series, test) => {
      const rates = series.points.flatMap(({ summary }) => summary.tests[test]?.power ?? []);
      return `${testInProse(test)} rejects in ${formatRate(Math.min(...rates))} to ${formatRate(Math.max(...rates))} of replications`;
    },
  });
}

type RateChart = {
  readonly name: string;
  readonly title: string;
  readonly axis: RateAxis;
  readonly referenceLabel: string;
  readonly seriesList: readonly Series[];
  readonly describe: (series: Series, test: RateName) => string;
};

function rateCharts(run: PowerRun, chart: RateChart): Chart[] {
  const pages = Array.from({ length: Math.ceil(chart.seriesList.length / MAX_PANELS) }, (_, page) =>
    chart.seriesList.slice(page * MAX_PANELS, (page + 1) * MAX_PANELS),
  );
  return pages.map((page, index) => {
    const suffix = pages.length > 1 ? `-${index + 1}` : "";
    const title = pages.length > 1 ? `${chart.title} (${index + 1} of ${pages.length})` : chart.title;
    return rateChart(run, { ...chart, name: chart.name + suffix, title, seriesList: page });
  });
}

function rateChart(run: PowerRun, { name, title, axis, referenceLabel, seriesList, describe }: RateChart): Chart {
  const tests = drawnTests(run);
  const isCurve = seriesList.some((series) => new Set(series.points.map((point) => point.summary.nClients)).size > 1);
  const layout = gridLayout(
    seriesList.map((series) =>
      isCurve ? series.label : [series.label, atN(series)].filter((part) => part !== "").join(": "),
    ),
  );
  const legend: LegendEntry[] = [
    ...(isCurve ? tests.map(testEntry) : []),
    ...(isCurve ? curveEntries(seriesList, tests) : dotEntries(seriesList)),
    { label: referenceLabel, line: { color: INK, width: 1.2, dash: [5, 4] } },
  ];
  const panels = (isCurve ? rateCurvePanels : rateDotPanels)(seriesList, tests, axis, layout);
  return {
    name,
    title,
    description: seriesList
      .map((series) => {
        const sentences = tests.map((test) => describe(series, test)).join("; ");
        return series.label === "" ? `${sentences}.` : `${series.label}: ${sentences}.`;
      })
      .join(" "),
    spec: chartSpec(wrapText(title, layout.totalWidth, 15, "bold"), provenance(run, layout.totalWidth), [
      legendPanel(legend, layout.totalWidth),
      panels,
    ]),
  };
}

function atN(series: Series): string {
  return `N\u00a0=\u00a0${formatCount(series.points[0].summary.nClients)}`;
}

function curveEntries(seriesList: readonly Series[], tests: readonly RateName[]): LegendEntry[] {
  const isExact = seriesList.flatMap((series) => tests.map((test) => hasExactCurve(series, test)));
  return [
    ...(isExact.includes(true) ? [EXACT_LINE_ENTRY, SIMULATED_ENTRY] : []),
    ...(isExact.includes(false)
      ? [isExact.includes(true) ? JOINED_ENTRY : { ...JOINED_ENTRY, label: SIMULATED_ENTRY.label }]
      : []),
  ];
}

function dotEntries(seriesList: readonly Series[]): LegendEntry[] {
  const points = seriesList.flatMap((series) => series.points);
  const hasExact = points.some(({ summary }) => Object.values(summary.tests).some((result) => result.exact !== null));
  return [BAR_ENTRY, ...(hasExact ? [EXACT_TICK_ENTRY] : [])];
}
