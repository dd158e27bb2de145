import { FAN_QUANTILES, FEWEST_IN_FAN } from "../../../models/service/fan.ts";
import { DAYS_PER_MONTH, DAYS_PER_WEEK } from "../../../models/service/time.ts";
import type { SimulationRun } from "../../../models/simulationTypes.ts";
import type { ScaleName } from "../../../models/study/instruments.ts";
import { formatFixed, formatNumber } from "../../format.ts";
import type { Chart } from "../../render.ts";
import { chartSpec, type Datum, type Layer, layer, type Panel, type PanelGrid } from "../canvas.ts";
import { type LegendEntry, legendPanel } from "../legend.ts";
import { gridLayout, isBottom } from "../panelGrid.ts";
import { INK, wrapText } from "../theme.ts";
import { BLUE, monthAxis, serviceSubtitle, titleLayer } from "./serviceLook.ts";

/** What the panels show, in the order of the fan's variables. */
const SCALES: readonly { readonly scale: ScaleName; readonly label: string }[] = [
  { scale: "rprs", label: "Alliance, RPRS" },
  { scale: "qoli", label: "Quality of life, QOLI-20" },
  { scale: "pgi", label: "Personal goals, PGI" },
  { scale: "ths", label: "Hope, THS" },
  { scale: "mcas", label: "Functioning, MCAS" },
];
const COUNT_LABEL = "Clients in the bands";

/**
 * How true alliance and outcomes spread over clients by months since their admission: median, middle half and middle 80 %.
 * Upright lines mark the study's interviews at which the scale is given. A last panel counts the
 * clients behind the bands: fewer, as clients leave and as few were admitted so long before the end.
 *
 * @returns no chart where too few clients are admitted to show a spread
 */
export function tenureFans(run: SimulationRun): Chart[] {
  const { fan, plan } = run;
  const months = Array.from({ length: fan.nMonths }, (_, month) => month).filter(
    (month) => fan.nClients[month] >= FEWEST_IN_FAN,
  );
  if (months.length < 2) return [];
  const layout = gridLayout([...SCALES.map(({ label }) => label), COUNT_LABEL]);
  const last = months[months.length - 1];
  const legend: LegendEntry[] = [
    { label: "Median", line: { color: BLUE, width: 2.2 } },
    { label: "Middle half of clients (25–75 %)", box: { color: BLUE, opacity: 0.42 } },
    { label: "Middle 80 % (10–90 %)", box: { color: BLUE, opacity: 0.18 } },
    { label: "Interview with this scale", line: { color: INK, width: 1, dash: [2, 3] } },
  ];
  const count = SCALES.length + 1;
  const panels: PanelGrid = {
    concat: [
      ...SCALES.map(({ scale, label }, variable): Panel => {
        const x = monthAxis(
          "month",
          last,
          layout.width,
          isBottom(variable, count, layout.columns) ? "Months since admission" : null,
        );
        return {
          width: layout.width,
          height: layout.height,
          layer: [
            titleLayer(label),
            ...interviewLines(run, plan.study.instruments[scale].months, last, x),
            ...bands(run, variable, months, x),
          ],
        };
      }),
      countPanel(run, months, last, layout.width, layout.height),
    ],
    columns: layout.columns,
    align: "all",
    bounds: "flush",
    spacing: layout.spacing,
  };
  const shows =
    "True scores by months since admission, over clients in service who were admitted from day 0 on; quantiles of each " +
    "replication, averaged over replications. Interviews count from a baseline on average " +
    `${formatNumber(plan.study.interviews.enrolmentLag / 2, 2)} weeks after admission`;
  return [
    {
      name: "tenure-fans",
      title: "Alliance and outcomes by time in service",
      description: describe(run, months),
      spec: chartSpec(
        wrapText("Alliance and outcomes by time in service", layout.totalWidth, 15, "bold"),
        serviceSubtitle(run, shows, layout.totalWidth),
        [legendPanel(legend, layout.totalWidth), panels],
      ),
    },
  ];
}

function quantile({ fan }: SimulationRun, variable: number, month: number, q: number): number {
  return fan.quantile[(variable * fan.nMonths + month) * FAN_QUANTILES.length + q];
}

function bands(run: SimulationRun, variable: number, months: readonly number[], x: object): Layer[] {
  const values: Datum[] = months.map((month) => {
    const [q10, q25, q50, q75, q90] = FAN_QUANTILES.map((_, q) => quantile(run, variable, month, q));
    return { month, q10, q25, q50, q75, q90 };
  });
  const y = (field: string) => ({
    field,
    type: "quantitative",
    scale: { nice: true, zero: false },
    axis: { title: null, tickCount: 5 },
  });
  return [
    layer(values, { type: "area", color: BLUE, opacity: 0.18 }, { x, y: y("q10"), y2: { field: "q90" } }),
    layer(values, { type: "area", color: BLUE, opacity: 0.3 }, { x, y: y("q25"), y2: { field: "q75" } }),
    layer(values, { type: "line", color: BLUE, strokeWidth: 2.2 }, { x, y: y("q50") }),
  ];
}

/** Upright lines at interviews, as far as the axis goes. */
function interviewLines({ plan }: SimulationRun, months: readonly number[], last: number, x: object): Layer[] {
  const lag = (plan.study.interviews.enrolmentLag / 2) * (DAYS_PER_WEEK / DAYS_PER_MONTH);
  const values = months.map((month) => ({ month: month + lag })).filter(({ month }) => month <= last);
  return values.length === 0
    ? []
    : [layer(values, { type: "rule", color: INK, strokeWidth: 1, strokeDash: [2, 3], opacity: 0.8 }, { x })];
}

function countPanel(run: SimulationRun, months: readonly number[], last: number, width: number, height: number): Panel {
  const x = monthAxis("month", last, width, "Months since admission");
  const values = months.map((month): Datum => ({ month, n: run.fan.nClients[month] }));
  const y = {
    field: "n",
    type: "quantitative",
    scale: { nice: true, zero: true },
    axis: { title: null, tickCount: 5 },
  };
  return {
    width,
    height,
    layer: [
      titleLayer(COUNT_LABEL),
      layer(values, { type: "area", color: BLUE, opacity: 0.18 }, { x, y }),
      layer(values, { type: "line", color: BLUE, strokeWidth: 2.2 }, { x, y }),
      ...interviewLines(run, run.plan.study.interviews.months, last, x),
    ],
  };
}

function describe(run: SimulationRun, months: readonly number[]): string {
  const last = months[months.length - 1];
  const sentences = SCALES.map(({ label }, variable) => {
    const at = (month: number, q: number) => formatFixed(quantile(run, variable, month, q), 1);
    return (
      `${label}: median ${at(0, 2)} at admission (middle half ${at(0, 1)} to ${at(0, 3)}) and ` +
      `${at(last, 2)} after ${last} months (${at(last, 1)} to ${at(last, 3)})`
    );
  });
  const { nClients } = run.fan;
  return `${sentences.join("; ")}. Clients in the bands, per replication: ${formatFixed(nClients[0], 0)} at admission, ${formatFixed(nClients[last], 0)} after ${last} months.`;
}
