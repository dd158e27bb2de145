import { keyOf, type Key, streamOf } from "../../sim/random/address.ts";
import type { TestName } from "../scenario/types.ts";
import { WHAT } from "../what.ts";
import {
  bcaBootstrap,
  biasCorrectedBootstrap,
  type BootstrapDistribution,
  bootstrapDistribution,
  type BootstrapTest,
  type CorrectedBootstrapTest,
  percentileBootstrap,
} from "./bootstrapIntervals.ts";
import { isBootstrapTest } from "./decisions.ts";
import { type EffectSizes, effectSizes } from "./effectSizes.ts";
import {
  type ColumnNames,
  fitMediation,
  M_INDEX,
  type MediationFailure,
  type MediationFit,
  pathsOf,
  X_INDEX,
} from "./fitMediation.ts";
import { accelerationOf, jackknifeIndirect } from "./jackknife.ts";
import { type JointSignificance, jointSignificance } from "./jointSignificance.ts";
import { type MonteCarloTest, monteCarlo } from "./monteCarlo.ts";
import { type ProductDistributionTest, productDistribution } from "./productDistribution.ts";
import { type Coefficient, type RegressionTable, regressionTable, slopeOf } from "./regressionTable.ts";
import { createIndirectBootstrap } from "./resampleIndirect.ts";
import { type SobelTest, type SobelVariant, sobel } from "./sobel.ts";
import type { StudyData } from "./types.ts";

export type AnalysisOptions = {
  readonly tests: readonly TestName[];
  /** Confidence level in (0, 1). */
  readonly level: number;
  /** Bootstrap resamples, ≥ 1. */
  readonly resamples: number;
  /** Draws of the Monte-Carlo interval, ≥ 1. */
  readonly draws: number;
  readonly seed: string;
};

/** A test that does not exist for these data (`sobel`). */
export type NoTest = {
  readonly se: null;
  readonly z: null;
  readonly p: null;
  readonly ci: null;
  readonly significant: false;
};

export type IndirectTests = {
  readonly jointSignificance?: JointSignificance;
  readonly sobel?: SobelTest | NoTest;
  readonly aroian?: SobelTest | NoTest;
  readonly goodman?: SobelTest | NoTest;
  readonly monteCarlo?: MonteCarloTest;
  readonly productDistribution?: ProductDistributionTest;
  readonly percentileBootstrap?: BootstrapTest;
  readonly biasCorrectedBootstrap?: CorrectedBootstrapTest;
  readonly bcaBootstrap?: CorrectedBootstrapTest;
};

/** A mediation analysis, as `analyze --json` prints it. */
export type Analysis = {
  readonly n: number;
  readonly level: number;
  readonly x: string;
  readonly m: string;
  readonly y: string;
  readonly covariates: readonly string[];
  readonly cluster: null;
  readonly paths: {
    readonly a: Coefficient;
    readonly b: Coefficient;
    readonly cPrime: Coefficient;
    readonly c: Coefficient;
  };
  readonly rSquared: { readonly m: number; readonly y: number };
  readonly indirect: {
    readonly estimate: number;
    readonly partiallyStandardized: number;
    readonly completelyStandardized: number;
    readonly tests: IndirectTests;
    /** null when no bootstrap was asked for. */
    readonly bootstrap: {
      readonly se: number;
      readonly mean: number;
      readonly nResamples: number;
      readonly nDegenerate: number;
    } | null;
  };
  readonly effectSizes: EffectSizes;
  readonly models: { readonly m: RegressionTable; readonly y: RegressionTable; readonly total: RegressionTable };
};

/**
 * Mediation analysis of one study: three regressions, effect sizes, and the tests of the indirect effect that are asked for.
 * The bootstrap tests share one set of resamples. Same data, options and version: same bits.
 *
 * @returns the analysis, or why the study could not be fitted
 */
export function analyze(data: StudyData, names: ColumnNames, options: AnalysisOptions): Analysis | MediationFailure {
  const fit = fitMediation(data);
  if (!fit.ok) return fit;
  const { level } = options;
  const sizes = effectSizes(fit);
  const models = {
    m: regressionTable(fit.mediator, names, level),
    y: regressionTable(fit.outcome, names, level),
    total: regressionTable(fit.total, names, level),
  };
  const { a, b } = pathsOf(fit);
  const key = keyOf(options.seed, 0);
  const distribution = options.tests.some(isBootstrapTest) ? resample(data, a * b, options.resamples, key) : null;
  return {
    n: data.n,
    level,
    ...names,
    cluster: null,
    paths: {
      a: slopeOf(fit.mediator, X_INDEX, level),
      b: slopeOf(fit.outcome, M_INDEX, level),
      cPrime: slopeOf(fit.outcome, X_INDEX, level),
      c: slopeOf(fit.total, X_INDEX, level),
    },
    rSquared: { m: models.m.rSquared, y: models.y.rSquared },
    indirect: {
      estimate: a * b,
      partiallyStandardized: sizes.partiallyStandardized,
      completelyStandardized: sizes.completelyStandardized,
      tests: testIndirect(fit, distribution, options, key),
      bootstrap: distribution && {
        se: distribution.se,
        mean: distribution.mean,
        nResamples: distribution.nResamples,
        nDegenerate: distribution.nDegenerate,
      },
    },
    effectSizes: sizes,
    models,
  };
}

function resample(data: StudyData, estimate: number, count: number, key: Key): BootstrapDistribution {
  const values = new Float64Array(count);
  createIndirectBootstrap(data).resample(streamOf(key, WHAT.bootstrapRows), 0, count, values);
  return bootstrapDistribution(values, estimate);
}

function testIndirect(
  fit: MediationFit,
  distribution: BootstrapDistribution | null,
  { tests, level, draws }: AnalysisOptions,
  key: Key,
): IndirectTests {
  const paths = pathsOf(fit);
  const results: { -readonly [Name in keyof IndirectTests]: IndirectTests[Name] } = {};
  for (const test of tests) {
    switch (test) {
      case "jointSignificance":
        results.jointSignificance = jointSignificance(paths, level);
        break;
      case "sobel":
      case "aroian":
      case "goodman":
        results[test] = sobelOrNone(fit, level, test);
        break;
      case "monteCarlo":
        results.monteCarlo = monteCarlo(paths, level, draws, key);
        break;
      case "productDistribution":
        results.productDistribution = productDistribution(paths, level);
        break;
      case "percentileBootstrap":
        if (distribution) results.percentileBootstrap = percentileBootstrap(distribution, level);
        break;
      case "biasCorrectedBootstrap":
        if (distribution) results.biasCorrectedBootstrap = biasCorrectedBootstrap(distribution, level);
        break;
      case "bcaBootstrap":
        if (distribution) {
          results.bcaBootstrap = bcaBootstrap(distribution, level, accelerationOf(jackknifeIndirect(fit)));
        }
        break;
    }
  }
  return results;
}

function sobelOrNone(fit: MediationFit, level: number, variant: SobelVariant): SobelTest | NoTest {
  return sobel(pathsOf(fit), level, variant) ?? { se: null, z: null, p: null, ci: null, significant: false };
}
