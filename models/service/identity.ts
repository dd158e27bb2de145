/**
 * Identities that no scenario changes, packed in 32 bits: a client is (team, period of referral, slot in the period), a
 * case manager (team, seat, generation), so that adding a team, a client or a hire renumbers nobody.
 */

/** Periods 0–15 hold clients already in service on day 0, 16–31 those of a study's cohort, 32 + w the referrals of week w. */
export const INITIAL_PERIOD = 0;
export const COHORT_PERIOD = 16;
export const FIRST_WEEK_PERIOD = 32;
export const MAX_SLOTS = 256;
const PERIODS = 4096;

/**
 * @param team   in [0, 4096)
 * @param period in [0, 4096)
 * @param slot   0, 1, 2 … within the period; more than 255 go on in the next periods of the block
 * @throws RangeError where the identity would not be unique
 */
export function clientIdentity(team: number, period: number, slot: number): number {
  const inPeriod = period + Math.floor(slot / MAX_SLOTS);
  const end = period < COHORT_PERIOD ? COHORT_PERIOD : period < FIRST_WEEK_PERIOD ? FIRST_WEEK_PERIOD : period + 1;
  if (inPeriod >= Math.min(end, PERIODS))
    throw new RangeError(`no identity is left for client ${slot} of period ${period} in team ${team}`);
  return team * 0x100000 + inPeriod * MAX_SLOTS + (slot % MAX_SLOTS);
}

/** @param team in [0, 4096), seat in [0, 256), generation in [0, 4096): wraps beyond, after millennia */
export function managerIdentity(team: number, seat: number, generation: number): number {
  return team * 0x100000 + seat * 0x1000 + (generation % 0x1000);
}
