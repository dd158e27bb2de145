import { keyOf } from "../../sim/random/address.ts";
import { clusterCounts } from "./analysis/summariseClusters.ts";
import { testPaths } from "./analysis/testIndirect.ts";
import type {
  AnalysisTestName,
  ClusterCounts,
  Clustering,
  ImputedValues,
  IndirectTests,
  MixedPart,
} from "./analysis/types.ts";
import { coefficientTest } from "./cluster/coefficientTest.ts";
import { crossLagged } from "./crossLagged.ts";
import type { Method } from "./mixed/restrictedLikelihood.ts";
import { describeLagFailure } from "./panel/describeLagFailure.ts";
import { lagEstimator, type PanelEstimatorName } from "./panel/lagEstimator.ts";
import type {
  CrossLagged,
  LagEquation,
  LagFailure,
  LaggedIndirect,
  NoLaggedIndirect,
  PanelData,
  PanelNames,
  PanelRoles,
} from "./panel/types.ts";
import type { Coefficient, NamedCoefficient } from "./regressionTable.ts";

export type PanelOptions = {
  readonly tests: readonly AnalysisTestName[];
  /** Confidence level in (0, 1). */
  readonly level: number;
  /** Draws of the Monte-Carlo interval, ≥ 1. */
  readonly draws: number;
  readonly seed: string;
  readonly estimator: PanelEstimatorName;
  /** Of mixed models. */
  readonly method: Method;
};

/** One equation, or why it has no estimates. */
export type NamedEquation = { readonly wave: number; readonly response: string } & (
  | {
      readonly coefficients: readonly NamedCoefficient[];
      readonly intercept: number;
      /** Of ordinary regression, as `residualVariance` and `df`; means over imputed data sets. */
      readonly rSquared: number;
      readonly residualVariance: number;
      readonly df: number;
      /** null unless the equation is a mixed model. */
      readonly mixed: MixedPart | null;
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
      /** Of the estimates of a and b, null where it is not known; the tests take it as 0. */
      readonly correlation: number | null;
      readonly fractionMissing: LaggedIndirect["fractionMissing"];
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
  readonly cluster: string | null;
  readonly estimator: PanelEstimatorName;
  /** null but with mixed models. */
  readonly method: Method | null;
  readonly clusters: ClusterCounts | null;
  readonly imputation: ImputedValues | null;
  readonly equations: readonly NamedEquation[];
  readonly indirect: readonly NamedIndirect[];
};

export type PanelAnalysisFailure = { readonly ok: false; readonly because: string };

/** Predictor, mediator and outcome are the first three variables of a wave; of two, the first is the outcome as well. */
export function rolesOf({ waves }: PanelNames): PanelRoles {
  return { x: 0, m: 1, y: waves[0].length === 2 ? 0 : 2 };
}

/** Coefficients of each equation, the constant included. */
export function countCoefficients({ waves, covariates }: PanelNames): number {
  return waves[0].length + covariates.length + 1;
}

/**
 * The cross-lagged panel model of named columns, and the tests that feed on the paths of each lagged indirect effect.
 *
 * @param data       at least two waves, each with the same variables, at least two
 * @param clustering needed by cluster-robust and mixed estimators
 * @returns the analysis; or why there is none. Single equations that cannot be fitted say so where they would stand
 */
export function analyzePanel(
  data: PanelData,
  names: PanelNames,
  options: PanelOptions,
  clustering: Clustering | null = null,
): PanelAnalysis | PanelAnalysisFailure {
  const estimator = lagEstimator(options, clustering, countCoefficients(names));
  if ("ok" in estimator) return estimator;
  const result = crossLagged(data, rolesOf(names), options.level, estimator);
  if (!result.ok) return { ok: false, because: describeLagFailure(result, names) };
  return namePanel(result, names, options, clustering, null);
}

/** The panel in the columns' names, and the tests of its indirect effects. */
export function namePanel(
  { n, equations, indirect }: CrossLagged,
  names: PanelNames,
  { tests, level, draws, seed, estimator, method }: PanelOptions,
  clustering: Clustering | null,
  imputation: ImputedValues | null,
): PanelAnalysis {
  const { waves, covariates } = names;
  const roles = rolesOf(names);
  const isTwoWaves = waves.length === 2;
  const say = (failure: LagFailure) => describeLagFailure(failure, names, clustering?.name);
  const testsOf = (one: LaggedIndirect | NoLaggedIndirect, index: number) => {
    if (!one.ok) return { failure: say(one.because) };
    const { paths, estimate, correlation, fractionMissing } = one;
    const a = coefficientTest(paths.a, paths.seA, paths.dfA, level);
    const b = coefficientTest(paths.b, paths.seB, paths.dfB, level);
    const own = testPaths(paths, tests, level, draws, keyOf(seed, index));
    return { estimate, paths: { a, b }, correlation, fractionMissing, tests: own };
  };
  return {
    n,
    level,
    waves,
    covariates,
    cluster: clustering?.name ?? null,
    estimator,
    method: estimator === "mixed" ? method : null,
    clusters: clustering && clusterCounts(clustering),
    imputation,
    equations: equations.flatMap((fits, from) =>
      fits.map((fit, variable): NamedEquation => {
        const place = { wave: from + 2, response: waves[from + 1][variable] };
        return { ...place, ...(fit.ok ? namedEquation(fit, from, names) : { failure: say(fit) }) };
      }),
    ),
    indirect: indirect.map((one, index): NamedIndirect => {
      const later = isTwoWaves ? 1 : one.wave + 2;
      const through = [waves[one.wave][roles.x], waves[one.wave + 1][roles.m], waves[later][roles.y]] as const;
      const design = isTwoWaves ? "halfLongitudinal" : "sequential";
      return { through, bFrom: waves[later - 1][roles.m], design, ...testsOf(one, index) };
    }),
  };
}

function namedEquation(fit: LagEquation, from: number, names: PanelNames) {
  const { intercept, lags, covariates, rSquared, residualVariance, df, mixed } = fit;
  const coefficients = [
    ...lags.map((lag, index) => ({ name: names.waves[from][index], ...lag })),
    ...covariates.map((slope, index) => ({ name: names.covariates[index], ...slope })),
  ];
  return { intercept, coefficients, rSquared, residualVariance, df, mixed };
}
