import { DAYS_PER_MONTH, DAYS_PER_WEEK } from "../../../models/service/time.ts";
import { seriesIndex } from "../../../models/service/teamSeries.ts";
import type { SimulationRun } from "../../../models/simulationTypes.ts";
import { formatCount } from "../../format.ts";
import { type Layer, layer } from "../canvas.ts";
import { INK, wrapText } from "../theme.ts";

/** Teams that one chart holds; a service with more gets several charts. */
export const TEAMS_PER_CHART = 28;
/** Charts of teams that a report holds; the data files have all teams. */
const MOST_PAGES = 3;
/** Points of a line, columns of a strip: more could not be told apart. */
const MOST_MOMENTS = 320;

/** Colours after Okabe & Ito; what colour says is said by place, shape or a label as well. */
export const BLUE = "#0072b2";
export const SKY = "#56b4e9";
export const ORANGE = "#e69f00";
export const VERMILION = "#d55e00";
export const GREEN = "#00896a";
export const PINK = "#cc79a7";
export const GREY = "#9aa1a9";

/** Scenario, replications, seed and version, after what the chart's numbers are. */
export function serviceSubtitle(
  { plan, version }: Pick<SimulationRun, "plan" | "version">,
  shows: string,
  width: number,
): string[] {
  const of = plan.replications === 1 ? "1 replication" : `${formatCount(plan.replications)} replications`;
  const origin = `Scenario ${plan.name} · ${of} · seed “${plan.seed}” · caseload ${version}`;
  return [...wrapText(shows, width, 11, "regular", 4), ...wrapText(origin, width, 11)];
}

/** Teams by the chart they are on, and whether some are on none. */
export function pagesOfTeams(nTeams: number): {
  readonly pages: readonly (readonly number[])[];
  readonly isCut: boolean;
} {
  const nPages = Math.min(MOST_PAGES, Math.ceil(nTeams / TEAMS_PER_CHART));
  const pages = Array.from({ length: nPages }, (_, page) =>
    Array.from(
      { length: Math.min(TEAMS_PER_CHART, nTeams - page * TEAMS_PER_CHART) },
      (_, place) => page * TEAMS_PER_CHART + place,
    ),
  );
  return { pages, isCut: nTeams > MOST_PAGES * TEAMS_PER_CHART };
}

/** Weeks that are drawn: all, or every second, third … so that there are at most 320; always the last. */
export function weeksDrawn(nWeeks: number): number[] {
  const stride = Math.ceil(nWeeks / MOST_MOMENTS);
  return Array.from({ length: Math.ceil(nWeeks / stride) }, (_, i) => nWeeks - 1 - i * stride).reverse();
}

/** End of a week, in months since day 0. */
export function monthsAt(week: number): number {
  return ((week + 1) * DAYS_PER_WEEK) / DAYS_PER_MONTH;
}

/** Whole months to print on an axis of so many months: as many as fit. */
export function monthTicks(months: number, width: number): number[] {
  const most = Math.max(1, Math.floor(width / 46));
  const step = [1, 2, 3, 6, 12, 24, 36, 60, 120, 240].find((size) => months / size <= most) ?? 600;
  return Array.from({ length: Math.floor(months / step + 1e-9) + 1 }, (_, i) => i * step);
}

/** An axis of months from 0. */
export function monthAxis(field: string, months: number, width: number, title: string | null, labels = true): object {
  return {
    field,
    type: "quantitative",
    scale: { domain: [0, months], nice: false, zero: false },
    axis: {
      title,
      values: monthTicks(months, width),
      format: "d",
      labels,
      grid: false,
      labelOverlap: false,
      labelFlush: false,
    },
  };
}

/** The title of a panel, level with its neighbours': vega's own moves with the labels of the axis beside it. */
export function titleLayer(text: string, fontWeight: "bold" | "normal" = "bold"): Layer {
  return layer(
    [{ text }],
    { type: "text", align: "left", baseline: "bottom", fontSize: 11.5, fontWeight, color: INK },
    { x: { value: 0 }, y: { value: -7 }, text: { field: "text" } },
  );
}

/** Weekly values of one team, one array per week. */
export function teamValues(series: readonly Float64Array[], name: string, nTeams: number) {
  const values = series[seriesIndex(name)];
  return (team: number, week: number): number => values[week * nTeams + team];
}
