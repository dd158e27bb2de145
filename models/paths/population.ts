import type { PathParameters, PredictorDistribution, TeamStructure } from "../scenario/types.ts";
import { hasMissing, missingProblem } from "./missingValues.ts";
import { type PanelPopulation, panelPopulationOf } from "./panelPopulation.ts";

/**
 * The path model with every number filled in, in the units of the columns that are analysed:
 *
 *   M = a·X + f·K + e₁,   Y = c′·X + b·M + g·K + e₂,   K = (C₁ + … + C_q)/√q,
 *
 * with covariates C ~ N(0, 1) independent of one another and of X. What a study observes is X, M and Y each plus
 * an independent normal measurement error.
 *
 * With teams, X = X_B + X_W, e₁ and e₂ each have a part that is the team's and one that is the client's, and M_B = a·X_B + e₁_B
 * acts on Y by its own slope: b·M becomes b·(M − M_B) + bBetween·M_B. Case managers have parts of e₁ and e₂ as well.
 *
 * With waves, a, b and c′ are slopes on the wave before (`PanelPopulation`); e₁ and e₂ are then what is new in M and in Y at a
 * wave.
 */
export type Population = {
  readonly x: PredictorDistribution;
  readonly nCovariates: number;
  /** True raw coefficients. f ≥ 0 and the slope of Y on K alone, g + b·f, ≥ 0. */
  readonly coefficients: {
    readonly a: number;
    readonly b: number;
    readonly cPrime: number;
    readonly f: number;
    readonly g: number;
  };
  /** Variances of X, of the residuals e₁ and e₂, and of the measurement errors of X, M and Y. */
  readonly variances: {
    readonly x: number;
    readonly e1: number;
    readonly e2: number;
    readonly xErr: number;
    readonly mErr: number;
    readonly yErr: number;
  };
  /** null for one occasion. */
  readonly panel: PanelPopulation | null;
  /** Variances of true M and Y (in the long run). */
  readonly varM: number;
  readonly varY: number;
  /** bBetween filled in: b where it is not given. */
  readonly teams: TeamStructure & { readonly bBetween: number };
  /**
   * True indirect effect, raw: a·b. Where b differs between and within teams, a times the b that X's effect meets,
   * xBetween·bBetween + (1 − xBetween)·b: the slope on X of that part of Y which came through M; a·bBetween for a team's X.
   */
  readonly estimand: number;
  /** Slope of observed M on observed X given the covariates, and the variance of its residual. */
  readonly aObs: number;
  readonly veObs: number;
  /**
   * Slopes of observed Y on observed M and X given the covariates, and the variance of their residual; as if bBetween were b.
   */
  readonly bObs: number;
  readonly cPrimeObs: number;
  readonly vyObs: number;
  /**
   * True when both observed regressions have independent normal residuals that do not depend on X, so that χ² sufficient
   * statistics and the exact engine hold: no teams, waves, missing values or skew, and X normal or observed without error.
   */
  readonly normalTheory: boolean;
};

/**
 * Fills in the population behind a scenario's path parameters.
 *
 * With q covariates, R²_M = f²/var(M) and R²_Y = (g + b·f)²/var(Y), both on the covariates alone. Raw coefficients:
 * the residual SDs are given and var(X) is 1 (normal) or p(1 − p) (binary with share p). Standardized: var(M) = var(Y) = 1,
 * ve = 1 − a² − R²_M and vy = 1 − (c′ + ab)² − R²_Y − b²·ve; with a binary X the given a and c′ are per SD of X, so the
 * raw ones are a/√(p(1 − p)) and c′/√(p(1 − p)) per 0/1 step. Reliability ρ adds error of variance var(true)·(1 − ρ)/ρ;
 * it attenuates what is observed, never the estimand.
 *
 * @throws RangeError with the words of populationProblem where no such population exists
 */
export function populationOf(paths: PathParameters): Population {
  const problem = populationProblem(paths);
  if (problem !== null) throw new RangeError(problem);

  const vx = predictorVariance(paths.x);
  const { a, cPrime } = rawSlopes(paths);
  const { b } = paths;
  const panel = panelOf(paths);
  const { e1, e2 } = panel === null ? residualVariances(paths) : { e1: panel.noise[1], e2: panel.noise[2] };
  const total = cPrime + a * b;

  const { n: nCovariates, rSquaredM, rSquaredY } = paths.covariates;
  const teams = { ...paths.teams, bBetween: paths.teams.bBetween ?? b };
  const ofModel = { a, b, cPrime, vx, e1, e2 };
  const varM = panel === null ? (a * a * vx + e1) / (1 - rSquaredM) : panel.longRun[4];
  const varY = panel === null ? varianceOfY(ofModel, teams) / (1 - rSquaredY) : panel.longRun[8];
  const f = Math.sqrt(rSquaredM * varM);
  const g = Math.sqrt(rSquaredY * varY) - b * f;

  const { reliability } = paths;
  const mErr = (varM * (1 - reliability.m)) / reliability.m;
  const yErr = (varY * (1 - reliability.y)) / reliability.y;
  const xErr = (vx * (1 - reliability.x)) / reliability.x;

  // Given the covariates, X explains only reliability.x of what it would without error; the rest stays in the residuals.
  const hiddenX = vx * (1 - reliability.x);
  const veObs = a * a * hiddenX + e1 + mErr;
  const bObs = (a * total * hiddenX + b * e1) / veObs;
  const aObs = a * reliability.x;

  const oneOccasion = {
    aObs,
    veObs,
    bObs,
    cPrimeObs: total * reliability.x - bObs * aObs,
    vyObs: total * total * hiddenX + b * b * e1 + e2 + yErr - bObs * bObs * veObs,
  };
  return {
    x: paths.x,
    nCovariates,
    coefficients: { a, b, cPrime, f, g },
    variances: { x: vx, e1, e2, xErr, mErr, yErr },
    teams,
    estimand: a * (teams.bBetween === b ? b : teams.xBetween * teams.bBetween + (1 - teams.xBetween) * b),
    ...(panel === null ? oneOccasion : likeOneOccasion(ofModel, panel)),
    panel,
    varM,
    varY,
    normalTheory:
      teams.count === 0 &&
      panel === null &&
      !hasMissing(paths.missing) &&
      paths.residualSkew.m === 0 &&
      paths.residualSkew.y === 0 &&
      (paths.x.distribution === "normal" || reliability.x === 1),
  };
}

/**
 * Why no population has these parameters, in words for the person who wrote them, or null when one does.
 * The single home of this check: everything before it only checks ranges of single values.
 */
export function populationProblem(paths: PathParameters): string | null {
  const { n, rSquaredM, rSquaredY } = paths.covariates;
  if (n === 0 && (rSquaredM > 0 || rSquaredY > 0)) {
    return (
      `covariates.n is 0, but rSquared${rSquaredM > 0 ? "M" : "Y"} is ${rSquaredM > 0 ? rSquaredM : rSquaredY}: ` +
      "name at least one covariate, or set the R² to 0"
    );
  }
  const first = teamsProblem(paths) ?? missingProblem(paths) ?? wavesProblem(paths);
  if (first !== null) return first;
  if (rSquaredM >= 1 || rSquaredY >= 1) return "R² on the covariates must be below 1";
  if (!paths.standardized) {
    const { m, y } = paths.residualSd;
    if (!(m > 0)) return `residualSd.m must be above 0, got ${m}`;
    if (!(y > 0)) return `residualSd.y must be above 0, got ${y}`;
  }
  if (paths.waves.count > 0) {
    const panel = panelPopulationOf(paths, rawSlopes(paths).a, rawSlopes(paths).cPrime);
    return typeof panel === "string" ? panel : null;
  }
  if (!paths.standardized) return null;
  const { e1, e2 } = residualVariances(paths);
  if (!(e1 > 0)) {
    return (
      `standardized a = ${paths.a} and covariates.rSquaredM = ${rSquaredM} explain ${shown(1 - e1)} of the variance of M; ` +
      "a² + rSquaredM must stay below 1"
    );
  }
  if (!(e2 > 0)) {
    return (
      `standardized a = ${paths.a}, b = ${paths.b}, cPrime = ${paths.cPrime} and covariates.rSquaredY = ${rSquaredY} ` +
      `explain ${shown(1 - e2)} of the variance of Y; (cPrime + ab)² + b²(1 − a² − rSquaredM) + rSquaredY must stay below 1`
    );
  }
  return null;
}

function teamsProblem({ teams, x, standardized, b }: PathParameters): string | null {
  const { count, managers, iccM, iccY, managerIccM, managerIccY, xBetween, bBetween } = teams;
  if (count === 1) return "teams.count must be 0 (no teams) or at least 2, got 1";
  const { count: _, ...ofTeams } = teams;
  const idle = Object.entries({ ...ofTeams, bBetween: bBetween === undefined ? 0 : 1 }).find(([, value]) => value > 0);
  if (count === 0 && idle !== undefined)
    return `teams.${idle[0]} is given, but teams.count is 0: set the number of teams, or leave it out`;
  const managerIcc = managerIccM > 0 ? "managerIccM" : "managerIccY";
  if (managers === 0 && managerIccM + managerIccY > 0)
    return `teams.${managerIcc} is given, but teams.managers is 0: set the number of case managers in a team, or leave it out`;
  if (iccM + managerIccM >= 1) return `teams.iccM + teams.managerIccM must be below 1, got ${iccM} + ${managerIccM}`;
  if (iccY + managerIccY >= 1) return `teams.iccY + teams.managerIccY must be below 1, got ${iccY} + ${managerIccY}`;
  if (x.distribution === "binary" && xBetween > 0 && xBetween < 1)
    return `teams.xBetween must be 0 or 1 with a binary X, got ${xBetween}: it belongs to clients or to teams`;
  if (standardized && bBetween !== undefined && bBetween !== b)
    return `teams.bBetween = ${bBetween} differs from b = ${b}, which needs raw coefficients; set standardized: false`;
  return null;
}

function wavesProblem({ waves, x, covariates }: PathParameters): string | null {
  const { count, stability, mOnX, yOnX } = waves;
  if (count === 0) {
    const idle = (["yOnM", "mOnX", "yOnX"] as const).find((name) => waves[name] !== 0);
    return idle === undefined
      ? null
      : `waves.${idle} is given, but waves.count is 0: set the number of waves, or leave it out`;
  }
  if (count === 1) return "waves.count must be 0 (one occasion) or at least 2, got 1";
  if (covariates.n > 0)
    return `covariates.n is ${covariates.n}, but with waves the variables a wave earlier take the covariates' place; set it to 0`;
  if (stability.x === 1 && (mOnX !== 0 || yOnX !== 0))
    return `waves.stability.x is 1: X does not change, so that waves.${mOnX !== 0 ? "mOnX" : "yOnX"} must be 0`;
  if (x.distribution === "binary" && stability.x !== 1)
    return `a binary X is an allocation and stays: waves.stability.x must be 1, got ${stability.x}`;
  return null;
}

function panelOf(paths: PathParameters): PanelPopulation | null {
  if (paths.waves.count === 0) return null;
  const { a, cPrime } = rawSlopes(paths);
  const panel = panelPopulationOf(paths, a, cPrime);
  if (typeof panel === "string") throw new RangeError(panel);
  return panel;
}

/** The one occasion that tells X from M and Y a wave earlier, and M from X and Y, as well as the panel's regressions do. */
function likeOneOccasion(
  { a, b, vx }: { readonly a: number; readonly b: number; readonly vx: number },
  { longRun, noise }: PanelPopulation,
): Pick<Population, "aObs" | "veObs" | "bObs" | "cPrimeObs" | "vyObs"> {
  // Variance of X given M and Y, of M given X and Y.
  const givenOthers = (i: number, j: number, k: number) => {
    const at = (row: number, column: number) => longRun[3 * row + column];
    const within = at(j, j) * at(k, k) - at(j, k) ** 2;
    const explained = at(i, j) ** 2 * at(k, k) + at(i, k) ** 2 * at(j, j) - 2 * at(i, j) * at(i, k) * at(j, k);
    return Math.max(0, at(i, i) - explained / within);
  };
  const aObs = a * Math.sqrt(givenOthers(0, 1, 2) / (noise[1] * vx));
  const bObs = b * Math.sqrt(givenOthers(1, 0, 2) / noise[2]);
  return { aObs, veObs: 1, bObs, cPrimeObs: 0, vyObs: 1 };
}

/**
 * How many of n clients have X = 1 when the allocation is fixed by design: n·share rounded to the nearest integer
 * (halves up), with at least one client on either side.
 *
 * @param nClients at least 2
 * @param share    in (0, 1)
 */
export function treatedCount(nClients: number, share: number): number {
  return Math.min(nClients - 1, Math.max(1, Math.floor(nClients * share + 0.5)));
}

/** a and c′ per unit of X: standardized ones are per SD of it. */
function rawSlopes(paths: PathParameters): { readonly a: number; readonly cPrime: number } {
  const perUnit = paths.standardized ? 1 / Math.sqrt(predictorVariance(paths.x)) : 1;
  return { a: paths.a * perUnit, cPrime: paths.cPrime * perUnit };
}

function predictorVariance(x: PredictorDistribution): number {
  return x.distribution === "normal" ? 1 : x.share * (1 - x.share);
}

function residualVariances(paths: PathParameters): { readonly e1: number; readonly e2: number } {
  if (!paths.standardized) {
    return { e1: paths.residualSd.m * paths.residualSd.m, e2: paths.residualSd.y * paths.residualSd.y };
  }
  const { a, b, cPrime } = paths;
  const total = cPrime + a * b;
  const e1 = 1 - a * a - paths.covariates.rSquaredM;
  return { e1, e2: 1 - total * total - paths.covariates.rSquaredY - b * b * e1 };
}

/** Variance of Y without what covariates explain: of X's effect in all, of e₁ by way of b, and e₂. */
function varianceOfY(
  { a, b, cPrime, vx, e1, e2 }: Record<"a" | "b" | "cPrime" | "vx" | "e1" | "e2", number>,
  { bBetween, xBetween, iccM }: { readonly bBetween: number; readonly xBetween: number; readonly iccM: number },
): number {
  const partOf = (slope: number, ofX: number, ofE1: number) => {
    const total = cPrime + a * slope;
    return total * total * ofX + slope * slope * ofE1;
  };
  if (bBetween === b) return partOf(b, vx, e1) + e2;
  return partOf(bBetween, xBetween * vx, iccM * e1) + partOf(b, (1 - xBetween) * vx, (1 - iccM) * e1) + e2;
}

/** Four decimals, but never rounded down to a harmless-looking 1. */
function shown(share: number): string {
  return share > 1 && share < 1.00005 ? "more than 1" : String(Math.round(share * 10000) / 10000);
}
