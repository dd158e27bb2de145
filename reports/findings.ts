import type { Interval } from "../models/estimators/types.ts";
import type { ExactCurve, TestSummary } from "../models/powerTypes.ts";
import type { TestName } from "../models/scenario/types.ts";
import { normalQuantile } from "../sim/numerics/normalQuantile.ts";
import { formatCount, formatPercent, formatRate } from "./format.ts";
import type { Series } from "./series.ts";
import { TEST_STYLES } from "./testNames.ts";

/** Where on its grid a series first reaches the target power, by one test. */
export type GridAnswer = {
  readonly test: TestName;
  readonly target: number;
  /** The smallest N of the grid whose power is at least the target; null when none is. */
  readonly reached: GridPoint | null;
  /** The N of the grid just below; null when the smallest already reaches, or there is no grid. */
  readonly below: GridPoint | null;
  readonly largest: GridPoint | null;
  /** False when the Monte-Carlo interval at `reached`, `below` or, if none reaches, `largest` straddles the target. */
  readonly settled: boolean;
  /** Where the exact curve crosses the target, rounded up; null without a curve or crossing. */
  readonly exactN: number | null;
};

/** One power of the grid. `interval` is the 95 % Monte-Carlo interval, or null where `power` is exact. */
export type GridPoint = { readonly nClients: number; readonly power: number; readonly interval: Interval | null };

/**
 * The smallest N of the grid that reaches the target, per test; the exact power decides wherever there is one.
 *
 * @param target power sought, in (0, 1)
 */
export function gridAnswer(series: Series, test: TestName, target: number): GridAnswer {
  const grid = series.points.flatMap(({ summary }) => {
    const result = summary.tests[test];
    return result === undefined || Number.isNaN(result.exact ?? result.power)
      ? []
      : [gridPoint(summary.nClients, result)];
  });
  const position = grid.findIndex((point) => point.power >= target);
  const reached = position < 0 ? null : grid[position];
  const below = position > 0 ? grid[position - 1] : null;
  const largest = grid.at(-1) ?? null;
  const deciding = reached === null ? [largest] : [reached, below];
  return {
    test,
    target,
    reached,
    below,
    largest,
    settled: deciding.every((point) => point === null || !straddles(point.interval, target)),
    exactN: exactCrossing(
      series.exactCurves.find((curve) => curve.test === test),
      target,
    ),
  };
}

/**
 * The answer in a few characters: "532" (exact), "500–600" (it lies between these N of the grid), "≤ 100" (the smallest
 * already reaches), "> 1,000" (the largest does not); " ?" where the Monte-Carlo error leaves it open.
 */
export function shortAnswer({ reached, below, largest, exactN, settled }: GridAnswer): string {
  if (exactN !== null) return formatCount(exactN);
  if (largest === null) return "–";
  const doubt = settled ? "" : " ?";
  if (reached === null) return `> ${formatCount(largest.nClients)}${doubt}`;
  const from = below === null ? "≤ " : `${formatCount(below.nClients)}–`;
  return `${from}${formatCount(reached.nClients)}${doubt}`;
}

/** The answer as a clause that follows the name of a test: "needs about N = 532 (exact calculation)". */
export function answerClause({ reached, below, largest, exactN, target, settled }: GridAnswer): string {
  if (exactN !== null) return `needs about ${countWords(exactN)} (exact calculation)`;
  if (largest === null) return "could not be judged: no replication could be fitted";
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

function countWords(count: number): string {
  return `N\u00a0=\u00a0${formatCount(count)}`;
}

/** The name of a test inside a sentence, with its article. */
export function testInProse(test: TestName): string {
  const name = TEST_STYLES[test].name;
  if (test === "jointSignificance") return "joint significance";
  if (test === "monteCarlo") return "the Monte-Carlo interval";
  if (test === "productDistribution") return "the product-distribution interval";
  if (test === "bcaBootstrap") return "the BCa bootstrap";
  if (test === "sobel" || test === "aroian" || test === "goodman") return `the ${name} test`;
  return `the ${name[0].toLowerCase()}${name.slice(1)}`;
}

/** "power .806, 95 % interval .781 to .829" (the Monte-Carlo error), or "exact power .7981". */
export function powerWords(point: GridPoint): string {
  if (point.interval === null) return `exact power ${formatRate(point.power)}`;
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

/**
 * Where an exact curve reaches the target, rounded up: between two of its points, the normal quantile of the power is taken
 * as linear in √N, which it nearly is (off by less than 1 % of N for points up to a factor of 1.5 apart). Null without a
 * crossing between points that close.
 */
function exactCrossing(curve: ExactCurve | undefined, target: number): number | null {
  if (curve === undefined) return null;
  const points = [...curve.points].sort((p, q) => p[0] - q[0]);
  const above = points.findIndex(([, power]) => power >= target);
  if (above <= 0) return null;
  const [n0, power0] = points[above - 1];
  const [n1, power1] = points[above];
  if (n1 > 1.5 * n0 || !(power0 > 0 && power1 < 1)) return null;
  const [z0, z1] = [normalQuantile(power0), normalQuantile(power1)];
  const root = Math.sqrt(n0) + ((normalQuantile(target) - z0) / (z1 - z0)) * (Math.sqrt(n1) - Math.sqrt(n0));
  return Math.ceil(root * root - 1e-9);
}
