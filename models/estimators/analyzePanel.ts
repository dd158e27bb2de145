import { keyOf } from "../../sim/random/address.ts";
import { testPaths } from "./analysis/testIndirect.ts";
import type { AnalysisTestName, IndirectTests } from "./analysis/types.ts";
import { coefficientTest } from "./cluster/coefficientTest.ts";
import {
  crossLagged,
  describeLagFailure,
  type LagEquation,
  type LagFailure,
  type LaggedIndirect,
  type NoLaggedIndirect,
  type PanelData,
  type PanelRoles,
} from "./crossLagged.ts";
import type { Coefficient, NamedCoefficient } from "./regressionTable.ts";

/** What the columns of a panel are called: waves[t][v]. */
export type PanelNames = {
  readonly waves: readonly (readonly string[])[];
  readonly covariates: readonly string[];
};

export type PanelOptions = {
  readonly tests: readonly AnalysisTestName[];
  /** Confidence level in (0, 1). */
  readonly level: number;
  /** Draws of the Monte-Carlo interval, ≥ 1. */
  readonly draws: number;
  readonly seed: string;
};

/** One equation, or why it has no estimates. */
export type NamedEquation = { readonly wave: number; readonly response: string } & (
  | {
      readonly coefficients: readonly NamedCoefficient[];
      readonly intercept: number;
      readonly rSquared: number;
      readonly residualVariance: number;
      readonly df: number;
    }
  | { readonly failure: string }
);

/** One indirect effect across time with its tests, or why there is none. */
export type NamedIndirect = {
  /** Columns of X, M and Y. */
  readonly through: readonly [x: string, m: string, y: string];
  /** Column of M from which path b starts: M's own, or with two waves the one a wave earlier. */
  readonly bFrom: string;
  readonly design: LaggedIndirect["design"];
} & (
  | {
      readonly estimate: number;
      readonly paths: { readonly a: Coefficient; readonly b: Coefficient };
      /** Of the estimates of a and b; the tests take it as 0. */
      readonly correlation: number;
      readonly tests: IndirectTests;
    }
  | { readonly failure: string }
);

/** A cross-lagged panel analysis, as `analyze --waves --json` prints it. Waves count from 1. */
export type PanelAnalysis = {
  readonly n: number;
  readonly level: number;
  readonly waves: readonly (readonly string[])[];
  readonly covariates: readonly string[];
  readonly equations: readonly NamedEquation[];
  readonly indirect: readonly NamedIndirect[];
};

export type PanelAnalysisFailure = { readonly ok: false; readonly because: string };

/** Predictor, mediator and outcome are the first three variables of a wave; of two, the first is the outcome as well. */
function rolesOf(nVariables: number): PanelRoles {
  return { x: 0, m: 1, y: nVariables === 2 ? 0 : 2 };
}

/**
 * The cross-lagged panel model of named columns, and the tests that feed on the paths of each lagged indirect effect.
 *
 * @param data  at least two waves, each with the same variables, at least two
 * @returns the analysis; or why there is none. Single equations that cannot be fitted say so where they would stand
 */
export function analyzePanel(
  data: PanelData,
  names: PanelNames,
  { tests, level, draws, seed }: PanelOptions,
): PanelAnalysis | PanelAnalysisFailure {
  const roles = rolesOf(names.waves[0].length);
  const result = crossLagged(data, roles, level);
  if (!result.ok) return { ok: false, because: describeLagFailure(result, names) };
  const isTwoWaves = names.waves.length === 2;
  const indirect = result.indirect.map((one, index): NamedIndirect => {
    const later = isTwoWaves ? 1 : one.wave + 2;
    const through = [
      names.waves[one.wave][roles.x],
      names.waves[one.wave + 1][roles.m],
      names.waves[later][roles.y],
    ] as const;
    const design = isTwoWaves ? "halfLongitudinal" : "sequential";
    const bFrom = names.waves[later - 1][roles.m];
    return { through, bFrom, design, ...indirectOf(one, index) };
  });
  function indirectOf(one: LaggedIndirect | NoLaggedIndirect, index: number) {
    if (!one.ok) return { failure: describeLagFailure(one.because, names) };
    const { paths, estimate, correlation } = one;
    return {
      estimate,
      paths: {
        a: coefficientTest(paths.a, paths.seA, paths.dfA, level),
        b: coefficientTest(paths.b, paths.seB, paths.dfB, level),
      },
      correlation,
      tests: testPaths(paths, tests, level, draws, keyOf(seed, index)),
    };
  }
  const equations = result.equations.flatMap((fits, from) =>
    fits.map((fit, variable) => namedEquation(fit, from, variable, names)),
  );
  return { n: data.n, level, waves: names.waves, covariates: names.covariates, equations, indirect };
}

function namedEquation(
  fit: LagEquation | LagFailure,
  from: number,
  variable: number,
  names: PanelNames,
): NamedEquation {
  const place = { wave: from + 2, response: names.waves[from + 1][variable] };
  if (!fit.ok) return { ...place, failure: describeLagFailure(fit, names) };
  const { intercept, lags, covariates, rSquared, residualVariance, df } = fit;
  const coefficients = [
    ...lags.map((lag, index) => ({ name: names.waves[from][index], ...lag })),
    ...covariates.map((slope, index) => ({ name: names.covariates[index], ...slope })),
  ];
  return { ...place, intercept, coefficients, rSquared, residualVariance, df };
}
