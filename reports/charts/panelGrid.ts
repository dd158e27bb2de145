import { wrapText } from "./theme.ts";

/** Sizes of a grid of equal panels, in px. */
export type GridLayout = {
  readonly columns: number;
  readonly width: number;
  readonly height: number;
  /** Room between plots, enough for tick labels, axis titles and the panel titles of the next row. */
  readonly spacing: { readonly row: number; readonly column: number };
  /** From the left edge of the first plot to the right edge of the last. */
  readonly totalWidth: number;
  readonly titles: readonly (readonly string[])[];
};

const TITLE_SIZE = 11.5;

/**
 * Columns and panel sizes for so many panels: one large, two to four in two columns, up to nine in three, more in four.
 *
 * @param labels one per panel; "" leaves the title out
 */
export function gridLayout(labels: readonly string[]): GridLayout {
  const count = labels.length;
  const columns = count === 1 ? 1 : count <= 4 ? 2 : count <= 9 ? 3 : 4;
  const width = [640, 375, 240, 178][columns - 1];
  const height = [360, 250, 180, 140][columns - 1];
  const titles = labels.map((label) => (label === "" ? [] : wrapText(label, width, TITLE_SIZE, "bold")));
  const titleLines = Math.max(0, ...titles.map((title) => title.length));
  const spacing = { row: 46 + titleLines * 15, column: 42 };
  return { columns, width, height, spacing, totalWidth: columns * width + (columns - 1) * spacing.column, titles };
}

/** True where the panel has none below it, so that its x axis carries the title. */
export function isBottom(index: number, count: number, columns: number): boolean {
  return index + columns >= count;
}

/** vega-lite title of a panel. */
export function panelTitle(lines: readonly string[]): { title?: Readonly<Record<string, unknown>> } {
  if (lines.length === 0) return {};
  return { title: { text: lines, fontSize: TITLE_SIZE, lineHeight: 15, offset: 6, frame: "group" } };
}
