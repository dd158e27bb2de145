import { N_DOMAINS, N_OUTCOMES, STATUS, type Clients, type Managers, type Teams, type World } from "./world.ts";
import { DAYS_PER_WEEK } from "./time.ts";

/** Flows counted since day 0, by team. */
export type FlowName = keyof Teams["total"];

/** Weekly series of every team at week · nTeams + team: the state at the end of the week, flows since day 0. */
export type TeamWeeks = {
  readonly inService: Int32Array;
  readonly waiting: Int32Array;
  readonly onHold: Int32Array;
  readonly managersPresent: Int32Array;
  /** Clients attached to case managers per case manager present (0 when there is none), and the largest caseload. */
  readonly meanCaseload: Float64Array;
  readonly largestCaseload: Int32Array;
  readonly fidelity: Float64Array;
  /** At (week · nTeams + team) · 8 + domain. */
  readonly domain: Float64Array;
  readonly abandoned: Uint8Array;
  /** Means over clients in service; NaN when there are none. */
  readonly alliance: Float64Array;
  readonly outcome: readonly Float64Array[];
  readonly inHospital: Int32Array;
  readonly flows: Readonly<Record<FlowName, Float64Array>>;
};

export type HistoryFlag = "noStaff" | "noClients";

/** What a simulated service leaves behind. Memory: about 300 bytes per team-week and 400 per client. */
export type ServiceHistory = {
  readonly nWeeks: number;
  readonly nTeams: number;
  readonly daysPerStep: number;
  readonly weeks: TeamWeeks;
  /** Everyone ever referred, as they are at the end; `origin` tells initial clients, cohort and referrals apart. */
  readonly clients: Clients;
  readonly origin: Uint8Array;
  readonly managers: Managers;
  /** Whether at the end the world has emptied: no case manager in any seat, nobody in service. */
  readonly flags: readonly HistoryFlag[];
  /** Client-steps simulated. */
  readonly clientSteps: number;
};

export function createTeamWeeks({ teams }: World, nWeeks: number): TeamWeeks {
  const n = nWeeks * teams.n;
  const floats = () => new Float64Array(n);
  const integers = () => new Int32Array(n);
  return {
    inService: integers(),
    waiting: integers(),
    onHold: integers(),
    managersPresent: integers(),
    meanCaseload: floats(),
    largestCaseload: integers(),
    fidelity: floats(),
    domain: new Float64Array(n * N_DOMAINS),
    abandoned: new Uint8Array(n),
    alliance: floats(),
    outcome: Array.from({ length: N_OUTCOMES }, floats),
    inHospital: integers(),
    flows: Object.fromEntries(Object.keys(teams.total).map((name) => [name, floats()])) as Record<
      FlowName,
      Float64Array
    >,
  };
}

/** Writes the state at the end of a week. */
export function recordWeek(world: World, weeks: TeamWeeks, week: number): void {
  const { teams, scratch, kernels } = world;
  const { sums } = scratch;
  const first = week * teams.n;
  kernels.sumTeams();
  for (let team = 0; team < teams.n; team++) {
    const at = first + team;
    const n = sums[8 * team];
    weeks.inService[at] = n;
    weeks.onHold[at] = sums[8 * team + 1];
    weeks.inHospital[at] = sums[8 * team + 2];
    // 0/0: there is no mean of nobody.
    weeks.alliance[at] = sums[8 * team + 3] / n;
    for (let o = 0; o < N_OUTCOMES; o++) weeks.outcome[o][at] = sums[8 * team + 4 + o] / n;
    recordTeam(world, weeks, team, at);
  }
  for (const name in teams.total) {
    const total = teams.total[name as FlowName];
    const flow = weeks.flows[name as FlowName];
    for (let team = 0; team < teams.n; team++) flow[first + team] = total[team];
  }
}

function recordTeam({ teams, managers, parameters }: World, weeks: TeamWeeks, team: number, at: number): void {
  const { seats } = parameters.teams;
  weeks.waiting[at] = teams.nWaiting[team];
  weeks.managersPresent[at] = teams.nPresent[team];
  weeks.fidelity[at] = teams.fidelity[team];
  weeks.abandoned[at] = teams.abandoned[team];
  for (let domain = 0; domain < N_DOMAINS; domain++)
    weeks.domain[at * N_DOMAINS + domain] = teams.domain[team * N_DOMAINS + domain];
  let carried = 0;
  for (let seat = team * seats; seat < (team + 1) * seats; seat++) {
    if (managers.present[seat] === 0) continue;
    carried += managers.caseload[seat];
    weeks.largestCaseload[at] = Math.max(weeks.largestCaseload[at], managers.caseload[seat]);
  }
  weeks.meanCaseload[at] = teams.nPresent[team] > 0 ? carried / teams.nPresent[team] : 0;
}

/** Arrays of their own with the same contents: the world's go to the next world. */
function copyOf<T extends object>(entries: T): T {
  const copied = Object.entries(entries).map(([name, value]) => {
    if (Array.isArray(value)) return [name, value.map((column: Float64Array) => column.slice())];
    return [name, typeof value === "number" ? value : (value as Float64Array).slice()];
  });
  return Object.fromEntries(copied) as T;
}

export function historyOf(world: World, weeks: TeamWeeks, clientSteps: number): ServiceHistory {
  const { parameters, teams, managers, clients, roster } = world;
  const flags: HistoryFlag[] = [];
  if (!managers.present.includes(1)) flags.push("noStaff");
  if (!clients.status.some((status) => status >= STATUS.active && status <= STATUS.notEngaging))
    flags.push("noClients");
  return {
    nWeeks: parameters.time.weeks,
    nTeams: teams.n,
    daysPerStep: DAYS_PER_WEEK / parameters.time.stepsPerWeek,
    weeks,
    clients: copyOf(clients),
    origin: roster.origin,
    managers: copyOf(managers),
    flags,
    clientSteps,
  };
}
