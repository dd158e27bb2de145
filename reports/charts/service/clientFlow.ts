import { seriesIndex } from "../../../models/service/teamSeries.ts";
import type { SimulationRun } from "../../../models/simulationTypes.ts";
import { formatFixed } from "../../format.ts";
import type { Chart } from "../../render.ts";
import { chartSpec, type Datum, layer, type Panel } from "../canvas.ts";
import { type LegendEntry, legendPanel } from "../legend.ts";
import { PAPER, wrapText } from "../theme.ts";
import {
  BLUE,
  GREEN,
  GREY,
  monthAxis,
  monthsAt,
  ORANGE,
  PINK,
  serviceSubtitle,
  SKY,
  VERMILION,
  weeksDrawn,
} from "./serviceLook.ts";

const WIDTH = 740;
const HEIGHT = 340;

/** Where clients are, from the bottom of the stack; each is in exactly one. */
const PLACES: readonly {
  readonly label: string;
  readonly color: string;
  readonly of: (series: SeriesSum) => number;
}[] = [
  { label: "With a case manager", color: BLUE, of: (sum) => sum("inService") - sum("onHold") },
  { label: "On hold", color: SKY, of: (sum) => sum("onHold") },
  { label: "Waiting", color: ORANGE, of: (sum) => sum("waiting") },
  { label: "Graduated", color: GREEN, of: (sum) => sum("graduated") },
  { label: "Left", color: VERMILION, of: (sum) => sum("left") },
  { label: "Never engaged", color: GREY, of: (sum) => sum("neverEngaged") },
  { label: "Gave up waiting", color: PINK, of: (sum) => sum("gaveUp") },
];

/** Sum over teams of a series at one week. */
type SeriesSum = (name: string) => number;

/**
 * Where the clients of all teams are over time: mean over replications, stacked to everyone referred so far.
 *
 * @returns no chart where nobody is ever referred
 */
export function clientFlow(run: SimulationRun): Chart[] {
  const { plan } = run;
  const nWeeks = plan.service.time.weeks;
  const weeks = weeksDrawn(nWeeks);
  const counts = weeks.map((week) => placesAt(run, week));
  const shown = PLACES.map((_, place) => place).filter((place) => counts.some((count) => count[place] > 0));
  if (shown.length === 0) return [];
  const title = "Where clients are";
  const shows = "All clients referred so far, those in service on day 0 among them; all teams, mean over replications";
  const legend = [...shown]
    .reverse()
    .map((place): LegendEntry => ({ label: PLACES[place].label, box: { color: PLACES[place].color, opacity: 1 } }));
  return [
    {
      name: "client-flow",
      title,
      description: describe(run),
      spec: chartSpec(wrapText(title, WIDTH, 15, "bold"), serviceSubtitle(run, shows, WIDTH), [
        legendPanel(legend, WIDTH),
        flowPanel(weeks, counts, shown, monthsAt(nWeeks - 1)),
      ]),
    },
  ];
}

/** Clients in each of `PLACES` at the end of a week. */
function placesAt({ plan, meanSeries }: SimulationRun, week: number): number[] {
  const nTeams = plan.service.teams.count;
  const sum: SeriesSum = (name) => {
    const values = meanSeries[seriesIndex(name)];
    let all = 0;
    for (let team = 0; team < nTeams; team++) all += values[week * nTeams + team];
    return all;
  };
  return PLACES.map(({ of }) => of(sum));
}

function flowPanel(
  weeks: readonly number[],
  counts: readonly (readonly number[])[],
  shown: readonly number[],
  months: number,
): Panel {
  const x = monthAxis("month", months, WIDTH, "Months since day 0");
  const y = {
    field: "low",
    type: "quantitative",
    scale: { nice: true, zero: true },
    axis: { title: "Clients", tickCount: 6, format: ",d" },
  };
  return {
    width: WIDTH,
    height: HEIGHT,
    layer: shown.map((place) => {
      const values = weeks.map((week, i): Datum => {
        const low = counts[i].slice(0, place).reduce((sum, n) => sum + n, 0);
        return { month: monthsAt(week), low, high: low + counts[i][place] };
      });
      return layer(
        values,
        { type: "area", color: PLACES[place].color, opacity: 1, stroke: PAPER, strokeWidth: 0.6 },
        { x, y, y2: { field: "high" } },
      );
    }),
  };
}

function describe(run: SimulationRun): string {
  const nWeeks = run.plan.service.time.weeks;
  const words = (week: number) => {
    const counts = placesAt(run, week);
    return PLACES.map(({ label }, place) => `${label.toLowerCase()} ${formatFixed(counts[place], 0)}`).join(", ");
  };
  return `Clients at the end of week 1: ${words(0)}. At the end of week ${nWeeks}: ${words(nWeeks - 1)}.`;
}
