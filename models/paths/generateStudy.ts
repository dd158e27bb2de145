import type { Key } from "../../sim/random/address.ts";
import { fillNormals } from "../../sim/random/fill.ts";
import type { Groups, StudyData } from "../estimators/types.ts";
import { WHAT } from "../what.ts";
import { createMemberships } from "./memberships.ts";
import { type Population, treatedCount } from "./population.ts";
import { residualShape } from "./residualShape.ts";

/** A study of the path model, and who belongs together in it (null without teams). */
export type GeneratedStudy = StudyData & { readonly groups: Groups | null };

/**
 * Plays the path model row by row: the columns that a study of n clients would have observed.
 * Client i's draws are addressed by i, so the first n clients of a larger study are the same people.
 * With a binary X, clients 0 … k − 1 have X = 1 (k fixed by design): who they are makes no difference. Where X belongs to
 * teams, teams 0 … k − 1 have it. Who is in which team: `createMemberships`. Skewness is that of the clients' part of a
 * residual; the parts of teams and case managers are normal.
 *
 * @param population the path model (`populationOf`)
 * @param skew       skewness of both residuals, in [-2, 2]
 * @param n          number of clients
 * @returns a function of the replication's key; its columns are overwritten by the next call
 */
export function createStudyGenerator(
  population: Population,
  skew: { readonly m: number; readonly y: number },
  n: number,
): (key: Key) => GeneratedStudy {
  const { coefficients, variances, nCovariates, teams } = population;
  const { a, b, cPrime, f, g } = coefficients;
  const x = new Float64Array(n);
  const m = new Float64Array(n);
  const y = new Float64Array(n);
  const composite = new Float64Array(n);
  const draws = new Float64Array(n);
  const covariates = Array.from({ length: nCovariates }, () => new Float64Array(n));
  const perCovariate = nCovariates > 0 ? 1 / Math.sqrt(nCovariates) : 0;
  const shapeM = residualShape(skew.m);
  const shapeY = residualShape(skew.y);
  const sdM = Math.sqrt(variances.e1) * Math.sqrt(1 - teams.iccM - teams.managerIccM);
  const sdY = Math.sqrt(variances.e2) * Math.sqrt(1 - teams.iccY - teams.managerIccY);
  const membershipOf = teams.count > 0 ? createMemberships(teams, n) : null;
  const fillTeams = createTeamParts(population);
  const fillManagers = createManagerParts(population);

  return (key) => {
    if (population.x.distribution === "normal") fillNormals(x, key, WHAT.predictor, 0);
    else x.fill(0).fill(1, 0, treatedCount(n, population.x.share));
    const groups = membershipOf?.(key) ?? null;
    const parts = fillTeams(key);
    if (groups !== null) {
      const within = Math.sqrt(1 - teams.xBetween);
      const team = groups.teams.index;
      for (let i = 0; i < n; i++) x[i] = within * x[i] + parts.x[team[i]];
    }

    composite.fill(0);
    for (let j = 0; j < nCovariates; j++) {
      fillNormals(covariates[j], key, WHAT.covariates, j);
      for (let i = 0; i < n; i++) composite[i] += covariates[j][i] * perCovariate;
    }
    fillNormals(draws, key, WHAT.mediatorResidual, 0);
    for (let i = 0; i < n; i++) m[i] = a * x[i] + f * composite[i] + sdM * shapeM(draws[i]);
    const ofManagers = fillManagers(key);
    addParts(m, groups, parts.e1, ofManagers.e1);
    fillNormals(draws, key, WHAT.outcomeResidual, 0);
    for (let i = 0; i < n; i++) y[i] = cPrime * x[i] + b * m[i] + g * composite[i] + sdY * shapeY(draws[i]);
    addParts(y, groups, parts.y, ofManagers.e2);

    // Error comes last: the outcome grew from the true mediator, not from its measurement.
    addError(x, variances.xErr, key, WHAT.predictorError);
    addError(m, variances.mErr, key, WHAT.mediatorError);
    addError(y, variances.yErr, key, WHAT.outcomeError);
    return { n, x, m, y, covariates, groups };
  };

  function addError(column: Float64Array, variance: number, key: Key, what: number): void {
    if (variance === 0) return;
    const sd = Math.sqrt(variance);
    fillNormals(draws, key, what, 0);
    for (let i = 0; i < n; i++) column[i] += sd * draws[i];
  }
}

/** Adds what clients have from their team and their case manager. */
function addParts(column: Float64Array, groups: Groups | null, ofTeams: Float64Array, ofManagers: Float64Array): void {
  if (groups === null) return;
  const team = groups.teams.index;
  for (let i = 0; i < column.length; i++) column[i] += ofTeams[team[i]];
  const manager = groups.managers;
  if (manager !== null) for (let i = 0; i < column.length; i++) column[i] += ofManagers[manager[i]];
}

/** What a client has from the team: X_B, e₁_B, and in Y e₂_B + (bBetween − b)·M_B with M_B = a·X_B + e₁_B. */
type TeamParts = { readonly x: Float64Array; readonly e1: Float64Array; readonly y: Float64Array };

function createTeamParts({ coefficients, variances, teams, x }: Population): (key: Key) => TeamParts {
  const { count, iccM, iccY, xBetween, bBetween } = teams;
  const { a, b } = coefficients;
  const parts = { x: new Float64Array(count), e1: new Float64Array(count), y: new Float64Array(count) };
  const scale = (column: Float64Array, sd: number) => {
    for (let g = 0; g < count; g++) column[g] *= sd;
  };
  return (key) => {
    if (x.distribution === "normal") {
      fillNormals(parts.x, key, WHAT.teamOfPredictor, 0);
      scale(parts.x, Math.sqrt(xBetween));
    } else if (xBetween === 1) parts.x.fill(0).fill(1, 0, treatedCount(count, x.share));
    fillNormals(parts.e1, key, WHAT.teamOfMediator, 0);
    scale(parts.e1, Math.sqrt(variances.e1 * iccM));
    fillNormals(parts.y, key, WHAT.teamOfOutcome, 0);
    scale(parts.y, Math.sqrt(variances.e2 * iccY));
    for (let g = 0; g < count; g++) parts.y[g] += (bBetween - b) * (a * parts.x[g] + parts.e1[g]);
    return parts;
  };
}

/** What a client has from the case manager: parts of e₁ and e₂. */
function createManagerParts({ variances, teams }: Population) {
  const n = teams.count * teams.managers;
  const parts = { e1: new Float64Array(n), e2: new Float64Array(n) };
  const [sdM, sdY] = [Math.sqrt(variances.e1 * teams.managerIccM), Math.sqrt(variances.e2 * teams.managerIccY)];
  return (key: Key) => {
    fillNormals(parts.e1, key, WHAT.managerOfMediator, 0);
    fillNormals(parts.e2, key, WHAT.managerOfOutcome, 0);
    for (let k = 0; k < n; k++) {
      parts.e1[k] *= sdM;
      parts.e2[k] *= sdY;
    }
    return parts;
  };
}
