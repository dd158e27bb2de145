import { populationOf } from "../../models/paths/population.ts";
import type { PowerRun } from "../../models/powerTypes.ts";
import type { PathParameters } from "../../models/scenario/types.ts";
import { structureSentences } from "../assumptions.ts";
import { focusOf, pathsOf } from "../focus.ts";
import { formatNumber, formatRate } from "../format.ts";
import type { Chart } from "../render.ts";
import { chartSpec, type Datum, type Layer, layer, type Panel, pixelX, pixelY } from "./canvas.ts";
import { provenance } from "./provenance.ts";
import { INK, MUTED, PAPER, wrapText } from "./theme.ts";

const WIDTH = 680;
const BOX = { width: 170, height: 62 };
const PLACES = {
  x: { left: 2, top: 176, letter: "X", name: "Team fidelity" },
  m: { left: 232, top: 24, letter: "M", name: "Working alliance" },
  y: { left: 462, top: 176, letter: "Y", name: "Client outcome" },
} as const;
const ERRORS = { m: { x: 480, y: 40 }, y: { x: 547, y: 290 } } as const;
const RADIUS = 17;
const DIAGRAM_HEIGHT = 318;

/**
 * The path model X → M → Y with its numbers: a, b, c′, the residual variances, and the true indirect effect; below, what
 * else the scenario puts in (covariates, reliabilities, skewness). Numbers are those of the first series; the note says
 * so when there are more. A service has no such picture.
 */
export function pathDiagram(run: PowerRun): Chart[] {
  const [focus, ...others] = focusOf(run);
  const paths = pathsOf(run, focus.conditionIndex);
  if (paths === null) return [];
  const { variances } = populationOf(paths);
  const { estimand } = focus.summary;
  const title = focus.series.label === "" ? "The path model" : `The path model: ${focus.series.label}`;
  const notes = notesOf(paths, others.length).flatMap((note) => wrapText(note, WIDTH, 11));
  const height = DIAGRAM_HEIGHT + 26 + 16 * notes.length;
  return [
    {
      name: "path-diagram",
      title,
      description:
        `Team fidelity X affects working alliance M by a = ${formatNumber(paths.a, 4)}; alliance affects the outcome Y by ` +
        `b = ${formatNumber(paths.b, 4)}; fidelity affects the outcome directly by c′ = ${formatNumber(paths.cPrime, 4)}. ` +
        `True indirect effect ab = ${formatNumber(estimand, 4)}. Residual variance of M ${formatNumber(variances.e1, 4)}, of Y ${formatNumber(variances.e2, 4)}.`,
      spec: chartSpec(wrapText(title, WIDTH, 15, "bold"), provenance(run, WIDTH), [
        drawing(paths, variances, estimand, notes, height),
      ]),
    },
  ];
}

function drawing(
  paths: PathParameters,
  variances: { readonly e1: number; readonly e2: number },
  estimand: number,
  notes: readonly string[],
  height: number,
): Panel {
  const x = pixelX("x", WIDTH);
  const y = pixelY("y", height);
  const { x: boxX, m: boxM, y: boxY } = PLACES;
  const text = (values: readonly Datum[], mark: object) =>
    layer(values, { type: "text", color: INK, baseline: "middle", ...mark }, { x, y, text: { field: "text" } });
  const path = (symbol: string, value: number) => `${symbol} = ${formatNumber(value, 4)}`;
  const middle = (box: { left: number }) => box.left + BOX.width / 2;
  return {
    width: WIDTH,
    height,
    layer: [
      ...arrow([boxX.left + 120, boxX.top], [boxM.left, boxM.top + 44], x, y),
      ...arrow([boxM.left + BOX.width, boxM.top + 44], [boxY.left + 50, boxY.top], x, y),
      ...arrow([boxX.left + BOX.width, boxX.top + 31], [boxY.left, boxY.top + 31], x, y),
      ...arrow([ERRORS.m.x - RADIUS, ERRORS.m.y], [boxM.left + BOX.width, ERRORS.m.y], x, y),
      ...arrow([ERRORS.y.x, ERRORS.y.y - RADIUS], [ERRORS.y.x, boxY.top + BOX.height], x, y),
      layer(
        Object.values(PLACES).map(({ left, top }) => ({ x: left, x2: left + BOX.width, y: top, y2: top + BOX.height })),
        { type: "rect", fill: PAPER, stroke: INK, strokeWidth: 1.5, cornerRadius: 4, opacity: 1 },
        { x, x2: { field: "x2" }, y, y2: { field: "y2" } },
      ),
      layer(
        Object.values(ERRORS),
        {
          type: "point",
          shape: "circle",
          size: 4 * RADIUS * RADIUS,
          fill: PAPER,
          stroke: INK,
          strokeWidth: 1.2,
          opacity: 1,
        },
        { x, y },
      ),
      text(
        Object.values(PLACES).map((box) => ({ x: middle(box), y: box.top + 21, text: box.letter })),
        { fontSize: 14, fontWeight: "bold" },
      ),
      text(
        Object.values(PLACES).map((box) => ({ x: middle(box), y: box.top + 42, text: box.name })),
        { fontSize: 12 },
      ),
      text(
        [
          { ...ERRORS.m, text: "e₁" },
          { ...ERRORS.y, text: "e₂" },
        ],
        { fontSize: 12 },
      ),
      text([{ x: 165, y: 112, text: path("a", paths.a) }], { fontSize: 14, fontWeight: "bold", align: "right" }),
      text([{ x: 472, y: 112, text: path("b", paths.b) }], { fontSize: 14, fontWeight: "bold", align: "left" }),
      text([{ x: middle(boxM), y: 192, text: path("c′", paths.cPrime) }], { fontSize: 14, fontWeight: "bold" }),
      text([{ x: ERRORS.m.x + 24, y: ERRORS.m.y, text: `variance ${formatNumber(variances.e1, 4)}` }], {
        fontSize: 11,
        align: "left",
        color: MUTED,
      }),
      text([{ x: ERRORS.y.x - 24, y: ERRORS.y.y, text: `variance ${formatNumber(variances.e2, 4)}` }], {
        fontSize: 11,
        align: "right",
        color: MUTED,
      }),
      text([{ x: 2, y: DIAGRAM_HEIGHT + 10, text: `True indirect effect ab = ${formatNumber(estimand, 4)}` }], {
        fontSize: 13,
        fontWeight: "bold",
        align: "left",
      }),
      text(
        notes.map((note, index) => ({ x: 2, y: DIAGRAM_HEIGHT + 33 + 16 * index, text: note })),
        { fontSize: 11, align: "left", color: MUTED },
      ),
    ],
  };
}

/** A line with a head whose tip touches `to`. */
function arrow(from: readonly [number, number], to: readonly [number, number], x: object, y: object): Layer[] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.sqrt(dx * dx + dy * dy);
  const [ux, uy] = [dx / length, dy / length];
  const [baseX, baseY] = [to[0] - 9 * ux, to[1] - 9 * uy];
  const head = [
    { x: to[0], y: to[1] },
    { x: baseX - 4.5 * uy, y: baseY + 4.5 * ux },
    { x: baseX + 4.5 * uy, y: baseY - 4.5 * ux },
    { x: to[0], y: to[1] },
  ].map((point, order) => ({ ...point, order }));
  return [
    layer(
      [{ x: from[0], y: from[1], x2: baseX, y2: baseY }],
      { type: "rule", color: INK, strokeWidth: 1.5 },
      { x, y, x2: { field: "x2" }, y2: { field: "y2" } },
    ),
    layer(
      head,
      { type: "line", color: INK, fill: INK, strokeWidth: 1, strokeJoin: "miter" },
      { x, y, order: { field: "order", type: "quantitative" } },
    ),
  ];
}

function notesOf(paths: PathParameters, nOthers: number): string[] {
  const { covariates, reliability, residualSkew, x } = paths;
  const isBinary = x.distribution === "binary";
  const notes: string[] = [];
  if (paths.standardized) {
    notes.push(
      isBinary
        ? "Coefficients are standardized: M and Y have variance 1; a and c′ are per standard deviation of X, true ab is per step of X."
        : "Coefficients are standardized: X, M and Y have variance 1, and the residual variances complete to it.",
    );
  } else {
    notes.push(`Raw coefficients.${isBinary ? "" : " X has mean 0 and variance 1."}`);
  }
  if (isBinary) notes.push(`X is 0 or 1, fixed by design; share of ones ${formatRate(x.share, 2)}.`);
  if (covariates.n > 0) {
    notes.push(
      `${covariates.n} ${covariates.n === 1 ? "covariate" : "covariates"} in both equations; ` +
        `R² on the covariates alone: M ${formatRate(covariates.rSquaredM, 2)}, Y ${formatRate(covariates.rSquaredY, 2)}.`,
    );
  }
  if (reliability.x < 1 || reliability.m < 1 || reliability.y < 1) {
    const { x: rx, m, y } = reliability;
    notes.push(`Measured with reliability: X ${formatRate(rx, 2)}, M ${formatRate(m, 2)}, Y ${formatRate(y, 2)}.`);
  }
  if (residualSkew.m !== 0 || residualSkew.y !== 0) {
    notes.push(`Skewness of the residuals: M ${formatNumber(residualSkew.m)}, Y ${formatNumber(residualSkew.y)}.`);
  }
  notes.push(...structureSentences(paths));
  if (nOthers > 0) notes.push(`The first of ${nOthers + 1} series; the others are listed in the report.`);
  return notes;
}
