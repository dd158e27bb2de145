import { describe, expect, it } from "vitest";
import type { ConditionSummary, PowerRun, TestSummary } from "../../models/powerTypes.ts";
import { TEST_NAMES, type TestName } from "../../models/scenario/types.ts";
import { answerClause, gridAnswer, rangeClause, shortAnswer, shortAnswerKey } from "../../reports/findings.ts";
import { disagreements, powerTable } from "../../reports/powerTable.ts";
import { sampleSizeTable } from "../../reports/sampleSizeTable.ts";
import { seriesOf } from "../../reports/series.ts";
import { textTable, wrapLines } from "../../reports/textTable.ts";
import { fixtureRun, SIXTEEN_CELLS } from "./fixture.ts";

/** A run with one test whose simulated powers, and exact ones if given, are these. */
function runWith(powers: readonly number[], exact: readonly (number | null)[] = []): PowerRun {
  const run = fixtureRun({ counts: powers.map((_, index) => 100 * (index + 1)), tests: ["sobel"] });
  return withTests(run, "sobel", (summary, index) => {
    const power = powers[index];
    return { ...summary, power, exact: exact[index] ?? null, ci: [power - 0.02, power + 0.02] };
  });
}

function withTests(
  run: PowerRun,
  test: TestName,
  change: (summary: TestSummary, index: number) => TestSummary,
): PowerRun {
  const conditions = run.result.conditions.map(
    (condition, index): ConditionSummary => ({
      ...condition,
      tests: { ...condition.tests, [test]: change(condition.tests[test]!, index) },
    }),
  );
  return { ...run, exactCurves: [], result: { ...run.result, conditions } };
}

const answerOf = (run: PowerRun) => gridAnswer(seriesOf(run)[0], "sobel", 0.8);

describe("gridAnswer", () => {
  it("finds the smallest N that reaches, and says between which N of the grid the answer lies", () => {
    const answer = answerOf(runWith([0.5, 0.7, 0.85, 0.95]));
    expect(answer.reached?.nClients).toBe(300);
    expect(answer.settled).toBe(true);
    expect(shortAnswer(answer)).toBe("200–300");
    expect(answerClause(answer)).toBe(
      "needs between N\u00a0=\u00a0200 (power .700, 95\u00a0% interval .680 to .720) and N\u00a0=\u00a0300 (power .850, 95\u00a0% interval .830 to .870)",
    );
  });

  it("says when the Monte-Carlo error leaves the answer open", () => {
    expect(shortAnswer(answerOf(runWith([0.5, 0.79, 0.85])))).toBe("200–300 ?");
    expect(shortAnswer(answerOf(runWith([0.5, 0.7, 0.81])))).toBe("200–300 ?");
    expect(answerClause(answerOf(runWith([0.5, 0.7, 0.79])))).toContain("more replications would settle it");
  });

  it("lets exact power decide where there is one", () => {
    expect(shortAnswer(answerOf(runWith([0.5, 0.805, 0.9], [0.5, 0.795, 0.9])))).toBe("200–300");
  });

  it("has words for grids that start too high or end too low, and for nothing fitted", () => {
    expect(shortAnswer(answerOf(runWith([0.9, 0.95])))).toBe("≤ 100");
    expect(shortAnswer(answerOf(runWith([0.1, 0.2])))).toBe("> 200");
    expect(answerClause(answerOf(runWith([0.1, 0.2])))).toMatch(/^stays below 80\u00a0% power up to N\u00a0=\u00a0200/);
    expect(shortAnswer(answerOf(runWith([Number.NaN, Number.NaN])))).toBe("–");
  });

  it("prints the exact N, and says when it lies off the grid", () => {
    const exact = (counts: readonly number[], n: number) => {
      const run = fixtureRun({ counts, tests: ["sobel"] });
      const exactCurves = run.exactCurves.map((curve) => ({ ...curve, smallest: { n, power: 0.8003 } }));
      return gridAnswer(seriesOf({ ...run, exactCurves })[0], "sobel", 0.8);
    };
    expect(shortAnswer(exact([100, 1000], 1204))).toBe("1,204");
    expect(answerClause(exact([100, 1000], 532))).toBe("needs N\u00a0=\u00a0532 (exact calculation)");
    expect(answerClause(exact([100, 311], 1204))).toMatch(
      /^needs N\u00a0=\u00a01,204 \(exact calculation\); the grid ends at N\u00a0=\u00a0311 \(exact power \.\d{4}\)$/,
    );
    expect(answerClause(exact([900, 1000], 532))).toMatch(/; the grid starts at N\u00a0=\u00a0900 \(exact power/);
  });

  it("explains only the signs that occur", () => {
    const range = answerOf(runWith([0.5, 0.7, 0.85, 0.95]));
    expect(shortAnswerKey([range])).toBe("the two N of the grid it lies between");
    expect(shortAnswerKey([{ ...range, exact: { n: 532, power: 0.8 } }])).toBe("the exact N");
    expect(shortAnswerKey([{ ...range, exact: { n: 532, power: 0.8 } }, answerOf(runWith([0.5, 0.7, 0.79]))])).toBe(
      "the exact N, or the two N of the grid it lies between (>: not even the largest; ?: the Monte-Carlo error leaves it open)",
    );
  });
});

describe("rangeClause", () => {
  const seriesList = (tests: readonly TestName[], counts: readonly number[]) =>
    seriesOf(
      fixtureRun({
        series: [
          { label: "small", a: 0.14, b: 0.14 },
          { label: "medium", a: 0.39, b: 0.39 },
        ],
        tests,
        counts,
      }),
    );

  it("goes from the smallest to the largest N, and names whose they are", () => {
    const [small, medium] = seriesList(["sobel"], [50, 1000]);
    const n = (series: typeof small) => series.exactCurves[0].smallest!.n;
    expect(rangeClause([small, medium], "sobel", 0.8)).toBe(
      `needs N\u00a0=\u00a0${n(medium)} (medium) to ${n(small)} (small), by exact calculation`,
    );
    expect(rangeClause([small, { ...small, label: "same" }], "sobel", 0.8)).toBe(
      `needs N\u00a0=\u00a0${n(small)} (small and same), by exact calculation`,
    );
    expect(rangeClause([small, small, small], "sobel", 0.8)).toContain(`${n(small)} (3 series), by`);
  });

  it("counts the series that do not reach the target on the grid", () => {
    const clause = rangeClause(seriesList(["percentileBootstrap"], [40, 100]), "percentileBootstrap", 0.8);
    expect(clause).toBe(
      "needs N\u00a0=\u00a040–100 (medium), read off the grid; 1 of the 2 series does not reach it on the grid",
    );
  });
});

describe("seriesOf", () => {
  it("groups conditions that differ only in N, sorts them by N, and names them by label or factors", () => {
    const run = fixtureRun({
      series: [
        { label: "QOLI-20, 9 months", a: 0.165, b: 0.105 },
        { a: 0.14, b: 0.39 },
      ],
      counts: [300, 100],
    });
    const series = seriesOf(run);
    expect(series.map((one) => one.label)).toEqual(["QOLI-20, 9 months", "a = 0.14, b = 0.39"]);
    expect(series[0].points.map((point) => [point.summary.nClients, point.conditionIndex])).toEqual([
      [100, 1],
      [300, 0],
    ]);
    expect(series[1].exactCurves.every((curve) => curve.factors["paths.b"] === 0.39)).toBe(true);
  });

  it("tells series of one label apart by their factors", () => {
    const run = fixtureRun({
      series: [
        { label: "same", a: 0.1, b: 0.3 },
        { label: "same", a: 0.2, b: 0.3 },
      ],
      counts: [100],
    });
    expect(seriesOf(run).map((one) => one.label)).toEqual(["same: a = 0.1, b = 0.3", "same: a = 0.2, b = 0.3"]);
  });
});

describe("powerTable", () => {
  const widthOf = (text: string) => Math.max(...text.split("\n").map((line) => line.length));

  it("answers last, and stays within 88 columns for one series", () => {
    const text = powerTable(fixtureRun({ tests: TEST_NAMES, counts: [36, 670] }));
    expect(text.split("\n\n").at(-1)).toMatch(
      /^Clients needed \(N\) for 80\u00a0% power to detect ab\n {2}Joint significance needs N/,
    );
    expect(widthOf(text)).toBeLessThanOrEqual(88);
    expect(text).toContain("coverage       bias of ab");
    expect(text).toContain("Coverage of bootstrap tests is that of the interval of the first 500 resamples.");
    expect(text).toContain("3 replications could not be fitted; they are left out of every rate.");
  });

  it("gives many conditions a line each, simulated and exact power side by side", () => {
    const run = fixtureRun({ series: SIXTEEN_CELLS, counts: [36, 311] });
    const text = powerTable(run);
    const { jointSignificance, percentileBootstrap } = run.result.conditions[1].tests;
    const rate = (value: number, digits: number) => `\\${value.toFixed(digits).slice(1)}`;
    const { power, exact } = jointSignificance!;
    expect(text).toMatch(new RegExp(`\\n311 +${rate(power, 3)} \\(${rate(exact!, 4)}\\) `));
    expect(text).toMatch(new RegExp(`\\n311 .* ${rate(percentileBootstrap!.power, 3)} +0\\n`));
    expect(text.split("\n").length).toBeLessThan(16 * 6 + 30);
    expect(text).not.toMatch(/coverage +bias/);
    expect(text).toContain("Power: simulated (exact); Monte-Carlo SE at most .016.");
    expect(text.split("\n\n").at(-1)).toMatch(/^Clients needed/);
  });

  it("splits tables rather than grow beyond 100 columns", () => {
    const run = {
      ...fixtureRun({ series: SIXTEEN_CELLS, tests: TEST_NAMES, counts: [100000, 200000] }),
      exactCurves: [],
    };
    const text = powerTable(run);
    expect(widthOf(text)).toBeLessThanOrEqual(100);
    const answers = text.slice(text.indexOf("Clients needed"));
    for (const head of ["Joint significance", "BCa"]) expect(answers).toContain(head);
  });

  it("shouts when simulation and exact engine disagree, and only then", () => {
    const fine = runWith([0.5, 0.8], [0.5, 0.8]);
    expect(powerTable(fine)).not.toContain("!!");
    const wrong = withTests(fine, "sobel", (summary, index) => ({ ...summary, power: 0.6, disagrees: index === 1 }));
    expect(disagreements(wrong)).toEqual([
      "condition 2 (N = 200), Sobel: simulated .6000, exact .8000, 15.8 MCSE apart",
    ]);
    expect(powerTable(wrong).split("\n\n").at(-1)).toContain("do not use these numbers");
    expect(powerTable(wrong).match(/!!/g)).toHaveLength(2);
  });

  it("has no answer, but a type I error, where ab = 0", () => {
    const text = powerTable(fixtureRun({ series: [{ a: 0, b: 0.39 }], counts: [100] }));
    expect(text).not.toContain("Clients needed");
    expect(text).toContain("type I");
  });
});

describe("sampleSizeTable", () => {
  it("says per test N, its power, and how it was found", () => {
    const text = sampleSizeTable([
      {
        label: "QOLI-20",
        target: 0.8,
        tests: {
          jointSignificance: { n: 532, power: 0.80003, exact: true, ci: null },
          percentileBootstrap: { n: 1558, power: 0.804, exact: false, ci: [1540, 1571] },
        },
      },
    ]);
    expect(text).toMatch(/^QOLI-20: smallest number of clients \(N\) for 80\u00a0% power to detect ab\n/);
    expect(text).toMatch(/Joint significance +532 +\.8000 {2}exact calculation\n/);
    expect(text).toMatch(/Percentile bootstrap +1,558 +\.804 {2}simulation; N between 1,540 and 1,571\n/);
  });
});

describe("textTable and wrapLines", () => {
  it("line up columns and leave no space at line ends", () => {
    const table = textTable(
      [
        { title: "N", align: "right" },
        { title: "test", align: "left" },
      ],
      [["1,000", "→ Sobel"], ["20"]],
    );
    expect(table).toBe("    N  test\n─────  ───────\n1,000  → Sobel\n   20");
  });

  it("break prose between words", () => {
    expect(wrapLines("one two three", 7)).toBe("one two\nthree");
  });
});
