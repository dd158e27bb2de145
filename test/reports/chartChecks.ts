import { compile } from "vega-lite";
import { fontMetrics } from "../../reports/fontMetrics.ts";
import type { Chart } from "../../reports/render.ts";

export function warningsOf(chart: Chart): string[] {
  const warnings: string[] = [];
  const note = (...words: unknown[]) => {
    warnings.push(words.join(" "));
    return logger;
  };
  const silent = () => logger;
  const logger = { level: () => logger, error: note, warn: note, info: silent, debug: silent } as never;
  compile(chart.spec, { logger });
  return warnings;
}

/** Texts whose box, measured with the font, leaves the picture: the ends of the baseline, whichever way it runs. */
export function textOutside(svg: string): string[] {
  const [, width, height] = svg.match(/<svg [^>]*width="([\d.]+)" height="([\d.]+)"/)!.map(Number);
  const origins: [number, number][] = [[0, 0]];
  const outside: string[] = [];
  for (const [, end, tag, attributes, selfClosing, inner] of svg.matchAll(
    /<(\/)?(g|text)\b([^>]*?)(\/)?>((?<=<text[^>]*>)[\s\S]*?(?=<\/text>))?/g,
  )) {
    if (end !== undefined) {
      if (tag === "g") origins.pop();
      continue;
    }
    const [left, top] = origins[origins.length - 1];
    const [, dx, dy] = (attributes.match(/translate\(([-\d.e]+),\s*([-\d.e]+)\)/) ?? [0, 0, 0]).map(Number);
    if (tag === "g") {
      if (selfClosing === undefined) origins.push([left + dx, top + dy]);
      continue;
    }
    const size = Number(attributes.match(/font-size="([\d.]+)px"/)![1]);
    const measure = fontMetrics(attributes.includes('font-weight="bold"') ? "bold" : "regular");
    const lines = (inner ?? "").split(/<tspan[^>]*>|<\/tspan>/).map((line) => line.replace(/&#?\w+;/g, "x"));
    const length = Math.max(...lines.map(measure)) * size;
    const anchor = attributes.match(/text-anchor="(\w+)"/)?.[1] ?? "start";
    const before = length * { start: 0, middle: 0.5, end: 1 }[anchor]!;
    const [x, y] = [left + dx, top + dy];
    const isUpright = attributes.includes("rotate(-90)");
    const [from, to] = isUpright ? [y + before - length, y + before] : [x - before, x - before + length];
    const across = isUpright ? x : y;
    const [limit, limitAcross] = isUpright ? [height, width] : [width, height];
    if (from < 0 || to > limit || across - size < -1 || across > limitAcross)
      outside.push(`${inner} ${from} ${to} ${across}`);
  }
  return outside;
}
