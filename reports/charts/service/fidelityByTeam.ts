import { HIGH_FIDELITY } from "../../../models/kpis/serviceKpis.ts";
import type { SimulationRun } from "../../../models/simulationTypes.ts";
import { DAYS_PER_MONTH } from "../../../models/service/time.ts";
import { formatFixed } from "../../format.ts";
import type { Chart } from "../../render.ts";
import { chartSpec, type Datum, type Layer, layer, type Panel, type PanelGrid } from "../canvas.ts";
import { type LegendEntry, legendPanel } from "../legend.ts";
import { isBottom } from "../panelGrid.ts";
import { INK, MUTED, wrapText } from "../theme.ts";
import {
  BLUE,
  monthAxis,
  monthsAt,
  ORANGE,
  pagesOfTeams,
  serviceSubtitle,
  teamValues,
  titleLayer,
  VERMILION,
  weeksDrawn,
} from "./serviceLook.ts";

const LOWEST = 8;
const HIGHEST = 40;

/** Sizes of one panel per team: the more teams, the smaller. */
type TeamGrid = { readonly columns: number; readonly width: number; readonly height: number; readonly gap: number };

/**
 * Fidelity of every team over time in one simulated service, one panel per team: the true sum score, what audits saw of
 * it, the threshold of high fidelity, and the mean over all teams and replications behind it.
 */
export function fidelityByTeam(run: SimulationRun): Chart[] {
  const { pages, isCut } = pagesOfTeams(run.plan.service.teams.count);
  return pages.map((teams, page) => {
    const suffix = pages.length > 1 ? `-${page + 1}` : "";
    const part =
      pages.length > 1 ? ` (${page + 1} of ${pages.length}${isCut ? ", further teams in the data" : ""})` : "";
    return fidelityChart(run, teams, `fidelity-by-team${suffix}`, `Fidelity by team${part}`);
  });
}

function fidelityChart(run: SimulationRun, teams: readonly number[], name: string, title: string): Chart {
  const grid = teamGrid(teams.length);
  const width = grid.columns * grid.width + (grid.columns - 1) * grid.gap;
  const domain = scoreDomain(run);
  const legend: LegendEntry[] = [
    { label: "Team, true score", line: { color: BLUE, width: 2 } },
    { label: "Audit", marker: { shape: "circle", stroke: INK, fill: ORANGE } },
    { label: "Model abandoned", marker: { shape: "M-.8,-.8L.8,.8M.8,-.8L-.8,.8", stroke: VERMILION, fill: VERMILION } },
    { label: "Mean of all teams and replications", line: { color: MUTED, width: 1.4, dash: [2, 2] } },
    { label: `High fidelity, ${HIGH_FIDELITY}`, line: { color: INK, width: 1, dash: [5, 4] } },
  ];
  const panels: PanelGrid = {
    concat: teams.map((team, index) => panelOf(run, team, index, teams.length, grid, domain)),
    columns: grid.columns,
    align: "all",
    bounds: "flush",
    spacing: { row: 40, column: grid.gap },
  };
  const shows = "Sum score (8 to 40) over months since day 0, in replication 0";
  return {
    name,
    title,
    description: describe(run, teams),
    spec: chartSpec(wrapText(title, width, 15, "bold"), serviceSubtitle(run, shows, width), [
      legendPanel(legend, width),
      panels,
    ]),
  };
}

function teamGrid(count: number): TeamGrid {
  if (count === 1) return { columns: 1, width: 640, height: 320, gap: 0 };
  if (count <= 4) return { columns: 2, width: 375, height: 220, gap: 42 };
  if (count <= 9) return { columns: 3, width: 240, height: 150, gap: 36 };
  if (count <= 16) return { columns: 4, width: 180, height: 110, gap: 32 };
  return { columns: 7, width: 104, height: 92, gap: 18 };
}

/** Multiples of 4 about all scores, the threshold among them. */
function scoreDomain({ plan, firstSeries, audits }: SimulationRun): [number, number] {
  const nTeams = plan.service.teams.count;
  const score = teamValues(firstSeries, "fidelity", nTeams);
  let low = HIGH_FIDELITY;
  let high = HIGH_FIDELITY;
  const see = (value: number) => {
    if (value < low) low = value;
    if (value > high) high = value;
  };
  for (const week of weeksDrawn(plan.service.time.weeks))
    for (let team = 0; team < nTeams; team++) see(score(team, week));
  audits.total.forEach(see);
  return [Math.max(LOWEST, 4 * Math.floor(low / 4 - 0.2)), Math.min(HIGHEST, 4 * Math.ceil(high / 4 + 0.2))];
}

function panelOf(
  run: SimulationRun,
  team: number,
  index: number,
  count: number,
  { columns, width, height }: TeamGrid,
  domain: readonly [number, number],
): Panel {
  const { plan, firstSeries, meanSeries, audits } = run;
  const nTeams = plan.service.teams.count;
  const nWeeks = plan.service.time.weeks;
  const months = monthsAt(nWeeks - 1);
  const own = teamValues(firstSeries, "fidelity", nTeams);
  const all = teamValues(meanSeries, "fidelity", nTeams);
  const gaveUp = teamValues(firstSeries, "abandoned", nTeams);
  const atBottom = isBottom(index, count, columns);
  const x = monthAxis("month", months, width, atBottom ? "Months" : null, atBottom);
  const y = {
    field: "score",
    type: "quantitative",
    scale: { domain, nice: false, zero: false },
    axis: {
      title: index % columns === 0 && height > 140 ? "Fidelity" : null,
      values: scoreTicks(domain, height),
      labels: index % columns === 0,
      grid: true,
    },
  };
  const weeks = weeksDrawn(nWeeks);
  const meanOf = (week: number) => {
    let sum = 0;
    for (let other = 0; other < nTeams; other++) sum += all(other, week);
    return sum / nTeams;
  };
  const line = (score: (week: number) => number) =>
    weeks.map((week): Datum => ({ month: monthsAt(week), score: score(week) }));
  const seen: Datum[] = Array.from({ length: audits.n }, (_, audit) => ({
    month: audits.day[audit] / DAYS_PER_MONTH,
    score: audits.total[audit * nTeams + team],
  })).filter(({ score }) => !Number.isNaN(score));
  const abandoned = Array.from({ length: nWeeks }, (_, week) => week).find((week) => gaveUp(team, week) === 1);
  const layers: Layer[] = [
    layer([{ score: HIGH_FIDELITY }], { type: "rule", color: INK, strokeWidth: 1, strokeDash: [5, 4] }, { y }),
    layer(line(meanOf), { type: "line", color: MUTED, strokeWidth: 1.4, strokeDash: [2, 2] }, { x, y }),
    layer(
      line((week) => own(team, week)),
      { type: "line", color: BLUE, strokeWidth: 1.8 },
      { x, y },
    ),
    layer(
      seen,
      {
        type: "point",
        shape: "circle",
        filled: true,
        fill: ORANGE,
        stroke: INK,
        strokeWidth: 0.8,
        size: height > 100 ? 42 : 26,
        opacity: 1,
      },
      { x, y },
    ),
  ];
  if (abandoned !== undefined)
    layers.push(
      layer(
        [{ month: monthsAt(abandoned), score: own(team, abandoned) }],
        {
          type: "point",
          shape: "M-.8,-.8L.8,.8M.8,-.8L-.8,.8",
          stroke: VERMILION,
          strokeWidth: 2,
          size: 70,
          opacity: 1,
        },
        { x, y },
      ),
    );
  return { width, height, layer: [titleLayer(`Team ${team + 1}`), ...layers] };
}

function scoreTicks([low, high]: readonly [number, number], height: number): number[] {
  const step = height / ((high - low) / 4) >= 22 ? 4 : 8;
  return [8, 12, 16, 20, 24, 28, 32, 36, 40].filter((score) => score >= low && score <= high && score % step === 0);
}

function describe({ plan, firstSeries }: SimulationRun, teams: readonly number[]): string {
  const nTeams = plan.service.teams.count;
  const last = plan.service.time.weeks - 1;
  const score = teamValues(firstSeries, "fidelity", nTeams);
  const parts = teams.map(
    (team) => `team ${team + 1} from ${formatFixed(score(team, 0), 1)} to ${formatFixed(score(team, last), 1)}`,
  );
  return `True fidelity in replication 0, from the first week to the last: ${parts.join("; ")}.`;
}
