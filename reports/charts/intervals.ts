import type { Interval } from "../../models/estimators/types.ts";
import type { PowerRun } from "../../models/powerTypes.ts";
import { productNormalQuantile } from "../../sim/numerics/productNormal.ts";
import { analysisOf, type Focus, focusOf, sampleRowsOf } from "../focus.ts";
import { formatCount, formatNumber, formatPercent } from "../format.ts";
import type { Chart } from "../render.ts";
import { unitOfAb } from "../settings.ts";
import { chartSpec, type Datum, type Layer, layer, type Panel } from "./canvas.ts";
import { type LegendEntry, legendPanel } from "./legend.ts";
import { panelTitle } from "./panelGrid.ts";
import { provenance } from "./provenance.ts";
import { INK, MUTED, PAPER, wrapText } from "./theme.ts";

const WIDTH = 640;
const MAX_INTERVALS = 100;
const HIT = "#6f9fc4";
const MISS = "#b34700";

/**
 * The "zip" plot: confidence intervals of up to 100 replications, ordered by estimate, with a line at the true ab. Each is
 * the exact interval of the product distribution at the plan's level, computed from the row's a, se_a, b, se_b.
 * One condition: of the first series, the N whose power is nearest the target.
 *
 * @returns no chart when no saved replication of that condition could be fitted
 */
export function intervalChart(run: PowerRun): Chart[] {
  const [focus, ...others] = focusOf(run);
  const analysis = analysisOf(run, focus.conditionIndex);
  const { level } = analysis;
  const rows = sampleRowsOf(run, focus.conditionIndex).slice(0, MAX_INTERVALS);
  if (rows.length === 0) return [];
  const { estimand } = focus.summary;
  const shown = rows
    .map((row) => {
      const interval: Interval = [
        plotted(productNormalQuantile((1 - level) / 2, row)),
        plotted(productNormalQuantile((1 + level) / 2, row)),
      ];
      return { estimate: row.a * row.b, interval, hits: contains(interval, estimand), detects: !contains(interval, 0) };
    })
    .sort((one, other) => one.estimate - other.estimate);
  const nHits = shown.filter((row) => row.hits).length;
  const nDetects = shown.filter((row) => row.detects).length;
  const title = `${shown.length} studies, ${shown.length} intervals for ab`;
  const what = `${formatPercent(level)} product-distribution intervals`;
  const counts = `${nHits} of ${shown.length} contain the true ab; ${nDetects} exclude 0`;
  return [
    {
      name: "intervals",
      title,
      description: `${what} of ${shown.length} replications at ${where(focus)}: ${counts}. True ab ${formatNumber(estimand)}.`,
      spec: chartSpec(
        [title],
        [
          ...wrapText(
            `The first replications at ${where(focus)}${others.length > 0 ? `, the first of ${others.length + 1} series` : ""}`,
            WIDTH,
            11,
          ),
          ...provenance(run, WIDTH),
        ],
        [
          legendPanel(legend(level, estimand), WIDTH),
          zipPanel(shown, estimand, unitOfAb(run.scenario), `${what}: ${counts}`),
        ],
      ),
    },
  ];
}

type Shown = {
  readonly estimate: number;
  readonly interval: Interval;
  readonly hits: boolean;
  readonly detects: boolean;
};

function zipPanel(shown: readonly Shown[], estimand: number, unit: string, title: string): Panel {
  const x = {
    field: "ab",
    type: "quantitative",
    scale: { nice: false, zero: false, padding: 10 },
    axis: {
      title: `Indirect effect ab (${unit})`,
      tickCount: 7,
      labelOverlap: true,
      labelSeparation: 8,
      labelFlush: false,
    },
  };
  const y = {
    field: "order",
    type: "quantitative",
    scale: { domain: [-0.5, shown.length - 0.5], nice: false, zero: false },
    axis: { title: `Replications, ordered by estimate (${shown.length})`, labels: false, ticks: false, grid: false },
  };
  const rules = (hits: boolean, mark: object): Layer[] => {
    const values: Datum[] = shown.flatMap(({ interval, hits: own }, order) =>
      own === hits ? [{ ab: interval[0], high: interval[1], order }] : [],
    );
    return values.length === 0 ? [] : [layer(values, { type: "rule", ...mark }, { x, x2: { field: "high" }, y })];
  };
  const dots = (hits: boolean, color: string): Layer[] => {
    const values = shown.flatMap(({ estimate, hits: own, detects }, order) =>
      own === hits ? [{ ab: estimate, order, fill: detects ? color : PAPER }] : [],
    );
    const mark = { type: "point", shape: "circle", size: 16, stroke: color, strokeWidth: 1.2, opacity: 1 };
    return values.length === 0
      ? []
      : [layer(values, mark, { x, y, fill: { field: "fill", type: "nominal", scale: null } })];
  };
  const line = (value: number, mark: object) => layer([{ ab: value }], { type: "rule", ...mark }, { x });
  return {
    ...panelTitle(wrapText(title, WIDTH, 11.5, "bold")),
    width: WIDTH,
    height: Math.max(120, 5.4 * shown.length),
    layer: [
      ...(estimand === 0 ? [] : [line(0, { color: MUTED, strokeWidth: 1.2, strokeDash: [5, 4] })]),
      ...rules(true, { color: HIT, strokeWidth: 1.6 }),
      ...rules(false, { color: MISS, strokeWidth: 2.6 }),
      line(estimand, { color: INK, strokeWidth: 1.8 }),
      ...dots(true, "#1f4e79"),
      ...dots(false, MISS),
    ],
  };
}

function legend(level: number, estimand: number): LegendEntry[] {
  const dark = "#1f4e79";
  const interval = { color: HIT, width: 1.6 };
  return [
    { label: "Contains the true ab", line: interval },
    { label: "Misses it", line: { color: MISS, width: 2.6 } },
    { label: "Excludes 0: ab detected", line: interval, marker: { shape: "circle", stroke: dark, fill: dark } },
    { label: "Includes 0", line: interval, marker: { shape: "circle", stroke: dark, fill: PAPER } },
    { label: `True ab; ${formatPercent(level)} should cross it`, line: { color: INK, width: 1.8 } },
    ...(estimand === 0 ? [] : [{ label: "No effect (0)", line: { color: MUTED, width: 1.2, dash: [5, 4] } }]),
  ];
}

function where({ series, summary }: Focus): string {
  const n = `N\u00a0=\u00a0${formatCount(summary.nClients)}`;
  return series.label === "" ? n : `${series.label}, ${n}`;
}

/** Nine digits: more than a picture shows. */
function plotted(value: number): number {
  return Number(value.toPrecision(9));
}

function contains(interval: Interval, value: number): boolean {
  return interval[0] <= value && value <= interval[1];
}
