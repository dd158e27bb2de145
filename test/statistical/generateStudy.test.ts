// Do generated rows have the moments that the scenario asks for?
import { describe, expect, it } from "vitest";
import { createStudyGenerator } from "../../models/paths/generateStudy.ts";
import { populationOf } from "../../models/paths/population.ts";
import type { PathParameters } from "../../models/scenario/types.ts";
import { keyOf } from "../../sim/random/address.ts";
import { pathsWith } from "../scenarioFixture.ts";
import { expectWithin, seedFor } from "./expectStatistics.ts";

const N = 400_000;

function study(paths: PathParameters) {
  return createStudyGenerator(populationOf(paths), paths.residualSkew, N)(keyOf(seedFor("moments"), 3));
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function covariance(left: Float64Array, right: Float64Array): number {
  const [meanLeft, meanRight] = [mean(left), mean(right)];
  return mean(left.map((value, i) => (value - meanLeft) * (right[i] - meanRight)));
}

function skewness(values: Float64Array): number {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 3)) / covariance(values, values) ** 1.5;
}

describe("generated rows", () => {
  it("standardized: total variances of X, M and Y are 1, and covariates explain what they should", () => {
    const paths = pathsWith({
      standardized: true,
      a: 0.4,
      b: 0.3,
      covariates: { n: 4, rSquaredM: 0.1, rSquaredY: 0.25 },
    });
    const { x, m, y, covariates } = study(paths);
    for (const column of [x, m, y]) expectWithin(covariance(column, column), { truth: 1, mcse: Math.sqrt(2 / N) });
    expectWithin(covariance(x, m), { truth: 0.4, mcse: Math.sqrt((1 + 0.4 ** 2) / N) });
    const composite = x.map((_, i) => covariates.reduce((sum, column) => sum + column[i] / 2, 0));
    expectWithin(covariance(composite, m) ** 2, { truth: 0.1, mcse: 2 * Math.sqrt(0.1 / N) });
    expectWithin(covariance(composite, y) ** 2, { truth: 0.25, mcse: 2 * Math.sqrt(0.25 / N) });
  });

  it("reliability: the observed variance is the true variance divided by it", () => {
    const paths = pathsWith({ standardized: true, reliability: { x: 0.8, m: 0.5, y: 0.9 } });
    const { x, m, y } = study(paths);
    for (const [column, reliability] of [
      [x, 0.8],
      [m, 0.5],
      [y, 0.9],
    ] as const)
      expectWithin(covariance(column, column), { truth: 1 / reliability, mcse: Math.sqrt(2 / N) / reliability });
  });

  it("binary X: the allocation is exact", () => {
    const { x } = study(pathsWith({ x: { distribution: "binary", share: 0.3 } }));
    expect(x.reduce((sum, value) => sum + value, 0)).toBe(0.3 * N);
  });

  it("skewed residuals: mean 0, variance 1, the skewness asked for, on either side", () => {
    for (const skew of [-2, -0.5, 1, 2]) {
      const { m } = study(pathsWith({ a: 0, residualSkew: { m: skew, y: 0 } }));
      // Gamma residuals: excess kurtosis 1.5·skew²; the skewness of a sample varies with about √(6 + 18·skew²)/√N.
      expectWithin(mean(m), { truth: 0, mcse: 1 / Math.sqrt(N) });
      expectWithin(covariance(m, m), { truth: 1, mcse: Math.sqrt((2 + 1.5 * skew ** 2) / N) });
      expectWithin(skewness(m), { truth: skew, mcse: Math.sqrt((6 + 30 * skew ** 2) / N) });
    }
  });

  it("the first clients of a larger study are the same people", () => {
    const paths = pathsWith({ covariates: { n: 2, rSquaredM: 0.1, rSquaredY: 0.1 } });
    const population = populationOf(paths);
    const small = createStudyGenerator(population, paths.residualSkew, 10)(keyOf("nested", 1));
    const large = createStudyGenerator(population, paths.residualSkew, 100)(keyOf("nested", 1));
    expect([...large.y.subarray(0, 10)]).toEqual([...small.y]);
  });
});
