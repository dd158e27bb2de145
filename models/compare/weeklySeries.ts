import type { ServiceHistory } from "../service/history.ts";

/** A weekly series of a whole service: the state at the end of the week. */
export type WeeklySeries = {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  /** NaN in a week in which there is nothing to average over. */
  readonly at: (history: ServiceHistory, week: number) => number;
};

/** What a comparison follows week by week. */
export const WEEKLY_SERIES: readonly WeeklySeries[] = [
  {
    name: "alliance",
    label: "Alliance, mean of clients in service",
    unit: "RPRS points",
    at: ({ weeks, nTeams }, week) => meanOverTeams(nTeams, week, weeks.alliance, weeks.inService),
  },
  {
    name: "fidelity",
    label: "Fidelity, mean of teams",
    unit: "points, 8 to 40",
    at: ({ weeks, nTeams }, week) => sumOverTeams(nTeams, week, weeks.fidelity) / nTeams,
  },
  {
    name: "waiting",
    label: "Clients waiting, all teams",
    unit: "clients",
    at: ({ weeks, nTeams }, week) => sumOverTeams(nTeams, week, weeks.waiting),
  },
  {
    name: "caseload",
    label: "Caseload, mean of case managers present",
    unit: "clients/case manager",
    at: ({ weeks, nTeams }, week) => meanOverTeams(nTeams, week, weeks.meanCaseload, weeks.managersPresent),
  },
];

/** All series of one service, values at series · nWeeks + week. */
export function weeklySeriesOf(history: ServiceHistory): Float64Array {
  const { nWeeks } = history;
  const values = new Float64Array(WEEKLY_SERIES.length * nWeeks);
  for (const [s, { at }] of WEEKLY_SERIES.entries())
    for (let week = 0; week < nWeeks; week++) values[s * nWeeks + week] = at(history, week);
  return values;
}

function sumOverTeams(nTeams: number, week: number, values: ArrayLike<number>): number {
  let sum = 0;
  for (let team = 0; team < nTeams; team++) sum += values[week * nTeams + team];
  return sum;
}

/** Mean weighted by how many there are; a team with none may have no value. */
function meanOverTeams(nTeams: number, week: number, values: ArrayLike<number>, n: ArrayLike<number>): number {
  let sum = 0;
  for (let at = week * nTeams; at < (week + 1) * nTeams; at++) if (n[at] > 0) sum += values[at] * n[at];
  return sum / sumOverTeams(nTeams, week, n);
}
