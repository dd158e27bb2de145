import { exp } from "../../sim/numerics/elementary.ts";
import { poissonQuantile } from "../../sim/numerics/poissonQuantile.ts";
import { type Key, streamOf, uniformInStream } from "../../sim/random/address.ts";
import { WHAT } from "../what.ts";
import { clientIdentity, COHORT_PERIOD, FIRST_WEEK_PERIOD, INITIAL_PERIOD, MAX_SLOTS } from "./identity.ts";
import type { ServiceParameters } from "./parameters.ts";
import { DAYS_PER_WEEK } from "./time.ts";

/**
 * Everyone who will ever be referred, in order of identity. Referrals do not depend on what happens in the service, nor on
 * the step, so the world knows its size from the start.
 */
export type Roster = {
  readonly n: number;
  readonly identity: Uint32Array;
  readonly team: Int32Array;
  /** Day of referral; for clients in service on day 0 that of their admission, below 0. */
  readonly day: Float64Array;
  /** Where each comes from, see ORIGIN. */
  readonly origin: Uint8Array;
  /** Rows of clients referred from day 0 on, by day, then identity. */
  readonly byDay: Int32Array;
  /** Rows of team t are firstRow[t] … firstRow[t + 1] − 1. */
  readonly firstRow: Int32Array;
};

export const ORIGIN = { initial: 0, cohort: 1, referral: 2 } as const;

/** Clients in service on day 0 per team. */
export function initialClients({ teams, staffing, referrals }: ServiceParameters): number {
  return Math.floor(teams.seats * staffing.caseloadCap * referrals.initialCaseload);
}

/**
 * Draws the roster: for each team the clients in service on day 0 (tenure uniform), the study's cohort (arrival uniform in
 * its window), and the referrals of each week (Poisson; times uniform in the week).
 *
 * @throws RangeError if a week of a team brings more than 255 clients
 */
export function drawRoster(parameters: ServiceParameters, key: Key): Roster {
  const { time, teams, referrals } = parameters;
  const identity: number[] = [];
  const day: number[] = [];
  const origin: number[] = [];
  const firstRow = new Int32Array(teams.count + 1);
  const counts = streamOf(key, WHAT.referralCount);
  const times = streamOf(key, WHAT.referralTime);
  const cohortTimes = streamOf(key, WHAT.cohortTime);
  const tenures = streamOf(key, WHAT.initialTenure);
  const add = (who: number, when: number, from: number) => {
    identity.push(who);
    day.push(when);
    origin.push(from);
  };

  const nInitial = initialClients(parameters);
  // The count of a quiet week is most often 0: its uniform is compared with e^{−λ} before anything is summed.
  const quiet = exp(-referrals.perWeek);
  for (let team = 0; team < teams.count; team++) {
    for (let slot = 0; slot < nInitial; slot++) {
      const who = clientIdentity(team, INITIAL_PERIOD, slot);
      add(who, -DAYS_PER_WEEK * referrals.initialTenure * uniformInStream(tenures, who, 0), ORIGIN.initial);
    }
    if (referrals.cohort.on)
      for (let slot = 0; slot < referrals.cohort.perTeam; slot++) {
        const who = clientIdentity(team, COHORT_PERIOD, slot);
        const week = referrals.cohort.start + referrals.cohort.window * uniformInStream(cohortTimes, who, 0);
        add(who, DAYS_PER_WEEK * week, ORIGIN.cohort);
      }
    for (let week = 0; week < time.weeks && referrals.perWeek > 0; week++) {
      const u = uniformInStream(counts, team, week);
      const n = u <= quiet ? 0 : poissonQuantile(u, referrals.perWeek);
      if (n > MAX_SLOTS) throw new RangeError(`team ${team} gets ${n} referrals in week ${week}; at most ${MAX_SLOTS}`);
      for (let slot = 0; slot < n; slot++) {
        const who = clientIdentity(team, FIRST_WEEK_PERIOD + week, slot);
        add(who, DAYS_PER_WEEK * (week + uniformInStream(times, who, 0)), ORIGIN.referral);
      }
    }
    firstRow[team + 1] = identity.length;
  }

  const n = identity.length;
  const days = Float64Array.from(day);
  const team = new Int32Array(n);
  for (let t = 0; t < teams.count; t++) team.fill(t, firstRow[t], firstRow[t + 1]);
  const rows: number[] = [];
  for (let row = 0; row < n; row++) if (origin[row] !== ORIGIN.initial) rows.push(row);
  return {
    n,
    identity: Uint32Array.from(identity),
    team,
    day: days,
    origin: Uint8Array.from(origin),
    byDay: Int32Array.from(rows.sort((a, b) => days[a] - days[b] || a - b)),
    firstRow,
  };
}
