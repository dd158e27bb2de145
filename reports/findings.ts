import { partsOf, type RateName } from "../models/decisionNames.ts";
import type { Interval } from "../models/estimators/types.ts";
import type { TestSummary } from "../models/powerTypes.ts";
import type { SampleSize } from "../models/sampleSize/smallestN.ts";
import type { PowerTest } from "../models/scenario/types.ts";
import { formatCount, formatPercent, formatRate, joinWords } from "./format.ts";
import type { Series } from "./series.ts";
import { ESTIMATOR_WORDS, styleOf } from "./testNames.ts";

/** Labels longer than this together are only counted. */
const MAX_LABEL = 60;

/** Where on its grid a series first reaches the target power, by one test. */
export type GridAnswer = {
  readonly test: RateName;
  readonly target: number;
  /** The smallest N of the grid whose power is at least the target; null when none is. */
  readonly reached: GridPoint | null;
  /** The N of the grid just below; null when the smallest already reaches, or there is no grid. */
  readonly below: GridPoint | null;
  readonly smallest: GridPoint | null;
  readonly largest: GridPoint | null;
  /** False when the Monte-Carlo interval at `reached`, `below` or, if none reaches, `largest` straddles the target. */
  readonly settled: boolean;
  /** The smallest N of all, by exact calculation: on the grid, between its N, or beyond it. */
  readonly exact: SampleSize | null;
};

/** One power of the grid. `interval` is the 95 % Monte-Carlo interval, or null where `power` is exact. */
export type GridPoint = { readonly nClients: number; readonly power: number; readonly interval: Interval | null };

/**
 * The smallest N of the grid that reaches the target, per test; the exact power decides wherever there is one.
 *
 * @param target power sought, in (0, 1)
 */
export function gridAnswer(series: Series, test: RateName, target: number): GridAnswer {
  const grid = series.points.flatMap(({ summary }) => {
    const result = summary.tests[test];
    return result === undefined || Number.isNaN(result.exact ?? result.power)
      ? []
      : [gridPoint(summary.nClients, result)];
  });
  const position = grid.findIndex((point) => point.power >= target);
  const reached = position < 0 ? null : grid[position];
  const below = position > 0 ? grid[position - 1] : null;
  const smallest = grid[0] ?? null;
  const largest = grid.at(-1) ?? null;
  const deciding = reached === null ? [largest] : [reached, below];
  return {
    test,
    target,
    reached,
    below,
    smallest,
    largest,
    settled: deciding.every((point) => point === null || !straddles(point.interval, target)),
    exact: series.exactCurves.find((curve) => curve.test === test)?.smallest ?? null,
  };
}

/**
 * The answer in a few characters: "532" (exact), "500–600" (it lies between these N of the grid), "≤ 100" (the smallest
 * already reaches), "> 1,000" (the largest does not); " ?" where the Monte-Carlo error leaves it open.
 */
export function shortAnswer({ reached, below, largest, exact, settled }: GridAnswer): string {
  if (exact !== null) return formatCount(exact.n);
  if (largest === null) return "–";
  const doubt = settled ? "" : " ?";
  if (reached === null) return `> ${formatCount(largest.nClients)}${doubt}`;
  const from = below === null ? "≤ " : `${formatCount(below.nClients)}–`;
  return `${from}${formatCount(reached.nClients)}${doubt}`;
}

/** What the short answers of a table mean, of the signs that occur in it: "the exact N, or the two N of the grid …". */
export function shortAnswerKey(answers: readonly GridAnswer[]): string {
  const onGrid = answers.filter((answer) => answer.exact === null);
  const texts = onGrid.map(shortAnswer);
  const kinds = [
    ...(onGrid.length < answers.length ? ["the exact N"] : []),
    ...(onGrid.length > 0 ? ["the two N of the grid it lies between"] : []),
  ];
  const signs = [
    ["≤", "already the smallest"],
    [">", "not even the largest"],
    ["?", "the Monte-Carlo error leaves it open"],
  ].filter(([sign]) => texts.some((text) => text.includes(sign)));
  const legend = signs.map(([sign, meaning]) => `${sign}: ${meaning}`).join("; ");
  return `${kinds.join(", or ")}${legend === "" ? "" : ` (${legend})`}`;
}

/** The answer as a clause that follows the name of a test: "needs N = 532 (exact calculation)". */
export function answerClause(answer: GridAnswer): string {
  const { reached, below, smallest, largest, exact, target, settled } = answer;
  if (exact !== null) return `needs ${countWords(exact.n)} (exact calculation)${offGrid(answer, exact)}`;
  if (smallest === null || largest === null) return "could not be judged: no replication could be fitted";
  const atLeast = `${formatPercent(target)} power`;
  const doubt = settled ? "" : "; more replications would settle it";
  if (reached === null) {
    return `stays below ${atLeast} up to ${countWords(largest.nClients)}, the largest of the grid (${powerWords(largest)}${doubt})`;
  }
  const at = `${countWords(reached.nClients)} (${powerWords(reached)})`;
  if (below === null) {
    return largest.nClients === reached.nClients
      ? `has at least ${atLeast} at ${at}${doubt}`
      : `needs at most ${at}, the smallest of the grid${doubt}`;
  }
  return `needs between ${countWords(below.nClients)} (${powerWords(below)}) and ${at}${doubt}`;
}

function offGrid({ smallest, largest }: GridAnswer, exact: SampleSize): string {
  if (smallest === null || largest === null) return "";
  if (smallest.nClients === largest.nClients) {
    return exact.n === largest.nClients ? "" : `; ${countWords(largest.nClients)} has ${powerWords(largest)}`;
  }
  if (exact.n > largest.nClients) {
    return `; the grid ends at ${countWords(largest.nClients)} (${powerWords(largest)})`;
  }
  if (exact.n < smallest.nClients) {
    return `; the grid starts at ${countWords(smallest.nClients)} (${powerWords(smallest)})`;
  }
  return "";
}

/**
 * The answers of several series as a clause, smallest to largest: "needs N = 352 (PGI) to 592 (QOLI) (exact calculation)".
 *
 * @param seriesList with ab ≠ 0, at least one
 */
export function rangeClause(seriesList: readonly Series[], test: RateName, target: number): string {
  const answers = seriesList.map((series) => ({ series, answer: gridAnswer(series, test, target) }));
  const found = answers
    .flatMap(({ series, answer }) => {
      const n = answer.exact?.n ?? answer.reached?.nClients;
      return n === undefined ? [] : [{ series, answer, n }];
    })
    .sort((one, other) => one.n - other.n);
  if (found.length === 0) return "reaches it in no series at any N of the grid";
  const isExact = found.every(({ answer }) => answer.exact !== null);
  const end = (n: number) => {
    const own = found.filter((one) => one.n === n);
    const text = shortAnswer({ ...own[0].answer, settled: true }).replace(/^≤ (.*)/, "$1 or fewer");
    const labels = joinWords(own.map(({ series }) => series.label));
    return `${text} (${own.length > 2 || labels.length > MAX_LABEL ? `${formatCount(own.length)} series` : labels})`;
  };
  const [least, most] = [found[0].n, found[found.length - 1].n];
  const range = `N\u00a0=\u00a0${least === most ? end(least) : `${end(least)} to ${end(most)}`}`;
  const nMissing = answers.length - found.length;
  const missing =
    nMissing === 0
      ? ""
      : `; ${formatCount(nMissing)} of the ${formatCount(answers.length)} series ${nMissing === 1 ? "does" : "do"} not reach it on the grid`;
  return `needs ${range}, ${isExact ? "by exact calculation" : "read off the grid"}${missing}`;
}

function countWords(count: number): string {
  return `N\u00a0=\u00a0${formatCount(count)}`;
}

/** The name of a test inside a sentence, with its article. */
export function testInProse(rate: RateName): string {
  const { test, estimator } = partsOf(rate);
  const by = estimator === "ols" ? "" : ` ${ESTIMATOR_WORDS[estimator].prose}`;
  return inProse(test as PowerTest) + by;
}

function inProse(test: PowerTest): string {
  const name = styleOf(test).name;
  if (test === "jointSignificance") return "joint significance";
  if (test === "monteCarlo") return "the Monte-Carlo interval";
  if (test === "productDistribution") return "the product-distribution interval";
  if (test === "bcaBootstrap") return "the BCa bootstrap";
  if (test === "sobel" || test === "aroian" || test === "goodman") return `the ${name} test`;
  return `the ${name[0].toLowerCase()}${name.slice(1)}`;
}

/** "power .806, 95 % interval .781 to .829" (the Monte-Carlo error), or "exact power .7981". */
export function powerWords(point: GridPoint): string {
  if (point.interval === null) return `exact power ${formatRate(point.power, 4)}`;
  return `power ${formatRate(point.power)}, 95\u00a0% interval ${formatRate(point.interval[0])} to ${formatRate(point.interval[1])}`;
}

function gridPoint(nClients: number, result: TestSummary): GridPoint {
  return result.exact === null
    ? { nClients, power: result.power, interval: result.ci }
    : { nClients, power: result.exact, interval: null };
}

function straddles(interval: Interval | null, target: number): boolean {
  return interval !== null && interval[0] < target && target < interval[1];
}
