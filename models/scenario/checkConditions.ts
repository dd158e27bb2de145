import { clusterNames, drawsResamples } from "../decisionNames.ts";
import { needsRows } from "../needsRows.ts";
import { fewestForRegression } from "../paths/fewestClients.ts";
import { populationOf, populationProblem } from "../paths/population.ts";
import type { ExpandedCondition } from "./expandConditions.ts";
import type { AnalysisPlan, EstimatorName, PathParameters, PathsCondition } from "./types.ts";

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
  const { covariates, x, waves } = paths;

  const smallest = fewestForRegression(paths);
  if (nClients < smallest) {
    const others = covariates.n === 0 ? "X and M" : `X, M and ${covariates.n} covariates`;
    const predictors = waves.count > 0 ? "X, M and Y a wave earlier" : others;
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

  const mostClients = Math.floor(MAX_ROWS / Math.max(1, waves.count));
  if (population === null && nClients > mostClients && needsRows(populationOf(paths), analysis)) {
    faults.push({
      path: "nClients",
      text: `nClients must be at most ${mostClients.toLocaleString("en-US")} where a study is kept row by row, got ${nClients}; leave out the bootstrap, all estimators but ols, teams, waves and missing values`,
    });
  }

  const ofTeams = clusterProblem(
    analysis,
    paths.teams.count,
    `paths.teams.count is ${paths.teams.count}`,
    coefficientsOf(paths, analysis),
  );
  if (ofTeams !== null) faults.push(ofTeams);

  const ofStudy = estimatorProblem(analysis, paths);
  if (ofStudy !== null) faults.push(ofStudy);

  const bootstrap = bootstrapProblem(analysis);
  if (bootstrap !== null) faults.push({ path: "analysis.bootstrap.resamples", text: bootstrap });
  return faults;
}

const NEED_A_TEAM_PER_COEFFICIENT: readonly EstimatorName[] = ["cr1s", "cr2", "withinBetween", "imputedCr2"];

/** Coefficients of the regression of Y, the intercept included. */
function coefficientsOf({ covariates, waves }: PathParameters, { lags }: AnalysisPlan): number {
  if (waves.count === 0) return covariates.n + 3;
  return lags === "first" ? 4 : waves.count + 2;
}

/** Estimators and tests that the study's structure has no place for. */
function estimatorProblem({ tests, estimators }: AnalysisPlan, { teams, waves }: PathParameters): Fault | null {
  const resampling = tests.filter(drawsResamples);
  if (waves.count > 0 && resampling.length > 0)
    return {
      path: "analysis.tests",
      text: `${resampling.join(", ")} cannot be run with waves: a and b are of different regressions; monteCarlo gives an interval`,
    };
  if (waves.count > 0 && estimators.includes("withinBetween"))
    return {
      path: "analysis.estimators",
      text: "withinBetween is a model of one occasion, but there are waves; leave it out",
    };
  if (estimators.includes("withinBetween") && teams.count > 0 && teams.xBetween < 1)
    return {
      path: "analysis.estimators",
      text: `withinBetween needs an X that belongs to teams, but paths.teams.xBetween is ${teams.xBetween}; set it to 1, or leave withinBetween out`,
    };
  if (estimators.includes("mixedManagers") && teams.count > 0 && teams.managers < 2)
    return {
      path: "analysis.estimators",
      text: `mixedManagers needs at least 2 case managers in a team, but paths.teams.managers is ${teams.managers}; raise it, or use mixed`,
    };
  return null;
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
 * @param nCoefficients of the regression of Y, the intercept included
 */
export function clusterProblem(
  analysis: AnalysisPlan,
  nTeams: number,
  given: string,
  nCoefficients: number,
): Fault | null {
  const names = clusterNames(analysis);
  if (names.length === 0) return null;
  if (nTeams > 1) {
    const short = NEED_A_TEAM_PER_COEFFICIENT.filter((name) => analysis.estimators.includes(name));
    // A 2-1-1 model is a regression of team means, and needs a residual degree of freedom.
    const needed = short.includes("withinBetween") ? nCoefficients + 1 : nCoefficients;
    if (short.length === 0 || nTeams >= needed) return null;
    return {
      path: "analysis.estimators",
      text: `${short.join(", ")} ${short.length === 1 ? "needs" : "need"} at least ${needed} teams for the ${nCoefficients} coefficients of the regression of Y, but ${given}; raise it, use fewer covariates, or a mixed model`,
    };
  }
  const path = names.every((name) => name === "clusterBootstrap") ? "analysis.tests" : "analysis.estimators";
  const [need, them] = names.length === 1 ? ["needs", "it"] : ["need", "them"];
  return {
    path,
    text: `${names.join(", ")} ${need} clients in at least 2 teams, but ${given}; raise it, or leave ${them} out`,
  };
}
