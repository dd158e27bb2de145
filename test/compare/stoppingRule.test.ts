// When is a difference known well enough? Closed forms and edges; numbers from R are in test/oracle/compare.
import { describe, expect, it } from "vitest";
import { pairedDifference } from "../../models/compare/pairedDifference.ts";
import { checkpointsOf, isPreciseEnough, runsNeeded, toleranceOf } from "../../models/compare/stoppingRule.ts";

describe("looks", () => {
  it("are at fixed numbers of replications, whatever the budget: a smaller one only ends them", () => {
    const long = checkpointsOf(5_000);
    expect(long[0]).toBe(30);
    for (const [i, n] of long.slice(1, -1).entries()) expect(n - long[i]).toBe(Math.ceil(long[i] / 10));
    const short = checkpointsOf(100);
    expect(short).toEqual([...long.filter((n) => n < 100), 100]);
    expect(checkpointsOf(30)).toEqual([30]);
    expect(checkpointsOf(2)).toEqual([2]);
  });
});

describe("precise enough", () => {
  it("by hand: differences 0, 1 and 2 have mean 1, SD 1, half-width 4.302653/√3", () => {
    const found = pairedDifference([10, 10, 10], [10, 11, 12]);
    expect(found.difference).toBe(1);
    expect(found.sd).toBe(1);
    const half = 4.30265272974946 / Math.sqrt(3);
    expect(found.ci[0]).toBeCloseTo(1 - half, 9);
    expect(found.varianceRatio).toBe(1);
    expect(isPreciseEnough(found, half / 10 + 1e-9)).toBe(true);
    expect(isPreciseEnough(found, half / 10 - 1e-9)).toBe(false);
  });

  it("is a share of the base's value, of a unit where the base is 0", () => {
    expect(toleranceOf(-50, 0.01)).toBe(0.5);
    expect(toleranceOf(0, 0.01)).toBe(0.01);
  });

  it("pairs without a value are counted, and raise the replications that are needed", () => {
    const nan = Number.NaN;
    const found = pairedDifference([1, nan, 2, 3, 4, nan], [2, 5, nan, 3, 7, nan]);
    expect([found.nPairs, found.nUndefined, found.base, found.value]).toEqual([3, 3, 8 / 3, 4]);
    const complete = pairedDifference([1, 3, 4], [2, 3, 7]);
    expect(runsNeeded(found, 1)).toBe(2 * runsNeeded(complete, 1));
  });

  it("nothing is asked of a figure that is never defined, and nothing varies where nothing differs", () => {
    const never = pairedDifference([Number.NaN, Number.NaN], [1, 2]);
    expect(isPreciseEnough(never, 0.01)).toBe(true);
    expect([never.difference, never.mcse, runsNeeded(never, 1)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    const constant = pairedDifference([1, 2, 3], [3, 4, 5]);
    expect([constant.mcse, constant.varianceRatio, runsNeeded(constant, 0.01)]).toEqual([
      0,
      Number.POSITIVE_INFINITY,
      2,
    ]);
  });
});
