import { normalQuantile } from "../../sim/numerics/normalQuantile.ts";
import { type Population, populationOf } from "../paths/population.ts";
import type { PathParameters, PowerTest } from "../scenario/types.ts";
import { productBoundary, sobelBoundary } from "./boundary.ts";
import { boundaryPower } from "./boundaryPower.ts";
import { jointSignificancePower } from "./jointSignificancePower.ts";
import { smallStatisticsPower } from "./smallStatistics.ts";
import { fewestClients, studyDesign } from "./studyDesign.ts";

/** What the power of a test depends on; a `Condition` is one. */
export type PowerQuestion = {
  readonly nClients: number;
  readonly paths: PathParameters;
  readonly analysis: { readonly level: number };
};

/**
 * Power of a test of ab without random numbers, by quadrature over the sufficient statistics of the two regressions.
 *
 * Covers the normal-theory tests on populations with `normalTheory`, at nClients ≥ covariates + 4, and for goodman levels above
 * 0.683; monteCarlo means infinitely many draws and equals productDistribution. At a·b = 0 the power is the type I error.
 *
 * @returns rejection probability; null where the engine does not apply. Measured error (steps halved twice, and against R:
 *          test/oracle/exact): below 1e-8 for nClients ≥ covariates + 20, below 1e-6 down to covariates + 4
 * @throws  RangeError where the population does not exist (`populationProblem`)
 * @source  the regressions' exact sampling theory: W ⟂ RSS_M ⟂ RSS_Y given X; test/oracle/exact/README.md derives it
 */
export function exactPower({ nClients, paths, analysis }: PowerQuestion, test: PowerTest): number | null {
  const population = populationOf(paths);
  if (nClients < fewestClients(population.nCovariates) || !hasExactPower(population, analysis.level, test)) return null;
  const power = rejectionProbability(population, nClients, analysis.level, test);
  return power === null ? null : Math.min(1, power);
}

/** Whether the exact engine covers a test on a population, at any number of clients. */
export function hasExactPower(population: Population, level: number, test: PowerTest): boolean {
  if (!population.normalTheory) return false;
  switch (test) {
    case "jointSignificance":
    case "sobel":
    case "aroian":
    case "monteCarlo":
    case "productDistribution":
      return true;
    case "goodman":
      return criticalZ(level) > 1;
    case "percentileBootstrap":
    case "biasCorrectedBootstrap":
    case "bcaBootstrap":
    case "clusterBootstrap":
      return false;
  }
}

/** @param refine divides every step of the quadrature: for checks of its error */
export function rejectionProbability(
  population: Population,
  nClients: number,
  level: number,
  test: PowerTest,
  refine = 1,
): number | null {
  const design = studyDesign(population, nClients);
  const c = criticalZ(level);
  switch (test) {
    case "jointSignificance":
      return jointSignificancePower(design, level, refine);
    case "sobel":
      return boundaryPower(design, sobelBoundary(c, 0), refine);
    case "aroian":
      return boundaryPower(design, sobelBoundary(c, 1), refine);
    case "goodman":
      return boundaryPower(design, sobelBoundary(c, -1), refine) + smallStatisticsPower(design, c, refine);
    case "monteCarlo":
    case "productDistribution":
      return boundaryPower(design, productBoundary(1 - level), refine);
    case "percentileBootstrap":
    case "biasCorrectedBootstrap":
    case "bcaBootstrap":
    case "clusterBootstrap":
      return null;
  }
}

function criticalZ(level: number): number {
  return -normalQuantile((1 - level) / 2);
}
