import type { RateName } from "../../models/decisionNames.ts";
import type { PowerRun } from "../../models/powerTypes.ts";
import { drawnTests } from "../estimators.ts";
import { formatCount, formatNumber, formatPercent, formatRate } from "../format.ts";
import type { Chart } from "../render.ts";
import { isNull, type Series, seriesOf } from "../series.ts";
import { headlineTest, styleOf } from "../testNames.ts";
import { chartSpec, type Layer, layer, type Panel } from "./canvas.ts";
import { type LegendEntry, legendPanel } from "./legend.ts";
import { gridLayout, panelTitle } from "./panelGrid.ts";
import { provenance } from "./provenance.ts";
import { INK, MAX_PANELS, PAPER, wrapText } from "./theme.ts";
import { countAxis } from "./ticks.ts";

/** Factors that set the number of teams. */
const TEAM_FACTORS = ["paths.teams.count", "service.teams.count"];

/** Light to dark blue, by rank of the number of teams; each at least 3:1 against white. */
const BLUES = ["#4a90c2", "#2f78ad", "#1b6096", "#0f4a7c", "#093660", "#052545"];
const SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"];
const DASHES = [[], [7, 3], [2, 2], [7, 3, 2, 3], [12, 3], [1, 3]];

type Line = { readonly nTeams: number; readonly points: readonly Point[] };
type Point = { readonly perTeam: number; readonly rate: number; readonly low: number; readonly high: number };

/**
 * "Clients or teams?": power of the headline test over clients per team, a line for each number of teams, a panel for each set
 * of other assumptions with an effect. Where lines level off below the target, only more teams help.
 *
 * @returns no chart unless several numbers of teams, and several numbers of clients per team, were simulated
 */
export function clientsOrTeams(run: PowerRun): Chart[] {
  const test = headlineTest(drawnTests(run));
  const panels = panelsOf(run, test).slice(0, MAX_PANELS);
  if (panels.length === 0) return [];
  const { target } = run.scenario.power;
  const layout = gridLayout(panels.map(({ label }) => label));
  const counts = [...new Set(panels.flatMap(({ lines }) => lines.map(({ nTeams }) => nTeams)))].sort((p, q) => p - q);
  const axis = countAxis(
    panels.flatMap(({ lines }) => lines.flatMap(({ points }) => points.map(({ perTeam }) => perTeam))),
    layout.width,
  );
  const title = `Clients or teams? Power (${styleOf(test).name})`;
  const legend: LegendEntry[] = [
    ...counts.map((nTeams) => {
      const { color, dash, shape } = lookOf(nTeams, counts);
      return {
        label: `${formatCount(nTeams)} teams`,
        line: { color, width: 2, dash },
        marker: { shape, stroke: color, fill: PAPER },
      };
    }),
    { label: `Target power ${formatPercent(target)}`, line: { color: INK, width: 1.2, dash: [5, 4] } },
  ];
  return [
    {
      name: "clients-or-teams",
      title,
      description: panels.map(describe).join(" "),
      spec: chartSpec(wrapText(title, layout.totalWidth, 15, "bold"), provenance(run, layout.totalWidth), [
        legendPanel(legend, layout.totalWidth),
        {
          concat: panels.map(({ lines }, index): Panel => {
            const x = {
              field: "n",
              type: "quantitative",
              scale: {
                type: axis.type,
                domain: axis.domain,
                nice: false,
                ...(axis.type === "linear" ? { zero: false } : {}),
              },
              axis: { title: "Clients per team", values: axis.ticks, labelExpr: axis.labelExpr, grid: true },
            };
            const y = {
              field: "rate",
              type: "quantitative",
              scale: { domain: [0, 1], nice: false },
              axis: { title: index % layout.columns === 0 ? "Power" : null, format: ".1f", grid: true },
            };
            const rule = { type: "rule", color: INK, strokeDash: [5, 4], strokeWidth: 1.2 };
            return {
              ...panelTitle(layout.titles[index]),
              width: layout.width,
              height: layout.height,
              layer: [
                layer([{ rate: target, n: axis.domain[0], to: axis.domain[1] }], rule, { x, x2: { field: "to" }, y }),
                ...lines.flatMap((line) => lineLayers(line, counts, x, y)),
              ],
            };
          }),
          columns: layout.columns,
          align: "all",
          bounds: "flush",
          spacing: { row: layout.spacing.row + 10, column: layout.spacing.column },
        },
      ]),
    },
  ];
}

type TeamPanel = { readonly label: string; readonly test: RateName; readonly lines: readonly Line[] };

/** Series with an effect that differ only in the number of teams make a panel. */
function panelsOf(run: PowerRun, test: RateName): TeamPanel[] {
  const groups = new Map<string, { label: string; lines: Line[] }>();
  for (const series of seriesOf(run).filter((one) => !isNull(one))) {
    const factor = TEAM_FACTORS.find((name) => name in series.factors);
    if (factor === undefined) continue;
    const { [factor]: nTeams, ...others } = series.factors;
    const label = labelWithout(series, nTeams);
    const key = JSON.stringify([label, others]);
    const group = groups.get(key) ?? { label, lines: [] };
    group.lines.push({ nTeams, points: pointsOf(series, test, nTeams) });
    groups.set(key, group);
  }
  const panels = [...groups.values()].map(({ label, lines }) => ({
    label,
    test,
    lines: lines.filter(({ points }) => points.length > 1).sort((p, q) => p.nTeams - q.nTeams),
  }));
  const compared = panels.filter(({ lines }) => lines.length > 1);
  return compared.length === 1 ? [{ ...compared[0], label: "" }] : compared;
}

/** "QOLI-20, 9 months, 14 teams" and "a = 0.3, teams = 14" less what the legend says. */
function labelWithout({ label }: Series, nTeams: number): string {
  return label
    .split(", ")
    .filter((part) => part !== `${nTeams} teams` && part !== `teams = ${formatNumber(nTeams, 6)}`)
    .join(", ");
}

function pointsOf(series: Series, test: RateName, nTeams: number): Point[] {
  return series.points.flatMap(({ summary }) => {
    const result = summary.tests[test];
    if (result === undefined || Number.isNaN(result.power)) return [];
    return [{ perTeam: summary.nClients / nTeams, rate: result.power, low: result.ci[0], high: result.ci[1] }];
  });
}

function lookOf(nTeams: number, counts: readonly number[]): { color: string; dash: number[]; shape: string } {
  const rank = counts.indexOf(nTeams);
  const place = counts.length === 1 ? 0 : Math.round((rank * (BLUES.length - 1)) / (counts.length - 1));
  return { color: BLUES[place], dash: DASHES[rank % DASHES.length], shape: SHAPES[rank % SHAPES.length] };
}

function lineLayers({ nTeams, points }: Line, counts: readonly number[], x: object, y: object): Layer[] {
  const { color, dash, shape } = lookOf(nTeams, counts);
  const rates = points.map(({ perTeam, rate }) => ({ n: perTeam, rate }));
  const band = points.map(({ perTeam, low, high }) => ({ n: perTeam, rate: low, high }));
  return [
    layer(band, { type: "area", color, opacity: 0.12, line: false }, { x, y, y2: { field: "high" } }),
    layer(rates, { type: "line", color, strokeDash: dash, strokeWidth: 1.8 }, { x, y }),
    layer(
      rates,
      { type: "point", shape, stroke: color, fill: PAPER, opacity: 1, size: 36, strokeWidth: 1.6 },
      { x, y },
    ),
  ];
}

/** "Joint significance, CR2: with 8 teams power goes from .280 at 14 clients per team to .540 at 112; with …" */
function describe({ label, test, lines }: TeamPanel): string {
  const parts = lines.map(({ nTeams, points }) => {
    const [first, last] = [points[0], points[points.length - 1]];
    const at = ({ rate, perTeam }: Point) => `${formatRate(rate)} at ${formatNumber(perTeam)} clients per team`;
    return `with ${formatCount(nTeams)} teams power goes from ${at(first)} to ${at(last)}`;
  });
  return `${[label, styleOf(test).name].filter((part) => part !== "").join(", ")}: ${parts.join("; ")}.`;
}
