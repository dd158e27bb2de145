import { DAYS_PER_MONTH } from "./time.ts";
import { STATUS, type Step, type World } from "./world.ts";

/**
 * The share of planned contacts that a client in service is offered in the present step, as `contacts` has it: what the
 * case manager's hours allow; on hold, what team-mates can cover; less in hospital. In [0, 1].
 */
export function offeredShare({ parameters, clients, managers, teams }: World, row: number): number {
  const { contacts, staffing } = parameters;
  const team = clients.team[row];
  const cover = teams.nPresent[team] > 0 ? staffing.coverShare * (contacts.on ? teams.coverContactShare[team] : 1) : 0;
  const own = contacts.on ? managers.contactShare[clients.manager[row]] : 1;
  const offered = clients.status[row] === STATUS.onHold ? cover : own;
  return clients.inHospital[row] === 1 ? offered * contacts.hospitalShare : offered;
}

/** Contacts planned in a step for a client of need 1. */
export function plannedPerNeed({ parameters }: World, { days }: Step): number {
  return (parameters.contacts.perMonth * days) / DAYS_PER_MONTH;
}
