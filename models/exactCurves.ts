import { exp, log } from "../sim/numerics/elementary.ts";
import { exactPower, hasExactPower } from "./exact/exactPower.ts";
import { fewestClients } from "./exact/studyDesign.ts";
import { populationOf } from "./paths/population.ts";
import type { ConditionSummary, ExactCurve } from "./powerTypes.ts";
import { approximateN, type SampleSize, smallestN } from "./sampleSize/smallestN.ts";
import type { PathsCondition, PowerTest } from "./scenario/types.ts";

/**
 * N of neighbouring points differ by at most this factor. Power moves with √N, so that a smooth line through points as
 * close as this leaves the true curve by less than a drawing shows.
 */
const LARGEST_STEP = 1.25;
/** Where N spans so much that this takes more points, they lie further apart. */
const MOST_STEPS = 30;

/**
 * Exact power over the number of clients, and the smallest number that reaches the target, for every series of conditions
 * that differ in nothing else and every test that the exact engine covers.
 *
 * @param summaries of the conditions, in the same order: their exact powers are not calculated again
 * @param target    power sought, in (0, 1)
 */
export function exactCurvesOf(
  conditions: readonly PathsCondition[],
  summaries: readonly Pick<ConditionSummary, "tests">[],
  target: number,
): ExactCurve[] {
  const series = new Map<string, number[]>();
  conditions.forEach((condition, index) => {
    const { nClients: _, ...others } = condition.factors;
    const key = JSON.stringify([condition.label, others]);
    series.set(key, [...(series.get(key) ?? []), index]);
  });
  return [...series.values()].flatMap((indices) => {
    const own = indices.map((index) => ({ nClients: conditions[index].nClients, tests: summaries[index].tests }));
    return curvesOfSeries(conditions[indices[0]], own, target);
  });
}

function curvesOfSeries(
  { label, factors: { nClients: _, ...factors }, paths, analysis }: PathsCondition,
  own: readonly Pick<ConditionSummary, "nClients" | "tests">[],
  target: number,
): ExactCurve[] {
  const population = populationOf(paths);
  const sizes = sizesFor(own.map(({ nClients }) => nClients));
  const found = new Map<PowerTest, Pick<ExactCurve, "points" | "smallest">>();
  for (const test of analysis.tests.filter((one) => hasExactPower(population, analysis.level, one))) {
    // With infinitely many draws the Monte-Carlo interval is that of the product distribution.
    const twin = test === "monteCarlo" ? "productDistribution" : test === "productDistribution" ? "monteCarlo" : test;
    const known = new Map(own.map(({ nClients, tests }) => [nClients, tests[test]?.exact ?? null]));
    const power = (nClients: number) => {
      const value = known.get(nClients) ?? exactPower({ nClients, paths, analysis }, test) ?? Number.NaN;
      known.set(nClients, value);
      return value;
    };
    found.set(test, found.get(twin) ?? { points: pointsOf(sizes, power), smallest: smallestOf(power) });
  }
  return [...found].map(([test, curve]) => ({ ...(label === undefined ? {} : { label }), factors, test, ...curve }));

  function smallestOf(power: (nClients: number) => number): SampleSize | null {
    if (population.estimand === 0) return null;
    const start = approximateN(population, analysis.level, target);
    return smallestN(power, target, fewestClients(population.nCovariates), start);
  }
}

/** Below the fewest clients that can be analysed there is no power. */
function pointsOf(sizes: readonly number[], power: (nClients: number) => number): ExactCurve["points"] {
  return sizes.flatMap((nClients): [number, number][] => {
    const value = power(nClients);
    return Number.isNaN(value) ? [] : [[nClients, value]];
  });
}

/** The series' own N, and as many between them as the largest step asks for, evenly spaced in ln N. */
function sizesFor(own: readonly number[]): number[] {
  const sorted = [...own].sort((one, other) => one - other);
  const step = Math.max(log(LARGEST_STEP), log(sorted[sorted.length - 1] / sorted[0]) / MOST_STEPS);
  const between = sorted.slice(1).flatMap((high, index) => {
    const low = sorted[index];
    const nSteps = Math.ceil(log(high / low) / step - 1e-9);
    return Array.from({ length: nSteps - 1 }, (_, i) => Math.round(low * exp((log(high / low) * (i + 1)) / nSteps)));
  });
  return [...new Set([...sorted, ...between])].sort((one, other) => one - other);
}
