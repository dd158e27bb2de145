import type { ComparedFigure, Comparison } from "../../../models/compare/comparisonTypes.ts";
import { verdictOf } from "../../../models/compare/verdict.ts";
import { figureText } from "../../comparisonWords.ts";
import type { Chart } from "../../render.ts";
import { chartSpec, type Layer, layer, type Panel, type PanelGrid } from "../canvas.ts";
import { legendPanel } from "../legend.ts";
import { type GridLayout, gridLayout, panelTitle } from "../panelGrid.ts";
import { GRID, INK, MAX_PANELS, MUTED, wrapText } from "../theme.ts";
import { comparisonSubtitle, lookOf, nameMark, namesInLines, nameStep, verdictLegend } from "./compareLook.ts";

/** px of the names beside the rows. */
const NAMES = 170;

/**
 * Paired differences from the base, a panel per headline figure on its own scale, a row per scenario: a dot with its 95 %
 * interval, and a line at no difference.
 */
export function differenceDots(comparison: Comparison): Chart[] {
  const { scenarios } = comparison;
  const shown = scenarios[0].figures.map((_, f) => f).filter((f) => scenarios[0].figures[f].headline);
  const panels = shown.slice(0, MAX_PANELS);
  const layout = gridLayout(panels.map((f) => scenarios[0].figures[f].label));
  const figuresOf = (f: number) => scenarios.map(({ figures }) => figures[f]);
  const title = `Differences from ${comparison.plan.base.name}`;
  const shows =
    "Paired differences of means over replications, with 95 % intervals by Student's t; the dashed line is the base. " +
    "Intervals say how well the simulation knows the mean";
  const grid: PanelGrid = {
    concat: panels.map((f, index) =>
      panelOf(
        figuresOf(f),
        scenarios.map(({ name }) => name),
        layout,
        index,
      ),
    ),
    columns: layout.columns,
    align: "all",
    bounds: "flush",
    spacing: { row: layout.spacing.row + 10, column: layout.spacing.column },
  };
  const width = NAMES + layout.totalWidth;
  return [
    {
      name: "differences",
      title,
      description: describe(comparison, panels),
      spec: chartSpec(wrapText(title, width, 15, "bold"), comparisonSubtitle(comparison, shows, width), [
        legendPanel(verdictLegend(panels.flatMap((f) => figuresOf(f).map(verdictOf))), layout.totalWidth),
        grid,
      ]),
    },
  ];
}

function panelOf(
  figures: readonly ComparedFigure[],
  names: readonly string[],
  layout: GridLayout,
  index: number,
): Panel {
  const limits = figures.flatMap(({ ci }) => ci.filter(Number.isFinite));
  const [low, high] = [Math.min(0, ...limits), Math.max(0, ...limits)];
  const margin = 0.06 * (high - low || 1);
  const x = {
    field: "at",
    type: "quantitative",
    scale: { domain: [low - margin, high + margin], nice: false, zero: false },
    axis: {
      title: `Difference, ${figures[0].unit}`,
      tickCount: 4,
      grid: true,
      labelOverlap: true,
      labelSeparation: 6,
      labelFlush: false,
    },
  };
  const lines = namesInLines(names, NAMES);
  const y = {
    field: "row",
    type: "quantitative",
    scale: { domain: [-0.5, names.length - 0.5], nice: false, zero: false, reverse: true },
    axis: {
      title: null,
      values: names.map((_, row) => row),
      labels: false,
      ticks: false,
      domain: false,
      grid: true,
      gridColor: GRID,
    },
  };
  return {
    ...panelTitle(layout.titles[index]),
    width: layout.width,
    height: nameStep(lines) * names.length,
    layer: [
      layer([{ at: 0 }], { type: "rule", color: INK, strokeDash: [5, 4], strokeWidth: 1.2 }, { x }),
      ...figures.flatMap((figure, row) => dot(figure, row, x, y)),
      ...(index % layout.columns === 0
        ? lines.map((text, row) => layer([{ row }], nameMark(text, "right"), { x: { value: -8 }, y }))
        : []),
    ],
  };
}

function dot(figure: ComparedFigure, row: number, x: object, y: object): Layer[] {
  const look = lookOf(verdictOf(figure));
  if (look === null)
    return [
      layer(
        [{ at: 0, row, text: "not defined" }],
        { type: "text", align: "center", dy: -7, fontSize: 10, color: MUTED },
        { x, y, text: { field: "text" } },
      ),
    ];
  const { color, shape, fill } = look;
  return [
    layer(
      [{ at: figure.ci[0], high: figure.ci[1], row }],
      { type: "rule", color, strokeWidth: 2 },
      { x, x2: { field: "high" }, y },
    ),
    layer(
      [{ at: figure.difference, row }],
      { type: "point", shape, stroke: color, fill, opacity: 1, size: 45, strokeWidth: 1.6 },
      { x, y },
    ),
  ];
}

function describe({ scenarios }: Comparison, panels: readonly number[]): string {
  return scenarios
    .map(({ name, figures }) => {
      const parts = panels.map((f) => {
        const { difference, interval, verdict } = figureText(figures[f]);
        return verdict === "not defined"
          ? `${figures[f].label} not defined`
          : `${figures[f].label} ${difference} ${figures[f].unit} (${interval}; ${verdict})`;
      });
      return `${name}: ${parts.join(", ")}.`;
    })
    .join(" ");
}
