import type { FidelityAudits } from "./audits.ts";

/** Scores over time: linear between the days, constant before the first and after the last. */
export type PiecewiseLinear = { readonly day: readonly number[]; readonly score: readonly number[] };

/** The audits that were held in a team, as a course over time. */
export function courseOf({ n, nTeams, day, total }: FidelityAudits, team: number): PiecewiseLinear {
  const held = Array.from({ length: n }, (_, audit) => audit).filter(
    (audit) => !Number.isNaN(total[audit * nTeams + team]),
  );
  return { day: held.map((audit) => day[audit]), score: held.map((audit) => total[audit * nTeams + team]) };
}

/** The course at one time; NaN if there is no audit. */
export function scoreAt({ day, score }: PiecewiseLinear, time: number): number {
  if (day.length === 0) return Number.NaN;
  const next = day.findIndex((d) => d > time);
  if (next === 0) return score[0];
  if (next === -1) return score[score.length - 1];
  const share = (time - day[next - 1]) / (day[next] - day[next - 1]);
  return score[next - 1] + share * (score[next] - score[next - 1]);
}

/**
 * Mean of the course over the window [end − days, end]: the exact integral of the interpolated scores over the length of
 * the window, which the mean of daily values approaches (they differ only on days on which an audit falls).
 *
 * @param end  day of the interview
 * @param days length of the window, > 0
 * @returns NaN if the team was never audited
 */
export function meanExposure(course: PiecewiseLinear, end: number, days: number): number {
  const start = end - days;
  const bounds = [start, ...course.day.filter((day) => day > start && day < end), end];
  let area = 0;
  for (let i = 1; i < bounds.length; i++)
    area += ((bounds[i] - bounds[i - 1]) * (scoreAt(course, bounds[i - 1]) + scoreAt(course, bounds[i]))) / 2;
  return area / days;
}
