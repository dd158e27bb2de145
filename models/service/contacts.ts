import { exp } from "../../sim/numerics/elementary.ts";
import { streamOf } from "../../sim/random/address.ts";
import { WHAT } from "../what.ts";
import { isTrained } from "./fidelity.ts";
import type { ServiceParameters } from "./parameters.ts";
import { DAYS_PER_MONTH, DAYS_PER_WEEK } from "./time.ts";
import { ATTENDANCE_BANDS, type Step, type World } from "./world.ts";

/**
 * Hours available over hours asked for give the share of planned contacts that can happen; the client attends or not:
 * dose = contacts held / contacts planned. Clients on hold are covered by the whole team at a reduced plan.
 */
export function contacts(world: World, step: Step): void {
  world.served.n = world.kernels.gatherServed();
  if (world.parameters.contacts.on) shareHours(world, step);
  attend(world, step);
}

/** Demand and capacity of every case manager in hours of this step, and the share of planned contacts they can hold. */
function shareHours(world: World, { day, days }: Step): void {
  const { parameters, managers, teams, scratch, kernels } = world;
  const { contacts: plan, staffing } = parameters;
  const { supervisionHours, supervisionNeeded } = parameters.fidelity.training;
  const { seats } = parameters.teams;
  const { capacityHours, demandHours, contactShare, present, fte } = managers;
  const weekly = plan.hoursPerWeek * plan.directShare;
  const hours = (weekly * days) / DAYS_PER_WEEK;
  const hoursInTraining = (Math.max(0, weekly - supervisionHours + supervisionNeeded) * days) / DAYS_PER_WEEK;
  const hoursPerNeed = ((plan.perMonth * days) / DAYS_PER_MONTH) * (plan.hoursPerContact + plan.travelHours);
  for (let team = 0; team < teams.n; team++) {
    const available = isTrained(world, team, day) ? hoursInTraining : hours;
    for (let seat = team * seats; seat < (team + 1) * seats; seat++) {
      demandHours[seat] = 0;
      capacityHours[seat] = present[seat] === 1 ? fte[seat] * available : 0;
    }
  }
  const coverDemand = scratch.coverDemand.fill(0);
  const coverCrises = scratch.coverCrises.fill(0);
  const { hospitalShare, crisisHours } = plan;
  kernels.askForHours({ hoursPerNeed, hospitalShare, crisisHours, coverShare: staffing.coverShare });
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
function attend({ parameters, managers, teams, scratch, kernels, key }: World, { index, days }: Step): void {
  const { contacts: plan, staffing, alliance } = parameters;
  for (let seat = 0; seat < managers.n; seat++) scratch.bySeat[seat] = plan.on ? managers.contactShare[seat] : 1;
  for (let team = 0; team < teams.n; team++)
    scratch.byTeam[team] =
      teams.nPresent[team] > 0 ? staffing.coverShare * (plan.on ? teams.coverContactShare[team] : 1) : 0;
  kernels.attend(streamOf(key, WHAT.attendance), index, {
    plannedPerNeed: (plan.perMonth * days) / DAYS_PER_MONTH,
    hospitalShare: plan.hospitalShare,
    ...attendanceOdds(parameters),
    mean: alliance.mean,
    bandsPerPoint: ATTENDANCE_BANDS / 100,
    lastBand: ATTENDANCE_BANDS - 1,
    mayMiss: plan.attendance.on ? 1 : 0,
  });
}

function attendanceOdds({ contacts: { attendance }, alliance }: ServiceParameters) {
  return { oddsAgainst: (1 - attendance.mean) / attendance.mean, slope: -attendance.alliance / alliance.sd };
}

/** By band of alliance, between what the probability of attendance lies: most draws are settled by these bounds. */
export function fillAttendanceBounds({ parameters, attendanceBounds: { surely, perhaps } }: World): void {
  const { oddsAgainst, slope } = attendanceOdds(parameters);
  const { mean } = parameters.alliance;
  const probability = (points: number) => 1 / (1 + oddsAgainst * exp(slope * (points - mean)));
  for (let band = 0; band < ATTENDANCE_BANDS; band++) {
    const [from, to] = [band, band + 1].map((end) => probability((100 * end) / ATTENDANCE_BANDS));
    surely[band] = Math.min(from, to);
    perhaps[band] = Math.max(from, to);
  }
}
