import { DAYS_PER_MONTH } from "../service/time.ts";

/**
 * What addresses the draws of an audit or an interview: its planned time in hundredths of a month, not its number in the
 * list, so that another interview in between changes no draw of the rest.
 *
 * @param months in [0, 1200]
 * @returns integer in [0, 120000]
 */
export function occasionOf(months: number): number {
  return Math.floor(months * 100 + 0.5);
}

export function daysOf(months: number): number {
  return months * DAYS_PER_MONTH;
}

/** "4.5" → "4_5": a planned time as part of a column's name. */
export function monthsInName(months: number): string {
  return String(months).replace(".", "_");
}
