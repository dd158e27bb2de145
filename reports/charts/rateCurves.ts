import type { TestName } from "../../models/scenario/types.ts";
import type { Series } from "../series.ts";
import { TEST_STYLES } from "../testNames.ts";
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
  /** The rate that a horizontal line marks: target power, or nominal α. */
  readonly reference: number;
};

/**
 * Rejection rate over N: a panel per series, a line per test with its 95 % Monte-Carlo band, thin exact curves, and a
 * dashed line at the reference. The N axis is the same in all panels.
 */
export function rateCurvePanels(
  seriesList: readonly Series[],
  tests: readonly TestName[],
  axis: RateAxis,
  layout: GridLayout,
): PanelGrid {
  const counts = seriesList.flatMap((series) => series.points.map((point) => point.summary.nClients));
  const xAxis = countAxis(counts, layout.width);
  return {
    concat: seriesList.map((series, index) => {
      const isSmall = layout.columns > 2;
      const x = nEncoding(xAxis, isBottom(index, seriesList.length, layout.columns), isSmall);
      const y = rateEncoding(axis, index % layout.columns === 0, isSmall);
      return curvePanel(series, tests, { x, y, reference: axis.reference, domain: xAxis.domain }, layout, index);
    }),
    columns: layout.columns,
    align: "all",
    bounds: "flush",
    spacing: layout.spacing,
  };
}

type Axes = {
  readonly x: object;
  readonly y: object;
  readonly reference: number;
  readonly domain: readonly [number, number];
};

function curvePanel(series: Series, tests: readonly TestName[], axes: Axes, layout: GridLayout, index: number): Panel {
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
      ...tests.flatMap((test) => uncertainty(series, test, x, y)),
      ...tests.flatMap((test) => exactLine(series, test, axes)),
      ...tests.flatMap((test) => simulatedLine(series, test, x, y)),
    ],
  };
}

function uncertainty(series: Series, test: TestName, x: object, y: object): Layer[] {
  const values: Datum[] = rates(series, test).map(({ n, low, high }) => ({ n, rate: low, high }));
  if (values.length === 0) return [];
  const color = TEST_STYLES[test].color;
  const mark =
    values.length > 1
      ? { type: "area", color, opacity: 0.14, line: false }
      : { type: "rule", color, strokeWidth: 2, opacity: 0.75 };
  return [layer(values, mark, { x, y, y2: { field: "high" } })];
}

function exactLine(series: Series, test: TestName, { x, y, domain }: Axes): Layer[] {
  const values = series.exactCurves
    .filter((curve) => curve.test === test)
    .flatMap((curve) => curve.points)
    .filter(([n]) => n >= domain[0] && n <= domain[1])
    .map(([n, rate]) => ({ n, rate }));
  if (values.length < 2) return [];
  return [layer(values, { type: "line", color: TEST_STYLES[test].color, strokeWidth: 0.9 }, { x, y })];
}

function simulatedLine(series: Series, test: TestName, x: object, y: object): Layer[] {
  const values: Datum[] = rates(series, test).map(({ n, rate }) => ({ n, rate }));
  if (values.length === 0) return [];
  const { color, dash, shape } = TEST_STYLES[test];
  const line = layer(values, { type: "line", color, strokeDash: dash, strokeWidth: 2 }, { x, y });
  const markers = layer(
    values,
    { type: "point", shape, stroke: color, fill: PAPER, opacity: 1, size: 40, strokeWidth: 1.6 },
    { x, y },
  );
  return values.length > 1 ? [line, markers] : [markers];
}

function rates(series: Series, test: TestName): { n: number; rate: number; low: number; high: number }[] {
  return series.points.flatMap(({ summary }) => {
    const result = summary.tests[test];
    if (result === undefined || Number.isNaN(result.power)) return [];
    return [{ n: summary.nClients, rate: result.power, low: result.ci[0], high: result.ci[1] }];
  });
}

function nEncoding(axis: CountAxis, withTitle: boolean, isSmall: boolean): object {
  const title = `${isSmall ? "Clients" : "Clients enrolled"} (N${axis.type === "log" ? ", log scale" : ""})`;
  return {
    field: "n",
    type: "quantitative",
    scale: { type: axis.type, domain: axis.domain, nice: false, ...(axis.type === "linear" ? { zero: false } : {}) },
    axis: {
      title: withTitle ? title : null,
      values: axis.ticks,
      labelExpr: axis.labelExpr,
      labelOverlap: false,
      grid: true,
    },
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
