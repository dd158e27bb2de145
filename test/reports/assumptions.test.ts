import { describe, expect, it } from "vitest";
import type { PowerRun } from "../../models/powerTypes.ts";
import type { Factors } from "../../models/scenario/types.ts";
import { chartsOf } from "../../reports/charts/chartsOf.ts";
import { codebookCsv } from "../../reports/codebook.ts";
import { coverageSentence, countsWords, findingSentence } from "../../reports/describeRun.ts";
import { reportHtml } from "../../reports/html.ts";
import { limitations, methodsMarkdown } from "../../reports/methods.ts";
import { seriesOf } from "../../reports/series.ts";
import { settingsOf } from "../../reports/settings.ts";
import { stressChecklist } from "../../reports/stress.ts";
import { fixtureRun } from "./fixture.ts";

/** A run whose series differ in these factors and in nothing else; the scenario's own values of them are `base`. */
function runOver(series: readonly Factors[], base: Factors = {}, labels: readonly string[] = [], b = 0.3): PowerRun {
  const counts = [100, 300];
  const run = fixtureRun({
    series: series.map((_, index) => ({
      a: 0.3 + index / 1000,
      b,
      ...(labels[index] ? { label: labels[index] } : {}),
    })),
    counts,
    replications: 60,
  });
  const factorsAt = (index: number) => ({
    ...series[Math.floor(index / counts.length)],
    nClients: counts[index % counts.length],
  });
  const conditions = run.result.conditions.map((condition, index) => ({ ...condition, factors: factorsAt(index) }));
  const scenario = structuredClone(run.scenario) as PowerRun["scenario"];
  for (const [path, value] of Object.entries(base)) {
    const [last, ...above] = path.split(".").reverse();
    const below = above.reverse().reduce((node, key) => (node as never)[key] as object, scenario as object);
    (below as Record<string, number>)[last] = value;
  }
  return {
    ...run,
    result: { ...run.result, conditions },
    scenario: { ...scenario, power: { ...scenario.power, conditions: conditions.map(({ factors }) => factors) } },
    exactCurves: [],
  };
}

const textsOf = (run: PowerRun) => [
  methodsMarkdown(run),
  reportHtml(run, []),
  stressChecklist(run)
    .map((item) => item.text)
    .join("\n"),
];

describe("what conditions do not share", () => {
  const roebuck = runOver(
    [
      { "paths.a": 0.164, "paths.covariates.rSquaredY": 0.28 },
      { "paths.a": 0.166, "paths.covariates.rSquaredY": 0.255 },
    ],
    { "paths.covariates.n": 9, "paths.covariates.rSquaredM": 0.07, "paths.covariates.rSquaredY": 0.1234 },
    ["QOLI-20", "THS"],
  );

  it("is named with the values of each series, never with the scenario's own", () => {
    const text = methodsMarkdown(roebuck);
    expect(text).toContain("We assumed b = 0.3 and c′ = 0 (raw coefficients), with a as listed.");
    expect(text).toContain(
      "9 covariates enter both equations and alone explain 7 % of the variance of M (of Y: as listed).",
    );
    expect(text).toContain(
      "The 2 sets of assumptions are QOLI-20 (a = 0.164, R² of Y on the covariates = 0.28); THS (a = 0.166, R² of Y on the covariates = 0.255).",
    );
    for (const one of textsOf(roebuck)) expect(one).not.toMatch(/12\.34|0\.1234/);
  });

  it("a value that every condition sets alike is stated, and is that of the conditions", () => {
    const run = runOver([{ "paths.reliability.m": 0.8 }], { "paths.reliability.m": 0.5123 });
    expect(settingsOf(run).varied).toEqual([]);
    expect(methodsMarkdown(run)).toContain("Reliability is 1.00 for X, .80 for M and 1.00 for Y.");
    for (const one of textsOf(run)) expect(one).not.toMatch(/\.5123|51\.23/);
  });

  it("is a table for more than four series", () => {
    const values = [0.5, 0.6, 0.7, 0.8, 0.9];
    const run = runOver(
      values.map((value) => ({ "paths.reliability.m": value })),
      { "paths.reliability.m": 0.5123 },
    );
    const text = methodsMarkdown(run);
    expect(text).toContain("Reliability is 1.00 for X, as listed for M and 1.00 for Y.");
    expect(text).toContain("The 5 sets of assumptions are those of the table.");
    expect(text).toMatch(/\n\n\| reliability of M \| True ab \|\n\|---\|---\|\n\| 0\.5 \| [\d.]+ \|\n/);
    expect(reportHtml(run, [])).toContain("Sets of assumptions");
    expect(seriesOf(run).map((series) => series.label)).toEqual(values.map((value) => `reliability of M = ${value}`));
    expect(limitations(run).join()).toContain("Where X or M is measured with a reliability below 1");
    for (const one of textsOf(run)) expect(one).not.toMatch(/\.5123|51\.23/);
  });

  it("covers every kind of number, in words", () => {
    const two = (path: string, one: number, other: number) =>
      methodsMarkdown(runOver([{ [path]: one }, { [path]: other }]));
    expect(two("paths.covariates.n", 0, 5)).toContain("Covariates (as many as listed) enter both equations");
    expect(two("paths.covariates.n", 0, 5)).toContain("with the covariates where there are any,");
    expect(two("paths.residualSd.y", 1, 2)).toContain(
      "The residual standard deviation is 1 for M and as listed for Y.",
    );
    expect(two("paths.residualSkew.m", 0, 1)).toContain("Residuals have skewness as listed for M and 0 for Y");
    expect(two("analysis.bootstrap.resamples", 200, 2000)).toContain(
      "The bootstrap drew the number of resamples listed;",
    );
    expect(two("analysis.bootstrap.resamples", 200, 2000)).toContain("bootstrap resamples = 2,000");
  });
});

describe("confidence levels that vary", () => {
  const levels = [0.9, 0.95, 0.99];
  const run = runOver(
    levels.map((level) => ({ "analysis.level": level })),
    { "analysis.level": 0.5 },
    [],
    0,
  );

  it("are stated per series, in text and in the coverage table", () => {
    for (const text of textsOf(run).slice(0, 2)) {
      expect(text).toContain("two-sided at α = 1 − the confidence level listed");
      expect(text).not.toMatch(/α = \.5\b|level \.500|\.50 is intended/);
    }
    expect(findingSentence(run)).toMatch(/\(nominal level 1\u00a0% to 10\u00a0%\)\.$/);
    const html = reportHtml(run, []);
    expect(html).toContain('<th scope="col" class="number">Intended</th>');
    expect(html).toContain('<td class="number">.99</td>');
    expect(html).not.toContain("is intended");
  });

  it("give each panel of the type I error chart its own nominal line", () => {
    const chart = chartsOf(run).find(({ name }) => name === "type-i-error")!;
    const lines = [...JSON.stringify(chart.spec).matchAll(/"values":\[\{"rate":([\d.]+),"from"/g)];
    expect(lines.map(([, rate]) => Number(rate))).toEqual([0.1, 0.05, 0.01]);
    expect(JSON.stringify(chart.spec)).toContain("Nominal level (1 − confidence level)");
  });
});

describe("coverage of bootstrap tests", () => {
  it("is said to be that of the first 500 resamples, wherever it is shown", () => {
    const run = fixtureRun({ replications: 60 });
    const sentence = "Coverage of the percentile bootstrap is that of the interval of the first 500 resamples.";
    for (const text of [...textsOf(run), codebookCsv(run)]) expect(text).toContain(sentence);
    expect(codebookCsv(run).split(sentence)).toHaveLength(3);
  });

  it("is not, where all resamples are judged or there is no bootstrap", () => {
    const few = runOver([{ "analysis.bootstrap.resamples": 500 }]);
    expect(coverageSentence(few)).toBeNull();
    expect(coverageSentence(fixtureRun({ tests: ["sobel"] }))).toBeNull();
    expect(methodsMarkdown(few)).not.toContain("first 500");
  });
});

describe("countsWords", () => {
  it("does not pretend that all series have the same N", () => {
    expect(countsWords(fixtureRun({ counts: [100, 311] }))).toBe("N = 100 and 311");
    const run = fixtureRun({
      series: [
        { a: 0.1, b: 0.1 },
        { a: 0.2, b: 0.2 },
      ],
      counts: [50, 100, 311],
    });
    const uneven = { ...run, result: { ...run.result, conditions: run.result.conditions.slice(0, -1) } };
    expect(countsWords(uneven)).toBe("2 to 3 values of N per series, from 50 to 311");
  });
});
