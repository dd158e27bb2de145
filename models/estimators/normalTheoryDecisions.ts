import { normalQuantile } from "../../sim/numerics/normalQuantile.ts";
import { productExcludesZero, productIntervalContains } from "../../sim/numerics/productNormal.ts";
import { tQuantile } from "../../sim/numerics/studentT.ts";
import type { TestName } from "../scenario/types.ts";
import type { BootstrapTestName } from "./bootstrapDecision.ts";
import { CONTAINS, REJECTS, UNDEFINED } from "./decisions.ts";

/** The tests that need nothing but the two paths and their standard errors. */
export type NormalTheoryTest = Exclude<TestName, BootstrapTestName>;

/** Decision of one test about one fit: bits REJECTS and CONTAINS, or UNDEFINED. */
export type PathDecision = (a: number, seA: number, b: number, seB: number) => number;

/**
 * The decision rule of a test, made once per condition and applied to every replication: the same decision as the test's
 * interval or p value, at a fraction of the cost. `monteCarlo` is its exact infinite-draw rule: its interval's limits
 * tend to the product distribution's, so that no draws are needed.
 *
 * @param level    confidence level in (0, 1)
 * @param dfA, dfB residual degrees of freedom of the two equations
 * @param estimand true indirect effect, for coverage
 */
export function pathDecisionRule(
  test: NormalTheoryTest,
  level: number,
  dfA: number,
  dfB: number,
  estimand: number,
): PathDecision {
  const alpha = 1 - level;
  const z = normalQuantile((1 + level) / 2);
  const ruleWithVariance =
    (secondOrder: number): PathDecision =>
    (a, seA, b, seB) => {
      const variance = a * a * seB * seB + b * b * seA * seA + secondOrder * seA * seA * seB * seB;
      if (!(variance > 0)) return UNDEFINED;
      const half = z * Math.sqrt(variance);
      return (Math.abs(a * b) > half ? REJECTS : 0) | (Math.abs(a * b - estimand) <= half ? CONTAINS : 0);
    };
  switch (test) {
    case "jointSignificance": {
      const criticalA = tQuantile((1 + level) / 2, dfA);
      const criticalB = tQuantile((1 + level) / 2, dfB);
      return (a, seA, b, seB) => (Math.abs(a) > criticalA * seA && Math.abs(b) > criticalB * seB ? REJECTS : 0);
    }
    case "sobel":
      return ruleWithVariance(0);
    case "aroian":
      return ruleWithVariance(1);
    case "goodman":
      return ruleWithVariance(-1);
    case "monteCarlo":
    case "productDistribution":
      return (a, seA, b, seB) =>
        (productExcludesZero(a / seA, b / seB, alpha) ? REJECTS : 0) |
        (productIntervalContains(estimand, { a, seA, b, seB }, alpha) ? CONTAINS : 0);
  }
}
