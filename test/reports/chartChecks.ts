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

/** The box of a text, measured with the font. */
type TextBox = {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
};

/** Texts whose box leaves the picture. */
export function textOutside(svg: string): string[] {
  const [, width, height] = svg.match(/<svg [^>]*width="([\d.]+)" height="([\d.]+)"/)!.map(Number);
  return textBoxes(svg)
    .filter(({ left, right, top, bottom }) => left < 0 || right > width || top < -1 || bottom > height + 1)
    .map(({ text, left, right, top, bottom }) => `${text} ${left} ${right} ${top} ${bottom}`);
}

/** Pairs of texts whose boxes meet, by more than a px. */
export function textOverlaps(svg: string): string[] {
  const boxes = textBoxes(svg).filter(({ text }) => text !== "");
  return boxes.flatMap((one, i) =>
    boxes
      .slice(i + 1)
      .filter(
        (other) =>
          one.left + 1 < other.right &&
          other.left + 1 < one.right &&
          one.top + 1 < other.bottom &&
          other.top + 1 < one.bottom,
      )
      .map((other) => `${one.text} / ${other.text}`),
  );
}

/** Boxes of all texts, upright ones too: from the top of capitals to the last baseline. */
function textBoxes(svg: string): TextBox[] {
  const origins: [number, number][] = [[0, 0]];
  const boxes: TextBox[] = [];
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
    const text = inner ?? "";
    const lines = text.split(/<tspan[^>]*>|<\/tspan>/).map((line) => line.replace(/&#?\w+;/g, "x"));
    const down = [...text.matchAll(/ dy="([\d.]+)"/g)].reduce((sum, [, step]) => sum + Number(step), 0);
    const length = Math.max(...lines.map(measure)) * size;
    const anchor = attributes.match(/text-anchor="(\w+)"/)?.[1] ?? "start";
    const before = length * { start: 0, middle: 0.5, end: 1 }[anchor]!;
    const [x, y] = [left + dx, top + dy];
    boxes.push(
      attributes.includes("rotate(-90)")
        ? { text, left: x - 0.75 * size, right: x + down, top: y + before - length, bottom: y + before }
        : { text, left: x - before, right: x - before + length, top: y - 0.75 * size, bottom: y + down },
    );
  }
  return boxes;
}
