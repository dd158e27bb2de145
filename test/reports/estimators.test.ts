// Is it said, in plain words, when ordinary regression is not to be trusted?
import { describe, expect, it } from "vitest";
import type { ConditionSummary, PowerRun, TestSummary } from "../../models/powerTypes.ts";
import type { EstimatorName } from "../../models/scenario/types.ts";
import { comparisonHtml, comparisonText } from "../../reports/estimatorTables.ts";
import { estimatorFailures, fewTeamsNote, trustSentences } from "../../reports/estimators.ts";
import { methodsMarkdown } from "../../reports/methods.ts";
import { powerTable } from "../../reports/powerTable.ts";
import { summaryCsv } from "../../reports/summaryCsv.ts";
import { headlineTest } from "../../reports/testNames.ts";
import { fixtureRun } from "./fixture.ts";

const rate = (power: number, nUndefined = 0): TestSummary => {
  const mcse = Math.sqrt((power * (1 - power)) / 1000);
  const ci = [power - 2 * mcse, power + 2 * mcse] as const;
  return { power, mcse, ci, coverage: null, coverageMcse: null, exact: null, disagrees: false, nUndefined };
};

/** Two conditions, a = 0 and a = .39, with these rates of joint significance and of path a at a = 0. */
function comparedRun(pathA: number, nUndefined = 0): PowerRun {
  const run = fixtureRun({
    series: [
      { a: 0, b: 0.59 },
      { a: 0.39, b: 0.59 },
    ],
    counts: [308],
    tests: ["jointSignificance"],
  });
  const estimators: readonly EstimatorName[] = ["ols", "cr2"];
  const conditions = run.result.conditions.map((condition): ConditionSummary => {
    const [ols, cr2] = condition.isNull ? [pathA, 0.04] : [0.9, 0.62];
    return {
      ...condition,
      tests: { jointSignificance: rate(ols), "jointSignificance:cr2": rate(cr2, nUndefined) },
      pathA: { ols: rate(ols), cr2: rate(cr2, nUndefined) },
    };
  });
  const { scenario } = run;
  if (scenario.generator !== "paths") throw new Error("a path model was expected");
  return {
    ...run,
    scenario: { ...scenario, analysis: { ...scenario.analysis, estimators } },
    result: { ...run.result, conditions },
    exactCurves: [],
  };
}

describe("ordinary regression", () => {
  it("is not to be trusted where it rejects a true null too often", () => {
    expect(trustSentences(comparedRun(0.142))).toEqual([
      "Ordinary regression rejects a true null (a = 0, by the t test of path a) 14\u00a0% of the time here (nominal 5\u00a0%): its tests are not to be trusted; CR2 4\u00a0%.",
    ]);
    expect(trustSentences(comparedRun(0.05))[0]).not.toContain("trusted");
    expect(trustSentences(comparedRun(0.07))[0]).not.toContain("trusted");
  });

  it("alone is compared with nothing", () => {
    const run = fixtureRun();
    expect([trustSentences(run), estimatorFailures(run), comparisonHtml(run), comparisonText(run, 88)]).toEqual([
      [],
      [],
      "",
      [],
    ]);
  });

  it("cannot be judged without a null, and that is said", () => {
    const run = comparedRun(0.14);
    const result = { ...run.result, conditions: run.result.conditions.map((one) => ({ ...one, isNull: false })) };
    expect(trustSentences({ ...run, result })[0]).toMatch(/^No condition of this run has ab = 0/);
  });
});

describe("a comparison", () => {
  it("shows type I error beside power, and what failed, wherever results are shown", () => {
    const run = comparedRun(0.142, 3);
    const [table] = comparisonText(run, 88);
    expect(table).toMatch(/308 +Joint significance, OLS +\.142 +\.142 +\.900/);
    expect(table).toMatch(/Joint significance, CR2 +\.040 +\.040 +\.620/);
    const failures = "Studies without a result by an estimator (they count as not rejecting): CR2 6.";
    expect(estimatorFailures(run)).toEqual([failures]);
    for (const text of [powerTable(run).replace(/\s+/g, " "), methodsMarkdown(run).replaceAll("\\", "")]) {
      expect(text).toContain("not to be trusted");
      expect(text).toContain(failures);
    }
    expect(comparisonHtml(run)).toContain('<td class="number">.142</td>');
    expect(summaryCsv(run)).toContain(",jointSignificance:cr2,0.62,");
    expect(methodsMarkdown(run)).toContain("Pustejovsky");
  });

  it("names what sets its rows apart, a model of a service by its label", () => {
    const run = comparedRun(0.142);
    const labelled = (labels: readonly string[]) => {
      const conditions = run.result.conditions.map((one, index) => ({
        ...one,
        label: labels[index],
        factors: { nClients: 308, "paths.cPrime": index },
      }));
      return comparisonText({ ...run, result: { ...run.result, conditions } }, 88)[0];
    };
    expect(labelled(["QOLI", "PGI"])).toMatch(/308 +QOLI +Joint[\s\S]*308 +PGI +Joint/);
    expect(labelled(["QOLI", "QOLI"])).not.toContain("QOLI");
  });

  it("says that tests by normal quantiles keep no level with few teams, whatever the estimator", () => {
    const run = comparedRun(0.142);
    expect(fewTeamsNote(run)).toBeNull();
    const { analysis } = run.scenario;
    const scenario = { ...run.scenario, analysis: { ...analysis, tests: ["jointSignificance", "sobel"] } };
    expect(fewTeamsNote({ scenario: scenario as PowerRun["scenario"] })).toMatch(
      /only joint significance .* the Sobel test takes/,
    );
  });

  it("speaks in headlines of the estimator that keeps its level with few teams", () => {
    expect(headlineTest(["sobel", "jointSignificance", "jointSignificance:mixed", "jointSignificance:cr2"])).toBe(
      "jointSignificance:cr2",
    );
    expect(headlineTest(["sobel", "sobel:hc3"])).toBe("sobel");
  });
});
