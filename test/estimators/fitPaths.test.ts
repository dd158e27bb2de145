// Is the fast fit of a power run the fit of the full analysis?
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitMediation, pathsOf } from "../../models/estimators/fitMediation.ts";
import { fitPaths } from "../../models/estimators/fitPaths.ts";
import type { StudyData } from "../../models/estimators/types.ts";
import { keyOf, normalAt } from "../../sim/random/address.ts";

function study(seed: number, n: number, nCovariates: number, offset: number): StudyData {
  const key = keyOf("fitPaths", seed);
  const column = (what: number) => Float64Array.from({ length: n }, (_, i) => normalAt(key, i, what, 0));
  const x = column(0);
  const covariates = Array.from({ length: nCovariates }, (_, j) => column(10 + j).map((z) => offset + z));
  const m = column(1).map((e, i) => offset + 0.3 * x[i] + (covariates[0]?.[i] ?? 0) + e);
  const y = column(2).map((e, i) => 0.4 * m[i] - 0.2 * x[i] + e);
  return { n, x, m, y, covariates };
}

describe("fitPaths", () => {
  it("agrees with the QR fit of the full analysis to rounding", () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 1, max: 200 }),
        fc.constantFrom(0, 100),
        (seed, nCovariates, extra, offset) => {
          const data = study(seed, nCovariates + 5 + extra, nCovariates, offset);
          const fast = fitPaths(data);
          const full = fitMediation(data);
          if (fast === null || !full.ok) throw new Error("not fitted");
          const reference = pathsOf(full);
          for (const name of ["a", "seA", "b", "seB"] as const)
            expect(Math.abs(fast[name] - reference[name])).toBeLessThan(
              1e-9 * (Math.abs(reference[name]) + reference.seA),
            );
          expect([fast.dfA, fast.dfB]).toEqual([reference.dfA, reference.dfB]);
        },
      ),
    );
  });

  it("fails where nothing can be fitted: too few cases, a constant, a copy", () => {
    const data = study(1, 20, 1, 0);
    expect(fitPaths(study(1, 4, 1, 0))).toBeNull();
    expect(fitPaths({ ...data, x: new Float64Array(20).fill(3) })).toBeNull();
    expect(fitPaths({ ...data, x: data.covariates[0] })).toBeNull();
    expect(fitPaths({ ...data, y: data.m.map((m, i) => m + data.x[i]) })).toBeNull();
  });
});
