import type { PatternResult } from "../../models/calibration/summarise.ts";
import { type CalibrationRun, HELD_OUT_TITLE, TARGET_GROUPS } from "../calibrationRun.ts";
import { formatCount } from "../format.ts";
import type { Chart } from "../render.ts";
import { chartSpec, layer, type Panel, type PanelGrid } from "./canvas.ts";
import { legendPanel } from "./legend.ts";
import { panelTitle } from "./panelGrid.ts";
import { GRID, INK, MUTED, PAPER, wrapText } from "./theme.ts";

const WIDTH = 360;
const ROW = 15;
/** The width of the labels beside the panels, about: the title and the legend run over them as well. */
const LABELS = 380;
const INSIDE = "#2f6f9f";
const OUTSIDE = "#b34700";
/** Beyond so many half widths a value is drawn at the edge. */
const FARTHEST = 3;
const Z_95 = 1.96;

/**
 * Simulated against published, a row per pattern: the scale is that of each pattern's own tolerance, −1 to 1 from its lower to
 * its upper limit. A dot with its 95 % Monte-Carlo interval; an upright tick where the published value is.
 */
export function calibrationCharts(run: CalibrationRun): Chart[] {
  const [matched, ...others] = TARGET_GROUPS.map(({ weight, title }) => ({
    title,
    results: run.targets.filter((target) => target.weight === weight),
  }));
  return [
    chartOf(run, "calibration", [matched]),
    chartOf(run, "calibration-bands", [...others, { title: HELD_OUT_TITLE, results: run.heldOut }]),
  ];
}

type Group = { readonly title: string; readonly results: readonly PatternResult[] };

function chartOf(run: CalibrationRun, name: string, groups: readonly Group[]): Chart {
  const all = groups.flatMap(({ results }) => results);
  const nWithin = all.filter(({ within }) => within).length;
  const title = `${nWithin} of ${all.length} published patterns within tolerance`;
  const panels = groups.map((group, index) => panel(group, index === groups.length - 1));
  const grid: PanelGrid = {
    concat: panels,
    columns: 1,
    align: "each",
    bounds: "flush",
    spacing: { row: 44, column: 0 },
  };
  const subtitle = [
    "Each pattern on the scale of its own tolerance: −1 at the lower limit, 1 at the upper",
    `Scenario ${run.scenario} · ${formatCount(run.replications)} replicate studies · seed “${run.seed}” · caseload ${run.version}`,
  ].flatMap((text) => wrapText(text, WIDTH + LABELS, 11));
  return {
    name,
    title,
    description: `${title}. Outside: ${outsideOf(all)}.`,
    spec: chartSpec([title], subtitle, [legend(), grid]),
  };
}

function outsideOf(results: readonly PatternResult[]): string {
  const labels = results.filter(({ within }) => !within).map(({ label }) => label);
  return labels.length === 0 ? "none" : labels.join("; ");
}

function legend(): Panel {
  return legendPanel(
    [
      { label: "Tolerance", box: { color: GRID, opacity: 1 } },
      { label: "Published", tick: { color: INK } },
      {
        label: "Simulated, within, with 95 % Monte-Carlo interval",
        line: { color: INSIDE, width: 1.6 },
        marker: { shape: "circle", stroke: INSIDE, fill: INSIDE },
      },
      {
        label: "Outside",
        line: { color: OUTSIDE, width: 1.6 },
        marker: { shape: "circle", stroke: OUTSIDE, fill: PAPER },
      },
      { label: "Farther than shown", marker: { shape: "diamond", stroke: OUTSIDE, fill: OUTSIDE } },
    ],
    WIDTH + 120,
  );
}

function panel({ title, results }: Group, isLast: boolean): Panel {
  const x = {
    field: "at",
    type: "quantitative",
    scale: { domain: [-FARTHEST, FARTHEST], nice: false, zero: false },
    axis: {
      title: isLast ? "Half widths of the tolerance from its middle" : null,
      values: [-3, -2, -1, 0, 1, 2, 3],
      format: "d",
      grid: false,
    },
  };
  const labels = results.map(({ label }) => label);
  const y = {
    field: "label",
    type: "nominal",
    sort: labels,
    scale: { domain: labels },
    axis: { title: null, ticks: false, domain: false, grid: true, gridColor: GRID, labelFontSize: 10 },
  };
  const x2 = { field: "to" };
  const drawn = results.map((result) => standardised(result));
  const published = drawn.filter(({ published }) => published !== null);
  const within = drawn.filter((row) => row.within);
  const near = drawn.filter((row) => !row.within && !row.isFar);
  const far = drawn.filter((row) => row.isFar);
  return {
    ...panelTitle([title]),
    width: WIDTH,
    height: ROW * results.length,
    layer: [
      layer(
        drawn.map(({ label }) => ({ label, at: -1, to: 1 })),
        { type: "bar", color: GRID, height: { band: 0.7 } },
        { x, x2, y },
      ),
      layer(
        published.map(({ label, published }) => ({ label, at: published })),
        { type: "tick", orient: "vertical", color: INK, thickness: 1.6, size: 11, opacity: 1 },
        { x, y },
      ),
      ...[
        { rows: within, color: INSIDE, fill: INSIDE, shape: "circle" },
        { rows: near, color: OUTSIDE, fill: PAPER, shape: "circle" },
        { rows: far, color: OUTSIDE, fill: OUTSIDE, shape: "diamond" },
      ].flatMap(({ rows, color, fill, shape }) => [
        layer(
          rows.map(({ label, low, high }) => ({ label, at: low, to: high })),
          { type: "rule", color, strokeWidth: 1.6 },
          { x, x2, y },
        ),
        layer(
          rows.map(({ label, at }) => ({ label, at })),
          { type: "point", shape, stroke: color, fill, opacity: 1, size: 30, strokeWidth: 1.4 },
          { x, y },
        ),
      ]),
      layer([{ label: labels[0], at: 0 }], { type: "rule", color: MUTED, strokeDash: [2, 3], strokeWidth: 1 }, { x }),
    ],
  };
}

/** A pattern's values in half widths from the middle of its tolerance, held within what is drawn. */
function standardised({ label, published, tolerance: [lower, upper], simulated, mcse, within }: PatternResult) {
  const at = (value: number) => (value - (lower + upper) / 2) / ((upper - lower) / 2);
  const drawn = (value: number) => Math.min(FARTHEST, Math.max(-FARTHEST, at(value)));
  return {
    label,
    within,
    isFar: Math.abs(at(simulated)) > FARTHEST,
    at: drawn(simulated),
    low: drawn(simulated - Z_95 * mcse),
    high: drawn(simulated + Z_95 * mcse),
    published: published === null ? null : drawn(published),
  };
}
