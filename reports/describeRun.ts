import { isBootstrapTest } from "../models/estimators/decisions.ts";
import type { PowerRun } from "../models/powerTypes.ts";
import type { PathParameters, TestName } from "../models/scenario/types.ts";
import { answerClause, gridAnswer, testInProse } from "./findings.ts";
import { formatCount, formatNumber, formatPercent, formatRate, joinWords } from "./format.ts";
import { isNull, type Series, seriesOf, testsOf } from "./series.ts";
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
  return `${start} ${testInProse(test)} ${rangeClause(run, withEffect, test)}.`;
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
      : `${testInProse(test)} ${rangeClause(run, withEffect, test)}`,
  );
}

/** "a = 0.14, b = 0.14 and c′ = 0 (raw coefficients)", factors of the grid left out. */
export function pathWords(paths: PathParameters, varied: readonly string[] = []): string {
  const fixed = (["a", "b", "cPrime"] as const)
    .filter((name) => !varied.includes(`paths.${name}`))
    .map((name) => `${name === "cPrime" ? "c′" : name} = ${formatNumber(paths[name], 6)}`);
  const kind = paths.standardized ? "standardized" : "raw";
  return fixed.length === 0 ? `${kind} coefficients` : `${joinWords(fixed)} (${kind} coefficients)`;
}

/** What else the scenario assumes, a sentence each. */
export function assumptionSentences(paths: PathParameters): string[] {
  const { x, residualSd, covariates, reliability, residualSkew } = paths;
  const sentences = [
    x.distribution === "normal"
      ? "X is normal with variance 1."
      : `X is binary, fixed by design, with a share of ones of ${formatRate(x.share, 2)}.`,
    paths.standardized
      ? `M and Y have total variance 1${x.distribution === "binary" ? ", a and c′ are per standard deviation of X" : ""}; the residual variances complete to it.`
      : `The residual standard deviations are ${formatNumber(residualSd.m)} for M and ${formatNumber(residualSd.y)} for Y.`,
  ];
  if (covariates.n > 0) {
    sentences.push(
      `${formatCount(covariates.n)} ${covariates.n === 1 ? "covariate enters" : "covariates enter"} both equations and ` +
        `alone explain ${formatPercent(covariates.rSquaredM)} of the variance of M and ${formatPercent(covariates.rSquaredY)} of that of Y.`,
    );
  }
  if (reliability.x < 1 || reliability.m < 1 || reliability.y < 1) {
    sentences.push(
      `X, M and Y are measured with reliabilities of ${formatRate(reliability.x, 2)}, ${formatRate(reliability.m, 2)} and ${formatRate(reliability.y, 2)}.`,
    );
  }
  sentences.push(
    residualSkew.m === 0 && residualSkew.y === 0
      ? "Residuals are normal."
      : `Residuals are skewed: ${formatNumber(residualSkew.m)} for M, ${formatNumber(residualSkew.y)} for Y (shifted gamma).`,
  );
  return sentences;
}

/** "N = 100, 200 and 300", or "from 100 to 1,000 in 19 steps" for many. */
export function countsWords(run: PowerRun): string {
  const counts = [...new Set(run.result.conditions.map((condition) => condition.nClients))].sort((p, q) => p - q);
  if (counts.length <= 12) return `N = ${joinWords(counts.map(formatCount))}`;
  return `${counts.length} values of N from ${formatCount(counts[0])} to ${formatCount(counts[counts.length - 1])}`;
}

/** How many resamples a bootstrap test used, or null when there is none. */
export function resamplesWords(run: PowerRun): string | null {
  const { tests, bootstrap } = run.scenario.analysis;
  if (!tests.some(isBootstrapTest)) return null;
  const curtailed = bootstrap.curtail
    ? "; resampling stopped once the remaining resamples could no longer change the decision, which leaves the power as it is"
    : "";
  return `${formatCount(bootstrap.resamples)} resamples${curtailed}`;
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

function rangeClause(run: PowerRun, seriesList: readonly Series[], test: TestName): string {
  const answers = seriesList.map((series) => gridAnswer(series, test, run.scenario.power.target));
  const counts = answers.map((answer) => answer.exactN ?? answer.reached?.nClients ?? null);
  const found = counts.filter((count) => count !== null);
  const missing = counts.length - found.length;
  const few = Math.min(...found);
  const many = Math.max(...found);
  const exact = answers.every((answer) => answer.exactN !== null || answer.reached === null);
  const how = exact ? "by exact calculation" : "taking the smallest N of the grid where there is no exact calculation";
  if (found.length === 0) return "reaches it in no series at any N of the grid";
  const size = few === many ? formatCount(few) : `${formatCount(few)} to ${formatCount(many)}`;
  const rest =
    missing === 0
      ? ""
      : `; ${formatCount(missing)} of the ${formatCount(counts.length)} series do not reach it on the grid`;
  return `needs about N = ${size}, depending on the series (${how})${rest}`;
}

function typeISentence(run: PowerRun, test: TestName): string {
  const rates = run.result.conditions.flatMap((condition) => condition.tests[test]?.power ?? []);
  const alpha = formatPercent(Number((1 - run.scenario.analysis.level).toPrecision(10)));
  const low = formatRate(Math.min(...rates));
  const high = formatRate(Math.max(...rates));
  const share = low === high ? low : `${low} to ${high}`;
  return `Where ab is truly 0, ${testInProse(test)} rejects in ${share} of studies (nominal level ${alpha}).`;
}
