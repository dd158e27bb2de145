import type { ComparedFigure, Comparison } from "../../../models/compare/comparisonTypes.ts";
import { OUTCOMES } from "../../../models/service/outcomeParameters.ts";
import { COST_FIGURE } from "../../comparisonFinding.ts";
import { figureText } from "../../comparisonWords.ts";
import type { Chart } from "../../render.ts";
import { chartSpec, type Datum, type Layer, layer, type Panel, type PanelGrid } from "../canvas.ts";
import { type LegendEntry, legendPanel } from "../legend.ts";
import { panelTitle } from "../panelGrid.ts";
import { BLUE, GREY } from "../service/serviceLook.ts";
import { INK, MUTED, wrapText } from "../theme.ts";
import { comparisonSubtitle, nameMark, namesInLines, nameStep } from "./compareLook.ts";

const BENEFITS = ["alliance", `${OUTCOMES[0]}Change`];
const WIDTH = 480;
const LEAST_HEIGHT = 300;
/** px to the right of the plane for the scenarios' names. */
const NAMES = 230;
const TOTAL_WIDTH = WIDTH + NAMES;

/** One scenario in a plane. */
type Place = { readonly name: string; readonly cost: ComparedFigure; readonly benefit: ComparedFigure };

/**
 * What a scenario costs more or less than the base against what it brings, a plane for alliance and one for the first outcome:
 * a dot with its 95 % intervals, and how far single replications spread. Both axes are symmetric about the base, so that the
 * four quadrants, named in words, are equally large. Names stand beside the plane.
 *
 * @returns no chart where the scenarios have no prices, or where no scenario has both figures
 */
export function costBenefitPlane(comparison: Comparison): Chart[] {
  const planes = BENEFITS.map((benefit) => placesOf(comparison, benefit)).filter((places) => places.length > 0);
  if (planes.length === 0) return [];
  const title = "Cost and benefit, differences from the base";
  const shows =
    "Per scenario: the paired difference in cost per client-year (across) and in benefit (up), means over replications with " +
    "95 % intervals; thin lines show how far single replications spread, two standard deviations to each side";
  const grid: PanelGrid = {
    concat: planes.map(planePanel),
    columns: 1,
    align: "each",
    bounds: "flush",
    spacing: { row: 78, column: 0 },
  };
  return [
    {
      name: "cost-benefit",
      title,
      description: planes.map(describe).join(" "),
      spec: chartSpec(wrapText(title, TOTAL_WIDTH, 15, "bold"), comparisonSubtitle(comparison, shows, TOTAL_WIDTH), [
        legendPanel(LEGEND, TOTAL_WIDTH),
        grid,
      ]),
    },
  ];
}

const LEGEND: readonly LegendEntry[] = [
  {
    label: "Mean difference, 95 % intervals",
    line: { color: BLUE, width: 2.4 },
    bar: { color: BLUE },
    marker: { shape: "circle", stroke: BLUE, fill: BLUE },
  },
  { label: "± 2 SD of single replications", line: { color: GREY, width: 1 } },
];

function placesOf({ scenarios }: Comparison, benefitName: string): Place[] {
  return scenarios.flatMap(({ name, figures }) => {
    const [cost, benefit] = [COST_FIGURE, benefitName].map((wanted) =>
      figures.find((figure) => figure.name === wanted),
    );
    return cost === undefined || benefit === undefined || Number.isNaN(cost.mcse) || Number.isNaN(benefit.mcse)
      ? []
      : [{ name, cost, benefit }];
  });
}

function planePanel(places: readonly Place[]): Panel {
  const { cost, benefit } = places[0];
  const height = Math.max(LEAST_HEIGHT, nameStep(linesOf(places)) * places.length);
  const [farCost, farBenefit] = [
    farthest(places.map((place) => place.cost)),
    farthest(places.map((place) => place.benefit)),
  ];
  const x = axis("x", farCost, `Difference in cost, ${cost.unit}`);
  const y = axis("y", farBenefit, `Difference, ${benefit.unit}`);
  const cross = (of: (figure: ComparedFigure) => readonly [number, number], mark: object): Layer[] => [
    layer(
      places.map(({ cost, benefit }) => ({ x: of(cost)[0], x2: of(cost)[1], y: benefit.difference })),
      { type: "rule", ...mark },
      { x, x2: { field: "x2" }, y },
    ),
    layer(
      places.map(({ cost, benefit }) => ({ x: cost.difference, y: of(benefit)[0], y2: of(benefit)[1] })),
      { type: "rule", ...mark },
      { x, y, y2: { field: "y2" } },
    ),
  ];
  const zero = { type: "rule", color: INK, strokeDash: [5, 4], strokeWidth: 1 };
  return {
    ...panelTitle([`Cost per client-year and ${lowerFirst(benefit.label)}`]),
    width: WIDTH,
    height,
    layer: [
      layer([{ x: 0 }], zero, { x }),
      layer([{ y: 0 }], zero, { y }),
      quadrantNames(farCost, farBenefit, x, y),
      ...cross(({ difference, sd }) => [difference - 2 * sd, difference + 2 * sd], { color: GREY, strokeWidth: 1 }),
      ...cross(({ ci }) => ci, { color: BLUE, strokeWidth: 2.4 }),
      layer(
        places.map(({ cost, benefit }) => ({ x: cost.difference, y: benefit.difference })),
        { type: "point", shape: "circle", stroke: BLUE, fill: BLUE, opacity: 1, size: 28 },
        { x, y },
      ),
      ...nameLayers(places, { farCost, farBenefit, height }, x, y),
    ],
  };
}

/** Half the length of an axis about 0 that holds every line, with room for the names of quadrants; 1 where nothing differs. */
function farthest(figures: readonly ComparedFigure[]): number {
  const ends = figures.flatMap(({ difference, sd, ci }) => [...ci, difference - 2 * sd, difference + 2 * sd]);
  return 1.2 * Math.max(...ends.map(Math.abs)) || 1;
}

function axis(field: string, far: number, title: string): object {
  return {
    field,
    type: "quantitative",
    scale: { domain: [-far, far], nice: false, zero: false },
    axis: { title, tickCount: 6, grid: false, labelOverlap: true, labelSeparation: 6, labelFlush: false },
  };
}

function quadrantNames(farCost: number, farBenefit: number, x: object, y: object): Layer {
  const values: Datum[] = [
    { x: -0.5, y: 1, text: "better, costs less" },
    { x: 0.5, y: 1, text: "better, costs more" },
    { x: -0.5, y: -1, text: "worse, costs less" },
    { x: 0.5, y: -1, text: "worse, costs more" },
  ].map(({ x, y, text }) => ({ x: x * farCost, y: 0.93 * y * farBenefit, text }));
  return layer(
    values,
    { type: "text", align: "center", baseline: "middle", fontSize: 11, fontStyle: "italic", color: MUTED },
    { x, y, text: { field: "text" } },
  );
}

/** Names in a column beside the plane, in the order of benefit, none on another, each joined to its dot. */
function nameLayers(
  places: readonly Place[],
  { farCost, farBenefit, height }: { readonly farCost: number; readonly farBenefit: number; readonly height: number },
  x: object,
  y: object,
): Layer[] {
  const perPx = { x: (2 * farCost) / WIDTH, y: (2 * farBenefit) / height };
  const sorted = [...places].sort((one, other) => other.benefit.difference - one.benefit.difference);
  const wanted = sorted.map(({ benefit }) => (farBenefit - benefit.difference) / perPx.y);
  const lines = linesOf(sorted);
  const rows = spread(wanted, nameStep(lines), height).map((px) => farBenefit - px * perPx.y);
  const left = farCost + 26 * perPx.x;
  return [
    layer(
      sorted.map(({ cost, benefit }, i) => ({
        x: cost.difference,
        y: benefit.difference,
        x2: left - 4 * perPx.x,
        y2: rows[i],
      })),
      { type: "rule", color: MUTED, strokeWidth: 1, strokeDash: [1, 3] },
      { x, y, x2: { field: "x2" }, y2: { field: "y2" } },
    ),
    ...lines.map((text, i) => layer([{ x: left, y: rows[i] }], nameMark(text, "left"), { x, y })),
  ];
}

function linesOf(places: readonly Place[]): string[][] {
  return namesInLines(
    places.map(({ name }) => name),
    NAMES - 30,
  );
}

/**
 * Moves places in ascending order apart until neighbours are at least `gap` apart, within [gap/2, length − gap/2]; what does not
 * touch stays. There must be room for all.
 */
export function spread(wanted: readonly number[], gap: number, length: number): number[] {
  const places = [...wanted];
  for (const [i, place] of places.entries()) places[i] = Math.max(place, i === 0 ? gap / 2 : places[i - 1] + gap);
  for (let i = places.length - 1; i >= 0; i--)
    places[i] = Math.min(places[i], i === places.length - 1 ? length - gap / 2 : places[i + 1] - gap);
  return places;
}

function describe(places: readonly Place[]): string {
  const parts = places.map(({ name, cost, benefit }) => {
    const [ofCost, ofBenefit] = [figureText(cost), figureText(benefit)];
    return `${name} ${ofCost.difference} ${cost.unit} (${ofCost.interval}) and ${ofBenefit.difference} ${benefit.unit} (${ofBenefit.interval})`;
  });
  return `Cost per client-year and ${lowerFirst(places[0].benefit.label)}: ${parts.join("; ")}.`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
