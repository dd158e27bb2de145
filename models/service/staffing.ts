import { exp, log } from "../../sim/numerics/elementary.ts";
import { normalCdf } from "../../sim/numerics/normal.ts";
import { normalAt, uniformAt } from "../../sim/random/address.ts";
import { fillUniforms } from "../../sim/random/fill.ts";
import { WHAT } from "../what.ts";
import { beginDyad, joinCaseload, leastLoaded, placePooled } from "./assign.ts";
import { managerIdentity } from "./identity.ts";
import type { ServiceParameters } from "./parameters.ts";
import { DAYS_PER_MONTH, DAYS_PER_WEEK, DAYS_PER_YEAR, probabilityOf, relaxation } from "./time.ts";
import { NOBODY, STATUS, type Step, type World } from "./world.ts";

/** Demand beyond this many times the capacity counts as no more overload. */
const MAX_OVERLOAD = 10;

/**
 * Vacant seats are filled when their time has come; competence grows, overload is remembered; case managers leave with
 * hazard h₀ · team factor · exp(β · overload memory) · HR_monitoring; their clients are handed over by the policy.
 */
export function staffing(world: World, step: Step): void {
  hire(world, step);
  ripen(world, step);
  world.teams.leavers.fill(0);
  if (world.parameters.staffing.turnover.on) loseManagers(world, step);
}

function hire(world: World, { day, days }: Step): void {
  const { managers, clients, teams, roster, parameters } = world;
  const { seats } = parameters.teams;
  if (isFrozen(parameters, day)) return;
  for (let team = 0; team < teams.n; team++) {
    if (teams.nPresent[team] === seats) continue;
    for (let seat = team * seats; seat < (team + 1) * seats; seat++) {
      // Rounded to the nearest step, so that vacancies have the length that was drawn.
      if (managers.present[seat] === 1 || managers.vacantUntil[seat] > day + days / 2) continue;
      managers.generation[seat]++;
      seatManager(world, team, seat, day);
      managers.competence[seat] = parameters.staffing.competence.on ? parameters.staffing.competence.start : 1;
      teams.total.managersHired[team]++;
      for (let row = roster.firstRow[team]; row < roster.firstRow[team + 1]; row++) {
        if (clients.manager[row] !== seat || clients.status[row] !== STATUS.onHold) continue;
        if (managers.caseload[seat] > managers.cap[seat]) toPool(world, row);
        else beginDyad(world, row, seat, day);
      }
    }
    if (teams.nPooled[team] > 0) placePooled(world, team, day);
  }
}

/** Whether a hiring freeze lasts on this day. */
function isFrozen({ staffing: { hiringFreeze } }: ServiceParameters, day: number): boolean {
  const start = hiringFreeze.start * DAYS_PER_WEEK;
  return hiringFreeze.on && day >= start && day < start + hiringFreeze.weeks * DAYS_PER_WEEK;
}

/** A person takes a seat: traits are drawn at the address (team, seat, generation). */
export function seatManager(
  { managers, teams, parameters, key }: World,
  team: number,
  seat: number,
  day: number,
): void {
  const { staffing: staff, alliance, fidelity } = parameters;
  const who = managerIdentity(team, seat - team * parameters.teams.seats, managers.generation[seat]);
  const normal = (what: number) => normalAt(key, who, what, 0);
  const spread = (on: boolean, sd: number, what: number) => (on && sd > 0 ? sd * normal(what) : 0);
  managers.identity[seat] = who;
  managers.present[seat] = 1;
  managers.hiredDay[seat] = day;
  managers.skill[seat] = spread(alliance.skill.on, alliance.skill.sd, WHAT.managerSkill);
  managers.responsiveness[seat] = spread(alliance.responsiveness.on, 1, WHAT.managerResponsiveness);
  managers.stigmaSlope[seat] = spread(alliance.stigma.on, alliance.stigma.managerSd, WHAT.managerStigmaSlope);
  managers.fidelityDeviation[seat] = spread(true, fidelity.managerSd, WHAT.managerFidelity);
  const partTime = uniformAt(key, who, WHAT.managerWorkingTime, 0) < staff.partTimeShare;
  managers.fte[seat] = partTime ? staff.partTimeFte : 1;
  managers.cap[seat] = Math.max(1, Math.floor(staff.caseloadCap * managers.fte[seat] + 0.5));
  // Plain people: 25 to 60 years old, experience a uniform share of the years since 23.
  managers.age[seat] = 25 + 35 * normalCdf(normal(WHAT.managerAge));
  managers.experienceYears[seat] = (managers.age[seat] - 23) * uniformAt(key, who, WHAT.managerExperience, 0);
  managers.overloadMemory[seat] = 0;
  managers.capacityHours[seat] = 0;
  managers.demandHours[seat] = 0;
  teams.nPresent[team]++;
}

function ripen({ managers, parameters: { staffing: staff } }: World, { days }: Step): void {
  const { competence, turnover } = staff;
  const growth = relaxation(days, competence.months * DAYS_PER_MONTH);
  const forgetting = relaxation(days, turnover.overload.memory * DAYS_PER_WEEK);
  for (let seat = 0; seat < managers.n; seat++) {
    if (managers.present[seat] === 0) continue;
    if (competence.on) managers.competence[seat] += growth * (1 - managers.competence[seat]);
    if (!turnover.overload.on) continue;
    const ratio = managers.demandHours[seat] / managers.capacityHours[seat];
    const overload = managers.demandHours[seat] > 0 ? Math.min(MAX_OVERLOAD, Math.max(0, ratio - 1)) : 0;
    managers.overloadMemory[seat] += forgetting * (overload - managers.overloadMemory[seat]);
  }
}

function loseManagers(world: World, { index, day, days }: Step): void {
  const { managers, teams, parameters, key, draws } = world;
  const { turnover, vacancy } = parameters.staffing;
  const { seats } = parameters.teams;
  const base = (turnover.perYear * days) / DAYS_PER_YEAR;
  const u = draws[0];
  fillUniforms(u, key, WHAT.managerLeaves, index, managers.identity);
  for (let team = 0; team < teams.n; team++) {
    const firstSeat = team * seats;
    const isRetained = turnover.monitoring.on && isMonitored(world, team, day);
    const ofTeam = base * (isRetained ? turnover.monitoring.hazardRatio : 1) * teams.turnoverFactor[team];
    for (let seat = firstSeat; seat < firstSeat + seats; seat++) {
      if (managers.present[seat] === 0) continue;
      const strain = turnover.overload.on ? exp(turnover.overload.effect * managers.overloadMemory[seat]) : 1;
      const hazard = ofTeam * strain;
      // 1 − e^{−h} ≤ h.
      if (u[seat] >= hazard || u[seat] >= probabilityOf(hazard)) continue;
      managers.present[seat] = 0;
      managers.vacantUntil[seat] =
        day - vacancy * DAYS_PER_WEEK * log(1 - uniformAt(key, managers.identity[seat], WHAT.vacancy, 0));
      teams.nPresent[team]--;
      teams.leavers[team]++;
      teams.total.managersLeft[team]++;
    }
    if (teams.leavers[team] > 0) handOver(world, team, day);
  }
}

/** What becomes of the clients of those who have just left. */
function handOver(world: World, team: number, day: number): void {
  const { managers, clients, teams, roster, parameters } = world;
  const policy = parameters.staffing.handOver;
  for (let row = roster.firstRow[team]; row < roster.firstRow[team + 1]; row++) {
    const seat = clients.manager[row];
    const status = clients.status[row];
    if (seat === NOBODY || managers.present[seat] === 1) continue;
    if (status !== STATUS.active && status !== STATUS.notEngaging) continue;
    if (policy === "redistribute" && teams.nPresent[team] > 0) {
      managers.caseload[seat]--;
      joinCaseload(world, row, leastLoaded(world, team, false), day);
      continue;
    }
    clients.status[row] = STATUS.onHold;
    if (policy === "hold") continue;
    toPool(world, row);
  }
  if (teams.nPooled[team] > 0) placePooled(world, team, day);
}

/** A client on hold whom whoever has room will take over; a part-time successor may not have room for all. */
function toPool({ managers, clients, teams }: World, row: number): void {
  managers.caseload[clients.manager[row]]--;
  clients.manager[row] = NOBODY;
  teams.nPooled[clients.team[row]]++;
}

/** Whether a team's fidelity is monitored on this day; a team that has abandoned the model is not. */
export function isMonitored({ parameters: { fidelity }, teams }: World, team: number, day: number): boolean {
  const { on, months } = fidelity.monitoring;
  return on && day < months * DAYS_PER_MONTH && teams.abandoned[team] === 0;
}
