import { fillUniforms } from "../../sim/random/fill.ts";
import { WHAT } from "../what.ts";
import type { ServiceParameters } from "./parameters.ts";
import { isMonitored } from "./staffing.ts";
import { DAYS_PER_MONTH, DAYS_PER_YEAR, probabilityOf, relaxation } from "./time.ts";
import { CASELOAD_DOMAIN, N_DOMAINS, type Step, type World } from "./world.ts";

export const LOWEST_DOMAIN = 1;
export const HIGHEST_DOMAIN = 5;

/**
 * Eight domains per team: up towards the supported asymptote while training lasts, down without monitoring, down with the
 * share of staff replaced, back down after abandonment; the caseload domain follows caseloads. Then each manager's own
 * fidelity, 8 + (team + deviation − 8) · competence, in [8, 40].
 */
export function fidelity(world: World, step: Step): void {
  if (world.parameters.fidelity.on) {
    if (world.parameters.fidelity.abandonment.on) abandon(world, step);
    moveDomains(world, step);
  }
  ownFidelity(world);
}

function abandon({ teams, parameters, key, draws }: World, { index, days }: Step): void {
  const p = probabilityOf((parameters.fidelity.abandonment.perYear * days) / DAYS_PER_YEAR);
  fillUniforms(draws[0], key, WHAT.abandonment, index, teams.identity);
  for (let team = 0; team < teams.n; team++) if (draws[0][team] < p) teams.abandoned[team] = 1;
}

function moveDomains(world: World, { day, days }: Step): void {
  const { teams, parameters } = world;
  const { training, drift, turnoverLoss, caseloadDomain } = parameters.fidelity;
  const support = Math.min(1, training.supervisionHours / training.supervisionNeeded);
  const nActed = caseloadDomain.on ? N_DOMAINS - 1 : N_DOMAINS;
  const driftPerDomain = (drift.perYear * days) / DAYS_PER_YEAR / nActed;
  const { seats } = parameters.teams;
  for (let team = 0; team < teams.n; team++) {
    const rise = relaxation(days, teams.riseDays[team]);
    const trained = isTrained(world, team, day);
    const drifts = drift.on && !isMonitored(world, team, day);
    const loss = turnoverLoss.on ? (turnoverLoss.points * teams.leavers[team]) / seats / nActed : 0;
    for (let domain = 0; domain < N_DOMAINS; domain++) {
      const at = team * N_DOMAINS + domain;
      if (domain === CASELOAD_DOMAIN && caseloadDomain.on) {
        teams.domain[at] = caseloadScore(caseloadDomain, meanCaseload(world, team), teams.domain[at]);
        continue;
      }
      const start = teams.startLevel[at];
      let score = teams.domain[at];
      if (teams.abandoned[team] === 1) score += rise * (Math.min(start, score) - score);
      else {
        if (trained) score += rise * Math.max(0, start + support * (teams.asymptote[at] - start) - score);
        if (drifts && score > start) score = Math.max(start, score - driftPerDomain);
      }
      teams.domain[at] = Math.min(HIGHEST_DOMAIN, Math.max(LOWEST_DOMAIN, score - loss));
    }
    sumDomains(world, team);
  }
}

/** Whether a team is trained and mentored on this day; a team that has abandoned the model is not. */
export function isTrained({ parameters: { fidelity }, teams }: World, team: number, day: number): boolean {
  const { on, months } = fidelity.training;
  return fidelity.on && on && day < months * DAYS_PER_MONTH && teams.abandoned[team] === 0;
}

export function sumDomains({ teams }: World, team: number): void {
  let sum = 0;
  for (let domain = 0; domain < N_DOMAINS; domain++) sum += teams.domain[team * N_DOMAINS + domain];
  teams.fidelity[team] = sum;
}

/** Clients in service per case manager present, in FTE; NaN when there is nobody. */
export function meanCaseload({ teams, managers, parameters }: World, team: number): number {
  const { seats } = parameters.teams;
  let fte = 0;
  let clients = teams.nPooled[team];
  for (let seat = team * seats; seat < (team + 1) * seats; seat++) {
    clients += managers.caseload[seat];
    fte += managers.present[seat] * managers.fte[seat];
  }
  return fte > 0 ? clients / fte : Number.NaN;
}

/** The declared table of the caseload domain, with straight lines between its rows; `unknown` where there is no staff. */
export function caseloadScore(
  table: ServiceParameters["fidelity"]["caseloadDomain"],
  caseload: number,
  unknown: number,
): number {
  if (Number.isNaN(caseload)) return unknown;
  const rows = [table.five, table.four, table.three, table.two, table.one];
  if (caseload <= rows[0]) return HIGHEST_DOMAIN;
  for (let row = 1; row < rows.length; row++)
    if (caseload <= rows[row])
      return HIGHEST_DOMAIN - row + 1 - (caseload - rows[row - 1]) / (rows[row] - rows[row - 1]);
  return LOWEST_DOMAIN;
}

export function ownFidelity({ teams, managers, parameters }: World): void {
  const { seats } = parameters.teams;
  for (let seat = 0; seat < managers.n; seat++) {
    const above = teams.fidelity[Math.floor(seat / seats)] + managers.fidelityDeviation[seat] - N_DOMAINS;
    const own = N_DOMAINS + above * managers.competence[seat];
    managers.fidelity[seat] = Math.min(N_DOMAINS * HIGHEST_DOMAIN, Math.max(N_DOMAINS, own));
  }
}
