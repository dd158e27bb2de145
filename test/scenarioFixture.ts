import type { AnalysisPlan, PathParameters, PathsCondition, PowerTest } from "../models/scenario/types.ts";

/** Path parameters of the textbook model with the given changes. */
export function pathsWith(changes: Partial<PathParameters> = {}): PathParameters {
  return {
    a: 0.3,
    b: 0.3,
    cPrime: 0.1,
    standardized: false,
    x: { distribution: "normal" },
    residualSd: { m: 1, y: 1 },
    covariates: { n: 0, rSquaredM: 0, rSquaredY: 0 },
    reliability: { x: 1, m: 1, y: 1 },
    residualSkew: { m: 0, y: 0 },
    teams: { count: 0, iccM: 0, iccY: 0, xBetween: 0 },
    ...changes,
  };
}

export function conditionWith(
  nClients: number,
  tests: readonly PowerTest[],
  changes: Partial<PathParameters> = {},
  plan: Partial<AnalysisPlan> = {},
): PathsCondition {
  const analysis: AnalysisPlan = {
    tests,
    estimators: ["ols"],
    level: 0.95,
    bootstrap: { resamples: 999, curtail: true },
    ...plan,
  };
  return { index: 0, generator: "paths", factors: { nClients }, nClients, paths: pathsWith(changes), analysis };
}
