import { exp } from "../../sim/numerics/elementary.ts";

export const DAYS_PER_WEEK = 7;
export const DAYS_PER_YEAR = 365.25;
export const DAYS_PER_MONTH = DAYS_PER_YEAR / 12;

/** Probability of an event in a time with the given cumulated hazard: 1 − e^{−h}, and 1 for an infinite hazard. */
export function probabilityOf(cumulatedHazard: number): number {
  return 1 - exp(-cumulatedHazard);
}

/** The share of the way to its target that a relaxing quantity goes: 1 − e^{−Δ/τ}. */
export function relaxation(days: number, timeConstantDays: number): number {
  return 1 - exp(-days / timeConstantDays);
}
