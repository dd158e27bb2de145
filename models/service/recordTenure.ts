import { ORIGIN } from "./roster.ts";
import type { ServiceObserver } from "./simulateService.ts";
import { DAYS_PER_MONTH, DAYS_PER_WEEK } from "./time.ts";
import { N_OUTCOMES, STATUS } from "./world.ts";

/** Months after admission at which outcomes are followed up: the published study's last interview. */
export const FOLLOW_UP_MONTHS = 18;
/** Alliance, then the four outcomes. */
export const N_TENURE_VARIABLES = 1 + N_OUTCOMES;

/** Clients by months in service. Whoever was in service on day 0 is left out: nobody saw their beginning. */
export type TenureRecord = {
  /** Months 0 … nMonths − 1 after admission. */
  readonly nMonths: number;
  /** Of clients in service so long after admission, by month: values of alliance and outcomes, one list per variable. */
  readonly values: readonly (readonly (readonly number[])[])[];
  /** By row of the history: outcomes before the first week in service. */
  readonly entry: readonly Float64Array[];
  /** By row: outcomes 18 months after admission; NaN for whoever was not in service then. */
  readonly followUp: readonly Float64Array[];
  /** By row: end of the step in which the first contact was held; NaN before it. */
  readonly firstContactDay: Float64Array;
};

/**
 * An observer that keeps every client's alliance and outcomes at whole months after admission: as they stand at the end of
 * the first step that reaches the month, month 0 before the first step. Memory: 40 bytes per client and month, and 72 per
 * client.
 */
export function recordTenure(weeks: number): {
  readonly observer: ServiceObserver;
  readonly tenure: () => TenureRecord;
} {
  const nMonths = 1 + Math.floor((weeks * DAYS_PER_WEEK) / DAYS_PER_MONTH);
  const values = Array.from({ length: nMonths }, () => Array.from({ length: N_TENURE_VARIABLES }, (): number[] => []));
  let entry: Float64Array[] = [];
  let followUp: Float64Array[] = [];
  let firstContactDay = new Float64Array(0);
  let next = new Int32Array(0);

  const keep = (month: number, row: number, alliance: number, outcome: readonly Float64Array[]) => {
    values[month][0].push(alliance);
    for (let o = 0; o < N_OUTCOMES; o++) values[month][1 + o].push(outcome[o][row]);
    if (month === FOLLOW_UP_MONTHS) for (let o = 0; o < N_OUTCOMES; o++) followUp[o][row] = outcome[o][row];
  };

  return {
    observer: {
      atStart({ clients }) {
        entry = clients.outcome.map((column) => column.slice());
        followUp = clients.outcome.map(() => new Float64Array(clients.n).fill(Number.NaN));
        firstContactDay = new Float64Array(clients.n).fill(Number.NaN);
        next = new Int32Array(clients.n);
      },
      afterStep({ clients, served, roster }, { day, days }) {
        const end = day + days;
        for (let i = 0; i < served.n; i++) {
          const row = served.rows[i];
          if (roster.origin[row] === ORIGIN.initial) continue;
          if (next[row] === 0) keep(next[row]++, row, clients.entryAlliance[row], entry);
          if (clients.contacts[row] > 0 && Number.isNaN(firstContactDay[row])) firstContactDay[row] = end;
          if (clients.status[row] > STATUS.notEngaging) continue;
          while (next[row] < nMonths && clients.admissionDay[row] + next[row] * DAYS_PER_MONTH <= end)
            keep(next[row]++, row, clients.alliance[row], clients.outcome);
        }
      },
    },
    tenure: () => ({ nMonths, values, entry, followUp, firstContactDay }),
  };
}
