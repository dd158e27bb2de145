import type { RateName } from "../../models/decisionNames.ts";
import type { Series } from "../series.ts";
import { styleOf } from "../testNames.ts";
import { type Datum, type Layer, layer, type Panel, type PanelGrid } from "./canvas.ts";
import { type GridLayout, isBottom, panelTitle } from "./panelGrid.ts";
import { INK, PAPER } from "./theme.ts";
import { type CountAxis, countAxis } from "./ticks.ts";

/** The y axis of a chart of rejection rates. */
export type RateAxis = {
  readonly title: string;
  /** For panels too small for the title. */
  readonly shortTitle: string;
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  readonly format: string;
  /** The rate that a line marks in the panel of a series: target power, or nominal α. */
  readonly reference: (series: Series) => number;
};

/**
 * Rejection rate over N, a panel per series. A test with an exact curve: the curve, and the simulated rates as markers with
 * bars of 95 % Monte-Carlo intervals. A test without: its simulated rates joined by a line, their intervals as a band.
 * A dashed line at the reference. The N axis is the same in all panels, unless some series would fill less than half of it.
 */
export function rateCurvePanels(
  seriesList: readonly Series[],
  tests: readonly RateName[],
  axis: RateAxis,
  layout: GridLayout,
): PanelGrid {
  const own = seriesList.map((series) => countsOf(series));
  const shared = countAxis(own.flat(), layout.width);
  const isShared = own.every((counts) => shareOf(shared, counts) >= 0.5);
  return {
    concat: seriesList.map((series, index) => {
      const isSmall = layout.columns > 2;
      const isLast = isBottom(index, seriesList.length, layout.columns);
      const xAxis = isShared ? shared : countAxis(own[index], layout.width);
      const x = nEncoding(xAxis, isLast ? nTitle(xAxis, isSmall, isShared) : null);
      const y = rateEncoding(axis, index % layout.columns === 0, isSmall);
      const reference = axis.reference(series);
      return curvePanel(series, tests, { x, y, reference, domain: xAxis.domain }, layout, index);
    }),
    columns: layout.columns,
    align: "all",
    bounds: "flush",
    spacing: layout.spacing,
  };
}

function countsOf(series: Series): number[] {
  return series.points.map((point) => point.summary.nClients);
}

/** Share of an axis that lies between the smallest and the largest of the counts. */
function shareOf({ type, domain }: CountAxis, counts: readonly number[]): number {
  const place = type === "log" ? Math.log10 : (count: number) => count;
  return (place(Math.max(...counts)) - place(Math.min(...counts))) / (place(domain[1]) - place(domain[0]));
}

type Axes = {
  readonly x: object;
  readonly y: object;
  readonly reference: number;
  readonly domain: readonly [number, number];
};

function curvePanel(series: Series, tests: readonly RateName[], axes: Axes, layout: GridLayout, index: number): Panel {
  const { x, y } = axes;
  return {
    ...panelTitle(layout.titles[index]),
    width: layout.width,
    height: layout.height,
    layer: [
      layer(
        [{ rate: axes.reference, from: axes.domain[0], to: axes.domain[1] }],
        { type: "rule", color: INK, strokeDash: [5, 4], strokeWidth: 1.2 },
        { x: { ...x, field: "from" }, x2: { field: "to" }, y },
      ),
      ...tests.flatMap((test) => uncertainty(series, test, x, y, asideOf(series, tests, test))),
      ...tests.flatMap((test) => curve(series, test, axes)),
      ...tests.flatMap((test) => markers(series, test, x, y, asideOf(series, tests, test))),
    ],
  };
}

/** True where the test's line is its exact power and not a join of simulated rates. */
export function hasExactCurve(series: Series, test: RateName): boolean {
  return series.exactCurves.some((exact) => exact.test === test && exact.points.length > 1);
}

/** px that a test's markers and bars stand aside, so that bars at one N can be told apart; where a line joins them, none. */
function asideOf(series: Series, tests: readonly RateName[], test: RateName): number {
  const alone = tests.filter((other) => hasExactCurve(series, other));
  const rank = alone.indexOf(test);
  return rank < 0 ? 0 : 2 * rank - (alone.length - 1);
}

function uncertainty(series: Series, test: RateName, x: object, y: object, xOffset: number): Layer[] {
  const values: Datum[] = rates(series, test).map(({ n, low, high }) => ({ n, rate: low, high }));
  if (values.length === 0) return [];
  const color = styleOf(test).color;
  const mark =
    values.length > 1 && !hasExactCurve(series, test)
      ? { type: "area", color, opacity: 0.14, line: false }
      : { type: "rule", color, strokeWidth: 1.4, opacity: 0.85, xOffset };
  return [layer(values, mark, { x, y, y2: { field: "high" } })];
}

function curve(series: Series, test: RateName, { x, y, domain }: Axes): Layer[] {
  const { color, dash } = styleOf(test);
  const values = hasExactCurve(series, test)
    ? series.exactCurves
        .filter((exact) => exact.test === test)
        .flatMap((exact) => exact.points)
        .filter(([n]) => n >= domain[0] && n <= domain[1])
        .map(([n, rate]) => ({ n, rate }))
    : rates(series, test).map(({ n, rate }) => ({ n, rate }));
  if (values.length < 2) return [];
  // Points of an exact curve are far apart where it bends little.
  const interpolate = hasExactCurve(series, test) ? "monotone" : "linear";
  return [layer(values, { type: "line", color, strokeDash: dash, strokeWidth: 1.8, interpolate }, { x, y })];
}

function markers(series: Series, test: RateName, x: object, y: object, xOffset: number): Layer[] {
  const values: Datum[] = rates(series, test).map(({ n, rate }) => ({ n, rate }));
  if (values.length === 0) return [];
  const { color, shape } = styleOf(test);
  const mark = { type: "point", shape, stroke: color, fill: PAPER, opacity: 1, size: 36, strokeWidth: 1.6, xOffset };
  return [layer(values, mark, { x, y })];
}

function rates(series: Series, test: RateName): { n: number; rate: number; low: number; high: number }[] {
  return series.points.flatMap(({ summary }) => {
    const result = summary.tests[test];
    if (result === undefined || Number.isNaN(result.power)) return [];
    return [{ n: summary.nClients, rate: result.power, low: result.ci[0], high: result.ci[1] }];
  });
}

function nTitle({ type }: CountAxis, isSmall: boolean, isShared: boolean): string {
  const remarks = ["N", ...(type === "log" ? ["log scale"] : []), ...(isShared ? [] : ["axes differ"])];
  return `${isSmall ? "Clients" : "Clients enrolled"} (${remarks.join(", ")})`;
}

function nEncoding(axis: CountAxis, title: string | null): object {
  return {
    field: "n",
    type: "quantitative",
    scale: { type: axis.type, domain: axis.domain, nice: false, ...(axis.type === "linear" ? { zero: false } : {}) },
    axis: { title, values: axis.ticks, labelExpr: axis.labelExpr, labelOverlap: false, grid: true },
  };
}

function rateEncoding(axis: RateAxis, withTitle: boolean, isSmall: boolean): object {
  return {
    field: "rate",
    type: "quantitative",
    scale: { domain: axis.domain, nice: false, zero: false },
    axis: {
      title: withTitle ? (isSmall ? axis.shortTitle : axis.title) : null,
      values: axis.ticks,
      format: axis.format,
      grid: true,
    },
  };
}
