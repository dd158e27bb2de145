import type { SimulationRun } from "../../../models/simulationTypes.ts";
import { formatPercent } from "../../format.ts";
import type { Chart } from "../../render.ts";
import { chartSpec, type Datum, type Layer, layer, type Panel } from "../canvas.ts";
import { type LegendEntry, legendPanel } from "../legend.ts";
import { wrapText } from "../theme.ts";
import { monthAxis, monthsAt, pagesOfTeams, serviceSubtitle, teamValues, weeksDrawn } from "./serviceLook.ts";

const WIDTH = 740;
/** Within the row of a team, from 0 to 1: caseload above, vacancies below. */
const CASELOAD_BAND = [0.06, 0.62] as const;
const VACANCY_BAND = [0.66, 0.92] as const;

type ColorClass = { readonly upTo: number; readonly label: string; readonly color: string };

/** Mean caseload over the cap: blues up to the cap, browns beyond; lightness alone tells them in order. */
const CASELOAD_CLASSES: readonly ColorClass[] = [
  { upTo: 0.5, label: "up to 50 % of the cap", color: "#e4eef7" },
  { upTo: 0.75, label: "to 75 %", color: "#b9d5ea" },
  { upTo: 0.9, label: "to 90 %", color: "#86b8dc" },
  { upTo: 1, label: "to 100 %", color: "#4d95c6" },
  { upTo: 1.25, label: "to 125 %", color: "#f0a04b" },
  { upTo: 1.5, label: "to 150 %", color: "#c8601a" },
  { upTo: Number.POSITIVE_INFINITY, label: "more", color: "#7a2e0e" },
];

/** Vacant seats over seats. */
const VACANCY_CLASSES: readonly ColorClass[] = [
  { upTo: 0.25, label: "up to 25 %", color: "#b9c0c8" },
  { upTo: 0.5, label: "to 50 %", color: "#7b858f" },
  { upTo: 1, label: "more", color: "#22262b" },
];

/**
 * Mean caseload of the case managers present, as a share of the cap, and seats vacant, team by team over time in one
 * simulated service: two strips per team. Where nobody is there, there is no caseload.
 */
export function staffStrips(run: SimulationRun): Chart[] {
  const { pages, isCut } = pagesOfTeams(run.plan.service.teams.count);
  return pages.map((teams, page) => {
    const suffix = pages.length > 1 ? `-${page + 1}` : "";
    const part =
      pages.length > 1 ? ` (${page + 1} of ${pages.length}${isCut ? ", further teams in the data" : ""})` : "";
    const title = `Caseload and vacancies by team${part}`;
    const { staffing, teams: size } = run.plan.service;
    const shows =
      `Upper strip: clients per case manager present, over the full-time cap of ${staffing.caseloadCap}; none where ` +
      `nobody is there. Lower strip: share of the ${size.seats} seats vacant; none where all are filled. Replication 0`;
    return {
      name: `staff-strips${suffix}`,
      title,
      description: describe(run, teams),
      spec: chartSpec(wrapText(title, WIDTH, 15, "bold"), serviceSubtitle(run, shows, WIDTH), [
        legendPanel(legendOf("Caseload", CASELOAD_CLASSES), WIDTH),
        legendPanel(legendOf("Seats vacant:", VACANCY_CLASSES), WIDTH),
        stripsPanel(run, teams),
      ]),
    };
  });
}

function legendOf(title: string, classes: readonly ColorClass[]): LegendEntry[] {
  return classes.map(({ label, color }, index) => ({
    label: index === 0 ? `${title} ${label}` : label,
    box: { color, opacity: 1 },
  }));
}

function stripsPanel(run: SimulationRun, teams: readonly number[]): Panel {
  const { plan, firstSeries } = run;
  const { count, seats } = plan.service.teams;
  const { caseloadCap } = plan.service.staffing;
  const nWeeks = plan.service.time.weeks;
  const caseload = teamValues(firstSeries, "meanCaseload", count);
  const present = teamValues(firstSeries, "managersPresent", count);
  const rowHeight = teams.length <= 6 ? 36 : teams.length <= 16 ? 26 : 20;
  const x = monthAxis("from", monthsAt(nWeeks - 1), WIDTH, "Months since day 0");
  const y = {
    field: "top",
    type: "quantitative",
    scale: { domain: [0, teams.length], nice: false, zero: false, reverse: true },
    axis: {
      title: null,
      values: teams.map((_, row) => row + 0.5),
      labelExpr: `'Team ' + (floor(datum.value) + ${teams[0] + 1})`,
      grid: false,
      ticks: false,
      domain: false,
      labelOverlap: false,
    },
  };
  const strips = teams.flatMap((team, row) => [
    ...runsOf(nWeeks, CASELOAD_CLASSES, row, CASELOAD_BAND, (week) =>
      present(team, week) > 0 ? caseload(team, week) / caseloadCap : Number.NaN,
    ),
    ...runsOf(nWeeks, VACANCY_CLASSES, row, VACANCY_BAND, (week) =>
      present(team, week) < seats ? 1 - present(team, week) / seats : Number.NaN,
    ),
  ]);
  const layers: Layer[] = [...CASELOAD_CLASSES, ...VACANCY_CLASSES].map(({ color }) =>
    layer(
      strips.filter((strip) => strip.color === color).map(({ color: _, ...place }): Datum => place),
      { type: "rect", color, opacity: 1 },
      { x, x2: { field: "to" }, y, y2: { field: "bottom" } },
    ),
  );
  return { width: WIDTH, height: rowHeight * teams.length, layer: layers };
}

type Strip = {
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly bottom: number;
  readonly color: string;
};

/** Weeks in a row that are of one class become one strip; weeks without a value none. */
function runsOf(
  nWeeks: number,
  classes: readonly ColorClass[],
  row: number,
  [top, bottom]: readonly [number, number],
  value: (week: number) => number,
): Strip[] {
  const strips: Strip[] = [];
  let from = 0;
  for (const week of weeksDrawn(nWeeks)) {
    const to = monthsAt(week);
    const share = value(week);
    // Thirds of seats are not exact: 1/4 of a seat too much is no class more.
    const color = classes.find(({ upTo }) => share <= upTo + 1e-9)?.color;
    const last = strips.at(-1);
    if (color !== undefined) {
      if (last !== undefined && last.color === color && last.to === from) strips[strips.length - 1] = { ...last, to };
      else strips.push({ from, to, top: row + top, bottom: row + bottom, color });
    }
    from = to;
  }
  return strips;
}

function describe({ plan, firstSeries }: SimulationRun, teams: readonly number[]): string {
  const { count, seats } = plan.service.teams;
  const nWeeks = plan.service.time.weeks;
  const caseload = teamValues(firstSeries, "meanCaseload", count);
  const present = teamValues(firstSeries, "managersPresent", count);
  const parts = teams.map((team) => {
    let vacant = 0;
    let over = 0;
    for (let week = 0; week < nWeeks; week++) {
      vacant += 1 - present(team, week) / seats;
      if (caseload(team, week) > plan.service.staffing.caseloadCap) over++;
    }
    return `team ${team + 1} ${percent(vacant / nWeeks)} and ${percent(over / nWeeks)}`;
  });
  return `Share of seats vacant, and of weeks with a mean caseload above the cap, in replication 0: ${parts.join("; ")}.`;
}

function percent(share: number): string {
  return formatPercent(Number(share.toFixed(2)));
}
