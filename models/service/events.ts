import { exp, log } from "../../sim/numerics/elementary.ts";
import { streamOf } from "../../sim/random/address.ts";
import { WHAT } from "../what.ts";
import { leaveCaseload } from "./assign.ts";
import { DAYS_PER_MONTH, DAYS_PER_WEEK, DAYS_PER_YEAR, probabilityOf } from "./time.ts";
import { N_DOMAINS, STATUS, STRENGTHS_DOMAIN, type Step, type World } from "./world.ts";

/** At the end of a step: crises, hospital, housing, then exits (leaving before graduation, trials that ran out last). */
export function events(world: World, step: Step): void {
  const { parameters } = world;
  if (parameters.setbacks.on) crises(world, step);
  if (parameters.events.hospital.on) hospital(world, step);
  if (parameters.events.housing.on) housing(world, step);
  if (parameters.events.leaving.on) leaving(world, step);
  if (parameters.events.graduation.on) graduation(world, step);
  if (parameters.contacts.neverEngages.on) endTrials(world, step);
}

/** Finds those in service with u < p, and those whose flag is set whatever their u: places in `served`, and their u. */
function drawBelow({ served, kernels, key }: World, what: number, when: number, p: number, flags?: Uint8Array): number {
  return kernels.drawBelow(served.identities, served.n, streamOf(key, what), when, p, flags);
}

/** A setback, softened by the team's strengths work: strengths talk helps mainly under challenge. */
function setBack({ parameters: { setbacks }, clients, teams }: World, row: number): void {
  if (!setbacks.on) return;
  const score = teams.domain[clients.team[row] * N_DOMAINS + STRENGTHS_DOMAIN];
  clients.setback[row] += 1 - (setbacks.softening * (score - 1)) / 4;
}

function crises(world: World, { index, days }: Step): void {
  const { parameters, clients, teams, served, scratch } = world;
  const p = probabilityOf((parameters.setbacks.crisesPerYear * days) / DAYS_PER_YEAR);
  clients.inCrisis.fill(0);
  const n = drawBelow(world, WHAT.crisis, index, p);
  for (let i = 0; i < n; i++) {
    const row = served.rows[scratch.chosen[i]];
    clients.inCrisis[row] = 1;
    teams.total.crises[clients.team[row]]++;
    setBack(world, row);
  }
}

/**
 * One uniform decides on admission, or on return. Return has probability Δ/stay, not 1 − e^{−Δ/stay}: a stay is then a
 * geometric number of steps with exactly the mean asked for, whatever the step.
 */
function hospital(world: World, { index, days }: Step): void {
  const { parameters, clients, teams, served, scratch, draws } = world;
  const { hospital: p } = parameters.events;
  const { mean, sd } = parameters.alliance;
  const { inHospital } = clients;
  const admission = (p.perYear * days) / DAYS_PER_YEAR;
  const pReturn = days / p.days;
  const perPoint = p.alliance / sd;
  const pAdmission = (alliance: number) => probabilityOf(admission * exp(perPoint * (alliance - mean)));
  const [u] = draws;
  // No alliance in [0, 100] gives a higher probability.
  const n = drawBelow(world, WHAT.hospital, index, Math.max(pAdmission(0), pAdmission(100)), inHospital);
  for (let i = 0; i < n; i++) {
    const row = served.rows[scratch.chosen[i]];
    if (inHospital[row] === 1) {
      clients.hospitalDays[row] += days;
      teams.total.hospitalDays[clients.team[row]] += days;
      if (u[i] < pReturn) inHospital[row] = 0;
    } else if (u[i] < pAdmission(clients.alliance[row])) {
      inHospital[row] = 1;
      teams.total.hospitalAdmissions[clients.team[row]]++;
      setBack(world, row);
    }
  }
}

/** One uniform decides on losing a home, or on finding one. */
function housing(world: World, { index, days }: Step): void {
  const { parameters, clients, served, scratch, draws } = world;
  const { lossPerYear, gainPerYear } = parameters.events.housing;
  const pLoss = probabilityOf((lossPerYear * days) / DAYS_PER_YEAR);
  const pGain = probabilityOf((gainPerYear * days) / DAYS_PER_YEAR);
  const { housed } = clients;
  const [u] = draws;
  const n = drawBelow(world, WHAT.housing, index, Math.max(pLoss, pGain));
  for (let i = 0; i < n; i++) {
    const row = served.rows[scratch.chosen[i]];
    if (housed[row] === 1) {
      if (u[i] >= pLoss) continue;
      housed[row] = 0;
      setBack(world, row);
    } else if (u[i] < pGain) housed[row] = 1;
  }
}

/** Hazard h·HR^z, times the ratio after a recent change of case manager. */
function leaving(world: World, step: Step): void {
  const { parameters, clients, teams, served, scratch, draws } = world;
  const { leaving: p } = parameters.events;
  const { mean, sd } = parameters.alliance;
  const hazard = (p.perYear * step.days) / DAYS_PER_YEAR;
  const perPoint = log(p.alliance) / sd;
  const recent = step.day - p.afterChangeWeeks * DAYS_PER_WEEK;
  const most = Math.max(1, p.afterChange);
  // No alliance in [0, 100] gives a higher probability: most draws are settled here.
  const highest = probabilityOf(hazard * most * Math.max(exp(-perPoint * mean), exp(perPoint * (100 - mean))));
  const [u] = draws;
  const n = drawBelow(world, WHAT.leaving, step.index, highest);
  for (let i = 0; i < n; i++) {
    const row = served.rows[scratch.chosen[i]];
    const x = perPoint * (clients.alliance[row] - mean);
    // And most others here: 1 − e^{−h} ≤ h, and eˣ < 1 + x + x² for x < 1.79.
    if (x < 1.7 && u[i] >= hazard * most * (1 + x + x * x)) continue;
    if (clients.neverEngages[row] === 1) continue;
    const changed = clients.managerChangeDay[row] >= recent ? p.afterChange : 1;
    if (u[i] >= probabilityOf(hazard * changed * exp(x))) continue;
    leaveService(world, row, STATUS.left, step);
    teams.total.left[clients.team[row]]++;
  }
}

function graduation(world: World, step: Step): void {
  const { parameters, clients, teams, served, scratch } = world;
  const { graduation: p } = parameters.events;
  const probability = probabilityOf((p.perYear * step.days) / DAYS_PER_YEAR);
  const [, , , functioning] = clients.outcome;
  const admittedBy = step.day + step.days - p.months * DAYS_PER_MONTH;
  const n = drawBelow(world, WHAT.graduation, step.index, probability);
  for (let i = 0; i < n; i++) {
    const row = served.rows[scratch.chosen[i]];
    if (clients.status[row] !== STATUS.active && clients.status[row] !== STATUS.onHold) continue;
    if (clients.neverEngages[row] === 1 || clients.admissionDay[row] > admittedBy) continue;
    if (functioning[row] < p.functioning) continue;
    leaveService(world, row, STATUS.graduated, step);
    teams.total.graduated[clients.team[row]]++;
  }
}

function endTrials(world: World, step: Step): void {
  const { parameters, clients, teams, served, scratch, kernels } = world;
  const admittedBy = step.day + step.days / 2 - parameters.contacts.neverEngages.trial * DAYS_PER_WEEK;
  const n = kernels.findFlagged(clients.neverEngages);
  for (let i = 0; i < n; i++) {
    const row = served.rows[scratch.chosen[i]];
    if (clients.admissionDay[row] > admittedBy) continue;
    leaveService(world, row, STATUS.neverEngaged, step);
    teams.total.neverEngaged[clients.team[row]]++;
  }
}

function leaveService(world: World, row: number, status: number, { day, days }: Step): void {
  leaveCaseload(world, row);
  world.clients.status[row] = status;
  world.clients.exitDay[row] = day + days;
}
