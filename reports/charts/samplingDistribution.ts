import type { PowerRun } from "../../models/powerTypes.ts";
import { type Focus, focusOf, sampleRowsOf } from "../focus.ts";
import { formatCount, formatNumber } from "../format.ts";
import type { Chart } from "../render.ts";
import { testsOf } from "../series.ts";
import { unitOfAb } from "../settings.ts";
import { headlineTest, styleOf } from "../testNames.ts";
import { chartSpec, type Datum, layer, type Panel } from "./canvas.ts";
import { histogramOf } from "./histogram.ts";
import { type LegendEntry, legendPanel } from "./legend.ts";
import { type GridLayout, gridLayout, isBottom, panelTitle } from "./panelGrid.ts";
import { provenance } from "./provenance.ts";
import { INK, MAX_PANELS, wrapText } from "./theme.ts";

// Light enough that the lines stand out on them, far enough apart for a greyscale print.
const REJECTED = "#79b0d8";
const KEPT = "#e4e8ec";
const BAR_EDGE = "#7d8894";
const MEAN = "#b34700";

const MEAN_MARKER = { shape: "triangle-down", stroke: MEAN, fill: MEAN };

/**
 * How the estimate of ab varies from study to study: a histogram of the saved replications at the N of each series
 * whose power is nearest the target (up to 16 series), rejections by the headline test in dark, with lines at the true
 * ab and at the mean of the estimates shown.
 *
 * @returns no chart when no saved replication could be fitted
 */
export function samplingDistribution(run: PowerRun): Chart[] {
  const panels = focusOf(run)
    .slice(0, MAX_PANELS)
    .map((focus) => distributionOf(run, focus))
    .filter((panel) => panel.nRows > 0);
  if (panels.length === 0) return [];
  const test = headlineTest(testsOf(run));
  const layout = gridLayout(panels.map((panel) => panel.label));
  const title = "Sampling distribution of the indirect effect";
  const legend: LegendEntry[] = [
    { label: `ab detected (${styleOf(test).name})`, box: { color: REJECTED, opacity: 1, stroke: BAR_EDGE } },
    { label: "not detected", box: { color: KEPT, opacity: 1, stroke: BAR_EDGE } },
    { label: "True ab", line: { color: INK, width: 1.8 } },
    { label: "Mean of the estimates", line: { color: MEAN, width: 2, dash: [5, 3] }, marker: MEAN_MARKER },
  ];
  return [
    {
      name: "sampling-distribution",
      title,
      description: panels.map((panel) => panel.sentence).join(" "),
      spec: chartSpec(wrapText(title, layout.totalWidth, 15, "bold"), provenance(run, layout.totalWidth), [
        legendPanel(legend, layout.totalWidth),
        {
          concat: panels.map((panel, index) =>
            distributionPanel(panel, layout, index, panels.length, unitOfAb(run.scenario)),
          ),
          columns: layout.columns,
          align: "all",
          bounds: "flush",
          spacing: { ...layout.spacing, column: layout.spacing.column + 8 },
        },
      ]),
    },
  ];
}

type Distribution = {
  readonly label: string;
  readonly sentence: string;
  readonly nRows: number;
  readonly estimand: number;
  readonly mean: number;
  readonly bars: readonly Datum[];
};

function distributionOf(run: PowerRun, { conditionIndex, summary, series }: Focus): Distribution {
  const rows = sampleRowsOf(run, conditionIndex);
  const test = testsOf(run).indexOf(headlineTest(testsOf(run)));
  const rejects = rows.map((row) => row.rejects[test]);
  const nRejected = rejects.filter(Boolean).length;
  const estimates = rows.map((row) => row.a * row.b);
  const mean = estimates.reduce((sum, estimate) => sum + estimate, 0) / rows.length;
  const { bins } = histogramOf(estimates, rejects);
  const found = `detected in ${formatCount(nRejected)} of ${formatCount(rows.length)}`;
  const n = `N\u00a0=\u00a0${formatCount(summary.nClients)}`;
  return {
    label: [series.label, `${n}: ${found}`].filter((part) => part !== "").join("; "),
    sentence: `${series.label === "" ? "" : `${series.label}: `}at ${n}, ab was ${found} saved replications; true ab ${formatNumber(summary.estimand)}, mean estimate ${formatNumber(mean)}.`,
    nRows: rows.length,
    estimand: summary.estimand,
    mean,
    bars: bins.flatMap(({ from, to, marked, other }): Datum[] => [
      ...(marked > 0 ? [{ from, to, count: 0, top: marked, color: REJECTED }] : []),
      ...(other > 0 ? [{ from, to, count: marked, top: marked + other, color: KEPT }] : []),
    ]),
  };
}

function distributionPanel(panel: Distribution, layout: GridLayout, index: number, count: number, unit: string): Panel {
  const isSmall = layout.columns > 2;
  const x = {
    field: "from",
    type: "quantitative",
    scale: { nice: false, zero: false },
    axis: {
      title: isBottom(index, count, layout.columns) ? (isSmall ? "Estimate of ab" : `Estimate of ab (${unit})`) : null,
      tickCount: isSmall ? 4 : 6,
      labelOverlap: true,
      labelSeparation: 8,
      labelFlush: false,
      grid: false,
    },
  };
  const y = {
    field: "count",
    type: "quantitative",
    scale: { zero: true },
    axis: {
      title: index % layout.columns === 0 ? "Replications" : null,
      tickCount: isSmall ? 4 : 6,
      grid: true,
      tickMinStep: 1,
    },
  };
  const line = (value: number, mark: object) => layer([{ from: value }], { type: "rule", ...mark }, { x });
  return {
    ...panelTitle(layout.titles[index]),
    width: layout.width,
    height: layout.height,
    layer: [
      layer(
        panel.bars,
        { type: "rect", stroke: BAR_EDGE, strokeWidth: 0.5 },
        {
          x,
          x2: { field: "to" },
          y,
          y2: { field: "top" },
          color: { field: "color", type: "nominal", scale: null },
        },
      ),
      line(panel.estimand, { color: INK, strokeWidth: 1.8 }),
      line(panel.mean, { color: MEAN, strokeWidth: 2, strokeDash: [5, 3] }),
      // At the top edge, where the mean can be seen even if its line lies on the truth's.
      layer([{ from: panel.mean }], { type: "point", ...MEAN_MARKER, size: 50, opacity: 1 }, { x, y: { value: -3 } }),
    ],
  };
}
