import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Population } from "../../models/paths/population.ts";
import { populationOf, populationProblem, treatedCount } from "../../models/paths/population.ts";
import type { PathParameters } from "../../models/scenario/types.ts";
import { NO_TEAMS, NOTHING_MISSING, ONE_OCCASION } from "../scenarioFixture.ts";

const plain: PathParameters = {
  a: 0.3,
  b: 0.4,
  cPrime: 0.1,
  standardized: false,
  x: { distribution: "normal" },
  residualSd: { m: 1, y: 1 },
  covariates: { n: 0, rSquaredM: 0, rSquaredY: 0 },
  reliability: { x: 1, m: 1, y: 1 },
  residualSkew: { m: 0, y: 0 },
  teams: NO_TEAMS,
  waves: ONE_OCCASION,
  missing: NOTHING_MISSING,
};

// The brute-force side: every variable is a row of loadings on independent sources, every moment a sum over sources.
type Loadings = readonly number[];

type World = {
  readonly sourceVariances: readonly number[];
  readonly covariates: readonly Loadings[];
  readonly x: Loadings;
  readonly m: Loadings;
  readonly y: Loadings;
  readonly xObs: Loadings;
  readonly mObs: Loadings;
  readonly yObs: Loadings;
};

function worldOf(population: Population): World {
  const q = population.nCovariates;
  const { a, b, cPrime, f, g } = population.coefficients;
  const v = population.variances;
  const sourceVariances = [v.x, ...new Array<number>(q).fill(1), v.e1, v.e2, v.xErr, v.mErr, v.yErr];
  const unit = (position: number) => sourceVariances.map((_, i) => (i === position ? 1 : 0));
  const combine = (...terms: readonly (readonly [number, Loadings])[]) =>
    sourceVariances.map((_, i) => terms.reduce((sum, [weight, row]) => sum + weight * row[i], 0));
  const covariates = Array.from({ length: q }, (_, i) => unit(1 + i));
  const composite = combine(...covariates.map((c) => [1 / Math.sqrt(q), c] as const));
  const x = unit(0);
  const m = combine([a, x], [f, composite], [1, unit(q + 1)]);
  const y = combine([cPrime, x], [b, m], [g, composite], [1, unit(q + 2)]);
  return {
    sourceVariances,
    covariates,
    x,
    m,
    y,
    xObs: combine([1, x], [1, unit(q + 3)]),
    mObs: combine([1, m], [1, unit(q + 4)]),
    yObs: combine([1, y], [1, unit(q + 5)]),
  };
}

function covariance(world: World, left: Loadings, right: Loadings): number {
  return world.sourceVariances.reduce((sum, variance, i) => sum + variance * left[i] * right[i], 0);
}

/** Population regression by Gaussian elimination with pivoting on the normal equations. */
function regress(world: World, outcome: Loadings, predictors: readonly Loadings[]) {
  const p = predictors.length;
  const rows = predictors.map((left) => [
    ...predictors.map((right) => covariance(world, left, right)),
    covariance(world, left, outcome),
  ]);
  for (let column = 0; column < p; column++) {
    const pivot = rows
      .slice(column)
      .reduce((best, row) => (Math.abs(row[column]) > Math.abs(best[column]) ? row : best));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(column, 0, pivot);
    for (let r = 0; r < p; r++) {
      if (r === column) continue;
      const factor = rows[r][column] / pivot[column];
      for (let c = column; c <= p; c++) rows[r][c] -= factor * pivot[c];
    }
  }
  const slopes = rows.map((row, i) => row[p] / row[i]);
  const explained = predictors.reduce((sum, row, i) => sum + slopes[i] * covariance(world, row, outcome), 0);
  return { slopes, explained, residual: covariance(world, outcome, outcome) - explained };
}

const anyParameters: fc.Arbitrary<PathParameters> = fc.record({
  a: fc.double({ min: -0.6, max: 0.6, noNaN: true }),
  b: fc.double({ min: -0.6, max: 0.6, noNaN: true }),
  cPrime: fc.double({ min: -0.3, max: 0.3, noNaN: true }),
  standardized: fc.boolean(),
  x: fc.oneof(
    fc.constant({ distribution: "normal" as const }),
    fc.record({ distribution: fc.constant("binary" as const), share: fc.double({ min: 0.1, max: 0.9, noNaN: true }) }),
  ),
  residualSd: fc.record({
    m: fc.double({ min: 0.2, max: 5, noNaN: true }),
    y: fc.double({ min: 0.2, max: 5, noNaN: true }),
  }),
  covariates: fc.oneof(
    fc.constant({ n: 0, rSquaredM: 0, rSquaredY: 0 }),
    fc.record({
      n: fc.integer({ min: 1, max: 9 }),
      rSquaredM: fc.double({ min: 0, max: 0.4, noNaN: true }),
      rSquaredY: fc.double({ min: 0, max: 0.2, noNaN: true }),
    }),
  ),
  reliability: fc.record({
    x: fc.double({ min: 0.3, max: 1, noNaN: true }),
    m: fc.double({ min: 0.3, max: 1, noNaN: true }),
    y: fc.double({ min: 0.3, max: 1, noNaN: true }),
  }),
  residualSkew: fc.constant({ m: 0, y: 0 }),
  teams: fc.constant(NO_TEAMS),
  waves: fc.constant(ONE_OCCASION),
  missing: fc.constant(NOTHING_MISSING),
});

describe("populationOf agrees with the covariance matrix of its own variables", () => {
  it("whatever the parameters", () => {
    fc.assert(
      fc.property(anyParameters, (paths) => {
        fc.pre(populationProblem(paths) === null);
        const population = populationOf(paths);
        const world = worldOf(population);
        const { covariates } = world;
        const varM = covariance(world, world.m, world.m);
        const varY = covariance(world, world.y, world.y);

        if (paths.standardized) {
          expect(varM).toBeCloseTo(1, 10);
          expect(varY).toBeCloseTo(1, 10);
          const sdX = Math.sqrt(population.variances.x);
          const full = regress(world, world.y, [world.x, world.m, ...covariates]);
          expect(full.slopes[0] * sdX).toBeCloseTo(paths.cPrime, 9);
          expect(full.slopes[1]).toBeCloseTo(paths.b, 9);
          expect(regress(world, world.m, [world.x, ...covariates]).slopes[0] * sdX).toBeCloseTo(paths.a, 9);
        } else {
          expect(regress(world, world.m, [world.x, ...covariates]).residual).toBeCloseTo(paths.residualSd.m ** 2, 9);
          expect(regress(world, world.y, [world.x, world.m, ...covariates]).residual).toBeCloseTo(
            paths.residualSd.y ** 2,
            8,
          );
        }
        if (paths.covariates.n > 0) {
          expect(regress(world, world.m, covariates).explained / varM).toBeCloseTo(paths.covariates.rSquaredM, 10);
          expect(regress(world, world.y, covariates).explained / varY).toBeCloseTo(paths.covariates.rSquaredY, 10);
        }
        expect(population.estimand).toBe(population.coefficients.a * population.coefficients.b);

        const reliabilityOf = (truth: Loadings, observed: Loadings) =>
          covariance(world, truth, truth) / covariance(world, observed, observed);
        expect(reliabilityOf(world.x, world.xObs)).toBeCloseTo(paths.reliability.x, 10);
        expect(reliabilityOf(world.m, world.mObs)).toBeCloseTo(paths.reliability.m, 10);
        expect(reliabilityOf(world.y, world.yObs)).toBeCloseTo(paths.reliability.y, 10);

        const mediator = regress(world, world.mObs, [world.xObs, ...covariates]);
        expect(population.aObs).toBeCloseTo(mediator.slopes[0], 9);
        expect(population.veObs / mediator.residual).toBeCloseTo(1, 9);
        const outcome = regress(world, world.yObs, [world.xObs, world.mObs, ...covariates]);
        expect(population.cPrimeObs).toBeCloseTo(outcome.slopes[0], 9);
        expect(population.bObs).toBeCloseTo(outcome.slopes[1], 9);
        expect(population.vyObs / outcome.residual).toBeCloseTo(1, 9);
      }),
      { numRuns: 500, seed: 20071 },
    );
  });
});

describe("populationOf", () => {
  it("is its input where nothing is hidden", () => {
    expect(populationOf(plain)).toMatchObject({
      coefficients: { a: 0.3, b: 0.4, cPrime: 0.1, f: 0, g: 0 },
      variances: { x: 1, e1: 1, e2: 1, xErr: 0, mErr: 0, yErr: 0 },
      estimand: 0.12,
      aObs: 0.3,
      bObs: 0.4,
      veObs: 1,
      vyObs: 1,
      normalTheory: true,
    });
  });

  it("reads a standardized a on a binary X as per SD of X", () => {
    const population = populationOf({ ...plain, standardized: true, x: { distribution: "binary", share: 0.2 } });
    expect(population.coefficients.a).toBeCloseTo(0.3 / 0.4, 14);
    expect(population.coefficients.b).toBe(0.4);
  });

  it("says where normal theory ends", () => {
    const binary = { distribution: "binary", share: 0.5 } as const;
    const noisyX = { x: 0.8, m: 1, y: 1 };
    expect(populationOf({ ...plain, x: binary }).normalTheory).toBe(true);
    expect(populationOf({ ...plain, x: binary, reliability: { x: 1, m: 0.7, y: 0.7 } }).normalTheory).toBe(true);
    expect(populationOf({ ...plain, reliability: noisyX }).normalTheory).toBe(true);
    expect(populationOf({ ...plain, x: binary, reliability: noisyX }).normalTheory).toBe(false);
    expect(populationOf({ ...plain, residualSkew: { m: 0, y: 0.5 } }).normalTheory).toBe(false);
  });
});

describe("populationProblem", () => {
  it.each([
    [{ standardized: true, a: 1 }, "a² + rSquaredM must stay below 1"],
    [
      { standardized: true, a: 0.8, covariates: { n: 2, rSquaredM: 0.5, rSquaredY: 0 } },
      "standardized a = 0.8 and covariates.rSquaredM = 0.5 explain 1.14 of the variance of M",
    ],
    [{ standardized: true, a: 0.6, b: 0.7, cPrime: 0.5 }, "of the variance of Y"],
    [{ covariates: { n: 0, rSquaredM: 0.2, rSquaredY: 0 } }, "covariates.n is 0, but rSquaredM is 0.2"],
    [{ residualSd: { m: 0, y: 1 } }, "residualSd.m must be above 0, got 0"],
    [{ residualSd: { m: 1, y: -2 } }, "residualSd.y must be above 0, got -2"],
  ])("%j", (change, words) => {
    const paths = { ...plain, ...change };
    expect(populationProblem(paths)).toContain(words);
    expect(() => populationOf(paths)).toThrow(RangeError);
  });

  it("is silent about a population that exists", () => {
    expect(populationProblem(plain)).toBeNull();
    expect(populationProblem({ ...plain, standardized: true, a: 0.999, b: 0, cPrime: 0 })).toBeNull();
  });
});

describe("treatedCount", () => {
  it("rounds to the nearest client, halves up, and leaves nobody alone", () => {
    expect([10, 11, 25].map((n) => treatedCount(n, 0.5))).toEqual([5, 6, 13]);
    expect([4, 10, 15, 24].map((n) => treatedCount(n, 0.1))).toEqual([1, 1, 2, 2]);
    expect(treatedCount(5, 0.99)).toBe(4);
  });
});
