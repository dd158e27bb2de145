import type { RateName } from "../../models/decisionNames.ts";
import type { Series } from "../series.ts";
import { styleOf } from "../testNames.ts";
import { type Layer, layer, type PanelGrid } from "./canvas.ts";
import { type GridLayout, isBottom, panelTitle } from "./panelGrid.ts";
import type { RateAxis } from "./rateCurves.ts";
import { GRID, INK, PAPER } from "./theme.ts";

/**
 * Rejection rate of each test at the one N that each series has: a dot with its 95 % Monte-Carlo interval, and an
 * upright tick at the exact value. For runs without a grid of N, where a curve would have nothing to show.
 */
export function rateDotPanels(
  seriesList: readonly Series[],
  tests: readonly RateName[],
  axis: RateAxis,
  layout: GridLayout,
): PanelGrid {
  const names = tests.map((test) => styleOf(test).name);
  return {
    concat: seriesList.map((series, index) => {
      const x = {
        field: "rate",
        type: "quantitative",
        scale: { domain: axis.domain, nice: false, zero: false },
        axis: {
          title: isBottom(index, seriesList.length, layout.columns)
            ? layout.columns > 2
              ? axis.shortTitle
              : axis.title
            : null,
          values: axis.ticks,
          labelOverlap: true,
          labelFlush: false,
          format: axis.format,
          grid: true,
        },
      };
      const y = {
        field: "test",
        type: "nominal",
        sort: names,
        scale: { domain: names, paddingInner: 0.2 },
        axis: {
          title: null,
          labels: index % layout.columns === 0,
          ticks: false,
          domain: false,
          grid: true,
          gridColor: GRID,
        },
      };
      return {
        ...panelTitle(layout.titles[index]),
        width: layout.width,
        height: dotHeight(tests.length),
        layer: [
          layer(
            [{ rate: axis.reference(series) }],
            { type: "rule", color: INK, strokeDash: [5, 4], strokeWidth: 1.2 },
            { x },
          ),
          ...tests.flatMap((test) => dot(series, test, x, y)),
        ],
      };
    }),
    columns: layout.columns,
    align: "all",
    bounds: "flush",
    spacing: layout.spacing,
  };
}

function dotHeight(nTests: number): number {
  return 24 * nTests + 6;
}

function dot(series: Series, test: RateName, x: object, y: object): Layer[] {
  const result = series.points[0]?.summary.tests[test];
  if (result === undefined || Number.isNaN(result.power)) return [];
  const { name, color, shape } = styleOf(test);
  const exact =
    result.exact === null
      ? []
      : [
          layer(
            [{ rate: result.exact, test: name }],
            { type: "tick", orient: "vertical", color: INK, thickness: 1.6, size: 16, opacity: 1 },
            { x, y },
          ),
        ];
  return [
    layer(
      [{ rate: result.ci[0], high: result.ci[1], test: name }],
      { type: "rule", color, strokeWidth: 2 },
      { x, x2: { field: "high" }, y },
    ),
    layer(
      [{ rate: result.power, test: name }],
      { type: "point", shape, stroke: color, fill: PAPER, opacity: 1, size: 45, strokeWidth: 1.6 },
      { x, y },
    ),
    ...exact,
  ];
}
