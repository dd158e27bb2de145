import type { RangeEnd, Sensitivity, VariedAlone } from "../../models/sensitivity/sensitivityTypes.ts";
import { formatCount, formatNumber } from "../format.ts";
import type { Chart } from "../render.ts";
import { signedBy } from "../signedBy.ts";
import { signWords } from "../signWords.ts";
import { chartSpec, type Layer, layer, type Panel } from "./canvas.ts";
import { type LegendEntry, legendPanel } from "./legend.ts";
import { sensitivityProvenance, unitTitle } from "./sensitivityLook.ts";
import { BLUE, SKY } from "./service/serviceLook.ts";
import { GRID, INK, MUTED, wrapText } from "./theme.ts";

const WIDTH = 440;
/** The width of the labels beside the bars, about: the title and the legend run over them as well. */
const LABELS = 310;
const ROW = 44;
const LABEL_SIZE = 10;
/** Assumptions that are drawn; the table has all. */
const MOST_ROWS = 12;

/**
 * Tornado: what the difference between two scenarios becomes when one assumption is taken to the ends of its range. A row per
 * assumption, the most influential on top; bars from the central difference to those at the low (light) and the high end
 * (dark), whiskers for the 95 % interval of that change, pale rows where no influence can be told.
 */
export function tornado(sensitivity: Sensitivity): Chart {
  const { alone, central, figure, plan } = sensitivity;
  const rows = alone.slice(0, MOST_ROWS);
  const print = signedBy(central);
  const title = `What drives ${plan.other.name} less ${plan.base.name}: ${figure.label}`;
  const left = alone.length - rows.length;
  const subtitle = [
    `Difference ${print(central.difference)} with all assumptions as they are; bars: what it becomes with one of them at an end of its range, in both scenarios`,
    ...(left > 0 ? [`${formatCount(left)} assumptions that move it less are not drawn`] : []),
  ].flatMap((text) => wrapText(text, WIDTH + LABELS, 11));
  return {
    name: "tornado",
    title,
    description: `${rows.slice(0, 3).map(rowWords).join("; ")}. ${signWords(sensitivity).join(" ")}`,
    spec: chartSpec(
      wrapText(title, WIDTH + LABELS, 15, "bold"),
      [...subtitle, ...sensitivityProvenance(sensitivity, WIDTH + LABELS)],
      [legendPanel(legend(), WIDTH), panel(sensitivity, rows)],
    ),
  };
}

function rowWords({ assumption, ends }: VariedAlone): string {
  const at = ends.map(({ value, difference }) => `${formatNumber(difference.difference)} at ${formatNumber(value, 6)}`);
  return `${assumption.label}: ${at.join(", ")}`;
}

function legend(): LegendEntry[] {
  return [
    { label: "At the low end", box: { color: SKY, opacity: 1, stroke: INK } },
    { label: "At the high end", box: { color: BLUE, opacity: 1, stroke: INK } },
    { label: "Change, 95 % interval", line: { color: INK, width: 1.4 } },
    { label: "Pale: no influence can be told", box: { color: BLUE, opacity: 0.25 } },
    { label: "Difference as it is", tick: { color: INK } },
    { label: "No difference", line: { color: MUTED, width: 1.2, dash: [5, 4] } },
  ];
}

function panel({ central, figure }: Sensitivity, rows: readonly VariedAlone[]): Panel {
  const labels = rows.map(({ assumption: { path, label, low, high } }) => [
    ...wrapText(label, LABELS - 20, LABEL_SIZE, "regular", 2),
    ...wrapText(`${path}: ${formatNumber(low, 6)} to ${formatNumber(high, 6)}`, LABELS - 20, LABEL_SIZE, "regular", 1),
  ]);
  const x = {
    field: "at",
    type: "quantitative",
    scale: { nice: true, zero: true },
    axis: {
      title: unitTitle("Difference", figure.unit),
      tickCount: 6,
      grid: true,
      gridColor: GRID,
      labelOverlap: true,
      labelFlush: false,
    },
  };
  const y = {
    field: "row",
    type: "ordinal",
    scale: { domain: rows.map((_, row) => row) },
    axis: {
      title: null,
      ticks: false,
      domain: false,
      grid: false,
      labelFontSize: LABEL_SIZE,
      labelLineHeight: 13,
      labelOffset: -10,
      // A list of lines for each row.
      labelExpr: `${JSON.stringify(labels)}[datum.value]`,
    },
  };
  const line = (at: number, mark: object): Layer => layer([{ at }], { type: "rule", ...mark }, { x });
  const ends = (wanted: "low" | "high", pale: boolean) =>
    rows.flatMap((one, row) =>
      one.isInfluential === pale ? [] : one.ends.filter(({ end }) => end === wanted).map((end) => ({ row, ...end })),
    );
  const bars = (wanted: "low" | "high", color: string, pale: boolean): Layer[] =>
    layerOf(
      ends(wanted, pale).map(({ row, difference }) => ({ row, at: central.difference, to: difference.difference })),
      {
        type: "bar",
        color,
        opacity: pale ? 0.25 : 1,
        height: 13,
        yOffset: wanted === "low" ? -7.5 : 7.5,
        ...(pale ? {} : { stroke: INK, strokeWidth: 0.6 }),
      },
      { x, x2: { field: "to" }, y },
    );
  const whiskers = (wanted: "low" | "high", pale: boolean): Layer[] =>
    layerOf(
      ends(wanted, pale).flatMap((end) => whisker(end, central.difference, end.row)),
      { type: "rule", color: pale ? MUTED : INK, strokeWidth: 1.4, yOffset: wanted === "low" ? -7.5 : 7.5 },
      { x, x2: { field: "to" }, y },
    );
  return {
    width: WIDTH,
    height: ROW * rows.length,
    layer: [
      line(0, { color: MUTED, strokeWidth: 1.2, strokeDash: [5, 4] }),
      ...[true, false].flatMap((pale) => [
        ...bars("low", SKY, pale),
        ...bars("high", BLUE, pale),
        ...whiskers("low", pale),
        ...whiskers("high", pale),
      ]),
      line(central.difference, { color: INK, strokeWidth: 1.4 }),
    ],
  };
}

/** The interval of a change, about the central difference; none where every replication gives the same. */
function whisker({ change: { ci, mcse } }: RangeEnd, central: number, row: number) {
  return mcse > 0 ? [{ row, at: central + ci[0], to: central + ci[1] }] : [];
}

function layerOf(...[values, mark, encoding]: Parameters<typeof layer>): Layer[] {
  return values.length === 0 ? [] : [layer(values, mark, encoding)];
}
