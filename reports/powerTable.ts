import type { ConditionSummary, PowerRun } from "../models/powerTypes.ts";
import type { TestName } from "../models/scenario/types.ts";
import { answerClause, gridAnswer, shortAnswer, testInProse } from "./findings.ts";
import { decimalsFor, formatCount, formatFixed, formatNumber, formatPercent, formatRate } from "./format.ts";
import { isNull, type Series, seriesOf, testsOf } from "./series.ts";
import { TEST_STYLES } from "./testNames.ts";
import { type TextColumn, textTable, wrapLines } from "./textTable.ts";

const WIDTH = 88;

/**
 * The result of a power run for the terminal, at most 88 columns unless a label is longer: first the smallest N of the
 * grid that reaches the target, per test and series, then every rate with its Monte-Carlo SE.
 */
export function powerTable(run: PowerRun): string {
  const { result } = run;
  const seriesList = seriesOf(run);
  const conditions = result.conditions.length;
  const head =
    `${result.scenario}: ${formatCount(result.replications)} replications in each of ${formatCount(conditions)} ` +
    `${conditions === 1 ? "condition" : "conditions"}, seed "${result.seed}", caseload ${result.version}`;
  return [
    wrapLines(head, WIDTH),
    ...answerSection(run, seriesList),
    ...seriesList.map((series) => detailSection(run, series)),
    ...notes(run),
  ].join("\n\n");
}

/** "condition 3 (N = 311, a = 0.14): sobel …" for each rate that simulation and exact engine disagree on; [] when none. */
export function disagreements(run: PowerRun): string[] {
  return run.result.conditions.flatMap((condition, index) =>
    testsOf(run).flatMap((test) => {
      const summary = condition.tests[test];
      if (summary === undefined || !summary.disagrees || summary.exact === null) return [];
      const apart =
        Math.abs(summary.power - summary.exact) / Math.sqrt((summary.exact * (1 - summary.exact)) / condition.nFitted);
      return [
        `condition ${index + 1} (N = ${formatCount(condition.nClients)}), ${TEST_STYLES[test].name}: simulated ` +
          `${formatRate(summary.power, 4)}, exact ${formatRate(summary.exact, 4)}, ${formatNumber(apart)} MCSE apart`,
      ];
    }),
  );
}

function answerSection(run: PowerRun, seriesList: readonly Series[]): string[] {
  const { target } = run.scenario.power;
  const tests = testsOf(run);
  const withEffect = seriesList.filter((series) => !isNull(series));
  if (withEffect.length === 0) return [];
  if (withEffect.length === 1) {
    const rows = tests.map((test) =>
      wrapLines(
        `${sentenceCase(testInProse(test))} ${answerClause(gridAnswer(withEffect[0], test, target))}.`,
        WIDTH - 4,
      ),
    );
    const title = `Clients needed (N) for ${formatPercent(target)} power to detect ab`;
    return [[title, ...rows.map((row) => `  ${row.replaceAll("\n", "\n    ")}`)].join("\n")];
  }
  const title =
    `Clients needed (N) for ${formatPercent(target)} power to detect ab: the exact N, or the two N of the grid it lies between ` +
    "(≤: already the smallest; >: not even the largest; ?: the Monte-Carlo error leaves it open)";
  return [[wrapLines(title, WIDTH), ...answerTables(withEffect, tests, target)].join("\n")];
}

/** Series by tests; a table wider than 100 columns is split in two. */
function answerTables(seriesList: readonly Series[], tests: readonly TestName[], target: number): string[] {
  const columns: TextColumn[] = [
    { title: "", align: "left" },
    ...tests.map((test): TextColumn => ({ title: TEST_STYLES[test].short, align: "right" })),
  ];
  const rows = seriesList.map((series) => [
    series.label,
    ...tests.map((test) => shortAnswer(gridAnswer(series, test, target))),
  ]);
  const table = textTable(columns, rows);
  if (tests.length === 1 || table.split("\n").every((line) => line.length <= 100)) return [table];
  const half = Math.ceil(tests.length / 2);
  return [
    ...answerTables(seriesList, tests.slice(0, half), target),
    "",
    ...answerTables(seriesList, tests.slice(half), target),
  ];
}

function detailSection(run: PowerRun, series: Series): string {
  const estimand = series.points[0].summary.estimand;
  const rate = isNull(series) ? "type I" : "power";
  const title = [series.label, `true ab = ${formatNumber(estimand)}`].filter((part) => part !== "").join("; ");
  const hasFailures = series.points.some((point) => point.summary.nFailed > 0);
  const hasFlags = series.points.some((point) => Object.values(point.summary.tests).some((rate) => rate.disagrees));
  const columns: TextColumn[] = [
    { title: "N", align: "right" },
    { title: "test", align: "left" },
    { title: rate, align: "right" },
    { title: "±MCSE", align: "right" },
    { title: "exact", align: "right" },
    ...(hasFlags ? [{ title: "", align: "left" } as const] : []),
    { title: "coverage", align: "right" },
    { title: "bias of ab", align: "right" },
    ...(hasFailures ? [{ title: "failed", align: "right" } as const] : []),
  ];
  const rows = series.points.flatMap(({ summary }) =>
    testsOf(run).map((test, index) => [
      index === 0 ? formatCount(summary.nClients) : "",
      TEST_STYLES[test].name,
      ...rateCells(summary, test, hasFlags),
      index === 0 ? biasCell(summary) : "",
      ...(hasFailures ? [index === 0 ? formatCount(summary.nFailed) : ""] : []),
    ]),
  );
  return `${title}\n${textTable(columns, rows)}`;
}

function rateCells(summary: ConditionSummary, test: TestName, hasFlags: boolean): string[] {
  const result = summary.tests[test];
  const flag = hasFlags ? [result?.disagrees ? "!!" : ""] : [];
  if (result === undefined) return ["–", "–", "–", ...flag, "–"];
  const digits = summary.nFitted > 10_000 ? 4 : 3;
  return [
    formatRate(result.power, digits),
    formatRate(result.mcse, digits),
    result.exact === null ? "–" : formatRate(result.exact, 4),
    ...flag,
    result.coverage === null ? "–" : formatRate(result.coverage, digits),
  ];
}

function biasCell({ estimate }: ConditionSummary): string {
  const decimals = decimalsFor(estimate.biasMcse, 1);
  return `${formatFixed(estimate.bias, decimals)} ±${formatFixed(estimate.biasMcse, decimals)}`;
}

function notes(run: PowerRun): string[] {
  const wrong = disagreements(run);
  const failed = run.result.conditions.reduce((sum, condition) => sum + condition.nFailed, 0);
  const warning =
    wrong.length === 0
      ? []
      : [
          `!! Simulated and exact power differ by more than 4.9 Monte-Carlo SE. One of them is wrong; do not use these numbers:\n${wrong
            .map((line) => `   ${line}`)
            .join("\n")}`,
        ];
  const failures =
    failed === 0
      ? []
      : [wrapLines(`${formatCount(failed)} replications could not be fitted; they are left out of every rate.`, WIDTH)];
  return [...warning, ...failures];
}

function sentenceCase(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
