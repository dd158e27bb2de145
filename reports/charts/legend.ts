import type { RateName } from "../../models/decisionNames.ts";
import { styleOf } from "../testNames.ts";
import { type Datum, type Layer, layer, type Panel, pixelX, pixelY } from "./canvas.ts";
import { GRID, INK, MUTED, PAPER, roughWidth } from "./theme.ts";

/** What a mark of that look means. Parts that are given are drawn over one another: box, line, upright tick or bar, marker. */
export type LegendEntry = {
  readonly label: string;
  readonly box?: { readonly color: string; readonly opacity: number; readonly stroke?: string };
  readonly line?: { readonly color: string; readonly width: number; readonly dash?: readonly number[] };
  readonly tick?: { readonly color: string };
  readonly bar?: { readonly color: string };
  readonly marker?: { readonly shape: string; readonly stroke: string; readonly fill: string };
};

const SWATCH = 36;
const ROW = 20;
const GAP = 20;

/** A test's line and marker. */
export function testEntry(test: RateName): LegendEntry {
  const { name, color, dash, shape } = styleOf(test);
  return { label: name, line: { color, width: 2, dash }, marker: { shape, stroke: color, fill: PAPER } };
}

/** Entries that several charts share. */
export const BAR_ENTRY: LegendEntry = { label: "95 % Monte-Carlo interval", line: { color: MUTED, width: 2 } };
export const EXACT_TICK_ENTRY: LegendEntry = { label: "Exact calculation", tick: { color: INK } };
export const EXACT_LINE_ENTRY: LegendEntry = { label: "Exact calculation", line: { color: MUTED, width: 1.8 } };
export const SIMULATED_ENTRY: LegendEntry = {
  label: "Simulated, 95 % Monte-Carlo interval",
  bar: { color: MUTED },
  marker: { shape: "circle", stroke: MUTED, fill: PAPER },
};
export const JOINED_ENTRY: LegendEntry = {
  label: "Simulated, joined (no exact calculation)",
  box: { color: MUTED, opacity: 0.22 },
  line: { color: MUTED, width: 1.8 },
  marker: { shape: "circle", stroke: MUTED, fill: PAPER },
};

/**
 * The legend of a chart, drawn as a panel: vega's own legends cannot show a dash and a marker in one swatch.
 * Entries flow into rows of the given width.
 */
export function legendPanel(entries: readonly LegendEntry[], width: number): Panel {
  const places = flow(
    entries.map((entry) => SWATCH + 8 + roughWidth(entry.label) * 11),
    width,
  );
  const height = ROW * (1 + Math.max(0, ...places.map((place) => place.row)));
  const x = pixelX("x", width);
  const y = pixelY("y", height);
  const labels: Datum[] = entries.map((entry, index) => ({
    x: places[index].x + SWATCH + 6,
    y: ROW * (places[index].row + 0.5),
    text: entry.label,
  }));
  return {
    width,
    height,
    layer: [
      ...entries.flatMap((entry, index) => swatch(entry, places[index].x, ROW * (places[index].row + 0.5), x, y)),
      layer(
        labels,
        { type: "text", align: "left", baseline: "middle", fontSize: 11, color: INK },
        { x, y, text: { field: "text" } },
      ),
      layer([{ x: 0, x2: width, y: height }], { type: "rule", color: GRID }, { x, x2: { field: "x2" }, y }),
    ],
  };
}

function swatch(
  { box, line, tick, bar, marker }: LegendEntry,
  left: number,
  middle: number,
  x: object,
  y: object,
): Layer[] {
  const across = { x: left, x2: left + SWATCH, y: middle };
  const centre = { x: left + SWATCH / 2, y: middle };
  const layers: Layer[] = [];
  if (box !== undefined) {
    layers.push(
      layer(
        [{ ...across, y: middle - 5.5, y2: middle + 5.5 }],
        { type: "rect", ...box },
        { x, x2: { field: "x2" }, y, y2: { field: "y2" } },
      ),
    );
  }
  if (line !== undefined) {
    const mark = { type: "rule", color: line.color, strokeWidth: line.width, strokeDash: line.dash ?? [] };
    layers.push(layer([across], mark, { x, x2: { field: "x2" }, y }));
  }
  if (tick !== undefined) {
    const mark = { type: "tick", orient: "vertical", color: tick.color, thickness: 1.6, size: 14, opacity: 1 };
    layers.push(layer([centre], mark, { x, y }));
  }
  if (bar !== undefined) {
    const upright = { ...centre, y: middle - 8, y2: middle + 8 };
    layers.push(layer([upright], { type: "rule", color: bar.color, strokeWidth: 1.6 }, { x, y, y2: { field: "y2" } }));
  }
  if (marker !== undefined) {
    layers.push(layer([centre], { type: "point", ...marker, opacity: 1, size: 45, strokeWidth: 1.6 }, { x, y }));
  }
  return layers;
}

function flow(widths: readonly number[], width: number): { x: number; row: number }[] {
  let x = 0;
  let row = 0;
  return widths.map((wanted) => {
    if (x > 0 && x + wanted > width) {
      x = 0;
      row += 1;
    }
    const place = { x, row };
    x += wanted + GAP;
    return place;
  });
}
