import { streamOf } from "../../sim/random/address.ts";
import { WHAT } from "../what.ts";
import { joinCaseload, leastLoaded, placePooled } from "./assign.ts";
import { DAYS_PER_YEAR, probabilityOf } from "./time.ts";
import { NOBODY, STATUS, type Step, type World } from "./world.ts";

/** Referrals of the step join the waiting list; whoever is on it may give up; places are filled while there are any. */
export function referrals(world: World, step: Step): void {
  receive(world, step);
  if (world.parameters.referrals.givingUp.on) giveUp(world, step);
  for (let team = 0; team < world.teams.n; team++) {
    if (world.teams.nPooled[team] > 0) placePooled(world, team, step.day);
    if (world.teams.nWaiting[team] > 0) admit(world, team, step);
  }
}

function receive(world: World, { day, days }: Step): void {
  const { clients, teams, roster, queue } = world;
  while (world.arrived < roster.byDay.length && roster.day[roster.byDay[world.arrived]] < day + days) {
    const row = roster.byDay[world.arrived++];
    const team = clients.team[row];
    clients.status[row] = STATUS.waiting;
    queue[roster.firstRow[team] + teams.nWaiting[team]++] = row;
    teams.total.referred[team]++;
    if (row >= teams.newest[team]) teams.newest[team] = row + 1;
  }
}

/** u < 1 − e^{−hΔ} for each waiting client. */
function giveUp({ parameters, clients, teams, roster, queue, key, kernels, scratch }: World, step: Step): void {
  const p = probabilityOf((parameters.referrals.givingUp.perYear * step.days) / DAYS_PER_YEAR);
  const { identities, chosen } = scratch;
  let nWaiting = 0;
  for (let team = 0; team < teams.n; team++) {
    const first = roster.firstRow[team];
    for (let at = first; at < first + teams.nWaiting[team]; at++) identities[nWaiting++] = clients.identity[queue[at]];
  }
  const n = kernels.drawBelow(identities, nWaiting, streamOf(key, WHAT.givingUp), step.index, p);
  // From the last to the first, so that nobody who is still to be found changes place.
  let team = teams.n;
  let start = nWaiting;
  for (let i = n - 1; i >= 0; i--) {
    while (chosen[i] < start) start -= teams.nWaiting[--team];
    const first = roster.firstRow[team];
    const at = first + chosen[i] - start;
    const row = queue[at];
    queue.copyWithin(at, at + 1, first + teams.nWaiting[team]--);
    clients.status[row] = STATUS.gaveUp;
    clients.exitDay[row] = Math.max(step.day, clients.referralDay[row]);
    teams.total.gaveUp[team]++;
  }
}

function admit(world: World, team: number, { index, day }: Step): void {
  const { parameters, clients, teams, roster, queue } = world;
  const first = roster.firstRow[team];
  while (teams.nWaiting[team] > 0) {
    const seat = leastLoaded(world, team, true);
    if (seat === NOBODY) return;
    const at = parameters.referrals.priority === "need" ? neediest(world, team) : first;
    const row = queue[at];
    queue.copyWithin(at, at + 1, first + teams.nWaiting[team]);
    teams.nWaiting[team]--;
    clients.admissionStep[row] = index;
    clients.admissionDay[row] = Math.max(day, clients.referralDay[row]);
    teams.total.admitted[team]++;
    joinCaseload(world, row, seat, day);
  }
}

/** Place in the queue of the waiting client with the highest need; of equals the one referred first. */
function neediest({ clients, teams, roster, queue }: World, team: number): number {
  const first = roster.firstRow[team];
  let best = first;
  for (let at = first + 1; at < first + teams.nWaiting[team]; at++)
    if (clients.need[queue[at]] > clients.need[queue[best]]) best = at;
  return best;
}
