import type { FlowName, ServiceHistory } from "./history.ts";
import { OUTCOMES } from "./outcomeParameters.ts";
import type { PlayedService } from "./playService.ts";
import { FOLLOW_UP_MONTHS } from "./recordTenure.ts";
import { ORIGIN } from "./roster.ts";
import { DAYS_PER_MONTH, DAYS_PER_WEEK, DAYS_PER_YEAR } from "./time.ts";
import { NEVER, STATUS } from "./world.ts";

/** Fidelity sum score from which a team counts as delivering the model well. Source: Roebuck 2021, high fidelity. */
export const HIGH_FIDELITY = 32;

/** What is known of a key figure, whatever its value. */
export type KpiDefinition = {
  /** Identifier in files and JSON. */
  readonly name: string;
  readonly label: string;
  /** "share" is a number from 0 to 1. */
  readonly unit: string;
  /** How the value is reckoned, in full. */
  readonly definition: string;
  /** NaN where the service gives no value: nobody to average over, or an event that did not come. */
  readonly of: (played: PlayedService) => number;
};

export type Kpi = Omit<KpiDefinition, "of"> & { readonly value: number };

const OUTCOME_LABELS = ["Quality of life", "Personal goals", "Hope", "Functioning"];
const OUTCOME_SCALES = ["QOLI-20", "PGI", "THS", "MCAS"];
const PER_100 = 100;

/** Every key figure of a simulated service, in the order of tables. Client-years are clients in service × time. */
export const KPIS: readonly KpiDefinition[] = [
  {
    name: "clientsServed",
    label: "Clients served",
    unit: "clients",
    definition: "Clients who were in service at any time, those of day 0 included",
    of: ({ history }) => count(history.clients.admissionDay, (day) => day < NEVER),
  },
  {
    name: "waiting",
    label: "Clients waiting",
    unit: "clients",
    definition: "Clients on the waiting lists of all teams, mean over the ends of weeks",
    of: ({ history }) => sum(history.weeks.waiting) / history.nWeeks,
  },
  {
    name: "waitDays",
    label: "Days from referral to admission",
    unit: "days",
    definition: "Mean over clients referred from day 0 on and admitted by the end; whoever still waits is not in it",
    of: ({ history: { clients, origin } }) =>
      meanOver(clients.n, (row) =>
        origin[row] !== ORIGIN.initial && clients.admissionDay[row] < NEVER
          ? clients.admissionDay[row] - clients.referralDay[row]
          : null,
      ),
  },
  {
    name: "contactsPerMonth",
    label: "Contacts held per client-month",
    unit: "contacts/client-month",
    definition: "Contacts held over months of clients in service",
    of: ({ history }) => (total(history, "contactsHeld") / clientDays(history)) * DAYS_PER_MONTH,
  },
  {
    name: "contactHoursPerMonth",
    label: "Direct hours per client-month",
    unit: "hours/client-month",
    definition: "Hours face to face: contacts held × length of a contact; travel and crisis hours are not in it",
    of: ({ history, parameters }) =>
      (total(history, "contactsHeld") / clientDays(history)) * DAYS_PER_MONTH * parameters.contacts.hoursPerContact,
  },
  {
    name: "dose",
    label: "Contacts held of those planned",
    unit: "share",
    definition: "Contacts held over contacts planned, all clients and weeks",
    of: ({ history }) => total(history, "contactsHeld") / total(history, "contactsPlanned"),
  },
  {
    name: "caseload",
    label: "Caseload, mean",
    unit: "clients/case manager",
    definition: "Clients attached to case managers present, mean over case managers and ends of weeks",
    of: ({ history: { weeks } }) =>
      weeks.meanCaseload.reduce((all, mean, at) => all + mean * weeks.managersPresent[at], 0) /
      sum(weeks.managersPresent),
  },
  {
    name: "highestCaseload",
    label: "Caseload, highest",
    unit: "clients/case manager",
    definition: "The largest caseload of any case manager at the end of any week",
    of: ({ history }) => history.weeks.largestCaseload.reduce((most, value) => Math.max(most, value), 0),
  },
  {
    name: "overCap",
    label: "Weeks over the caseload cap",
    unit: "share",
    definition: "Share of case managers' weeks at whose end the caseload was above the manager's cap",
    of: ({ managerWeeks }) => managerWeeks.overCap / managerWeeks.present,
  },
  {
    name: "vacancies",
    label: "Seats vacant",
    unit: "share",
    definition: "Share of case managers' seats that were vacant, mean over ends of weeks",
    of: ({ history: { weeks, nWeeks, managers } }) => 1 - sum(weeks.managersPresent) / (nWeeks * managers.n),
  },
  {
    name: "managerChanges",
    label: "Changes of case manager per client-year",
    unit: "changes/client-year",
    definition: "Clients who began with another case manager, over client-years",
    of: ({ history }) => total(history, "managerChanges") / clientYears(history),
  },
  {
    name: "fidelity",
    label: "Fidelity at the end",
    unit: "points",
    definition: "True fidelity sum score (8 to 40), mean over teams at the end of the last week",
    of: ({ history }) => meanFidelity(history, history.nWeeks - 1),
  },
  {
    name: "highFidelityTeams",
    label: `Teams at fidelity ${HIGH_FIDELITY} or more at the end`,
    unit: "share",
    definition: `Share of teams whose true sum score is ${HIGH_FIDELITY} or more at the end of the last week`,
    of: ({ history: { weeks, nTeams, nWeeks } }) =>
      count(weeks.fidelity.subarray((nWeeks - 1) * nTeams), (score) => score >= HIGH_FIDELITY) / nTeams,
  },
  {
    name: "monthsToHighFidelity",
    label: `Months until mean fidelity is ${HIGH_FIDELITY}`,
    unit: "months",
    definition: `End of the first week in which the mean over teams is ${HIGH_FIDELITY} or more; not defined if it never is`,
    of: ({ history }) => monthsToHighFidelity(history),
  },
  {
    name: "alliance",
    label: "Alliance, mean",
    unit: "RPRS points",
    definition: "True alliance, mean over clients in service and ends of weeks",
    of: ({ history: { weeks } }) =>
      weeks.alliance.reduce((all, mean, at) => (weeks.inService[at] > 0 ? all + mean * weeks.inService[at] : all), 0) /
      sum(weeks.inService),
  },
  ...OUTCOMES.map(
    (name, o): KpiDefinition => ({
      name: `${name}Change`,
      label: `${OUTCOME_LABELS[o]}, change (${OUTCOME_SCALES[o]})`,
      unit: "points",
      definition:
        `True score ${FOLLOW_UP_MONTHS} months after admission, or on leaving where that came first, less the score at ` +
        `entry: mean over clients who engaged, were referred from day 0 on and admitted at least ${FOLLOW_UP_MONTHS} months before the end`,
      of: (played) => outcomeChange(played, o),
    }),
  ),
  {
    name: "goalsAttained",
    label: "Goals attained per client-year",
    unit: "goals/client-year",
    definition: "Personal goals attained over client-years",
    of: ({ history }) => total(history, "goalsAttained") / clientYears(history),
  },
  {
    name: "unplannedExits",
    label: "Unplanned exits per 100 client-years",
    unit: "exits/100 client-years",
    definition:
      "Clients who left before they were done, per 100 client-years; never engaged and graduated are not in it",
    of: ({ history }) => (PER_100 * total(history, "left")) / clientYears(history),
  },
  {
    name: "graduations",
    label: "Graduations per 100 client-years",
    unit: "exits/100 client-years",
    definition: "Clients who graduated, per 100 client-years",
    of: ({ history }) => (PER_100 * total(history, "graduated")) / clientYears(history),
  },
  {
    name: "neverEngaged",
    label: "Never engaged",
    unit: "share",
    definition:
      "Of the clients referred from day 0 on and admitted, the share whose place was given on because they never engaged",
    of: ({ history: { clients, origin } }) =>
      meanOver(clients.n, (row) =>
        origin[row] !== ORIGIN.initial && clients.admissionDay[row] < NEVER
          ? Number(clients.status[row] === STATUS.neverEngaged)
          : null,
      ),
  },
  {
    name: "hospitalDays",
    label: "Hospital days per client-year",
    unit: "days/client-year",
    definition: "Days in hospital of clients in service, over client-years",
    of: ({ history }) => total(history, "hospitalDays") / clientYears(history),
  },
];

/** The key figures of one simulated service. */
export function kpisOf(played: PlayedService): Kpi[] {
  return KPIS.map(({ of, ...definition }) => ({ ...definition, value: of(played) }));
}

/** Days that clients were in service since day 0, summed over clients, to the step. */
export function clientDays({ clientSteps, daysPerStep }: ServiceHistory): number {
  return clientSteps * daysPerStep;
}

function clientYears(history: ServiceHistory): number {
  return clientDays(history) / DAYS_PER_YEAR;
}

/** A flow since day 0, over all teams. */
function total({ weeks, nTeams, nWeeks }: ServiceHistory, flow: FlowName): number {
  return sum(weeks.flows[flow].subarray((nWeeks - 1) * nTeams));
}

function meanFidelity({ weeks, nTeams }: ServiceHistory, week: number): number {
  return sum(weeks.fidelity.subarray(week * nTeams, (week + 1) * nTeams)) / nTeams;
}

function monthsToHighFidelity(history: ServiceHistory): number {
  for (let week = 0; week < history.nWeeks; week++)
    if (meanFidelity(history, week) >= HIGH_FIDELITY) return ((week + 1) * DAYS_PER_WEEK) / DAYS_PER_MONTH;
  return Number.NaN;
}

function outcomeChange({ history, tenure }: PlayedService, o: number): number {
  const { clients, origin, nWeeks } = history;
  const latest = nWeeks * DAYS_PER_WEEK - FOLLOW_UP_MONTHS * DAYS_PER_MONTH;
  return meanOver(clients.n, (row) => {
    if (origin[row] === ORIGIN.initial || clients.neverEngages[row] === 1 || !(clients.admissionDay[row] <= latest))
      return null;
    const then = tenure.followUp[o][row];
    // Scores stand still once a client has left.
    return (Number.isNaN(then) ? clients.outcome[o][row] : then) - tenure.entry[o][row];
  });
}

function sum(values: Float64Array | Int32Array): number {
  let all = 0;
  for (const value of values) all += value;
  return all;
}

function count(values: Float64Array, isOne: (value: number) => boolean): number {
  let n = 0;
  for (const value of values) if (isOne(value)) n++;
  return n;
}

/** Mean of a value over the rows that have one; NaN if none has. */
function meanOver(n: number, valueIn: (row: number) => number | null): number {
  let all = 0;
  let nValues = 0;
  for (let row = 0; row < n; row++) {
    const value = valueIn(row);
    if (value === null) continue;
    all += value;
    nValues++;
  }
  return all / nValues;
}
