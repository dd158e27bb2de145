import { coverageResamples } from "../models/decideByResampling.ts";
import { drawsResamples, type RateName } from "../models/decisionNames.ts";
import type { PowerRun } from "../models/powerTypes.ts";
import { conditionsOf } from "../models/scenario/conditions.ts";
import { answerClause, gridAnswer, rangeClause, testInProse } from "./findings.ts";
import { formatCount, formatPercent, formatRate, joinWords } from "./format.ts";
import { isNull, seriesOf, testsOf } from "./series.ts";
import { settingsOf } from "./settings.ts";
import { headlineTest } from "./testNames.ts";

/** The finding of a run in one sentence, by the headline test and, of several series, as the range over them. */
export function findingSentence(run: PowerRun): string {
  const test = headlineTest(testsOf(run));
  const withEffect = seriesOf(run).filter((series) => !isNull(series));
  if (withEffect.length === 0) return typeISentence(run, test);
  const only = withEffect.length === 1 && seriesOf(run).length > 1 ? ` (${withEffect[0].label})` : "";
  const start = `To detect fidelity → alliance → outcome${only} with ${formatPercent(run.scenario.power.target)} power,`;
  if (withEffect.length === 1) {
    return `${start} ${testInProse(test)} ${answerClause(gridAnswer(withEffect[0], test, run.scenario.power.target))}.`;
  }
  return `${start} ${testInProse(test)} ${rangeClause(withEffect, test, run.scenario.power.target)}.`;
}

/** The same for every other test of the plan; [] for a single test or where ab = 0. */
export function furtherFindings(run: PowerRun): string[] {
  const { target } = run.scenario.power;
  const withEffect = seriesOf(run).filter((series) => !isNull(series));
  if (withEffect.length === 0) return [];
  const others = testsOf(run).filter((test) => test !== headlineTest(testsOf(run)));
  return others.map((test) =>
    withEffect.length === 1
      ? `${testInProse(test)} ${answerClause(gridAnswer(withEffect[0], test, target))}`
      : `${testInProse(test)} ${rangeClause(withEffect, test, run.scenario.power.target)}`,
  );
}

/** "N = 100, 200 and 300", "19 values of N from 100 to 1,000" for many; "3 to 5 values of N per series, …" where they differ. */
export function countsWords(run: PowerRun): string {
  const own = seriesOf(run).map((series) => series.points.map((point) => point.summary.nClients).join());
  const counts = [...new Set(run.result.conditions.map((condition) => condition.nClients))].sort((p, q) => p - q);
  const from = `from ${formatCount(counts[0])} to ${formatCount(counts[counts.length - 1])}`;
  if (new Set(own).size > 1) {
    const sizes = own.map((one) => one.split(",").length);
    const most = Math.max(...sizes);
    return `${rangeWords(sizes, formatCount)} ${most === 1 ? "value" : "values"} of N per series, ${from}`;
  }
  if (counts.length <= 12) return `N = ${joinWords(counts.map(formatCount))}`;
  return `${counts.length} values of N ${from}`;
}

/**
 * How the bootstrap tests of a run resampled and how their coverage was judged, as sentences; null when there is none.
 */
export function bootstrapSentences(run: PowerRun): string | null {
  const { analysis, varied } = settingsOf(run);
  if (!analysis.tests.some(drawsResamples)) return null;
  const drew = varied.includes("analysis.bootstrap.resamples")
    ? "The bootstrap drew the number of resamples listed"
    : `The bootstrap drew ${formatCount(analysis.bootstrap.resamples)} resamples`;
  const curtailed = analysis.bootstrap.curtail
    ? "; resampling stopped once the remaining resamples could no longer change the decision, which leaves the power as it is"
    : "";
  return [`${drew}${curtailed}.`, coverageSentence(run) ?? ""].join(" ").trim();
}

/**
 * "Coverage of the percentile bootstrap is that of the interval of its first 500 resamples."
 *
 * @returns null where the intervals of all resamples are judged, or there is no bootstrap test
 */
export function coverageSentence(run: PowerRun): string | null {
  const tests = run.scenario.analysis.tests.filter(drawsResamples);
  const judged = conditionsOf(run.scenario)
    .filter(({ analysis }) => analysis.bootstrap.resamples > coverageResamples(analysis.level))
    .map(({ analysis }) => coverageResamples(analysis.level));
  if (tests.length === 0 || judged.length === 0) return null;
  const whose = tests.length === 1 ? testInProse(tests[0]) : "bootstrap tests";
  const counts = [...new Set(judged)].sort((a, b) => a - b).map((count) => formatCount(count));
  return `Coverage of ${whose} is that of the interval of the first ${counts.join(" or ")} resamples${counts.length > 1 ? ", by the level" : ""}.`;
}

/** The largest Monte-Carlo SE among the rates of a run. */
export function largestMcse(run: PowerRun): number {
  return Math.max(
    0,
    ...run.result.conditions.flatMap((condition) =>
      Object.values(condition.tests).map((rate) => (Number.isNaN(rate.mcse) ? 0 : rate.mcse)),
    ),
  );
}

function typeISentence(run: PowerRun, test: RateName): string {
  const rates = run.result.conditions.flatMap((condition) => condition.tests[test]?.power ?? []);
  const alphas = conditionsOf(run.scenario).map(({ analysis }) => Number((1 - analysis.level).toPrecision(10)));
  const share = rangeWords(rates, formatRate);
  const nominal = rangeWords(alphas, formatPercent);
  return `Where ab is truly 0, ${testInProse(test)} rejects in ${share} of studies (nominal level ${nominal}).`;
}

/** ".935 to .957", or one value where both ends print alike. */
export function rangeWords(values: readonly number[], format: (value: number) => string): string {
  const [low, high] = [format(Math.min(...values)), format(Math.max(...values))];
  return low === high ? low : `${low} to ${high}`;
}
