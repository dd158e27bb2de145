import { describe, expect, it } from "vitest";
import { exactPower } from "../../models/exact/exactPower.ts";
import { exactCurvesOf } from "../../models/exactCurves.ts";
import type { PathsCondition, TestName } from "../../models/scenario/types.ts";
import { conditionWith } from "../scenarioFixture.ts";

const TESTS: readonly TestName[] = ["jointSignificance", "sobel", "monteCarlo", "productDistribution", "bcaBootstrap"];

function conditionsAt(counts: readonly number[], a = 0.14, b = 0.14): PathsCondition[] {
  return counts.map((nClients, index) => ({ ...conditionWith(nClients, TESTS, { a, b, cPrime: 0 }), index }));
}

const curvesAt = (counts: readonly number[], a?: number, b?: number) =>
  exactCurvesOf(
    conditionsAt(counts, a, b),
    counts.map(() => ({ tests: {} })),
    0.8,
  );

describe("exactCurvesOf", () => {
  const curves = curvesAt([100, 1000]);

  it("covers the tests of the exact engine, and no other", () => {
    expect(curves.map((curve) => curve.test)).toEqual(TESTS.slice(0, 4));
  });

  it("finds the smallest N to the unit, on the grid and beyond it", () => {
    for (const { test, smallest } of [...curves, ...curvesAt([50, 60]), ...curvesAt([900])]) {
      const power = (nClients: number) => exactPower({ ...conditionsAt([nClients])[0] }, test)!;
      expect(power(smallest!.n)).toBe(smallest!.power);
      expect(power(smallest!.n)).toBeGreaterThanOrEqual(0.8);
      expect(power(smallest!.n - 1)).toBeLessThan(0.8);
    }
  });

  it("asks for no N where ab = 0", () => {
    for (const { smallest, points } of curvesAt([50, 100], 0.3, 0)) {
      expect(smallest).toBeNull();
      expect(points.length).toBeGreaterThan(2);
    }
  });

  it("has the series' own N among rising points, none more than a factor of 1.25 or a 30th of the range apart", () => {
    for (const counts of [[100, 1000], [36, 50, 670], [10, 1_000_000], [311]]) {
      const sizes = curvesAt(counts)[0].points.map(([nClients]) => nClients);
      expect(sizes).toEqual([...sizes].sort((one, other) => one - other));
      expect(sizes).toEqual(expect.arrayContaining([...counts]));
      const widest = Math.max(1.25, (counts[counts.length - 1] / counts[0]) ** (1 / 30));
      // Rounding to whole clients moves a point by half of one.
      const steps = sizes.slice(1).map((size, index) => (size - 0.5) / (sizes[index] + 0.5));
      expect(Math.max(0, ...steps)).toBeLessThan(widest);
    }
  });

  it("takes the Monte-Carlo interval, with infinitely many draws, for that of the product distribution", () => {
    expect(curves[2].points).toEqual(curves[3].points);
    expect(curves[2].smallest).toEqual(curves[3].smallest);
  });

  it("does not calculate again what the summaries know", () => {
    const known = { jointSignificance: { exact: 0.123 } } as never;
    const [joint] = exactCurvesOf(conditionsAt([100, 1000]), [{ tests: known }, { tests: {} }], 0.8);
    expect(joint.points[0]).toEqual([100, 0.123]);
    expect(joint.points.at(-1)).toEqual(curves[0].points.at(-1));
  });

  it("keeps series apart by label and factors, and leaves out N that cannot be analysed", () => {
    const [one, other] = conditionsAt([100, 100]);
    const labelled = [
      { ...one, label: "first" },
      { ...other, label: "second", factors: { "paths.a": 0.14, nClients: 100 } },
    ];
    const both = exactCurvesOf(labelled, [{ tests: {} }, { tests: {} }], 0.8);
    expect(both.map((curve) => curve.label)).toEqual([...Array(4).fill("first"), ...Array(4).fill("second")]);
    expect(both[4].factors).toEqual({ "paths.a": 0.14 });
    expect(curvesAt([3, 60])[0].points[0][0]).toBeGreaterThan(3);
  });
});
