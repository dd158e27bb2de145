import { exactPower } from "./exact/exactPower.ts";
import type { ExactCurve } from "./powerTypes.ts";
import type { Condition } from "./scenario/types.ts";

/** Points of a curve: close enough together that straight lines between them look like the curve. */
const POINTS = 24;

/**
 * Exact power over the number of clients, for every series of conditions that differ in nothing else and every test that
 * the exact engine covers: from the smallest to the largest N of the series, evenly spaced, the series' own N among them.
 */
export function exactCurvesOf(conditions: readonly Condition[]): ExactCurve[] {
  const series = new Map<string, Condition[]>();
  for (const condition of conditions) {
    const { nClients: _, ...others } = condition.factors;
    const key = JSON.stringify([condition.label, others]);
    series.set(key, [...(series.get(key) ?? []), condition]);
  }
  return [...series.values()].flatMap(curvesOfSeries);
}

function curvesOfSeries(conditions: readonly Condition[]): ExactCurve[] {
  const [first] = conditions;
  const sizes = sizesFor(conditions.map((condition) => condition.nClients));
  if (sizes.length < 2) return [];
  const { nClients: _, ...factors } = first.factors;
  return first.analysis.tests.flatMap((test) => {
    const points: [number, number][] = [];
    for (const nClients of sizes) {
      const power = exactPower({ ...first, nClients }, test);
      if (power === null) return [];
      points.push([nClients, power]);
    }
    return [{ ...(first.label === undefined ? {} : { label: first.label }), factors, test, points }];
  });
}

function sizesFor(own: readonly number[]): number[] {
  const least = Math.min(...own);
  const most = Math.max(...own);
  const even = Array.from({ length: POINTS }, (_, i) => Math.round(least + ((most - least) * i) / (POINTS - 1)));
  return [...new Set([...own, ...even])].sort((a, b) => a - b);
}
