import { sum, total } from "../kpis/sums.ts";
import type { PlayedService } from "../service/playService.ts";
import { DAYS_PER_WEEK, DAYS_PER_YEAR } from "../service/time.ts";
import type { CostParameters } from "./parameters.ts";

/** What is paid for, in the order of tables. */
export const COST_HEADINGS = [
  "salaries",
  "overhead",
  "vacancies",
  "supervision",
  "training",
  "audits",
  "travel",
] as const;
export type CostHeading = (typeof COST_HEADINGS)[number];
export type Costs = Readonly<Record<CostHeading, number>>;

const YEARS_PER_WEEK = DAYS_PER_WEEK / DAYS_PER_YEAR;

/** Length of a simulated service in years. */
export function yearsOf({ history }: PlayedService): number {
  return history.nWeeks * YEARS_PER_WEEK;
}

/**
 * What a simulated service cost from day 0 to its end, by heading: quantity × price. Weeks of case managers and of teams
 * are counted as they stand at the ends of weeks; a vacant seat has no salary.
 *
 * @returns amounts in the currency, not discounted
 */
export function costsOf({ history, parameters, staffWeeks }: PlayedService, prices: CostParameters): Costs {
  const { nWeeks, nTeams, managers } = history;
  const { salaries: salary, overhead, vacancies, supervision, training, audits, travel } = prices;
  const leaderYears = salary.leaderFte * nTeams * nWeeks * YEARS_PER_WEEK;
  const salaries = salary.manager * staffWeeks.fte * YEARS_PER_WEEK + salary.leader * leaderYears;
  const vacantWeeks = nWeeks * managers.n - staffWeeks.present;
  const { supervisionHours } = parameters.fidelity.training;
  return {
    salaries,
    overhead: overhead * salaries,
    vacancies: vacancies.week * vacantWeeks + vacancies.replacement * salary.manager * total(history, "managersLeft"),
    supervision: supervision.hour * supervisionHours * staffWeeks.fteInTraining,
    training:
      training.newManager * total(history, "managersHired") +
      training.teamYear * staffWeeks.teamsInTraining * YEARS_PER_WEEK,
    audits: audits.audit * audits.perYear * staffWeeks.teamsMonitored * YEARS_PER_WEEK,
    travel: travel.contact * total(history, "contactsHeld"),
  };
}

/** All headings together. */
export function totalOf(costs: Costs): number {
  return sum(COST_HEADINGS.map((heading) => costs[heading]));
}
