import { chiSquareQuantileTable } from "../../sim/numerics/quantileTable.ts";
import type { Key } from "../../sim/random/address.ts";
import { fillNormals } from "../../sim/random/fill.ts";
import type { StudyData } from "../estimators/types.ts";
import { WHAT } from "../what.ts";
import { type Population, treatedCount } from "./population.ts";

/**
 * Plays the path model row by row: the columns that a study of n clients would have observed.
 * Client i's draws are addressed by i, so the first n clients of a larger study are the same people.
 * With a binary X, clients 0 … k − 1 have X = 1 (k fixed by design): who they are makes no difference.
 *
 * @param population the path model (`populationOf`)
 * @param skew       skewness of both residuals, in [-2, 2]
 * @param n          number of clients
 * @returns a function of the replication's key; its columns are overwritten by the next call
 */
export function createStudyGenerator(
  population: Population,
  skew: { readonly m: number; readonly y: number },
  n: number,
): (key: Key) => StudyData {
  const { coefficients, variances, nCovariates } = population;
  const { a, b, cPrime, f, g } = coefficients;
  const x = new Float64Array(n);
  const m = new Float64Array(n);
  const y = new Float64Array(n);
  const composite = new Float64Array(n);
  const draws = new Float64Array(n);
  const covariates = Array.from({ length: nCovariates }, () => new Float64Array(n));
  const perCovariate = nCovariates > 0 ? 1 / Math.sqrt(nCovariates) : 0;
  const shapeM = residualShape(skew.m);
  const shapeY = residualShape(skew.y);
  const sdM = Math.sqrt(variances.e1);
  const sdY = Math.sqrt(variances.e2);

  return (key) => {
    if (population.x.distribution === "normal") fillNormals(x, key, WHAT.predictor, 0);
    else x.fill(0).fill(1, 0, treatedCount(n, population.x.share));

    composite.fill(0);
    for (let j = 0; j < nCovariates; j++) {
      fillNormals(covariates[j], key, WHAT.covariates, j);
      for (let i = 0; i < n; i++) composite[i] += covariates[j][i] * perCovariate;
    }
    fillNormals(draws, key, WHAT.mediatorResidual, 0);
    for (let i = 0; i < n; i++) m[i] = a * x[i] + f * composite[i] + sdM * shapeM(draws[i]);
    fillNormals(draws, key, WHAT.outcomeResidual, 0);
    for (let i = 0; i < n; i++) y[i] = cPrime * x[i] + b * m[i] + g * composite[i] + sdY * shapeY(draws[i]);

    // Error comes last: the outcome grew from the true mediator, not from its measurement.
    addError(x, variances.xErr, key, WHAT.predictorError);
    addError(m, variances.mErr, key, WHAT.mediatorError);
    addError(y, variances.yErr, key, WHAT.outcomeError);
    return { n, x, m, y, covariates };
  };

  function addError(column: Float64Array, variance: number, key: Key, what: number): void {
    if (variance === 0) return;
    const sd = Math.sqrt(variance);
    fillNormals(draws, key, what, 0);
    for (let i = 0; i < n; i++) column[i] += sd * draws[i];
  }
}

/**
 * Turns a normal draw into a residual of mean 0, variance 1 and the given skewness, increasing in the draw:
 * (χ²_ν − ν)/√(2ν) has skewness √(8/ν), so ν = 8/skew²; mirrored for negative skew.
 */
function residualShape(skew: number): (z: number) => number {
  if (skew === 0) return (z) => z;
  const df = 8 / (skew * skew);
  const table = chiSquareQuantileTable(df);
  const sign = skew < 0 ? -1 : 1;
  const sd = Math.sqrt(2 * df);
  return (z) => (sign * (table.at(sign * z) - df)) / sd;
}
