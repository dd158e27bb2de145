import type { PlayedService } from "../service/playService.ts";
import { FOLLOW_UP_MONTHS } from "../service/recordTenure.ts";
import { ORIGIN } from "../service/roster.ts";
import { DAYS_PER_MONTH, DAYS_PER_WEEK } from "../service/time.ts";

/** Who is followed up, as definitions of key figures say it. */
export const FOLLOWED_UP = `clients who engaged, were referred from day 0 on and admitted at least ${FOLLOW_UP_MONTHS} months before the end`;

/** Rows of the clients who are followed up. */
export function followedUp({ history: { clients, origin, nWeeks } }: PlayedService): number[] {
  const latest = nWeeks * DAYS_PER_WEEK - FOLLOW_UP_MONTHS * DAYS_PER_MONTH;
  const rows: number[] = [];
  for (let row = 0; row < clients.n; row++)
    if (origin[row] !== ORIGIN.initial && clients.neverEngages[row] === 0 && clients.admissionDay[row] <= latest)
      rows.push(row);
  return rows;
}

/** True score of an outcome 18 months after admission, or on leaving where that came first, less the score at entry. */
export function changeOf({ history, tenure }: PlayedService, o: number, row: number): number {
  const then = tenure.followUp[o][row];
  // Scores stand still once a client has left.
  return (Number.isNaN(then) ? history.clients.outcome[o][row] : then) - tenure.entry[o][row];
}

/** Days in service until then. */
export function daysUntilFollowUp({ history: { clients } }: PlayedService, row: number): number {
  return Math.min(FOLLOW_UP_MONTHS * DAYS_PER_MONTH, clients.exitDay[row] - clients.admissionDay[row]);
}
