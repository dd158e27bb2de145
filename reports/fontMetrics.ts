import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** The fonts that charts are measured and drawn with, from the package dejavu-fonts-ttf: the same on every machine. */
export const FONT_FILES = {
  regular: "dejavu-fonts-ttf/ttf/DejaVuSans.ttf",
  bold: "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf",
} as const;

/** Width of a text in units of the font size: 1 is one em. */
export type FontMetrics = (text: string) => number;

const metricsOf = new Map<keyof typeof FONT_FILES, FontMetrics>();

export function fontPath(weight: keyof typeof FONT_FILES): string {
  return createRequire(import.meta.url).resolve(FONT_FILES[weight]);
}

/** Advance widths of DejaVu Sans, regular or bold; read from the font file once. */
export function fontMetrics(weight: keyof typeof FONT_FILES): FontMetrics {
  const known = metricsOf.get(weight);
  if (known !== undefined) return known;
  const metrics = parseAdvanceWidths(readFileSync(fontPath(weight)));
  metricsOf.set(weight, metrics);
  return metrics;
}

/**
 * Reads the horizontal advance widths of a TrueType font: tables head, hhea, hmtx, and a cmap of format 4 (the Basic
 * Multilingual Plane). Kerning is left out: it moves a label by less than 2 % of its width. A character that the font
 * lacks is as wide as the font's glyph for missing characters.
 *
 * @throws Error if the file has no such cmap
 * @source OpenType specification 1.9.1, chapters cmap and hmtx
 */
export function parseAdvanceWidths(file: Uint8Array): FontMetrics {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const tables = new Map<string, number>();
  for (let record = 12; record < 12 + 16 * view.getUint16(4); record += 16) {
    tables.set(String.fromCharCode(...file.subarray(record, record + 4)), view.getUint32(record + 8));
  }
  const unitsPerEm = view.getUint16(tables.get("head")! + 18);
  const nMetrics = view.getUint16(tables.get("hhea")! + 34);
  const hmtx = tables.get("hmtx")!;
  const glyphOf = characterMap(view, tables.get("cmap")!);
  return (text) => {
    let units = 0;
    for (const character of text) {
      const glyph = glyphOf(character.codePointAt(0)!);
      units += view.getUint16(hmtx + 4 * Math.min(glyph, nMetrics - 1));
    }
    return units / unitsPerEm;
  };
}

/** Character → glyph index, by the font's format-4 table. */
function characterMap(view: DataView, cmap: number): (character: number) => number {
  const table = formatFourTable(view, cmap);
  const twiceSegments = view.getUint16(table + 6);
  const ends = table + 14;
  const starts = ends + twiceSegments + 2;
  const deltas = starts + twiceSegments;
  const offsets = deltas + twiceSegments;
  return (character) => {
    for (let segment = 0; segment < twiceSegments; segment += 2) {
      if (character > view.getUint16(ends + segment)) continue;
      const start = view.getUint16(starts + segment);
      if (character < start) return 0;
      const delta = view.getUint16(deltas + segment);
      const offset = view.getUint16(offsets + segment);
      if (offset === 0) return (character + delta) & 0xffff;
      const glyph = view.getUint16(offsets + segment + offset + 2 * (character - start));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}

function formatFourTable(view: DataView, cmap: number): number {
  for (let record = 0; record < view.getUint16(cmap + 2); record++) {
    const table = cmap + view.getUint32(cmap + 4 + 8 * record + 4);
    if (view.getUint16(table) === 4) return table;
  }
  throw new Error("the font has no character map of format 4");
}
