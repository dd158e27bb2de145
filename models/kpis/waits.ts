import type { ServiceHistory } from "../service/history.ts";
import { ORIGIN } from "../service/roster.ts";
import { NEVER } from "../service/world.ts";

/** Days from referral to admission; null for clients of day 0 and for whoever has not been admitted. */
export function waitOf({ clients, origin }: ServiceHistory, row: number): number | null {
  return origin[row] !== ORIGIN.initial && clients.admissionDay[row] < NEVER
    ? clients.admissionDay[row] - clients.referralDay[row]
    : null;
}
