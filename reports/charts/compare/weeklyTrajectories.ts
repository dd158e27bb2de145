import type { Comparison, ScenarioComparison } from "../../../models/compare/comparisonTypes.ts";
import { WEEKLY_SERIES } from "../../../models/compare/weeklySeries.ts";
import { formatCount, formatFixed } from "../../format.ts";
import type { Chart } from "../../render.ts";
import { chartSpec, type Datum, type Layer, layer, type Panel, type PanelGrid } from "../canvas.ts";
import { type LegendEntry, legendPanel } from "../legend.ts";
import { BLUE, monthAxis, monthsAt, titleLayer, weeksDrawn } from "../service/serviceLook.ts";
import { INK, wrapText } from "../theme.ts";
import { comparisonSubtitle } from "./compareLook.ts";

const COLUMNS = 2;
const WIDTH = 375;
const HEIGHT = 150;
const DIFFERENCE_HEIGHT = 80;
const SPACING = { row: 48, column: 64 };
const TOTAL_WIDTH = COLUMNS * WIDTH + SPACING.column;

/**
 * Week by week, base against scenario, a chart per scenario: means over the replications that both played, and below them
 * the mean paired difference with its pointwise 95 % band.
 */
export function weeklyTrajectories(comparison: Comparison): Chart[] {
  const { scenarios, plan } = comparison;
  return scenarios.map((scenario, i) => {
    const title = `Week by week: ${scenario.name} and ${plan.base.name}`;
    const shows =
      `Means over ${formatCount(scenario.replications)} replications of both, at the end of each week. Below: scenario less base, with its 95 % ` +
      "band, which holds for each week by itself";
    return {
      name: `weeks-${i + 1}`,
      title,
      description: describe(scenario, plan.base.service.time.weeks),
      spec: chartSpec(
        wrapText(title, TOTAL_WIDTH, 15, "bold"),
        comparisonSubtitle({ ...comparison, scenarios: [scenario] }, shows, TOTAL_WIDTH),
        [legendPanel(legend(), TOTAL_WIDTH), grid(scenario, plan.base.service.time.weeks)],
      ),
    };
  });
}

function legend(): LegendEntry[] {
  return [
    { label: "Base", line: { color: INK, width: 1.6, dash: [5, 3] } },
    { label: "Scenario", line: { color: BLUE, width: 2.2 } },
    {
      label: "Difference with 95 % band",
      box: { color: BLUE, opacity: 0.25 },
      line: { color: BLUE, width: 1.6 },
    },
  ];
}

/** Two series beside each other, the difference of each below it. */
function grid(scenario: ScenarioComparison, nWeeks: number): PanelGrid {
  const pairs = Array.from({ length: WEEKLY_SERIES.length / COLUMNS }, (_, row) => [COLUMNS * row, COLUMNS * row + 1]);
  return {
    concat: pairs.flatMap((pair, row) => [
      ...pair.map((series) => meansPanel(scenario, series, nWeeks)),
      ...pair.map((series) => differencePanel(scenario, series, nWeeks, row === pairs.length - 1)),
    ]),
    columns: COLUMNS,
    align: "each",
    bounds: "flush",
    spacing: SPACING,
  };
}

function meansPanel({ weeks }: ScenarioComparison, series: number, nWeeks: number): Panel {
  const { label, unit } = WEEKLY_SERIES[series];
  const x = monthAxis("month", monthsAt(nWeeks - 1), WIDTH, null, false);
  const y = yAxis("value", unit, 5);
  return {
    width: WIDTH,
    height: HEIGHT,
    layer: [
      titleLayer(label),
      line(points(weeks.base, series, nWeeks), { color: INK, strokeWidth: 1.6, strokeDash: [5, 3] }, x, y),
      line(points(weeks.value, series, nWeeks), { color: BLUE, strokeWidth: 2.2 }, x, y),
    ],
  };
}

function differencePanel({ weeks }: ScenarioComparison, series: number, nWeeks: number, isLast: boolean): Panel {
  const x = monthAxis("month", monthsAt(nWeeks - 1), WIDTH, isLast ? "Months since day 0" : null);
  const y = (field: string) => yAxis(field, null, 3);
  const band = points(weeks.difference, series, nWeeks).map(({ month, value, at }): Datum => {
    const half = Number.isNaN(weeks.half[at]) ? 0 : weeks.half[at];
    return { month, low: value - half, high: value + half };
  });
  return {
    width: WIDTH,
    height: DIFFERENCE_HEIGHT,
    layer: [
      titleLayer(`Difference, ${WEEKLY_SERIES[series].unit}`, "normal"),
      layer([{ value: 0 }], { type: "rule", color: INK, strokeDash: [5, 4], strokeWidth: 1 }, { y: y("value") }),
      layer(band, { type: "area", color: BLUE, opacity: 0.25 }, { x, y: y("low"), y2: { field: "high" } }),
      line(points(weeks.difference, series, nWeeks), { color: BLUE, strokeWidth: 1.6 }, x, y("value")),
    ],
  };
}

type Point = { readonly month: number; readonly value: number; readonly at: number };

/** Weeks that have a value. */
function points(values: Float64Array, series: number, nWeeks: number): Point[] {
  return weeksDrawn(nWeeks)
    .map((week) => ({ month: monthsAt(week), value: values[series * nWeeks + week], at: series * nWeeks + week }))
    .filter(({ value }) => !Number.isNaN(value));
}

function line(values: readonly Point[], mark: object, x: object, y: object): Layer {
  return layer(
    values.map(({ month, value }) => ({ month, value })),
    { type: "line", ...mark },
    { x, y },
  );
}

function yAxis(field: string, title: string | null, tickCount: number): object {
  return {
    field,
    type: "quantitative",
    scale: { nice: true, zero: false },
    axis: { title, tickCount, labelOverlap: true, labelFlush: false, titleFontSize: 11 },
  };
}

function describe({ name, weeks }: ScenarioComparison, nWeeks: number): string {
  const parts = WEEKLY_SERIES.map(({ label, unit }, s) => {
    const last = (s + 1) * nWeeks - 1;
    const at = (values: Float64Array) => formatFixed(values[last], 2);
    return `${label}: base ${at(weeks.base)}, scenario ${at(weeks.value)}, difference ${at(weeks.difference)} ± ${at(weeks.half)} ${unit}`;
  });
  return `${name} at the end of week ${nWeeks}: ${parts.join("; ")}.`;
}
