import type { TopLevelSpec } from "vega-lite";
import { fontMetrics, fontPath } from "./fontMetrics.ts";

/** A chart ready to draw: its file name (without extension), what it shows, and the vega-lite spec. */
export type Chart = {
  readonly name: string;
  /** One line: the accessible name, and the caption in the report. */
  readonly title: string;
  /** What a reader who cannot see it should know: the shape and the main numbers. */
  readonly description: string;
  readonly spec: TopLevelSpec;
};

/** What vega passes when it asks how wide a text is. */
type TextItem = { readonly fontSize?: number; readonly fontWeight?: string | number };

/**
 * Draws a chart as an SVG document. vega and vega-lite are loaded on the first call.
 * The same chart gives the same bytes on every machine: text is measured with the DejaVu Sans that the package brings,
 * and ids are numbered within the document, with the chart's name in front, so that several fit into one page.
 *
 * @throws Error with vega's message if the spec cannot be compiled
 */
export async function renderSvg(chart: Chart): Promise<string> {
  const [vega, { compile }] = await Promise.all([import("vega"), import("vega-lite")]);
  useFontMetrics(vega);
  const view = new vega.View(vega.parse(compile(chart.spec).spec), { renderer: "none", logLevel: vega.Error });
  try {
    return describeSvg(chart, renumberIds(chart.name, onlyXmlCharacters(await view.toSVG())));
  } finally {
    view.finalize();
  }
}

/**
 * Rasterises an SVG document on white, with the packaged fonts only: the same pixels on a machine without fonts.
 *
 * @param scale pixels per px of the SVG; 2 suits print at the chart's own size
 * @returns a PNG file
 */
export async function renderPng(svg: string, scale = 2): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js");
  const image = new Resvg(svg, {
    background: "#ffffff",
    fitTo: { mode: "zoom", value: scale },
    font: {
      loadSystemFonts: false,
      fontFiles: [fontPath("regular"), fontPath("bold")],
      defaultFontFamily: "DejaVu Sans",
      sansSerifFamily: "DejaVu Sans",
    },
  });
  return image.render().asPng();
}

/**
 * Escapes text for XML and HTML, in content and in quoted attributes. Control characters, which XML forbids, are dropped;
 * halves of surrogate pairs become U+FFFD.
 */
export function escapeMarkup(text: string): string {
  return onlyXmlCharacters(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

function onlyXmlCharacters(text: string): string {
  return text
    .replace(/\p{Cc}|[\ufffe\uffff]/gu, (character) => ("\t\n\r".includes(character) ? character : ""))
    .replace(/\p{Cs}/gu, "\ufffd");
}

/** vega estimates widths at 0.8 em a character without a canvas, which spreads labels by a third; real widths do not. */
function useFontMetrics(vega: object): void {
  const { textMetrics } = vega as { textMetrics: { width: (item: TextItem, text: unknown) => number } };
  textMetrics.width = (item, text) => {
    const weight = item.fontWeight === "bold" || Number(item.fontWeight) >= 600 ? "bold" : "regular";
    return text === null || text === undefined ? 0 : fontMetrics(weight)(String(text)) * (item.fontSize ?? 11);
  };
}

function renumberIds(prefix: string, svg: string): string {
  const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
  return ids.reduce(
    (text, id, index) =>
      text.replaceAll(` id="${id}"`, ` id="${prefix}-${index}"`).replaceAll(`url(#${id})`, `url(#${prefix}-${index})`),
    svg,
  );
}

/** Adds role, title and description, which screen readers speak and browsers show on hovering. */
function describeSvg(chart: Chart, svg: string): string {
  const title = `<title id="${chart.name}-title">${escapeMarkup(chart.title)}</title>`;
  const description = `<desc id="${chart.name}-desc">${escapeMarkup(chart.description)}</desc>`;
  return svg.replace(
    /<svg ([^>]*)>/,
    (_, attributes: string) =>
      `<svg ${attributes} role="img" aria-labelledby="${chart.name}-title ${chart.name}-desc">${title}${description}`,
  );
}
