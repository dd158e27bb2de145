import type { ConditionSummary, PowerRun } from "../models/powerTypes.ts";
import type { RateName } from "../models/decisionNames.ts";
import { correctedBootstrapNote } from "./correctedBootstrapNote.ts";
import { coverageSentence, largestMcse } from "./describeRun.ts";
import { comparisonText } from "./estimatorTables.ts";
import { answerClause, gridAnswer, shortAnswer, shortAnswerKey, testInProse } from "./findings.ts";
import { decimalsFor, formatCount, formatFixed, formatNumber, formatPercent, formatRate } from "./format.ts";
import { isNull, type Series, seriesOf, testsOf } from "./series.ts";
import { styleOf } from "./testNames.ts";
import { type TextColumn, textTable, wrapLines } from "./textTable.ts";

const WIDTH = 88;
const MAX_WIDTH = 100;
/** More conditions than this get one line each; bias and coverage are left to the report. */
const MAX_DETAILED = 12;

/**
 * The result of a power run for the terminal, at most 100 columns unless a label is longer: the rates with their Monte-Carlo
 * SE, and last, where the eye ends up, the number of clients that each test needs (and a warning, if there is one).
 */
export function powerTable(run: PowerRun): string {
  const { result } = run;
  const seriesList = seriesOf(run);
  const conditions = result.conditions.length;
  const head =
    `${result.scenario}: ${formatCount(result.replications)} replications in each of ${formatCount(conditions)} ` +
    `${conditions === 1 ? "condition" : "conditions"}, seed "${result.seed}", caseload ${result.version}`;
  const isDetailed = conditions <= MAX_DETAILED;
  return [
    wrapLines(head, WIDTH),
    ...seriesList.map((series) => (isDetailed ? detailSection(run, series) : compactSection(run, series))),
    ...notes(run, isDetailed),
    ...comparisonText(run, WIDTH),
    ...answerSection(run, seriesList),
    ...warnings(run),
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
        `condition ${index + 1} (N = ${formatCount(condition.nClients)}), ${styleOf(test).name}: simulated ` +
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
  const answers = withEffect.flatMap((series) => tests.map((test) => gridAnswer(series, test, target)));
  const title = `Clients needed (N) for ${formatPercent(target)} power to detect ab: ${shortAnswerKey(answers)}`;
  const tables = fitted(tests, (some, heading) =>
    textTable(
      [
        { title: "", align: "left" },
        ...some.map((test): TextColumn => ({ title: styleOf(test)[heading], align: "right" })),
      ],
      withEffect.map((series) => [series.label, ...some.map((test) => shortAnswer(gridAnswer(series, test, target)))]),
    ),
  );
  return [`${wrapLines(title, WIDTH)}\n${tables}`];
}

function detailSection(run: PowerRun, series: Series): string {
  const rate = isNull(series) ? "type I" : "power";
  const hasFailures = series.points.some((point) => point.summary.nFailed > 0);
  const hasFlags = series.points.some((point) => Object.values(point.summary.tests).some((rate) => rate.disagrees));
  const isExact = hasExact(run);
  const losesClients = series.points.some(({ summary }) => summary.meanAnalysed !== summary.nClients);
  const columns: TextColumn[] = [
    { title: "N", align: "right" },
    { title: "test", align: "left" },
    { title: rate, align: "right" },
    { title: "±MCSE", align: "right" },
    ...(isExact ? [{ title: "exact", align: "right" } as const] : []),
    ...(hasFlags ? [{ title: "", align: "left" } as const] : []),
    { title: "coverage", align: "right" },
    { title: "bias of ab", align: "right" },
    ...(losesClients ? [{ title: "analysed", align: "right" } as const] : []),
    ...(hasFailures ? [{ title: "failed", align: "right" } as const] : []),
  ];
  const rows = series.points.flatMap(({ summary }) =>
    testsOf(run).map((test, index) => [
      index === 0 ? formatCount(summary.nClients) : "",
      styleOf(test).name,
      ...rateCells(summary, test, isExact, hasFlags),
      index === 0 ? biasCell(summary) : "",
      ...(losesClients ? [index === 0 ? formatFixed(summary.meanAnalysed, 1) : ""] : []),
      ...(hasFailures ? [index === 0 ? formatCount(summary.nFailed) : ""] : []),
    ]),
  );
  return `${seriesTitle(series)}\n${textTable(columns, rows)}`;
}

function rateCells(summary: ConditionSummary, test: RateName, isExact: boolean, hasFlags: boolean): string[] {
  const result = summary.tests[test];
  const flag = hasFlags ? [result?.disagrees ? "!!" : ""] : [];
  if (result === undefined) return ["–", "–", ...(isExact ? ["–"] : []), ...flag, "–"];
  const digits = digitsOf(summary);
  return [
    formatRate(result.power, digits),
    formatRate(result.mcse, digits),
    ...(isExact ? [result.exact === null ? "–" : formatRate(result.exact, 4)] : []),
    ...flag,
    result.coverage === null ? "–" : formatRate(result.coverage, digits),
  ];
}

function biasCell({ estimate }: ConditionSummary): string {
  const decimals = decimalsFor(estimate.biasMcse, 1);
  return `${formatFixed(estimate.bias, decimals)} ±${formatFixed(estimate.biasMcse, decimals)}`;
}

/** A line per N, a column per test: simulated power, and the exact one beside it. */
function compactSection(run: PowerRun, series: Series): string {
  const hasFailures = series.points.some((point) => point.summary.nFailed > 0);
  const tables = fitted(testsOf(run), (tests, heading) => {
    const columns: TextColumn[] = [
      { title: "N", align: "right" },
      ...tests.map((test): TextColumn => ({ title: styleOf(test)[heading], align: "right" })),
      ...(hasFailures ? [{ title: "failed", align: "right" } as const] : []),
    ];
    const rows = series.points.map(({ summary }) => [
      formatCount(summary.nClients),
      ...tests.map((test) => compactCell(summary, test)),
      ...(hasFailures ? [formatCount(summary.nFailed)] : []),
    ]);
    return textTable(columns, rows);
  });
  return `${seriesTitle(series)}\n${tables}`;
}

function compactCell(summary: ConditionSummary, test: RateName): string {
  const result = summary.tests[test];
  if (result === undefined) return "–";
  const exact = result.exact === null ? "" : ` (${formatRate(result.exact, 4)})`;
  return `${formatRate(result.power, digitsOf(summary))}${exact}${result.disagrees ? " !!" : ""}`;
}

/** A table of tests with their full names; with short ones where it would be too wide; else a table for each half of them. */
function fitted(
  tests: readonly RateName[],
  tableOf: (tests: readonly RateName[], heading: "name" | "short") => string,
): string {
  const fits = (table: string) => table.split("\n").every((line) => [...line].length <= MAX_WIDTH);
  const [full, short] = [tableOf(tests, "name"), tableOf(tests, "short")];
  if (fits(full)) return full;
  if (fits(short) || tests.length === 1) return short;
  const half = Math.ceil(tests.length / 2);
  return `${fitted(tests.slice(0, half), tableOf)}\n\n${fitted(tests.slice(half), tableOf)}`;
}

function seriesTitle(series: Series): string {
  const { estimand: ab, estimandMcse } = series.points[0].summary;
  const estimand =
    estimandMcse === null
      ? `true ab = ${formatNumber(ab)}`
      : `true ab = ${formatFixed(ab, decimalsFor(estimandMcse, 2))} ± ${formatFixed(estimandMcse, decimalsFor(estimandMcse, 2))} (MCSE)`;
  return series.label === "" ? sentenceCase(estimand) : `${series.label}; ${estimand}`;
}

function digitsOf({ nFitted }: ConditionSummary): number {
  return nFitted > 10_000 ? 4 : 3;
}

function notes(run: PowerRun, isDetailed: boolean): string[] {
  const failed = run.result.conditions.reduce((sum, condition) => sum + condition.nFailed, 0);
  const [hasNull, hasEffect] = [seriesOf(run).some(isNull), !seriesOf(run).every(isNull)];
  const rate = hasNull ? (hasEffect ? "power (type I error where ab = 0)" : "type I error") : "power";
  const compact =
    `${sentenceCase(rate)}: simulated${hasExact(run) ? " (exact)" : ""}; Monte-Carlo SE at most ${formatRate(largestMcse(run))}. ` +
    "Bias and coverage are in the report and in --json.";
  const coverage = isDetailed ? coverageSentence(run) : null;
  const corrected = correctedBootstrapNote(testsOf(run));
  return [
    ...(isDetailed ? [] : [compact]),
    ...(coverage === null ? [] : [coverage]),
    ...(corrected === null ? [] : [corrected]),
    ...(failed === 0
      ? []
      : [`${formatCount(failed)} replications could not be fitted; they are left out of every rate.`]),
  ].map((note) => wrapLines(note, WIDTH));
}

/** Whether the exact engine covers any rate of the run. */
export function hasExact(run: PowerRun): boolean {
  return run.result.conditions.some(({ tests }) => Object.values(tests).some(({ exact }) => exact !== null));
}

function warnings(run: PowerRun): string[] {
  const wrong = disagreements(run);
  if (wrong.length === 0) return [];
  return [
    `!! Simulated and exact power differ by more than 4.9 Monte-Carlo SE. One of them is wrong; do not use these numbers:\n${wrong
      .map((line) => `   ${line}`)
      .join("\n")}`,
  ];
}

function sentenceCase(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
