import type { Assumption } from "../../models/sensitivity/assumptions.ts";
import type { Screened, Sensitivity } from "../../models/sensitivity/sensitivityTypes.ts";
import { formatCount, formatNumber } from "../format.ts";
import type { Chart } from "../render.ts";
import { chartSpec, type Layer, layer, type Panel, pixelX, pixelY } from "./canvas.ts";
import { legendPanel } from "./legend.ts";
import { sensitivityProvenance, unitTitle } from "./sensitivityLook.ts";
import { BLUE } from "./service/serviceLook.ts";
import { GRID, INK, MUTED, PAPER, wrapText } from "./theme.ts";

const SIZE = 300;
const KEY = 330;
const KEY_ROW = 37;
const WIDTH = SIZE + KEY + 30;
/** Assumptions that have a number, and a line in the key. */
const NUMBERED = 8;

/**
 * Morris's screening: how much each assumption moves the difference (μ*, with its 95 % interval) against how much that depends on
 * the others (σ). Above the line σ = μ* an assumption's effect depends on the rest more than it is large. The eight most
 * influential are numbered.
 */
export function morrisChart(sensitivity: Sensitivity): Chart {
  const { together, figure, nTrajectories, perTrajectory, plan } = sensitivity;
  const title = `All assumptions together: ${figure.label}, ${plan.other.name} less ${plan.base.name}`;
  const rows = together.filter(({ muStar, sigma }) => !Number.isNaN(muStar) && !Number.isNaN(sigma));
  const isCut = rows.slice(0, NUMBERED).some(({ ci }) => ci[1] > mostOf(rows));
  const subtitle = `Change in the difference over an assumption's whole range, from ${formatCount(nTrajectories)} random walks (Morris) with ${formatCount(perTrajectory)} replications each; luck is in both numbers${isCut ? "; an interval that reaches the right edge goes on" : ""}`;
  return {
    name: "morris",
    title,
    description: `${rows
      .slice(0, 3)
      .map(
        ({ assumption, muStar, sigma }) =>
          `${assumption.label}: mean size ${formatNumber(muStar)}, SD ${formatNumber(sigma)}`,
      )
      .join("; ")}.`,
    spec: chartSpec(
      wrapText(title, WIDTH, 15, "bold"),
      [...wrapText(subtitle, WIDTH, 11), ...sensitivityProvenance(sensitivity, WIDTH)],
      [
        legendPanel(
          [
            { label: "Influence", marker: { shape: "circle", stroke: BLUE, fill: BLUE } },
            { label: "Not told from luck", marker: { shape: "circle", stroke: BLUE, fill: PAPER } },
            { label: "95 % interval", line: { color: MUTED, width: 1.2 } },
            { label: "σ = μ*", line: { color: MUTED, width: 1.2, dash: [5, 4] } },
          ],
          WIDTH,
        ),
        {
          concat: [plane(rows, figure.unit), key(rows)],
          columns: 2,
          align: "each",
          bounds: "flush",
          spacing: { row: 0, column: 30 },
        },
      ],
    ),
  };
}

/** End of both scales: room for all points; an interval may run out of the picture. */
function mostOf(rows: readonly Screened[]): number {
  return 1.5 * Math.max(...rows.map(({ muStar, sigma }) => Math.max(muStar, sigma)), 1e-9);
}

function plane(rows: readonly Screened[], unit: string): Panel {
  const most = mostOf(rows);
  const axis = (field: string, title: string) => ({
    field,
    type: "quantitative",
    scale: { domain: [0, most], nice: false, zero: true },
    axis: { title, tickCount: 5, grid: true, gridColor: GRID, labelOverlap: true, labelFlush: false },
  });
  const x = axis("muStar", unitTitle("μ*: mean size", unit));
  const y = axis("sigma", unitTitle("σ: dependence on the rest", unit));
  const points = (influential: boolean): Layer[] => {
    const values = rows.flatMap(({ muStar, sigma, isInfluential }) =>
      isInfluential === influential ? [{ muStar, sigma }] : [],
    );
    const mark = {
      type: "point",
      shape: "circle",
      size: 40,
      stroke: BLUE,
      fill: influential ? BLUE : PAPER,
      opacity: 1,
    };
    return values.length === 0 ? [] : [layer(values, mark, { x, y })];
  };
  const numbered = numberPlaces(rows, SIZE / most);
  return {
    width: SIZE,
    height: SIZE,
    layer: [
      layer(
        [{ muStar: 0, sigma: 0, muStar2: most, sigma2: most }],
        { type: "rule", color: MUTED, strokeWidth: 1.2, strokeDash: [5, 4] },
        { x, y, x2: { field: "muStar2" }, y2: { field: "sigma2" } },
      ),
      layer(
        rows.slice(0, NUMBERED).map(({ ci, sigma }) => ({ muStar: ci[0], to: Math.min(most, ci[1]), sigma })),
        { type: "rule", color: MUTED, strokeWidth: 1.2 },
        { x, x2: { field: "to" }, y },
      ),
      ...points(false),
      ...points(true),
      layer(
        numbered,
        { type: "text", fontSize: 10.5, fontWeight: "bold", color: INK, align: "center", baseline: "middle" },
        { x, y, text: { field: "number" } },
      ),
    ],
  };
}

/** Where a number may stand from its point, px to the right and up: the first that is free. */
const PLACES = [
  [0, 12],
  [12, 0],
  [0, -12],
  [-12, 0],
  [11, 11],
  [-11, 11],
  [11, -11],
  [-11, -11],
] as const;

/**
 * Where numbers stand, in the plot's own units: beside their point, and clear of points and other numbers; where all is taken,
 * above it, as far up as it takes.
 *
 * @param scale px per unit
 */
function numberPlaces(rows: readonly Screened[], scale: number) {
  const taken = rows.map(({ muStar, sigma }) => ({ x: muStar * scale, y: sigma * scale, size: 9 }));
  return rows.slice(0, NUMBERED).map(({ muStar, sigma }, i) => {
    const isFree = ([right, up]: readonly [number, number]) => {
      const [x, y] = [muStar * scale + right, sigma * scale + up];
      return x > 5 && y > 5 && taken.every((one) => Math.abs(one.x - x) > one.size || Math.abs(one.y - y) > one.size);
    };
    let place: readonly [number, number] = PLACES.find(isFree) ?? PLACES[0];
    while (!isFree(place)) place = [place[0] + 1, place[1] + 2];
    const [x, y] = [muStar * scale + place[0], sigma * scale + place[1]];
    taken.push({ x, y, size: 12 });
    return { muStar: x / scale, sigma: y / scale, number: String(i + 1) };
  });
}

/** What the numbers mean. */
function key(rows: readonly Screened[]): Panel {
  const x = pixelX("x", KEY);
  const y = pixelY("y", SIZE);
  const lines = (textOf: (assumption: Assumption) => string, down: number) =>
    rows.slice(0, NUMBERED).map(({ assumption }, i) => ({
      x: 20,
      y: 8 + KEY_ROW * i + down,
      text: wrapText(textOf(assumption), KEY - 22, 10.5, "regular", 1)[0],
    }));
  const numbers = rows.slice(0, NUMBERED).map((_, i) => ({ x: 12, y: 8 + KEY_ROW * i, text: String(i + 1) }));
  const mark = { type: "text", baseline: "middle", fontSize: 10.5, color: INK };
  const text = { field: "text" };
  return {
    width: KEY,
    height: SIZE,
    layer: [
      layer(numbers, { ...mark, align: "right", fontWeight: "bold" }, { x, y, text }),
      layer(
        lines(({ label }) => label, 0),
        { ...mark, align: "left" },
        { x, y, text },
      ),
      layer(
        lines(({ path }) => path, 14),
        { ...mark, align: "left", color: MUTED },
        { x, y, text },
      ),
    ],
  };
}
