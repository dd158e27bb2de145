import type { Key } from "../../../sim/random/address.ts";
import { effectSizesOf } from "../effectSizes.ts";
import type { ColumnNames } from "../fitMediation.ts";
import type { BootstrapTests } from "./bootstrapTests.ts";
import type { FittedStudy } from "./fitStudy.ts";
import { pathFitOf, testPaths } from "./testIndirect.ts";
import type { Analysis, AnalysisOptions, AnalysisTestName, ImputationSummary, IndirectTests } from "./types.ts";

/**
 * The whole analysis from what was estimated. ab is the product of the estimator's own paths; the tests that they feed
 * use its standard errors and degrees of freedom.
 *
 * @param bootstrap null where nothing can be resampled (imputed data)
 * @param key       key of the analysis, for the Monte-Carlo draws
 */
export function summarise(
  { n, estimator, own, ordinary, basis, clusters }: FittedStudy,
  names: ColumnNames,
  { tests, level, draws }: AnalysisOptions,
  bootstrap: BootstrapTests | null,
  imputation: ImputationSummary | null,
  key: Key,
): Analysis {
  const effectSizes = effectSizesOf(basis);
  const ownTests = testPaths(pathFitOf(own.paths), tests, level, draws, key);
  const { models } = ordinary;
  return {
    n,
    level,
    ...names,
    cluster: clusters?.column ?? null,
    estimator,
    paths: own.paths,
    rSquared: { m: models?.m.rSquared ?? Number.NaN, y: models?.y.rSquared ?? Number.NaN },
    indirect: {
      estimate: own.paths.a.estimate * own.paths.b.estimate,
      partiallyStandardized: effectSizes.partiallyStandardized,
      completelyStandardized: effectSizes.completelyStandardized,
      tests: inOrder({ ...ownTests, ...bootstrap?.tests }, tests),
      bootstrap: bootstrap?.cases
        ? {
            se: bootstrap.cases.se,
            mean: bootstrap.cases.mean,
            nResamples: bootstrap.cases.nResamples,
            nDegenerate: bootstrap.cases.nDegenerate,
          }
        : null,
    },
    effectSizes,
    models: own.models,
    clusters,
    ordinary:
      estimator === "ols"
        ? null
        : { paths: ordinary.paths, tests: testPaths(pathFitOf(ordinary.paths), tests, level, draws, key) },
    mixed: own.mixed,
    withinBetween: own.withinBetween,
    imputation,
  };
}

/** In the order in which the tests were asked for. */
function inOrder(results: IndirectTests, tests: readonly AnalysisTestName[]): IndirectTests {
  return Object.fromEntries(
    tests.filter((test) => results[test] !== undefined).map((test) => [test, results[test]]),
  ) as IndirectTests;
}
