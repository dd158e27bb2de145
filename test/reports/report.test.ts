import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PowerRun } from "../../models/powerTypes.ts";
import { TEST_NAMES } from "../../models/scenario/types.ts";
import { codebookCsv } from "../../reports/codebook.ts";
import { reportHtml } from "../../reports/html.ts";
import { methodsMarkdown } from "../../reports/methods.ts";
import { rowsCsvHeader } from "../../reports/rows.ts";
import { stressChecklist } from "../../reports/stress.ts";
import { summaryCsv } from "../../reports/summaryCsv.ts";
import { writeReport } from "../../reports/writeReport.ts";
import { fixtureRun, SIXTEEN_CELLS } from "./fixture.ts";

const ATTACK = `<img src=x onerror="alert(1)">|*_\`,"' & ]( http://example.org`;

const one = fixtureRun({ replications: 200 });
const hostile = fixtureRun({
  series: [
    { label: ATTACK, a: 0.3, b: 0.3 },
    { label: "plain", a: 0.2, b: 0.3 },
  ],
  counts: [60, 120],
  replications: 50,
  seed: ATTACK,
  title: ATTACK,
});

describe("writeReport", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "report-"));
  });
  afterAll(() => rm(directory, { recursive: true }));

  it("writes what it says, nothing else, and the same bytes again", async () => {
    const written = await writeReport(one, join(directory, "a", "b"));
    const charts = ["power-curves", "sampling-distribution", "intervals", "path-diagram"];
    expect(written).toEqual([
      "report.html",
      "methods.md",
      "summary.csv",
      "codebook.csv",
      ...charts.flatMap((name) => [`charts/${name}.svg`, `charts/${name}.png`]),
    ]);
    const found = await readdir(join(directory, "a", "b"), { recursive: true });
    expect(found.sort()).toEqual(["charts", ...written].sort());
    await writeReport(one, join(directory, "again"));
    for (const name of written) {
      const [first, second] = await Promise.all([
        readFile(join(directory, "a", "b", name)),
        readFile(join(directory, "again", name)),
      ]);
      expect(Buffer.compare(first, second), name).toBe(0);
    }
  });
});

describe("report.html", () => {
  it("needs no network and no script", () => {
    const html = reportHtml(one, []);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(html).not.toMatch(/<script|<link|<iframe|<img|\bsrc=|\bhref=|url\(http|@import/);
  });

  it("answers first: the finding stands before any chart or table", () => {
    const html = reportHtml(one, [
      { chart: { name: "power-curves", title: "t", description: "d", spec: {} as never }, svg: "<svg></svg>" },
    ]);
    const finding = html.indexOf(
      "To detect fidelity → alliance → outcome with 80\u00a0% power, joint significance needs N",
    );
    expect(finding).toBeGreaterThan(0);
    expect(finding).toBeLessThan(html.indexOf("<svg>"));
    expect(finding).toBeLessThan(html.indexOf("<table>"));
  });

  it("escapes all text of the scenario", () => {
    const html = reportHtml(hostile, []);
    expect(html).not.toContain("<img");
    expect(html).toContain("&lt;img src=x");
  });

  it("opens and closes its elements in order", () => {
    const html = reportHtml(hostile, []).replace(/<!doctype html>|<meta[^>]*>|<style>[\s\S]*<\/style>/g, "");
    const open: string[] = [];
    for (const [, end, name] of html.matchAll(/<(\/)?([a-z0-9]+)[^>]*>/g)) {
      if (end === undefined) open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });

  it("warns at the top when simulation and exact engine disagree", () => {
    const [first, ...rest] = one.result.conditions;
    const sobel = { ...first.tests.sobel!, power: 0.9, disagrees: true };
    const wrong: PowerRun = {
      ...one,
      result: { ...one.result, conditions: [{ ...first, tests: { ...first.tests, sobel } }, ...rest] },
    };
    expect(reportHtml(one, [])).not.toContain('role="alert"');
    const html = reportHtml(wrong, []);
    expect(html.indexOf('role="alert"')).toBeLessThan(html.indexOf('<p class="finding">'));
    expect(methodsMarkdown(wrong)).toContain("WARNING: 1 of 30 simulated powers differ");
  });

  it("bears 16 series, one condition, ab = 0 and studies that all failed", () => {
    expect(reportHtml(fixtureRun({ series: SIXTEEN_CELLS, counts: [36, 670], tests: TEST_NAMES }), [])).toContain(
      "a = 0.59, b = 0.59",
    );
    expect(reportHtml(fixtureRun({ counts: [311], tests: ["percentileBootstrap"] }), [])).toContain(
      "stays below 80\u00a0% power",
    );
    expect(reportHtml(fixtureRun({ counts: [311], tests: ["sobel"] }), [])).toMatch(
      /needs N\u00a0=\u00a0\d+ \(exact calculation\); N\u00a0=\u00a0311 has exact power \.\d{4}\./,
    );
    expect(reportHtml(fixtureRun({ series: [{ a: 0, b: 0 }], counts: [50] }), [])).toContain(
      "Where ab is truly 0, joint significance rejects in",
    );
    expect(reportHtml(allFailed(), [])).toContain("could not be judged: no replication could be fitted");
  });
});

describe("methods.md", () => {
  it("fills in the numbers, the sources and the 20 items of the checklist", () => {
    const text = methodsMarkdown(one);
    for (const part of [
      "200 studies",
      "a = 0.14, b = 0.14 and c′ = 0",
      "seed “fixture”",
      "doi:10.1002/sim.8086",
      "Fritz and MacKinnon (2007)",
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
    expect(stressChecklist(one)).toHaveLength(20);
    expect(text.match(/^\| \d\.\d \|/gm)).toHaveLength(20);
  });

  it("never offers the bias-corrected bootstrap without its type I error", () => {
    expect(methodsMarkdown(fixtureRun({ tests: ["biasCorrectedBootstrap"] }))).toContain(
      "rejected .086 instead of .05",
    );
    expect(methodsMarkdown(one)).not.toContain(".086");
  });

  it("keeps the scenario's text from becoming markup", () => {
    const rows = methodsMarkdown(hostile)
      .split("\n")
      .filter((line) => line.startsWith("| "));
    for (const row of rows) expect(row.replaceAll("\\|", "").match(/\|/g)).toHaveLength(4);
    expect(methodsMarkdown(hostile)).not.toMatch(/[^\\]<img/);
  });
});

describe("summary.csv and codebook.csv", () => {
  it("have a line per condition and test, with the origin in each", () => {
    const records = recordsOf(summaryCsv(hostile));
    expect(records).toHaveLength(4 * 4);
    for (const record of records) {
      expect(record).toMatchObject({ scenario: "fixture", seed: ATTACK, version: "0.1.0", nReplications: "50" });
    }
    const { sobel } = hostile.result.conditions[1].tests;
    const row = records.find((record) => record.conditionIndex === "1" && record.test === "sobel")!;
    expect(Number(row.power)).toBe(sobel!.power);
    expect(Number(row.powerUpper)).toBe(sobel!.ci[1]);
    expect(row["paths.a"]).toBe("0.3");
    expect(row.label).toBe(ATTACK);
    expect(records.find((record) => record.test === "jointSignificance")!.coverage).toBe("");
  });

  it("the codebook explains every column of both files, and no other", () => {
    const book = recordsOf(codebookCsv(hostile));
    const columnsOf = (file: string) => book.filter((entry) => entry.file === file).map((entry) => entry.column);
    expect(columnsOf("rows.csv").join(",")).toBe(rowsCsvHeader(hostile.scenario.analysis.tests).trimEnd());
    expect(columnsOf("summary.csv")).toEqual(Object.keys(recordsOf(summaryCsv(hostile))[0]));
    for (const entry of book) expect(entry.meaning).not.toBe("");
  });
});

function recordsOf(text: string): Record<string, string>[] {
  return parse(text, { columns: true }) as Record<string, string>[];
}

function allFailed(): PowerRun {
  const run = fixtureRun({ counts: [40, 45], tests: ["sobel"], replications: 3 });
  const conditions = run.result.conditions.map((condition) => ({
    ...condition,
    nFitted: 0,
    nFailed: 3,
    estimate: {
      mean: Number.NaN,
      bias: Number.NaN,
      biasMcse: Number.NaN,
      empiricalSe: Number.NaN,
      modelSe: Number.NaN,
    },
    tests: {
      sobel: {
        ...condition.tests.sobel!,
        power: Number.NaN,
        mcse: Number.NaN,
        coverage: Number.NaN,
        coverageMcse: Number.NaN,
        exact: null,
      },
    },
  }));
  return { ...run, exactCurves: [], result: { ...run.result, conditions } };
}
