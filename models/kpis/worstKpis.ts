import type { ServiceHistory } from "../service/history.ts";
import { STATUS } from "../service/world.ts";
import type { KpiDefinition } from "./kpiDefinition.ts";
import { lowestTenth } from "./sums.ts";
import { waitOf } from "./waits.ts";

/** Key figures of the team and of the clients who fare worst, where means would hide them. */
export const WORST_KPIS: readonly KpiDefinition[] = [
  {
    name: "waitDaysWorstTeam",
    label: "Days from referral to admission, worst team",
    unit: "days",
    definition: "The longest of the teams' mean waits; a team that admitted nobody has none",
    better: "lower",
    headline: false,
    of: ({ history }) => -lowest(meanWaits(history).map((days) => -days)),
  },
  {
    name: "fidelityWorstTeam",
    label: "Fidelity at the end, worst team",
    unit: "points",
    definition: "The lowest true fidelity sum score of any team at the end of the last week",
    better: "higher",
    headline: false,
    of: ({ history }) =>
      lowest(ofTeams(history, (team) => history.weeks.fidelity[(history.nWeeks - 1) * history.nTeams + team])),
  },
  {
    name: "allianceWorstTeam",
    label: "Alliance, worst team",
    unit: "RPRS points",
    definition:
      "The lowest of the teams' true alliances, each a mean over the team's clients in service and ends of weeks",
    better: "higher",
    headline: false,
    of: ({ history }) => lowest(ofTeams(history, (team) => meanAlliance(history, team))),
  },
  {
    name: "allianceWorstTenth",
    label: "Alliance at the end, worst tenth of clients",
    unit: "RPRS points",
    definition:
      "True alliance at the end of the last week, mean over the tenth of the clients in service in whom it is lowest",
    better: "higher",
    headline: false,
    of: ({ history: { clients } }) =>
      lowestTenth([...clients.alliance].filter((_, row) => isInService(clients.status[row]))),
  },
];

function isInService(status: number): boolean {
  return status >= STATUS.active && status <= STATUS.notEngaging;
}

function ofTeams({ nTeams }: ServiceHistory, valueIn: (team: number) => number): number[] {
  return Array.from({ length: nTeams }, (_, team) => valueIn(team));
}

/** The lowest value there is; NaN if there is none. */
function lowest(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? Number.NaN : Math.min(...known);
}

/** Mean wait in each team; NaN where nobody was admitted. */
function meanWaits(history: ServiceHistory): number[] {
  const days = ofTeams(history, () => 0);
  const n = ofTeams(history, () => 0);
  for (let row = 0; row < history.clients.n; row++) {
    const wait = waitOf(history, row);
    if (wait === null) continue;
    days[history.clients.team[row]] += wait;
    n[history.clients.team[row]]++;
  }
  return days.map((sum, team) => sum / n[team]);
}

function meanAlliance({ weeks, nTeams, nWeeks }: ServiceHistory, team: number): number {
  let all = 0;
  let n = 0;
  for (let at = team; at < nWeeks * nTeams; at += nTeams) {
    if (weeks.inService[at] === 0) continue;
    all += weeks.alliance[at] * weeks.inService[at];
    n += weeks.inService[at];
  }
  return all / n;
}
