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
const KEY_ROW = 30;
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
  const subtitle = `Change in the difference over an assumption's whole range, from ${formatCount(nTrajectories)} random walks (Morris) with ${formatCount(perTrajectory)} replications each; luck is in both numbers`;
  const rows = together.filter(({ muStar, sigma }) => !Number.isNaN(muStar) && !Number.isNaN(sigma));
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

function plane(rows: readonly Screened[], unit: string): Panel {
  const most = Math.max(...rows.map(({ muStar, sigma, ci }) => Math.max(muStar, sigma, ci[1])), 1e-9);
  const axis = (field: string, title: string) => ({
    field,
    type: "quantitative",
    scale: { domain: [0, most * 1.05], nice: false, zero: true },
    axis: { title, tickCount: 5, grid: true, gridColor: GRID, labelOverlap: true },
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
  const numbered = numberPlaces(rows.slice(0, NUMBERED), SIZE / (most * 1.05));
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
        rows.slice(0, NUMBERED).map(({ ci, sigma }) => ({ muStar: ci[0], to: ci[1], sigma })),
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

/**
 * Where numbers stand: above their point, and farther up where another number is too near, in the plot's own units.
 *
 * @param scale px per unit
 */
function numberPlaces(rows: readonly Screened[], scale: number) {
  const placed: { muStar: number; sigma: number; number: string }[] = [];
  for (const [i, { muStar, sigma }] of rows.entries()) {
    let at = sigma + 11 / scale;
    const isNear = (one: { muStar: number; sigma: number }) =>
      Math.abs(one.muStar - muStar) * scale < 14 && Math.abs(one.sigma - at) * scale < 12;
    while (placed.some(isNear)) at += 2 / scale;
    placed.push({ muStar, sigma: at, number: String(i + 1) });
  }
  return placed;
}

/** What the numbers mean. */
function key(rows: readonly Screened[]): Panel {
  const x = pixelX("x", KEY);
  const y = pixelY("y", SIZE);
  const lines = rows.slice(0, NUMBERED).flatMap(({ assumption: { label } }, i) =>
    wrapText(label, KEY - 22, 10.5, "regular", 2).map((text, line) => ({
      x: 20,
      y: 8 + KEY_ROW * i + 13 * line,
      text,
    })),
  );
  const numbers = rows.slice(0, NUMBERED).map((_, i) => ({ x: 12, y: 8 + KEY_ROW * i, text: String(i + 1) }));
  const mark = { type: "text", baseline: "middle", fontSize: 10.5, color: INK };
  const text = { field: "text" };
  return {
    width: KEY,
    height: SIZE,
    layer: [
      layer(numbers, { ...mark, align: "right", fontWeight: "bold" }, { x, y, text }),
      layer(lines, { ...mark, align: "left" }, { x, y, text }),
    ],
  };
}
