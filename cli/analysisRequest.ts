import {
  ANALYSIS_TEST_NAMES,
  type AnalysisOptions,
  type AnalysisTestName,
  ESTIMATOR_NAMES,
  type EstimatorName,
} from "../models/estimators/analysis/types.ts";
import { isBootstrapTest } from "../models/estimators/decisions.ts";
import type { Method } from "../models/estimators/mixed/restrictedLikelihood.ts";
import type { ImputedAnalysis } from "../models/imputation/analyzeSets.ts";
import { suggestion } from "../models/scenario/nearestName.ts";

/** What `caseload analyze` was asked, as typed; what is undefined takes its default. */
export type AnalysisRequest = {
  readonly file: string;
  readonly x: string | undefined;
  readonly m: string | undefined;
  readonly y: string | undefined;
  readonly covariates: readonly string[] | undefined;
  readonly cluster: string | undefined;
  readonly manager: string | undefined;
  readonly estimator: string | undefined;
  readonly method: string | undefined;
  readonly missing: string | undefined;
  readonly imputations: string | undefined;
  readonly iterations: string | undefined;
  readonly imputationMethod: string | undefined;
  readonly reciprocal: readonly string[] | undefined;
  readonly waves: string | undefined;
  readonly tests: string | undefined;
  readonly level: string | undefined;
  readonly resamples: string | undefined;
  readonly draws: string | undefined;
  readonly seed: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly out: string | undefined;
};

/** A request with the columns of a mediation model. */
export type MediationRequest = AnalysisRequest & { readonly x: string; readonly m: string; readonly y: string };

export type CheckedRequest = {
  /** null where a column was not named. */
  readonly mediation: MediationRequest | null;
  readonly options: AnalysisOptions;
  /** null: rows with missing values are left out. */
  readonly imputation: ImputedAnalysis | null;
  readonly problems: readonly string[];
};

export const DEFAULT_SEED = "caseload";
/** Memory for the values of one set of resamples or draws stays below 100 MB. */
export const MOST_RESAMPLES = 10_000_000;
const MOST_IMPUTATIONS = 1000;
const CLUSTERED: readonly EstimatorName[] = ["cr0", "cr1", "cr1s", "cr2", "mixed", "withinBetween"];
const METHODS: Readonly<Record<string, Method>> = { reml: "REML", ml: "ML" };

/** The options, and everything that is wrong with them. */
export function checkRequest(request: AnalysisRequest): CheckedRequest {
  const { level = "0.95", resamples = "5000", draws = "20000", seed } = request;
  const problems: string[] = [];
  const mediation = mediationOf(request, problems);
  const estimator = estimatorOf(request, problems);
  const tests = testsOf(request, estimator, problems);
  const share = levelOf(level, problems);
  const method = methodOf(request, estimator, problems);
  const options = {
    tests,
    level: share,
    resamples: countOf("--resamples", resamples, 2, MOST_RESAMPLES, problems),
    draws: countOf("--draws", draws, 2, MOST_RESAMPLES, problems),
    seed: seed ?? DEFAULT_SEED,
    estimator,
    method,
  };
  return { mediation, options, imputation: imputationOf(request, problems), problems };
}

function mediationOf(request: AnalysisRequest, problems: string[]): MediationRequest | null {
  const { x, m, y } = request;
  if (x !== undefined && m !== undefined && y !== undefined) return { ...request, x, m, y };
  const absent = Object.entries({ x, m, y }).flatMap(([flag, value]) => (value === undefined ? [`--${flag}`] : []));
  problems.push(`missing: ${absent.join(", ")}, or --waves for a panel (see caseload analyze --help)`);
  return null;
}

/** What `--missing` and its flags ask for. */
export function imputationOf(request: AnalysisRequest, problems: string[]): ImputedAnalysis | null {
  const { missing = "listwise", imputations, iterations, imputationMethod } = request;
  if (missing !== "imputation") {
    if (missing !== "listwise")
      problems.push(`--missing: unknown treatment "${missing}"${suggestion(missing, ["listwise", "imputation"])}`);
    const flags = { imputations, iterations, "imputation-method": imputationMethod };
    const given = Object.entries(flags).flatMap(([flag, value]) => (value === undefined ? [] : [`--${flag}`]));
    if (given.length > 0 && missing === "listwise")
      problems.push(`${given.join(", ")}: nothing is imputed; add --missing imputation`);
    return null;
  }
  const method = imputationMethod ?? "normal";
  if (method !== "normal" && method !== "pmm")
    problems.push(`--imputation-method must be normal or pmm, got ${method}; columns of 0 and 1 are logistic anyway`);
  return {
    imputations: countOf("--imputations", imputations ?? "20", 2, MOST_IMPUTATIONS, problems),
    iterations: countOf("--iterations", iterations ?? "10", 1, MOST_IMPUTATIONS, problems),
    method: method === "pmm" ? "pmm" : "normal",
  };
}

export function estimatorOf({ cluster, manager, estimator }: AnalysisRequest, problems: string[]): EstimatorName {
  const named = estimator?.trim();
  const fallback = cluster === undefined ? "ols" : "cr2";
  const known = named === undefined ? fallback : ESTIMATOR_NAMES.find((name) => name === named);
  if (known === undefined)
    problems.push(`--estimator: unknown estimator "${named}"${suggestion(named ?? "", ESTIMATOR_NAMES)}`);
  if (known !== undefined && CLUSTERED.includes(known) && cluster === undefined)
    problems.push(`--estimator ${known} needs clusters; name the column of teams with --cluster`);
  if (manager !== undefined && cluster === undefined)
    problems.push("--manager needs --cluster: case managers are nested in teams");
  else if (manager !== undefined && known !== undefined && known !== "mixed")
    problems.push("--manager is for mixed models only; add --estimator mixed or leave it out");
  return known ?? fallback;
}

export function methodOf({ method }: AnalysisRequest, estimator: EstimatorName, problems: string[]): Method {
  if (method === undefined) return "REML";
  const known = METHODS[method.trim().toLowerCase()];
  if (known === undefined) problems.push(`--method must be reml or ml, got ${method}`);
  else if (estimator !== "mixed") problems.push("--method is for mixed models only; add --estimator mixed");
  return known ?? "REML";
}

/**
 * The tests of the contract (aroian and goodman on request). With clusters the bootstraps of cases give way to that of clusters;
 * a 2-1-1 model's ab is not the one that bootstraps resample, and imputed data are not resampled.
 */
function testsOf(
  { cluster, tests, missing }: AnalysisRequest,
  estimator: EstimatorName,
  problems: string[],
): readonly AnalysisTestName[] {
  const isWithinBetween = estimator === "withinBetween";
  const isImputed = missing === "imputation";
  if (tests === undefined) {
    return ANALYSIS_TEST_NAMES.filter((name) => {
      if (name === "aroian" || name === "goodman") return false;
      if (name === "clusterBootstrap") return cluster !== undefined && !isWithinBetween && !isImputed;
      return !isBootstrapTest(name) || (cluster === undefined && !isImputed);
    });
  }
  const given = [...new Set(tests.split(",").map((name) => name.trim()))];
  return given.filter((name): name is AnalysisTestName => {
    const known = ANALYSIS_TEST_NAMES.find((test) => test === name);
    if (known === undefined) {
      problems.push(`--tests: unknown test "${name}"${suggestion(name, ANALYSIS_TEST_NAMES)}`);
      return false;
    }
    const isBootstrap = known === "clusterBootstrap" || isBootstrapTest(known);
    if (known === "clusterBootstrap" && cluster === undefined)
      problems.push("--tests: clusterBootstrap resamples whole teams; name their column with --cluster");
    else if (isBootstrap && isImputed)
      problems.push(`--tests: ${known} does not resample imputed data; monteCarlo gives an interval on pooled paths`);
    else if (isBootstrap && isWithinBetween)
      problems.push(`--tests: ${known} resamples ordinary regression's ab, which is not that of a 2-1-1 model`);
    return true;
  });
}

/** A confidence level in (0, 1). */
export function levelOf(level: string, problems: string[]): number {
  const share = level.trim() === "" ? Number.NaN : Number(level);
  if (!(share > 0 && share < 1)) problems.push(`--level must be in (0, 1), got ${level}; 95 % is 0.95`);
  return share;
}

export function countOf(flag: string, text: string, least: number, most: number, problems: string[]): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= least && number <= most))
    problems.push(`${flag} must be a whole number from ${least} to ${most}, got ${text}`);
  return number;
}
