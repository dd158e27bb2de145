import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TEST_NAMES } from "../../models/scenario/types.ts";
import { chartsOf } from "../../reports/charts/chartsOf.ts";
import { roughWidth, wrapText } from "../../reports/charts/theme.ts";
import { fontMetrics, fontPath } from "../../reports/fontMetrics.ts";
import { escapeMarkup, renderPng, renderSvg } from "../../reports/render.ts";
import { textOutside, warningsOf } from "./chartChecks.ts";
import { fixtureRun, SIXTEEN_CELLS } from "./fixture.ts";

const HOSTILE = `<script>alert("1")</script> & 'co' ]]> \u0000`;

/** Runs of every shape that a chart must hold. */
const RUNS = {
  one: fixtureRun({ replications: 100 }),
  nineTests: fixtureRun({ tests: TEST_NAMES, replications: 100, counts: [36, 100, 250, 670] }),
  sixteen: fixtureRun({ series: SIXTEEN_CELLS, counts: [36, 160, 670], tests: ["sobel"], replications: 100 }),
  seventeen: fixtureRun({
    series: [...SIXTEEN_CELLS, { a: 0.1, b: 0.1 }],
    counts: [36, 160],
    tests: ["sobel"],
    replications: 60,
  }),
  single: fixtureRun({ counts: [311], tests: ["jointSignificance"], replications: 100 }),
  million: fixtureRun({ counts: [36, 1000000], replications: 100 }),
  certain: fixtureRun({ series: [{ a: 0.9, b: 0.9 }], counts: [500, 1000], replications: 100 }),
  null: fixtureRun({ series: [{ a: 0, b: 0 }], counts: [100, 200], replications: 100 }),
  hostile: fixtureRun({
    series: [{ label: HOSTILE, a: 0.3, b: 0.3 }],
    counts: [50, 90],
    seed: HOSTILE,
    replications: 50,
  }),
  longLabels: fixtureRun({
    series: [0.1, 0.2, 0.3].map((a) => ({ label: `${"a very long label ".repeat(12)}${a}`, a, b: 0.3 })),
    counts: [50, 900],
    replications: 50,
  }),
};

describe("every chart of every shape of run", () => {
  for (const [name, run] of Object.entries(RUNS)) {
    it(`compiles without a warning, draws, and keeps its text inside: ${name}`, async () => {
      const charts = chartsOf(run);
      expect(charts.length).toBeGreaterThanOrEqual(4);
      for (const chart of charts) {
        expect(warningsOf(chart)).toEqual([]);
        const svg = await renderSvg(chart);
        expect(svg).not.toMatch(/NaN|undefined|Infinity/);
        expect(textOutside(svg), chart.name).toEqual([]);
      }
    });
  }

  it("would find a text that is cut off", async () => {
    const svg = await renderSvg(chartsOf(RUNS.one)[0]);
    const cut = (name: string, by: number) =>
      svg.replace(new RegExp(`(<svg [^>]*${name}=")(\\d+)`), (_, start, size) => start + (Number(size) - by));
    expect(textOutside(cut("width", 40))).not.toEqual([]);
    expect(textOutside(cut("height", 40))).not.toEqual([]);
  });

  it("has names that are unique, and that differ for the pages of a run with 17 series", () => {
    const names = chartsOf(RUNS.seventeen).map((chart) => chart.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain("power-curves-2");
  });
});

describe("renderSvg", () => {
  const [chart] = chartsOf(RUNS.hostile);

  it("gives the same bytes twice, also when charts are drawn at once", async () => {
    const alone = await renderSvg(chart);
    const together = await Promise.all([...chartsOf(RUNS.one), chart].map(renderSvg));
    expect(together.at(-1)).toBe(alone);
  });

  it("numbers ids within the document, under the chart's name", async () => {
    const svgs = await Promise.all(chartsOf(RUNS.one).map(renderSvg));
    const ids = svgs.flatMap((svg) => [...svg.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]));
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
    for (const svg of svgs) {
      for (const [, used] of svg.matchAll(/url\(#([^)]+)\)/g)) expect(svg).toContain(` id="${used}"`);
    }
  });

  it("says what it shows to those who cannot see it, and escapes the scenario's text", async () => {
    const svg = await renderSvg(chart);
    expect(svg).toMatch(/<svg [^>]*role="img" aria-labelledby="power-curves-title power-curves-desc"><title /);
    expect(svg).not.toContain("<script");
    expect(svg).not.toContain("\u0000");
    expect(svg).toContain("&lt;script&gt;");
  });
});

describe("renderPng", () => {
  it("gives a PNG of twice the SVG's size, with the same bytes each time", async () => {
    const svg = await renderSvg(chartsOf(RUNS.single)[0]);
    const png = Buffer.from(await renderPng(svg));
    const [, width, height] = svg.match(/<svg [^>]*width="(\d+)" height="(\d+)"/)!.map(Number);
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(png.readUInt32BE(16)).toBe(2 * width);
    expect(png.readUInt32BE(20)).toBe(2 * height);
    expect(Buffer.compare(png, Buffer.from(await renderPng(svg)))).toBe(0);
  });

  it("draws letters without any system font", async () => {
    const text = (letters: string) =>
      renderPng(
        `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20"><text y="15" font-family="DejaVu Sans">${letters}</text></svg>`,
      );
    expect(Buffer.compare(Buffer.from(await text("ab")), Buffer.from(await text("")))).not.toBe(0);
  });
});

describe("fontMetrics", () => {
  it("knows the advance widths of DejaVu Sans (2048 units per em)", () => {
    expect(existsSync(fontPath("regular"))).toBe(true);
    const width = fontMetrics("regular");
    expect(width("0") * 2048).toBe(1303);
    expect(width(" ") * 2048).toBe(651);
    expect(width("M") * 2048).toBe(1767);
    expect(width("00 ") * 2048).toBe(2 * 1303 + 651);
    expect(fontMetrics("bold")("0") * 2048).toBe(1425);
  });

  it("gives a missing character the width of the font's missing glyph", () => {
    const width = fontMetrics("regular");
    expect(width("\u{10ffff}")).toBe(width("\uffff"));
  });

  it("agrees with the rough widths that charts break lines by, within 6 % for prose", () => {
    const prose =
      "Scenario fixture, replications per condition: the percentile bootstrap needs between N = 400 and N = 500";
    expect(Math.abs(roughWidth(prose) / fontMetrics("regular")(prose) - 1)).toBeLessThan(0.06);
    expect(Math.abs(roughWidth(prose, "bold") / fontMetrics("bold")(prose) - 1)).toBeLessThan(0.06);
  });
});

describe("wrapText", () => {
  it("breaks at spaces, holds no-break spaces, breaks long words, and marks what it leaves out", () => {
    expect(wrapText("one two three", 50, 11)).toEqual(["one two", "three"]);
    expect(wrapText("N\u00a0=\u00a0311 clients", 60, 11)).toEqual(["N\u00a0=\u00a0311", "clients"]);
    expect(wrapText("x".repeat(20), 70, 11).join("")).toBe("x".repeat(20));
    expect(wrapText("one two three four five six", 25, 11, "regular", 2)[1]).toMatch(/…$/);
    expect(wrapText("", 50, 11)).toEqual([""]);
  });
});

describe("escapeMarkup", () => {
  it("leaves nothing that could open or close markup, and no character that XML forbids", () => {
    expect(escapeMarkup(`<a b='c' d="e">&\u0007\n\ud800`)).toBe("&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;\n\ufffd");
  });
});
