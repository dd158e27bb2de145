import type { Config } from "vega-lite";

/** The colours of charts that are not a test's. The report's dark style swaps these by value. */
export const INK = "#1f2328";
export const MUTED = "#59636e";
export const GRID = "#e3e6ea";
export const PAPER = "#ffffff";

export const FONT = "DejaVu Sans, Verdana, Segoe UI, Arial, sans-serif";

/** Panels that one chart holds; a run with more series gets several charts. */
export const MAX_PANELS = 16;

/** Settings shared by every chart. Nothing is cut off: where text could be long, the chart wraps it. */
export const CHART_CONFIG: Config = {
  aria: false,
  background: PAPER,
  padding: 12,
  font: FONT,
  view: { stroke: null },
  axis: {
    domainColor: MUTED,
    tickColor: MUTED,
    gridColor: GRID,
    labelColor: INK,
    titleColor: INK,
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: "normal",
    titlePadding: 8,
    labelLimit: 0,
    titleLimit: 0,
  },
  title: {
    anchor: "start",
    color: INK,
    fontSize: 15,
    fontWeight: "bold",
    subtitleColor: MUTED,
    subtitleFontSize: 11,
    subtitleLineHeight: 15,
    subtitlePadding: 5,
    offset: 14,
    limit: 0,
  },
};

/**
 * About how wide a text is in DejaVu Sans, in units of the font size: by classes of letters, within 6 % for prose.
 * Enough to break lines and place legend entries; exact widths would need the font file, and charts read no files.
 */
export function roughWidth(text: string, weight: "regular" | "bold" = "regular"): number {
  let width = 0;
  for (const letter of text) {
    if (/[ijlI.,:;'|!\u00a0 ]/.test(letter)) width += 0.32;
    else if (/[frt()[\]-]/.test(letter)) width += 0.39;
    else if (/[mwMW%@—…]/.test(letter)) width += 0.95;
    else if (/[A-Z=+<>±≥≤→“”]/.test(letter)) width += 0.72;
    else width += letter.codePointAt(0)! > 0x2e80 ? 1 : 0.61;
  }
  return weight === "bold" ? width * 1.12 : width;
}

/**
 * Breaks a text at spaces into lines that fit; a word that alone is too wide is broken as well. No-break spaces hold.
 * The last of `maxLines` lines ends in "…" if more would follow.
 *
 * @param width    px
 * @param fontSize px
 */
export function wrapText(
  text: string,
  width: number,
  fontSize: number,
  weight: "regular" | "bold" = "regular",
  maxLines = 3,
): string[] {
  const fits = (line: string) => roughWidth(line, weight) * fontSize <= width;
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/[ \n\r\t]+/).flatMap((long) => breakWord(long, fits))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && !fits(longer)) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  lines.push(line);
  if (lines.length <= maxLines) return lines;
  let last = [...lines[maxLines - 1]];
  while (last.length > 0 && !fits(`${last.join("")}…`)) last = last.slice(0, -1);
  return [...lines.slice(0, maxLines - 1), `${last.join("")}…`];
}

function breakWord(word: string, fits: (text: string) => boolean): string[] {
  const parts: string[] = [];
  let part = "";
  for (const letter of word) {
    if (part !== "" && !fits(part + letter)) {
      parts.push(part);
      part = "";
    }
    part += letter;
  }
  return part === "" ? parts : [...parts, part];
}
