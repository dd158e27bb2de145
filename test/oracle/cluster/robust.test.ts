// Are robust standard errors and their degrees of freedom those of R's sandwich and clubSandwich?
import { describe, expect, it } from "vitest";
import { clusterRobust } from "../../../models/estimators/cluster/clusterRobust.ts";
import { coefficientTest } from "../../../models/estimators/cluster/coefficientTest.ts";
import { heteroskedasticityRobust } from "../../../models/estimators/cluster/heteroskedasticityRobust.ts";
import { factorize, fitResponse } from "../../../sim/numerics/leastSquares.ts";
import { orthonormalBasis } from "../../../sim/numerics/orthonormalBasis.ts";
import { CASES, close, type OracleCase, type RRobust } from "./cases.ts";

/** The worst found is 3e-13 (`marked`), badly scaled columns included. */
const BAR = 1e-11;
/** One client of `marked` has leverage 1, where sandwich divides rounding by rounding. */
const UNSTABLE: readonly string[] = ["HC2", "HC3", "HC4"];

function fitOf({ column, r }: OracleCase, response: "m" | "y") {
  const design = factorize(r[response].predictors.map(column));
  if (!design.ok) throw new Error(design.kind);
  return { fit: fitResponse(design, column(response)), basis: orthonormalBasis(design) };
}

function sameCovariance(covariance: Float64Array, { covariance: expected }: RRobust, what: string): void {
  const order = Math.sqrt(expected.length);
  for (let i = 0; i < order; i++)
    for (let j = 0; j < order; j++) {
      // Covariances near 0 are compared with the standard errors that they belong to.
      const r = expected[i * order + j];
      if (r === null) continue;
      const scale = Math.sqrt((expected[i * order + i] as number) * (expected[j * order + j] as number));
      const error = Math.abs(covariance[i * order + j] - r) / scale;
      if (!(error <= BAR)) expect.fail(`${what} [${i}, ${j}]: ${covariance[i * order + j]}, R says ${r}`);
    }
}

describe.each(CASES)("$name", (oracle) => {
  describe.each(["m", "y"] as const)("%s equation", (response) => {
    const { fit, basis } = fitOf(oracle, response);
    const { robust, estimate } = oracle.r[response];

    it.each(["HC0", "HC1", "HC2", "HC3", "HC4"] as const)("%s", (type) => {
      if (oracle.name === "marked" && UNSTABLE.includes(type)) return;
      sameCovariance(heteroskedasticityRobust(basis, fit.residuals, type), robust[type], type);
    });

    it.each(["CR0", "CR1", "CR1S", "CR2"] as const)("%s, its df and p", (type) => {
      const result = clusterRobust(basis, fit.residuals, oracle.teams, type);
      if (!result.ok) throw new Error(result.kind);
      sameCovariance(result.covariance, robust[type], type);
      for (let j = 0; j < basis.order; j++) {
        const df = result.satterthwaite(j);
        close(df, robust[type].df[j], BAR, `df ${j}`);
        const own = j === 0 ? fit.intercept : fit.coefficients[j - 1];
        close(own, estimate[j], BAR, `estimate ${j}`);
        const test = coefficientTest(own, Math.sqrt(result.covariance[j * basis.order + j]), df, 0.95);
        close(test.p, robust[type].p[j], 10 * BAR, `p ${j}`);
      }
    });
  });
});
