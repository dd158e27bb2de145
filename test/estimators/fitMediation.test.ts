import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeFailure, fitMediation, pathsOf } from "../../models/estimators/fitMediation.ts";
import { accelerationOf, jackknifeIndirect } from "../../models/estimators/jackknife.ts";
import type { StudyData } from "../../models/estimators/types.ts";
import { keyOf, normalAt } from "../../sim/random/address.ts";

const NAMES = { x: "fidelity", m: "rpr", y: "qol", covariates: ["age", "gender"] };

function study(seed: string, n: number, nCovariates = 2): StudyData {
  const key = keyOf(seed, 0);
  const draw = (what: number) => Float64Array.from({ length: n }, (_, i) => normalAt(key, i, what, 0));
  const x = draw(1);
  const m = draw(2).map((e, i) => 0.4 * x[i] + e);
  const y = draw(3).map((e, i) => 0.3 * m[i] + 0.1 * x[i] + e);
  return { n, x, m, y, covariates: Array.from({ length: nCovariates }, (_, j) => draw(4 + j)) };
}

function fitted(data: StudyData) {
  const fit = fitMediation(data);
  if (!fit.ok) throw new Error(describeFailure(fit, NAMES));
  return fit;
}

function failure(data: StudyData): string {
  const fit = fitMediation(data);
  return fit.ok ? "fitted" : describeFailure(fit, NAMES);
}

describe("fitMediation", () => {
  const data = study("failures", 30);
  const ones = new Float64Array(30).fill(3);

  it.each([
    ["too few cases", study("few", 5), "5 complete cases are too few: this model needs at least 6"],
    ["constant X", { ...data, x: ones }, "singular design matrix: fidelity takes 1 value"],
    ["constant M", { ...data, m: ones }, "singular design matrix: rpr takes 1 value"],
    ["constant Y", { ...data, y: ones }, "singular design matrix: qol takes 1 value"],
    ["constant covariate", { ...data, covariates: [data.y, ones] }, "singular design matrix: gender takes 1 value"],
    [
      "X again as covariate",
      { ...data, covariates: [data.x, data.y] },
      "singular design matrix: age is a linear combination of the other predictors",
    ],
    [
      "covariate twice",
      { ...data, covariates: [data.covariates[0], data.covariates[0].map((v) => 7 - 2 * v)] },
      "singular design matrix: gender is a linear combination of the other predictors",
    ],
    [
      "M made of X and a covariate",
      { ...data, m: data.x.map((v, i) => 2 * v - data.covariates[1][i] + 1) },
      "the predictors determine rpr exactly: with residuals of zero nothing can be tested",
    ],
    [
      "Y made of M",
      { ...data, y: data.m.map((v) => 3 * v) },
      "the predictors determine qol exactly: with residuals of zero nothing can be tested",
    ],
  ])("says why there is no fit: %s", (_, bad, message) => {
    expect(failure(bad)).toContain(message);
  });

  it("fits the smallest study that leaves one degree of freedom", () => {
    const fit = fitted(study("smallest", 6));
    expect(fit.outcome.fit.df).toBe(1);
    expect(pathsOf(fit).dfA).toBe(2);
  });

  it("total = direct + indirect", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 8, max: 60 }), fc.integer({ min: 0, max: 3 }), (seed, n, q) => {
        const fit = fitted(study(seed, n, q));
        const { a, b } = pathsOf(fit);
        const total = fit.total.fit.coefficients[0];
        const direct = fit.outcome.fit.coefficients[0];
        expect(Math.abs(total - direct - a * b)).toBeLessThan(
          1e-12 * (Math.abs(total) + Math.abs(direct) + Math.abs(a * b)),
        );
      }),
      { numRuns: 200, seed: 6 },
    );
  });

  it("origins and units change the paths as they must, t values not at all", () => {
    const offset = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const unit = fc.constantFrom(1e-7, 0.01, 1, 3, 1e7);
    fc.assert(
      fc.property(
        fc.string(),
        fc.tuple(offset, offset, offset, offset),
        fc.tuple(unit, unit, unit, unit),
        (seed, o, u) => {
          const plain = study(seed, 25, 1);
          const move = (column: Float64Array, j: number) => column.map((v) => (v + o[j]) * u[j]);
          const moved = {
            n: 25,
            x: move(plain.x, 0),
            m: move(plain.m, 1),
            y: move(plain.y, 2),
            covariates: [move(plain.covariates[0], 3)],
          };
          const before = pathsOf(fitted(plain));
          const after = pathsOf(fitted(moved));
          // Adding 10⁶ rounds the data themselves to 10⁻¹⁰.
          const same = (actual: number, expected: number) =>
            expect(Math.abs(actual - expected)).toBeLessThan(1e-7 * (1 + Math.abs(expected)));
          same((after.a * u[0]) / u[1], before.a);
          same((after.b * u[1]) / u[2], before.b);
          same(after.a / after.seA, before.a / before.seA);
          same(after.b / after.seB, before.b / before.seB);
        },
      ),
      { numRuns: 200, seed: 7 },
    );
  });
});

describe("jackknife", () => {
  it("of a case that a covariate absorbs is the estimate itself", () => {
    const plain = study("dummy", 20, 0);
    const dummy = new Float64Array(20);
    dummy[4] = 1;
    const fit = fitted({ ...plain, covariates: [dummy] });
    const { a, b } = pathsOf(fit);
    const values = jackknifeIndirect(fit);
    expect(values[4]).toBeCloseTo(a * b, 12);
    expect(accelerationOf(values)).not.toBeNull();
  });

  it("cannot be had where X rests on one case, and then there is no acceleration", () => {
    const plain = study("one treated", 20, 0);
    const x = new Float64Array(20);
    x[7] = 1;
    const values = jackknifeIndirect(fitted({ ...plain, x }));
    expect(values[7]).toBeNaN();
    expect(values.filter(Number.isNaN)).toHaveLength(1);
    expect(accelerationOf(values)).toBeNull();
  });

  it("acceleration is Σd³ / 6(Σd²)^1.5: by hand for 1, 2, 6", () => {
    // Mean 3: d = 2, 1, −3; Σd³ = −18, Σd² = 14.
    expect(accelerationOf(Float64Array.of(1, 2, 6))).toBeCloseTo(-18 / (6 * 14 * Math.sqrt(14)), 14);
    expect(accelerationOf(Float64Array.of(5, 5, 5))).toBeNull();
  });
});
