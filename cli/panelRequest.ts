import type { AnalysisTestName } from "../models/estimators/analysis/types.ts";
import type { PanelOptions } from "../models/estimators/analyzePanel.ts";
import { isBootstrapTest } from "../models/estimators/decisions.ts";
import type { PanelEstimatorName } from "../models/estimators/panel/lagEstimator.ts";
import type { ImputedAnalysis } from "../models/imputation/analyzeSets.ts";
import { suggestion } from "../models/scenario/nearestName.ts";
import { TEST_NAMES } from "../models/scenario/types.ts";
import {
  type AnalysisRequest,
  countOf,
  DEFAULT_SEED,
  estimatorOf,
  imputationOf,
  levelOf,
  MOST_RESAMPLES,
  methodOf,
} from "./analysisRequest.ts";
import { parseWaves, type Waves } from "./waves.ts";

/** Tests that need paths and their standard errors only. */
const PATH_TESTS: readonly AnalysisTestName[] = TEST_NAMES.filter((name) => !isBootstrapTest(name));

export type CheckedPanelRequest = {
  /** null where they are ill-formed. */
  readonly waves: Waves | null;
  readonly options: PanelOptions;
  /** null: rows with missing values are left out. */
  readonly imputation: ImputedAnalysis | null;
  readonly problems: readonly string[];
};

/** What `--waves` asks for: an analysis of its own, with the tests that paths alone can feed. */
export function checkPanelRequest(request: AnalysisRequest): CheckedPanelRequest {
  const { level = "0.95", draws = "20000", seed, x, m, y, reciprocal, resamples } = request;
  const { waves, problems: found } = parseWaves(request.waves ?? "");
  const problems = [...found];
  const given = Object.entries({ x, m, y, reciprocal, resamples }).filter(([, value]) => value !== undefined);
  if (given.length > 0)
    problems.push(`--waves is an analysis of its own: leave out ${given.map(([flag]) => `--${flag}`).join(", ")}`);
  const estimator = panelEstimatorOf(request, problems);
  const options = {
    tests: pathTestsOf(request, problems),
    level: levelOf(level, problems),
    draws: countOf("--draws", draws, 2, MOST_RESAMPLES, problems),
    seed: seed ?? DEFAULT_SEED,
    estimator,
    method: methodOf(request, estimator, problems),
  };
  return {
    waves: found.length > 0 ? null : waves,
    options,
    imputation: imputationOf(request, problems),
    problems,
  };
}

function panelEstimatorOf(request: AnalysisRequest, problems: string[]): PanelEstimatorName {
  if (request.estimator?.trim() === "withinBetween") {
    problems.push(
      "--estimator withinBetween is for one X that a team's clients share (2-1-1), not for a panel; use cr2 or mixed",
    );
    return "cr2";
  }
  const estimator = estimatorOf(request, problems);
  return estimator === "withinBetween" ? "cr2" : estimator;
}

/** All that paths feed, unless some are named; aroian and goodman only on request. */
function pathTestsOf({ tests }: AnalysisRequest, problems: string[]): readonly AnalysisTestName[] {
  const fedByPaths = PATH_TESTS.filter((name) => name !== "aroian" && name !== "goodman");
  const named = tests === undefined ? fedByPaths : [...new Set(tests.split(",").map((name) => name.trim()))];
  for (const name of named)
    if (!PATH_TESTS.some((test) => test === name))
      problems.push(`--tests: no test "${name}" of a lagged indirect effect${suggestion(name, PATH_TESTS)}`);
  return PATH_TESTS.filter((test) => named.includes(test));
}
