import { populationProblem } from "../paths/population.ts";
import type { ExpandedCondition } from "./expandConditions.ts";
import { clusterNames, drawsResamples } from "../decisionNames.ts";
import type { AnalysisPlan, PathsCondition } from "./types.ts";

/** Above this a study is not kept row by row: the columns alone would take a gigabyte. */
const MAX_ROWS = 10_000_000;

/**
 * What is wrong with the conditions that no single value shows: too few clients for the regressions, coefficients
 * that explain all variance or more, an arm without clients, too few resamples for the level. One message for each
 * distinct fault, at the place of the value that brings it about, naming the first condition that has it.
 *
 * @param conditions the conditions with their factors applied
 * @param expanded   the same conditions with the places of their factors
 * @param placeOf    place in the file of a dotted path
 */
export function checkConditions(
  conditions: readonly PathsCondition[],
  expanded: readonly ExpandedCondition[],
  placeOf: (path: string) => string,
): string[] {
  const found = new Map<string, string>();
  for (const condition of conditions) {
    const { factors, places } = expanded[condition.index];
    for (const { path, text } of faultsOf(condition)) {
      const factor = Object.keys(factors).find(
        (name) => name === path || (path === "paths" && name.startsWith("paths.")),
      );
      const place = factor === undefined ? placeOf(path) : places[factor];
      const key = `${place}: ${text}`;
      if (found.has(key)) continue;
      const setting = Object.entries(factors).map(([name, value]) => `${name}=${value}`);
      found.set(key, `${place}: condition ${condition.index + 1} (${setting.join(", ")}): ${text}`);
    }
  }
  return [...found.values()];
}

/** `path` is the value at fault, or "paths" for the coefficients together. */
type Fault = { readonly path: string; readonly text: string };

function faultsOf({ nClients, paths, analysis }: PathsCondition): Fault[] {
  const faults: Fault[] = [];
  const { covariates, x, residualSkew, reliability } = paths;

  // Y is regressed on an intercept, X, M and the covariates, and needs a residual degree of freedom.
  const smallest = 4 + covariates.n;
  if (nClients < smallest) {
    const predictors = covariates.n === 0 ? "X and M" : `X, M and ${covariates.n} covariates`;
    faults.push({
      path: "nClients",
      text: `nClients must be at least ${smallest} to regress Y on ${predictors}, got ${nClients}`,
    });
  }

  if (paths.teams.count >= nClients) {
    faults.push({
      path: "nClients",
      text: `nClients must be above paths.teams.count = ${paths.teams.count}, got ${nClients}: some team needs two clients`,
    });
  }

  const population = populationProblem(paths);
  if (population !== null) faults.push({ path: "paths", text: population });

  if (x.distribution === "binary" && nClients >= smallest) {
    const treated = Math.floor(nClients * x.share + 0.5);
    if (treated < 1 || treated >= nClients) {
      const arm = treated < 1 ? "X = 1" : "X = 0";
      faults.push({
        path: "paths.x.share",
        text: `paths.x.share = ${x.share} of ${nClients} clients leaves none with ${arm}; move the share towards 0.5`,
      });
    }
  }

  const keepsRows =
    analysis.tests.some(drawsResamples) ||
    analysis.estimators.length > 1 ||
    paths.teams.count > 0 ||
    residualSkew.m !== 0 ||
    residualSkew.y !== 0 ||
    (x.distribution === "binary" && reliability.x < 1);
  if (keepsRows && nClients > MAX_ROWS) {
    faults.push({
      path: "nClients",
      text: `nClients must be at most 10,000,000 where a study is kept row by row, got ${nClients}; leave out the bootstrap, all estimators but ols, and teams`,
    });
  }

  const ofTeams = clusterProblem(analysis, paths.teams.count, `paths.teams.count is ${paths.teams.count}`);
  if (ofTeams !== null) faults.push(ofTeams);

  const bootstrap = bootstrapProblem(analysis);
  if (bootstrap !== null) faults.push({ path: "analysis.bootstrap.resamples", text: bootstrap });
  return faults;
}

/** A percentile limit lies between the order statistics only if (B + 1)·α/2 ≥ 1. */
export function bootstrapProblem({ level, bootstrap: { resamples }, tests }: AnalysisPlan): string | null {
  const least = Math.ceil(2 / (1 - level) - 1 - 1e-6);
  if (resamples >= least || !tests.some(drawsResamples)) return null;
  return `analysis.bootstrap.resamples must be at least ${least} at level ${level}, got ${resamples}`;
}

/**
 * Estimators and tests that need clients in teams, where there are none; `path` is the value at fault.
 *
 * @param given how many teams there are, in words: "service.teams.count is 1"
 */
export function clusterProblem(analysis: AnalysisPlan, nTeams: number, given: string): Fault | null {
  const names = clusterNames(analysis);
  if (names.length === 0 || nTeams > 1) return null;
  const path = names.every((name) => name === "clusterBootstrap") ? "analysis.tests" : "analysis.estimators";
  const [need, them] = names.length === 1 ? ["needs", "it"] : ["need", "them"];
  return {
    path,
    text: `${names.join(", ")} ${need} clients in at least 2 teams, but ${given}; raise it, or leave ${them} out`,
  };
}
