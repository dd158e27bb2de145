import { exp } from "../../sim/numerics/elementary.ts";
import { fillUniforms } from "../../sim/random/fill.ts";
import { WHAT } from "../what.ts";
import { DAYS_PER_MONTH, DAYS_PER_WEEK } from "./time.ts";
import { STATUS, type Step, type World } from "./world.ts";

/**
 * Hours available over hours asked for give the share of planned contacts that can happen; the client attends or not:
 * dose = contacts held / contacts planned. Clients on hold are covered by the whole team at a reduced plan.
 */
export function contacts(world: World, step: Step): void {
  gatherServed(world);
  if (world.parameters.contacts.on) shareHours(world, step);
  attend(world, step);
}

/** Lists the clients in service, in order of identity. */
function gatherServed({ clients: { status, identity }, teams, served }: World): void {
  const { rows, identities, first } = served;
  let n = 0;
  for (let team = 0; team < teams.n; team++) {
    let oldest = teams.oldest[team];
    const end = teams.newest[team];
    while (oldest < end && status[oldest] > STATUS.notEngaging) oldest++;
    teams.oldest[team] = oldest;
    for (let row = oldest; row < end; row++) {
      if (status[row] < STATUS.active || status[row] > STATUS.notEngaging) continue;
      rows[n] = row;
      identities[n++] = identity[row];
    }
    first[team + 1] = n;
  }
  served.n = n;
}

/** Demand and capacity of every case manager in hours of this step, and the share of planned contacts they can hold. */
function shareHours({ parameters, clients, managers, teams, served, draws }: World, { days }: Step): void {
  const { contacts: plan, staffing, fidelity } = parameters;
  const { seats } = parameters.teams;
  const { training } = fidelity;
  const { capacityHours, demandHours, contactShare, present, fte } = managers;
  const extraSupervision = fidelity.on && training.on ? training.supervisionHours - training.supervisionNeeded : 0;
  const weekly = Math.max(0, plan.hoursPerWeek * plan.directShare - extraSupervision);
  const hours = (weekly * days) / DAYS_PER_WEEK;
  const hoursPerNeed = ((plan.perMonth * days) / DAYS_PER_MONTH) * (plan.hoursPerContact + plan.travelHours);
  for (let seat = 0; seat < managers.n; seat++) {
    demandHours[seat] = 0;
    capacityHours[seat] = present[seat] === 1 ? fte[seat] * hours : 0;
  }
  const coverDemand = draws[0].fill(0, 0, teams.n);
  const coverCrises = draws[1].fill(0, 0, teams.n);
  const { manager, status, need, inHospital, inCrisis, team: teamOf } = clients;
  const { hospitalShare, crisisHours } = plan;
  const { coverShare } = staffing;
  for (let i = 0; i < served.n; i++) {
    const row = served.rows[i];
    const seat = manager[row];
    const asked = need[row] * hoursPerNeed * (inHospital[row] === 1 ? hospitalShare : 1);
    const crisis = inCrisis[row] === 1 ? crisisHours : 0;
    if (status[row] === STATUS.onHold) {
      coverDemand[teamOf[row]] += asked * coverShare;
      coverCrises[teamOf[row]] += crisis;
    } else {
      demandHours[seat] += asked;
      capacityHours[seat] -= crisis;
    }
  }
  for (let team = 0; team < teams.n; team++) {
    const firstSeat = team * seats;
    let fteSum = 0;
    for (let seat = firstSeat; seat < firstSeat + seats; seat++) fteSum += present[seat] * fte[seat];
    let covered = 0;
    for (let seat = firstSeat; seat < firstSeat + seats; seat++) {
      if (present[seat] === 0) continue;
      const part = fte[seat] / fteSum;
      demandHours[seat] += part * coverDemand[team];
      capacityHours[seat] = Math.max(0, capacityHours[seat] - part * coverCrises[team]);
      contactShare[seat] = demandHours[seat] > capacityHours[seat] ? capacityHours[seat] / demandHours[seat] : 1;
      covered += part * contactShare[seat];
    }
    teams.coverContactShare[team] = covered;
  }
}

/** Attendance: one uniform per client and step, u < p with logit p rising with alliance. */
function attend({ parameters, clients, managers, teams, served, draws, key }: World, { index, days }: Step): void {
  const { contacts: plan, staffing, alliance } = parameters;
  const { attendance } = plan;
  const plannedPerNeed = (plan.perMonth * days) / DAYS_PER_MONTH;
  const oddsAgainst = (1 - attendance.mean) / attendance.mean;
  const slope = -attendance.alliance / alliance.sd;
  const { mean } = alliance;
  // No alliance in [0, 100] gives a lower or a higher probability: most draws are settled by these two.
  const [oddsAt0, oddsAt100] = [oddsAgainst * exp(-slope * mean), oddsAgainst * exp(slope * (100 - mean))];
  const surely = 1 / (1 + Math.max(oddsAt0, oddsAt100));
  const perhaps = 1 / (1 + Math.min(oddsAt0, oddsAt100));
  const u = draws[0];
  if (attendance.on) fillUniforms(u, key, WHAT.attendance, index, served.identities.subarray(0, served.n));
  const { rows, first } = served;
  const { on: limited, hospitalShare } = plan;
  const { on: mayMiss } = attendance;
  const { contactShare } = managers;
  const { manager, status, need, inHospital, neverEngages, alliance: a, dose, contacts: held } = clients;
  for (let team = 0; team < teams.n; team++) {
    const cover = teams.nPresent[team] > 0 ? staffing.coverShare * (limited ? teams.coverContactShare[team] : 1) : 0;
    let sumPlanned = 0;
    let sumHeld = 0;
    for (let i = first[team]; i < first[team + 1]; i++) {
      const row = rows[i];
      const planned = need[row] * plannedPerNeed;
      let offered = status[row] === STATUS.onHold ? cover : limited ? contactShare[manager[row]] : 1;
      if (inHospital[row] === 1) offered *= hospitalShare;
      const attends =
        neverEngages[row] === 0 &&
        (!mayMiss || u[i] < surely || (u[i] < perhaps && u[i] * (1 + oddsAgainst * exp(slope * (a[row] - mean))) < 1));
      dose[row] = attends ? offered : 0;
      held[row] += dose[row] * planned;
      sumPlanned += planned;
      sumHeld += dose[row] * planned;
    }
    teams.total.contactsPlanned[team] += sumPlanned;
    teams.total.contactsHeld[team] += sumHeld;
  }
}
