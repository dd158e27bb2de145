import { exp } from "../../sim/numerics/elementary.ts";
import { type Key, normalAt } from "../../sim/random/address.ts";
import { fillNormals, fillUniforms } from "../../sim/random/fill.ts";
import { WHAT } from "../what.ts";
import { managerParts } from "./alliance.ts";
import { joinCaseload, leastLoaded } from "./assign.ts";
import { fillAttendanceBounds } from "./contacts.ts";
import { caseloadScore, HIGHEST_DOMAIN, LOWEST_DOMAIN, meanCaseload, ownFidelity, sumDomains } from "./fidelity.ts";
import { OUTCOMES } from "./outcomeParameters.ts";
import type { ServiceMemory } from "./kernels/wasmMemory.ts";
import { gainTables } from "./outcomes.ts";
import { agencyOf } from "./agencies.ts";
import type { ServiceParameters } from "./parameters.ts";
import { drawRoster, ORIGIN } from "./roster.ts";
import { seatManager } from "./staffing.ts";
import { DAYS_PER_MONTH, DAYS_PER_WEEK } from "./time.ts";
import { CASELOAD_DOMAIN, createWorldArrays, N_DOMAINS, N_OUTCOMES, NOBODY, STATUS, type World } from "./world.ts";

/**
 * The service on day 0: all seats filled with full competence, clients of the first caseload at their set-points.
 *
 * @param memory the arrays of the world, and the kernels that work on them; no other world lives there meanwhile
 */
export function createWorld(parameters: ServiceParameters, key: Key, memory: ServiceMemory): World {
  const { teams: size } = parameters;
  const roster = drawRoster(parameters, key);
  const gains = gainTables(parameters);
  const seats = size.count * size.seats;
  const sizes = { teams: size.count, seats, clients: roster.n, steps: gains[0].length };
  const arrays = memory.layOut((room) => createWorldArrays(room, sizes));
  const world: World = { ...arrays, parameters, key, roster, kernels: memory.kernelsOf(arrays), arrived: 0 };
  fillAttendanceBounds(world);
  for (const [o, gain] of gains.entries()) world.gain[o].set(gain);
  drawSites(world);
  for (let team = 0; team < size.count; team++)
    for (let seat = team * size.seats; seat < (team + 1) * size.seats; seat++) seatManager(world, team, seat, 0);
  world.managers.competence.fill(1);
  drawClients(world);
  placeFirstClients(world);
  for (let team = 0; team < size.count; team++) startFidelity(world, team);
  ownFidelity(world);
  managerParts(world);
  settleFirstClients(world);
  return world;
}

function drawSites({ parameters, teams, key }: World): void {
  const { alliance, staffing, fidelity, outcomes } = parameters;
  for (let team = 0; team < teams.n; team++) {
    const agency = agencyOf(parameters, team);
    const ofAgency = (when: number) => normalAt(key, agency, WHAT.agencyEffect, when);
    teams.identity[team] = team;
    teams.allianceEffect[team] =
      alliance.agencySd * ofAgency(0) + alliance.teamSd * normalAt(key, team, WHAT.teamEffect, 0);
    for (let o = 0; o < N_OUTCOMES; o++)
      teams.outcomeEffect[team * N_OUTCOMES + o] = outcomes[OUTCOMES[o]].agencySd * ofAgency(1 + o);
    teams.riseDays[team] =
      fidelity.rise * DAYS_PER_MONTH * exp(fidelity.riseLogSd * normalAt(key, team, WHAT.teamRiseTime, 0));
    const { teamLogSd } = staffing.turnover;
    teams.turnoverFactor[team] = exp(
      teamLogSd * normalAt(key, team, WHAT.teamTurnover, 0) - (teamLogSd * teamLogSd) / 2,
    );
  }
}

/** Start and supported levels of the domains; they sum to the team's drawn levels, the caseload domain counted as it is. */
function startFidelity(world: World, team: number): void {
  const { parameters, teams, key } = world;
  const { fidelity: p } = parameters;
  const z = (when: number) => normalAt(key, team, WHAT.teamFidelity, when);
  const start = p.start + p.spread * p.startSd * z(0);
  const asymptote = p.asymptote + p.spread * p.asymptoteSd * z(1);
  const computed = p.caseloadDomain.on;
  const caseload = caseloadScore(p.caseloadDomain, meanCaseload(world, team), HIGHEST_DOMAIN);
  const perDomain = (sum: number) => (computed ? (sum - caseload) / (N_DOMAINS - 1) : sum / N_DOMAINS);
  for (let domain = 0; domain < N_DOMAINS; domain++) {
    const at = team * N_DOMAINS + domain;
    const deviation = p.domainSd * z(2 + domain);
    const isComputed = computed && domain === CASELOAD_DOMAIN;
    teams.startLevel[at] = isComputed ? caseload : inScale(perDomain(start) + deviation);
    teams.asymptote[at] = isComputed ? caseload : inScale(perDomain(asymptote) + deviation);
    teams.domain[at] = teams.startLevel[at];
  }
  sumDomains(world, team);
}

function inScale(score: number): number {
  return Math.min(HIGHEST_DOMAIN, Math.max(LOWEST_DOMAIN, score));
}

/** Traits of everyone who will be referred, one stream per trait. */
function drawClients({ parameters, clients: c, teams, roster, draws, key }: World): void {
  const { clients: p, contacts, alliance, outcomes } = parameters;
  c.identity.set(roster.identity);
  c.team.set(roster.team);
  c.referralDay.set(roster.day);
  const [draw, common] = draws;
  const drawNormals = (what: number, when = 0) => fillNormals(draw, key, what, when, c.identity);
  const drawUniforms = (what: number) => fillUniforms(draw, key, what, 0, c.identity);
  const drawFlags = (what: number, out: Uint8Array, share: number) => {
    drawUniforms(what);
    for (let row = 0; row < c.n; row++) out[row] = draw[row] < share ? 1 : 0;
  };

  drawNormals(WHAT.age);
  for (let row = 0; row < c.n; row++) c.age[row] = Math.min(90, Math.max(18, p.meanAge + p.ageSd * draw[row]));
  drawFlags(WHAT.gender, c.woman, p.women);
  drawFlags(WHAT.education, c.basicEducation, p.basicEducation);
  drawFlags(WHAT.employment, c.employed, p.employed);
  drawFlags(WHAT.housedAtEntry, c.housedAtEntry, p.housed);
  drawFlags(WHAT.longHospitalisation, c.longHospitalisation, p.longHospitalisation);
  drawFlags(WHAT.substanceUse, c.substanceUse, p.substanceUse);
  drawNormals(WHAT.adverseExperiences);
  for (let row = 0; row < c.n; row++) {
    const experiences = Math.floor(p.adverseExperiences + p.adverseExperiencesSd * draw[row] + 0.5);
    c.adverseExperiences[row] = Math.min(10, Math.max(0, experiences));
  }
  drawUniforms(WHAT.diagnosis);
  const bipolar = p.schizophrenia + p.bipolar;
  for (let row = 0; row < c.n; row++) {
    const u = draw[row];
    c.diagnosis[row] = u < p.schizophrenia ? 0 : u < bipolar ? 1 : u < bipolar + p.borderline ? 2 : 3;
  }
  if (contacts.neverEngages.on) {
    drawUniforms(WHAT.neverEngages);
    for (let row = 0; row < c.n; row++) {
      const share = c.substanceUse[row] === 1 ? contacts.neverEngages.substanceUse : contacts.neverEngages.share;
      // Whoever is in service on day 0 has engaged.
      c.neverEngages[row] = draw[row] < share && roster.origin[row] !== ORIGIN.initial ? 1 : 0;
    }
  }
  const { needLogSd } = contacts;
  drawNormals(WHAT.need);
  for (let row = 0; row < c.n; row++) c.need[row] = exp(needLogSd * draw[row] - (needLogSd * needLogSd) / 2);

  drawNormals(WHAT.allianceTrait);
  for (let row = 0; row < c.n; row++)
    c.alliancePart[row] = teams.allianceEffect[c.team[row]] + alliance.traitSd * draw[row];
  if (alliance.stigma.on) {
    drawNormals(WHAT.stigma);
    for (let row = 0; row < c.n; row++) {
      c.stigma[row] = draw[row];
      c.alliancePart[row] += alliance.stigma.slope * draw[row];
    }
  }
  for (let row = 0; row < c.n; row++)
    c.entryAlliance[row] = Math.min(100, Math.max(0, alliance.mean + c.alliancePart[row] - alliance.entryDeficit));
  c.alliance.set(c.entryAlliance);
  c.housed.set(c.housedAtEntry);

  fillNormals(common, key, WHAT.outcomeSetPoint, N_OUTCOMES, c.identity);
  const shared = Math.sqrt(p.outcomeCorrelation);
  const own = Math.sqrt(1 - p.outcomeCorrelation);
  for (let o = 0; o < N_OUTCOMES; o++) {
    const q = outcomes[OUTCOMES[o]];
    const setPoint = c.setPoint[o];
    const y = c.outcome[o];
    drawNormals(WHAT.outcomeSetPoint, o);
    for (let row = 0; row < c.n; row++)
      setPoint[row] =
        q.entry +
        teams.outcomeEffect[c.team[row] * N_OUTCOMES + o] +
        q.setPointSd * (shared * common[row] + own * draw[row]) +
        q.employed * (c.employed[row] - p.employed) +
        q.substanceUse * (c.substanceUse[row] - p.substanceUse) +
        q.adverseExperiences * (c.adverseExperiences[row] - p.adverseExperiences) +
        q.longHospitalisation * (c.longHospitalisation[row] - p.longHospitalisation);
    drawNormals(WHAT.outcomeAtEntry, o);
    for (let row = 0; row < c.n; row++) {
      const toCome = (1 - p.agencyAtEntry) * teams.outcomeEffect[c.team[row] * N_OUTCOMES + o];
      y[row] = Math.min(q.high, Math.max(q.low, setPoint[row] - toCome + q.entrySd * draw[row]));
    }
  }
}

/** Clients in service on day 0 take their places in order of identity; whoever finds none begins on the waiting list. */
function placeFirstClients(world: World): void {
  const { clients, teams, roster, queue } = world;
  for (let team = 0; team < teams.n; team++) {
    const first = roster.firstRow[team];
    teams.oldest[team] = first;
    teams.newest[team] = first;
    for (let row = first; row < roster.firstRow[team + 1] && roster.origin[row] === ORIGIN.initial; row++) {
      teams.total.referred[team]++;
      teams.newest[team] = row + 1;
      const seat = leastLoaded(world, team, true);
      if (seat === NOBODY) {
        clients.status[row] = STATUS.waiting;
        queue[first + teams.nWaiting[team]++] = row;
        continue;
      }
      teams.total.admitted[team]++;
      joinCaseload(world, row, seat, clients.referralDay[row]);
      clients.admissionDay[row] = clients.referralDay[row];
    }
  }
}

/** Alliance at its set-point without feedback, outcomes as far on the way as their time in service leads. */
function settleFirstClients({ parameters, clients, managers, roster, gain }: World): void {
  const daysPerStep = DAYS_PER_WEEK / parameters.time.stepsPerWeek;
  for (let row = 0; row < clients.n; row++) {
    const seat = clients.manager[row];
    if (roster.origin[row] !== ORIGIN.initial || seat === NOBODY) continue;
    const days = -clients.referralDay[row];
    const nSteps = Math.floor(days / daysPerStep);
    clients.admissionStep[row] = -nSteps;
    const setPoint =
      parameters.alliance.mean +
      clients.alliancePart[row] +
      managers.alliancePart[seat] +
      managers.stigmaSlope[seat] * clients.stigma[row] +
      clients.dyadFit[row];
    clients.alliance[row] = Math.min(100, Math.max(0, setPoint));
    clients.selfWorth[row] = parameters.selfWorth.on ? clients.alliance[row] - parameters.alliance.mean : 0;
    for (let o = 0; o < N_OUTCOMES; o++) {
      const p = parameters.outcomes[OUTCOMES[o]];
      const remaining = exp((-p.rate * days) / DAYS_PER_MONTH);
      const base = clients.setPoint[o][row];
      const y = base + (clients.outcome[o][row] - base) * remaining + gain[o][nSteps] * (1 - remaining);
      clients.outcome[o][row] = Math.min(p.high, Math.max(p.low, y));
    }
  }
}
