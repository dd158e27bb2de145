import type { Key } from "../../../sim/random/address.ts";
import { jointSignificance } from "../jointSignificance.ts";
import { monteCarlo } from "../monteCarlo.ts";
import { productDistribution } from "../productDistribution.ts";
import { type SobelTest, type SobelVariant, sobel } from "../sobel.ts";
import type { PathFit } from "../types.ts";
import type { AnalysisTestName, IndirectTests, NoTest, Paths } from "./types.ts";

/**
 * The tests of ab that any fit's paths, standard errors and degrees of freedom can feed; bootstraps are passed over.
 *
 * @param level confidence level in (0, 1)
 * @param draws of the Monte-Carlo interval, ≥ 1
 * @param key   key of the analysis, for these draws
 */
export function testPaths(
  paths: PathFit,
  tests: readonly AnalysisTestName[],
  level: number,
  draws: number,
  key: Key,
): IndirectTests {
  const results: { -readonly [Name in keyof IndirectTests]: IndirectTests[Name] } = {};
  for (const test of tests) {
    switch (test) {
      case "jointSignificance":
        results.jointSignificance = jointSignificance(paths, level);
        break;
      case "sobel":
      case "aroian":
      case "goodman":
        results[test] = sobelOrNone(paths, level, test);
        break;
      case "monteCarlo":
        results.monteCarlo = monteCarlo(paths, level, draws, key);
        break;
      case "productDistribution":
        results.productDistribution = productDistribution(paths, level);
        break;
      case "percentileBootstrap":
      case "biasCorrectedBootstrap":
      case "bcaBootstrap":
      case "clusterBootstrap":
        break;
    }
  }
  return results;
}

/** Both paths of the indirect effect, as tests take them. */
export function pathFitOf({ a, b }: Pick<Paths, "a" | "b">): PathFit {
  return { a: a.estimate, seA: a.se, dfA: a.df, b: b.estimate, seB: b.se, dfB: b.df };
}

function sobelOrNone(paths: PathFit, level: number, variant: SobelVariant): SobelTest | NoTest {
  return sobel(paths, level, variant) ?? { se: null, z: null, p: null, ci: null, significant: false };
}
