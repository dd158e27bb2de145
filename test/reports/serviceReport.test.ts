import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { costParameters } from "../../models/costs/parameters.ts";
import { kpiDefinitionsOf } from "../../models/kpis/kpiDefinitions.ts";
import type { KpiSummary } from "../../models/kpis/summariseKpis.ts";
import { kpiTable, kpiText } from "../../reports/kpiTable.ts";
import { MODEL_LIMITS } from "../../reports/modelLimits.ts";
import { escapeMarkup } from "../../reports/render.ts";
import { serviceHtml } from "../../reports/serviceHtml.ts";
import { SERVICE_FILES, writeServiceReport } from "../../reports/serviceReport.ts";
import { runOf, smallPlan } from "./serviceFixture.ts";

const ATTACK = `<img src=x onerror="alert(1)">|*_\`,"' & ]( http://example.org`;

const run = await runOf(smallPlan({ cohorts: 2 }));
const KPIS = kpiDefinitionsOf(run.plan);
const alone = await runOf(smallPlan({ replications: 1 }));
const hostile = await runOf(smallPlan({ replications: 1, name: ATTACK, title: ATTACK, source: ATTACK, seed: ATTACK }));
const emptied = await runOf(
  smallPlan(
    { replications: 2 },
    { staffing: { turnover: { perYear: 50 }, vacancy: 520 }, events: { leaving: { perYear: 50 } } },
  ),
);

function summary(mean: number, mcse: number, unit = "points"): KpiSummary {
  return {
    name: "x",
    label: "x",
    unit,
    definition: "x",
    better: null,
    headline: false,
    mean,
    mcse,
    ci: [mean - 2 * mcse, mean + 2 * mcse],
    sd: 4 * mcse,
    nUndefined: 0,
  };
}

describe("kpiText: digits that the Monte-Carlo error leaves", () => {
  it("numbers", () => {
    expect(kpiText(summary(28.3456, 0.12))).toMatchObject({ mean: "28.3", interval: "28.1 to 28.6", sd: "0.48" });
    expect(kpiText(summary(2415.25, 12.4))).toMatchObject({ mean: "2,415", interval: "2,390 to 2,440" });
    expect(kpiText(summary(16, 0))).toMatchObject({ mean: "16", interval: "16 to 16", sd: "0" });
    expect(kpiText(summary(28.3456, Number.NaN))).toMatchObject({ mean: "28.35", interval: "–", sd: "–" });
    expect(kpiText(summary(Number.NaN, Number.NaN))).toMatchObject({ mean: "–" });
  });

  it("shares", () => {
    expect(kpiText(summary(0.6123, 0.004, "share"))).toMatchObject({
      mean: ".612",
      interval: ".604 to .620",
      unit: "share",
    });
    expect(kpiText(summary(0, 0, "share"))).toMatchObject({ mean: ".000" });
    expect(kpiText(summary(0.1, 0.1, "share"))).toMatchObject({ interval: "−.100 to .300" });
  });
});

describe("the table of key figures", () => {
  it("has a line per key figure and says what the interval is", () => {
    const lines = kpiTable(run).split("\n");
    expect(lines[0]).toMatch(/^small +mean +95 % interval +unit$/);
    expect(lines.slice(2, 2 + KPIS.length).every((line, k) => line.startsWith(KPIS[k].label))).toBe(true);
    expect(kpiTable(run)).toContain("Means over 3 simulated services of 130 weeks.");
    expect(kpiTable(alone)).toContain("no interval can be given");
    expect(kpiTable(run)).toContain("Not defined in any replication: Months until mean fidelity is 32.");
  });

  it("says so when the service empties", () => {
    expect(emptied.nFlagged.noStaff).toBe(2);
    const text = kpiTable(emptied).replaceAll("\n", " ");
    expect(text).toContain("In 2 of 2 replications the service had no case manager left at the end.");
    expect(text).toContain("Such services are in all means.");
    expect(kpiTable(run)).not.toContain("left at the end");
    expect(serviceHtml(emptied, [])).toContain('<div class="alarm" role="alert"><p>In 2 of 2 replications');
    expect(serviceHtml(run, [])).not.toContain('role="alert"');
  });
});

describe("costs", () => {
  const priced = (budget: number) => runOf(smallPlan({ costs: costParameters({ currency: "EUR", budget }) }));

  it("are said to be what they are, with the budget", async () => {
    const text = kpiTable(await priced(1)).replaceAll("\n", " ");
    expect(text).toMatch(/Cost, total +[\d,]+ +[\d,]+ to [\d,]+ +EUR /);
    expect(text).toContain("in EUR at prices of 2021, not discounted");
    expect(text).toMatch(/The budget of EUR 1 a year is missed by [\d,]+ a year on average/);
    expect(kpiTable(await priced(1e9)).replaceAll("\n", " ")).toContain(
      "1,000,000,000 a year is kept in every simulated",
    );
    expect(kpiTable(run)).not.toContain("Costs are");
  });

  it("have their prices with sources in the report, and none where there are no costs", async () => {
    const html = serviceHtml(await priced(0), []);
    expect(html).toContain("<td>costs.travel.contact</td><td>8</td><td>money/contact</td>");
    expect(html).toContain("<td>costs.currency</td><td>EUR</td><td></td>");
    expect(html).toContain("Cost per reliable improvement");
    expect(html).not.toMatch(/NaN|undefined|Infinity|budget of/);
    expect(serviceHtml(run, [])).not.toContain("costs.");
  });
});

describe("report.html", () => {
  it("needs no network and no script, and escapes all text of the scenario", () => {
    const html = serviceHtml(hostile, []);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(html).not.toMatch(/<script|<link|<iframe|<img|\bhref=|url\(http|@import/);
    expect(html).toContain("&lt;img src=x");
  });

  it("opens and closes its elements in order", () => {
    const html = serviceHtml(hostile, []).replace(/<!doctype html>|<meta[^>]*>|<style>[\s\S]*<\/style>/g, "");
    const open: string[] = [];
    for (const [, end, name] of html.matchAll(/<(\/)?([a-z0-9]+)[^>]*>/g)) {
      if (end === undefined) open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });

  it("answers first, defines every key figure, repeats what the model cannot say, and lists every parameter with its source", () => {
    const html = serviceHtml(run, []);
    expect(html.indexOf('class="finding"')).toBeLessThan(html.indexOf("<table>"));
    expect(html).toMatch(/In 130 weeks 4 teams serve \d+ clients: \d\d(\.\d)?\u00a0% of planned contacts are held/);
    for (const { definition } of KPIS) expect(html).toContain(escapeMarkup(definition));
    expect(MODEL_LIMITS.length).toBeGreaterThan(3);
    for (const limit of MODEL_LIMITS) expect(html).toContain(escapeMarkup(limit));
    expect(html).toContain("<td>service.staffing.caseloadCap</td><td>8</td><td>clients</td>");
    expect(html).toContain("set by the scenario; by default 16 (Roebuck 2021)");
    expect(html).toContain("<td>study.exposure.days</td><td>180</td>");
    expect(html).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe("a service that nobody is ever referred to", () => {
  it("has tables, a report and files with a header only", async () => {
    const none = { perWeek: 0, initialCaseload: 0, cohort: { on: true, perTeam: 0 } };
    const empty = await runOf(smallPlan({ replications: 2 }, { referrals: none }));
    const text = kpiTable(empty).replaceAll("\n", " ");
    expect(text).toContain(
      "Not defined in any replication: Days from referral to admission; Days from referral to first contact;",
    );
    expect(text).toContain("In 2 of 2 replications nobody was in service at the end.");
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
    const directory = await mkdtemp(join(tmpdir(), "empty-"));
    try {
      const written = await writeServiceReport(empty, directory);
      expect(written.filter((name) => name.endsWith(".svg"))).toEqual([
        "charts/fidelity-by-team.svg",
        "charts/staff-strips.svg",
      ]);
      const wide = await readFile(join(directory, "cohort-wide.csv"), "utf8");
      expect(wide).toMatch(/^id,team,site,[^\n]*\n$/);
      const bytes = await readFile(join(directory, "cohort-long.parquet"));
      expect(await parquetReadObjects({ file: new Uint8Array(bytes).buffer })).toEqual([]);
      expect(await readFile(join(directory, "report.html"), "utf8")).not.toMatch(/NaN|undefined|Infinity/);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

describe("writeServiceReport", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "service-"));
  });
  afterAll(() => rm(directory, { recursive: true }));

  it("writes what it says, nothing else, the report last, and the same bytes again", async () => {
    const written = await writeServiceReport(run, join(directory, "a", "b"), [["story.txt", "once\n"]]);
    const charts = ["client-flow", "tenure-fans", "fidelity-by-team", "staff-strips"];
    expect(written).toEqual([
      ...SERVICE_FILES,
      "story.txt",
      ...charts.flatMap((name) => [`charts/${name}.svg`, `charts/${name}.png`]),
      "report.html",
    ]);
    const found = await readdir(join(directory, "a", "b"), { recursive: true });
    expect(found.sort()).toEqual(["charts", ...written].sort());
    await writeServiceReport(run, join(directory, "again"));
    for (const name of written.filter((one) => one !== "story.txt")) {
      const [first, second] = await Promise.all([
        readFile(join(directory, "a", "b", name)),
        readFile(join(directory, "again", name)),
      ]);
      expect(Buffer.compare(first, second), name).toBe(0);
    }
    const html = await readFile(join(directory, "a", "b", "report.html"), "utf8");
    expect(html.match(/<svg /g)).toHaveLength(4);
  });
});
