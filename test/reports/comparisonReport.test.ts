// The report of a comparison: charts by their specs, the page, the memo, and tables that agree with their codebook.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ComparedFigure, Comparison } from "../../models/compare/comparisonTypes.ts";
import { WEEKLY_SERIES } from "../../models/compare/weeklySeries.ts";
import { costParameters } from "../../models/costs/parameters.ts";
import { chartsOfComparison } from "../../reports/charts/compare/chartsOfComparison.ts";
import { costBenefitPlane, spread } from "../../reports/charts/compare/costBenefitPlane.ts";
import { differenceDots } from "../../reports/charts/compare/differenceDots.ts";
import { weeklyTrajectories } from "../../reports/charts/compare/weeklyTrajectories.ts";
import { comparisonCodebookCsv, comparisonCsv } from "../../reports/comparisonCsv.ts";
import { bottomLine } from "../../reports/comparisonFinding.ts";
import { comparisonReport } from "../../reports/comparisonHtml.ts";
import { comparisonSummary } from "../../reports/comparisonSummary.ts";
import { changeSentences, figureText } from "../../reports/comparisonWords.ts";
import { MODEL_LIMITS } from "../../reports/modelLimits.ts";
import { escapeMarkup, renderSvg } from "../../reports/render.ts";
import { writeComparison } from "../../reports/writeComparison.ts";
import { compareHere, planOf, scenarioWith } from "../compare/fixture.ts";
import { textOutside, textOverlaps, warningsOf } from "./chartChecks.ts";

const HOSTILE = `<script>alert("1")</script> | & 'co' ]]> *_\u0000`;
/** Long enough for outcomes after 18 months. */
const town = scenarioWith("town", { time: { weeks: 110 } }).service;
const priced = (name: string, changes = {}) => ({ ...scenarioWith(name, changes, town), costs: costParameters() });
const LONG = "staffing.caseloadCap=6,staffing.turnover.perYear=0.3,teams.seats=2";

let priceless: Comparison;
let three: Comparison;
let hostile: Comparison;
let alone: Comparison;

beforeAll(async () => {
  const changed = { staffing: { caseloadCap: 6, turnover: { perYear: 0.3 } } };
  three = await compareHere(
    planOf([priced("bigger", { staffing: { caseloadCap: 6 } }), priced(LONG, changed), priced("same again")], {
      base: priced("base"),
      replications: 33,
      precision: 0.001,
    }),
  );
  priceless = await compareHere(planOf([scenarioWith("calmer", { staffing: { turnover: { perYear: 0.3 } } })]));
  const named = { ...priced(HOSTILE, changed), title: HOSTILE };
  hostile = await compareHere(planOf([named], { base: { ...priced("base"), title: HOSTILE }, replications: 2 }));
  alone = await compareHere(planOf([priced("one", changed)], { base: priced("base"), replications: 1 }));
}, 60_000);

const every = () => Object.entries({ three, priceless, hostile, alone });
const figureOf = (comparison: Comparison, scenario: number, name: string): ComparedFigure =>
  comparison.scenarios[scenario].figures.find((figure) => figure.name === name)!;

type Drawn = {
  readonly mark: { readonly type: string; readonly [key: string]: unknown };
  readonly values: readonly Record<string, unknown>[];
};
type Node = {
  readonly layer?: readonly { readonly mark: Drawn["mark"]; readonly data: { readonly values: Drawn["values"] } }[];
};

/** The plots of a chart below its legend: title, axis titles, layers. */
function plotsOf(chart: { readonly spec: unknown }) {
  const { vconcat } = chart.spec as { readonly vconcat: readonly [unknown, { readonly concat: readonly Node[] }] };
  return vconcat[1].concat.map(({ layer = [] }) =>
    layer.map(({ mark, data }): Drawn => ({ mark, values: data.values })),
  );
}

describe("charts", () => {
  it("compile without a warning, draw, keep their texts inside and apart, in every comparison", async () => {
    for (const [name, comparison] of every()) {
      const charts = chartsOfComparison(comparison, null);
      expect(new Set(charts.map((chart) => chart.name)).size).toBe(charts.length);
      for (const chart of charts) {
        expect(warningsOf(chart), `${name} ${chart.name}`).toEqual([]);
        expect(chart.description).not.toMatch(/NaN|undefined|Infinity/);
        const svg = await renderSvg(chart);
        expect(svg).not.toMatch(/NaN|undefined|Infinity|<script/);
        expect(textOutside(svg), `${name} ${chart.name}`).toEqual([]);
        expect(textOverlaps(svg), `${name} ${chart.name}`).toEqual([]);
      }
    }
  });

  it("differences: a panel per headline figure with its unit, a dot and its interval per scenario, shape and colour by verdict", () => {
    const [chart] = differenceDots(three);
    const headline = three.scenarios[0].figures.filter(({ headline }) => headline);
    const plots = plotsOf(chart);
    expect(plots).toHaveLength(headline.length);
    for (const [i, { name, unit }] of headline.entries()) {
      expect(JSON.stringify(chart.spec)).toContain(`"title":"Difference, ${unit}"`);
      const dots = plots[i].filter(({ mark }) => mark.type === "point");
      expect(dots.map(({ values }) => values[0].at)).toEqual(
        three.scenarios.map((_, s) => figureOf(three, s, name).difference),
      );
      const rules = plots[i].filter(({ mark, values }) => mark.type === "rule" && "high" in values[0]);
      expect(rules.map(({ values }) => [values[0].at, values[0].high])).toEqual(
        three.scenarios.map((_, s) => figureOf(three, s, name).ci),
      );
      for (const [s, { mark }] of dots.entries()) {
        const { verdict } = figureText(figureOf(three, s, name));
        const look = { better: ["circle", true], worse: ["square", true], indifferent: ["circle", false] }[
          verdict as "better"
        ];
        expect([mark.shape, mark.fill === mark.stroke]).toEqual(look);
      }
    }
  });

  it("a figure without interval is said to be not defined", () => {
    const plots = plotsOf(differenceDots(alone)[0]);
    expect(plots.flat().filter(({ mark }) => mark.type === "point")).toEqual([]);
    expect(plots[0].some(({ values }) => values[0].text === "not defined")).toBe(true);
  });

  it("week by week: means of both and the difference with its band, of every series", () => {
    const charts = weeklyTrajectories(three);
    expect(charts.map(({ name }) => name)).toEqual(["weeks-1", "weeks-2", "weeks-3"]);
    const plots = plotsOf(charts[0]);
    expect(plots).toHaveLength(2 * WEEKLY_SERIES.length);
    const { weeks } = three.scenarios[0];
    const last = 109;
    const lines = plots[0].filter(({ mark }) => mark.type === "line");
    expect(lines.map(({ values }) => values.at(-1)?.value)).toEqual([weeks.base[last], weeks.value[last]]);
    const [band] = plots[2].filter(({ mark }) => mark.type === "area");
    expect(band.values.at(-1)).toMatchObject({
      low: weeks.difference[last] - weeks.half[last],
      high: weeks.difference[last] + weeks.half[last],
    });
    for (const { unit } of WEEKLY_SERIES) {
      expect(JSON.stringify(charts[0].spec)).toContain(`"title":"${unit}"`);
      expect(JSON.stringify(charts[0].spec)).toContain(`"text":"Difference, ${unit}"`);
    }
  });

  it("cost and benefit: each scenario at its two differences, quadrants in words; no prices, no chart", () => {
    const plots = plotsOf(costBenefitPlane(three)[0]);
    for (const [i, benefit] of ["alliance", "qoliChange"].entries()) {
      const [dots] = plots[i].filter(({ mark }) => mark.type === "point");
      expect(dots.values).toEqual(
        three.scenarios.map((_, s) => ({
          x: figureOf(three, s, "costPerClientYear").difference,
          y: figureOf(three, s, benefit).difference,
        })),
      );
    }
    const words = plots[0].flatMap(({ values }) => values).filter(({ text }) => typeof text === "string");
    const sideOf = ({ x, y }: Record<string, unknown>) => [
      (y as number) > 0 ? "better" : "worse",
      (x as number) > 0 ? "more" : "less",
    ];
    expect(words).toHaveLength(4);
    for (const word of words) expect(word.text).toBe(`${sideOf(word)[0]}, costs ${sideOf(word)[1]}`);
    expect(costBenefitPlane(priceless)).toEqual([]);
  });

  it("names beside the plane keep their distance, their order and their place where there is room", () => {
    expect(spread([100, 200], 30, 300)).toEqual([100, 200]);
    expect(spread([100, 101, 102], 30, 300)).toEqual([100, 130, 160]);
    expect(spread([0, 290, 299], 30, 300)).toEqual([15, 255, 285]);
    expect(spread([0, 0], 30, 60)).toEqual([15, 45]);
  });
});

describe("comparison.csv", () => {
  it("has a line per scenario and key figure, whose numbers read back to the same bits, and a codebook of its columns", () => {
    const rows: Record<string, string>[] = parse(comparisonCsv(three), { columns: true });
    const figures = three.scenarios.flatMap((scenario) => scenario.figures.map((figure) => ({ scenario, figure })));
    expect(rows).toHaveLength(figures.length);
    const numberOf = (cell: string) => (cell === "" ? Number.NaN : Number(cell));
    for (const [i, { scenario, figure }] of figures.entries()) {
      const { base, value, difference, mcse, ci, runsNeeded, varianceRatio } = figure;
      const row = rows[i];
      expect([row.scenario, row.kpi, row.unit, row.verdict]).toEqual([
        scenario.name,
        figure.name,
        figure.unit,
        figureText(figure).verdict,
      ]);
      expect(
        ["base", "value", "difference", "mcse", "lower", "upper", "runsNeeded", "varianceRatio", "replications"].map(
          (name) => numberOf(row[name]),
        ),
      ).toEqual([base, value, difference, mcse, ...ci, runsNeeded, varianceRatio, scenario.replications]);
    }
    const codebook: Record<string, string>[] = parse(comparisonCodebookCsv(three), { columns: true });
    expect(codebook.map(({ name }) => name)).toEqual(Object.keys(rows[0]));
    for (const { name, type, missing } of codebook)
      for (const row of rows) {
        if (row[name] === "") expect([name, missing]).not.toEqual([name, "never"]);
        else if (type === "integer") expect(row[name]).toMatch(/^\d+$/);
        else if (type === "number") expect(row[name]).toMatch(/^-?(\d|Infinity)/);
      }
  });
});

describe("summary.md", () => {
  it("says what changed, the bottom line, and every headline difference with its interval, in half a page", () => {
    const text = comparisonSummary(three);
    expect(text).toMatch(/^# What if\? base\n/);
    expect(text).toContain("- bigger (Most clients a full-time case manager is given: 4 → 6 clients): ");
    expect(text).toContain(
      "- same again (nothing is changed): no clear difference on 5 headline figures; no clear difference in cost",
    );
    const alliance = figureText(figureOf(three, 0, "alliance"), 1);
    expect(text).toContain(`| Alliance, mean, RPRS points | `);
    expect(text).toContain(` ${alliance.difference} (${alliance.interval}) | `);
    expect(text).toContain("Averages are over 30 and 33 simulated agencies over 110 weeks");
    expect(text).toContain("one study of 14 teams without randomisation");
    expect(text).not.toMatch(/MCSE|Student|Bonferroni|replication|paired|NaN|undefined/);
    expect(comparisonSummary(priceless).split(/\s+/).length).toBeLessThan(250);
  });

  it("names that look like Markdown stay names", () => {
    const table = comparisonSummary(hostile)
      .split("\n")
      .filter((line) => line.startsWith("|"));
    for (const line of table) expect(line.split(/(?<!\\)\|/)).toHaveLength(5);
  });

  it("the bottom line counts headline figures and sets cost apart", () => {
    const withVerdicts = (...cis: readonly (readonly [string, number, number])[]) => ({
      ...three.scenarios[0],
      figures: cis.map(([name, low, high]) => ({
        ...figureOf(three, 0, name),
        base: 100,
        difference: (low + high) / 2,
        ci: [low, high] as const,
      })),
    });
    const [up, down, cheaper] = [
      ["alliance", 1, 3],
      ["pgiChange", -2, -1],
      ["costPerClientYear", -11, -9],
    ] as const;
    expect(bottomLine(withVerdicts(up, down, cheaper))).toBe(
      "better on 1 and worse on 1 of 2 headline figures; costs less (−10\u00a0% per client-year)",
    );
    expect(bottomLine(withVerdicts(up, ["clientsServed", -6, -4], cheaper))).toBe(
      "better on 1 of 1 headline figure; serves fewer clients (−5\u00a0%); costs less (−10\u00a0% per client-year)",
    );
    expect(bottomLine(withVerdicts(up))).toBe("better on 1 of 1 headline figure");
    expect(bottomLine(withVerdicts(["alliance", -1, 1]))).toBe("no clear difference on 1 headline figure");
  });
});

describe("report.html", () => {
  it("needs no network and no script, and closes its elements in order", () => {
    const html = comparisonReport(hostile, null, []);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(html).not.toMatch(/<script|<link|<iframe|<img|\bhref=|url\(http|@import/);
    const open: string[] = [];
    const body = html.replace(/<!doctype html>|<meta[^>]*>|<style>[\s\S]*<\/style>/g, "");
    for (const [, end, name] of body.matchAll(/<(\/)?([a-z0-9]+)[^>]*>/g)) {
      if (end === undefined) open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });

  it("first page first: verdict, what changed, headline figures, who is served and cost, limits; then the details", () => {
    const html = comparisonReport(three, null, []);
    const places = [
      'class="finding"',
      "What changed",
      "Headline figures",
      "Who is served, and what it costs",
      "What this cannot tell you",
      "Which is best",
      "Every key figure",
      "How far to trust the intervals",
      "How it was computed",
    ].map((words) => html.indexOf(words));
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places[0]).toBeGreaterThan(0);
    for (const limit of MODEL_LIMITS) expect(html).toContain(escapeMarkup(limit));
    for (const scenario of three.scenarios) {
      expect(html).toContain(escapeMarkup(`${scenario.name}: ${bottomLine(scenario)}.`));
      for (const change of changeSentences(scenario)) expect(html).toContain(escapeMarkup(change));
    }
    for (const { label, definition } of three.scenarios[0].figures) {
      expect(html).toContain(escapeMarkup(label));
      expect(html).toContain(escapeMarkup(definition));
    }
    expect(html).not.toMatch(/NaN|undefined|Infinity/);
    expect(comparisonReport(priceless, null, [])).not.toContain("Which is best");
  });
});

describe("writeComparison", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "comparison-"));
  });
  afterAll(() => rm(directory, { recursive: true }));

  it("writes what it says and nothing else, the report last, and every chart in it", async () => {
    const written = await writeComparison(three, null, join(directory, "a", "b"), [["story.txt", "once\n"]]);
    const charts = ["differences", "cost-benefit", "weeks-1", "weeks-2", "weeks-3"];
    expect(written).toEqual([
      "summary.md",
      "comparison.csv",
      "codebook.csv",
      "story.txt",
      ...charts.flatMap((name) => [`charts/${name}.svg`, `charts/${name}.png`]),
      "report.html",
    ]);
    const found = await readdir(join(directory, "a", "b"), { recursive: true });
    expect(found.sort()).toEqual(["charts", ...written].sort());
    expect((await readFile(join(directory, "a", "b", "report.html"), "utf8")).match(/<svg /g)).toHaveLength(5);
  });
});
