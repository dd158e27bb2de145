import { normalAt } from "../../sim/random/address.ts";
import { WHAT } from "../what.ts";
import { NOBODY, STATUS, type World } from "./world.ts";

/** The present case manager of a team with the smallest caseload per FTE, lowest seat first; NOBODY if there is none. */
export function leastLoaded({ managers, parameters }: World, team: number, underCap: boolean): number {
  const { seats } = parameters.teams;
  let best: number = NOBODY;
  let bestLoad = Number.POSITIVE_INFINITY;
  for (let seat = team * seats; seat < (team + 1) * seats; seat++) {
    if (managers.present[seat] === 0) continue;
    if (underCap && managers.caseload[seat] >= managers.cap[seat]) continue;
    const load = managers.caseload[seat] / managers.fte[seat];
    if (load < bestLoad) {
      best = seat;
      bestLoad = load;
    }
  }
  return best;
}

/**
 * A client and a case manager begin to work together. Beyond the first case manager, alliance keeps only what is carried
 * over. The fit of the pair is drawn at the address (client, number of case managers so far).
 */
export function beginDyad({ clients, teams, parameters, key }: World, row: number, seat: number, day: number): void {
  const { dyadFit, carriedOver } = parameters.alliance;
  if (clients.dyads[row] > 0) {
    const entry = clients.entryAlliance[row];
    clients.alliance[row] = entry + carriedOver * (clients.alliance[row] - entry);
    clients.managerChangeDay[row] = day;
    teams.total.managerChanges[clients.team[row]]++;
  }
  clients.manager[row] = seat;
  clients.status[row] = clients.neverEngages[row] === 1 ? STATUS.notEngaging : STATUS.active;
  if (dyadFit.on && dyadFit.sd > 0)
    clients.dyadFit[row] = dyadFit.sd * normalAt(key, clients.identity[row], WHAT.dyadFit, clients.dyads[row]);
  clients.dyads[row]++;
}

/** A client joins a caseload: a place is taken. */
export function joinCaseload(world: World, row: number, seat: number, day: number): void {
  world.managers.caseload[seat]++;
  beginDyad(world, row, seat, day);
}

/** A client's place is free again; the client's status is up to the caller. */
export function leaveCaseload({ clients, managers, teams }: World, row: number): void {
  const seat = clients.manager[row];
  if (seat === NOBODY) teams.nPooled[clients.team[row]]--;
  else managers.caseload[seat]--;
  clients.manager[row] = NOBODY;
}

/** Pooled clients go to whoever has room, longest in service first as identities go; before any new referral. */
export function placePooled(world: World, team: number, day: number): void {
  const { clients, teams, roster } = world;
  for (let row = roster.firstRow[team]; teams.nPooled[team] > 0 && row < roster.firstRow[team + 1]; row++) {
    if (clients.status[row] !== STATUS.onHold || clients.manager[row] !== NOBODY) continue;
    const seat = leastLoaded(world, team, true);
    if (seat === NOBODY) return;
    teams.nPooled[team]--;
    joinCaseload(world, row, seat, day);
  }
}
