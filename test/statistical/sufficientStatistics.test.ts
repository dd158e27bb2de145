// Do studies sampled through sufficient statistics have the distribution of studies sampled row by row?
import { describe, expect, it } from "vitest";
import { fitPaths } from "../../models/estimators/fitPaths.ts";
import { createStudyGenerator } from "../../models/paths/generateStudy.ts";
import { populationOf } from "../../models/paths/population.ts";
import { createSufficientSampler, type PathColumns } from "../../models/paths/sufficientStatistics.ts";
import type { PathParameters } from "../../models/scenario/types.ts";
import { keyOf, seedKeyOf } from "../../sim/random/address.ts";
import { pathsWith } from "../scenarioFixture.ts";
import { KS_LIMIT, kolmogorovSmirnov, seedFor } from "./expectStatistics.ts";

const R = 8000;
const COLUMNS = ["a", "seA", "b", "seB"] as const;

function fromRows(paths: PathParameters, n: number, seed: string): PathColumns {
  const generate = createStudyGenerator(populationOf(paths), paths.residualSkew, n);
  const columns = {
    a: new Float64Array(R),
    seA: new Float64Array(R),
    b: new Float64Array(R),
    seB: new Float64Array(R),
  };
  for (let r = 0; r < R; r++) {
    const fit = fitPaths(generate(keyOf(seedFor(seed), r)));
    if (fit === null) throw new Error("not fitted");
    for (const column of COLUMNS) columns[column][r] = fit[column];
  }
  return columns;
}

const cases: [string, number, PathParameters][] = [
  ["textbook", 20, pathsWith()],
  ["smallest study", 4, pathsWith()],
  ["three covariates", 14, pathsWith({ covariates: { n: 3, rSquaredM: 0.2, rSquaredY: 0.3 } })],
  [
    "standardized, nine covariates",
    40,
    pathsWith({ standardized: true, covariates: { n: 9, rSquaredM: 0.07, rSquaredY: 0.25 } }),
  ],
  ["measurement error", 25, pathsWith({ a: 0.8, b: 0.6, reliability: { x: 0.7, m: 0.6, y: 0.8 } })],
  ["binary X", 16, pathsWith({ x: { distribution: "binary", share: 0.25 }, a: 1 })],
  [
    "binary X with covariates and unreliable M",
    16,
    pathsWith({
      x: { distribution: "binary", share: 0.5 },
      covariates: { n: 2, rSquaredM: 0.1, rSquaredY: 0.1 },
      reliability: { x: 1, m: 0.7, y: 1 },
    }),
  ],
];

describe(`rows and sufficient statistics agree in distribution (${R} replications, α = 1e-6 a column)`, () => {
  for (const [name, n, paths] of cases)
    it(name, () => {
      const rows = fromRows(paths, n, "rows");
      const sampled = createSufficientSampler(populationOf(paths), n)(seedKeyOf(seedFor("sufficient")), 0, R);
      for (const column of COLUMNS) expect(kolmogorovSmirnov(rows[column], sampled[column])).toBeLessThan(KS_LIMIT);
      const indirect = (fits: PathColumns) => fits.a.map((a, r) => a * fits.b[r]);
      expect(kolmogorovSmirnov(indirect(rows), indirect(sampled))).toBeLessThan(KS_LIMIT);
      const zOfA = (fits: PathColumns) => fits.a.map((a, r) => a / fits.seA[r]);
      expect(kolmogorovSmirnov(zOfA(rows), zOfA(sampled))).toBeLessThan(KS_LIMIT);
    });

  it("would notice a forgotten covariate, and a forgotten measurement error", () => {
    const rows = fromRows(pathsWith({ covariates: { n: 6, rSquaredM: 0, rSquaredY: 0 } }), 14, "rows");
    const without = createSufficientSampler(populationOf(pathsWith()), 14)(seedKeyOf(seedFor("sufficient")), 0, R);
    expect(kolmogorovSmirnov(rows.seA, without.seA)).toBeGreaterThan(KS_LIMIT);
    const unreliable = fromRows(pathsWith({ a: 0.8, reliability: { x: 0.8, m: 1, y: 1 } }), 25, "rows");
    const reliable = createSufficientSampler(populationOf(pathsWith({ a: 0.8 })), 25)(
      seedKeyOf(seedFor("sufficient")),
      0,
      R,
    );
    expect(kolmogorovSmirnov(unreliable.a, reliable.a)).toBeGreaterThan(KS_LIMIT);
  });
});
