import type { ServiceHistory } from "../service/history.ts";
import { ORIGIN } from "../service/roster.ts";
import { DAYS_PER_MONTH, DAYS_PER_WEEK } from "../service/time.ts";
import { NEVER, STATUS } from "../service/world.ts";
import type { KpiDefinition } from "./kpiDefinition.ts";
import { clientDays, clientYears, count, meanOver, sum, total } from "./sums.ts";
import { waitOf } from "./waits.ts";

const PER_100 = 100;

/** Fidelity sum score from which a team counts as delivering the model well. Source: Roebuck 2021, high fidelity. */
export const HIGH_FIDELITY = 32;

/** Key figures of the program, in the order of tables. Client-years are clients in service × time. */
export const SERVICE_KPIS: readonly KpiDefinition[] = [
  {
    name: "clientsServed",
    label: "Clients served",
    unit: "clients",
    definition: "Clients who were in service at any time, those of day 0 included",
    better: "higher",
    headline: false,
    of: ({ history }) => count(history.clients.admissionDay, (day) => day < NEVER),
  },
  {
    name: "waiting",
    label: "Clients waiting",
    unit: "clients",
    definition: "Clients on the waiting lists of all teams, mean over the ends of weeks",
    better: "lower",
    headline: false,
    of: ({ history }) => sum(history.weeks.waiting) / history.nWeeks,
  },
  {
    name: "withoutManager",
    label: "Clients without a case manager",
    unit: "clients",
    definition:
      "Clients in service whose case manager left and who have no other yet, all teams, mean over the ends of weeks",
    better: "lower",
    headline: false,
    of: ({ history }) => sum(history.weeks.onHold) / history.nWeeks,
  },
  {
    name: "waitDays",
    label: "Days from referral to admission",
    unit: "days",
    definition: "Mean over clients referred from day 0 on and admitted by the end; whoever still waits is not in it",
    better: "lower",
    headline: false,
    of: ({ history }) => meanOver(history.clients.n, (row) => waitOf(history, row)),
  },
  {
    name: "firstContactDays",
    label: "Days from referral to first contact",
    unit: "days",
    definition:
      "Mean over clients referred from day 0 on who had a contact by the end, to the end of the step of the first one; " +
      "who had none is not in it",
    better: "lower",
    headline: false,
    of: ({ history: { clients }, tenure: { firstContactDay } }) =>
      meanOver(clients.n, (row) =>
        Number.isNaN(firstContactDay[row]) ? null : firstContactDay[row] - clients.referralDay[row],
      ),
  },
  {
    name: "contactsPerMonth",
    label: "Contacts held per client-month",
    unit: "contacts/client-month",
    definition: "Contacts held over months of clients in service",
    better: "higher",
    headline: false,
    of: ({ history }) => (total(history, "contactsHeld") / clientDays(history)) * DAYS_PER_MONTH,
  },
  {
    name: "contactHoursPerMonth",
    label: "Direct hours per client-month",
    unit: "hours/client-month",
    definition: "Hours face to face: contacts held × length of a contact; travel and crisis hours are not in it",
    better: "higher",
    headline: false,
    of: ({ history, parameters }) =>
      (total(history, "contactsHeld") / clientDays(history)) * DAYS_PER_MONTH * parameters.contacts.hoursPerContact,
  },
  {
    name: "dose",
    label: "Contacts held of those planned",
    unit: "share",
    definition: "Contacts held over contacts planned, all clients and weeks",
    better: "higher",
    headline: false,
    of: ({ history }) => total(history, "contactsHeld") / total(history, "contactsPlanned"),
  },
  {
    name: "caseload",
    label: "Caseload, mean",
    unit: "clients/case manager",
    definition: "Clients attached to case managers present, mean over case managers and ends of weeks",
    better: null,
    headline: false,
    of: ({ history: { weeks } }) =>
      weeks.meanCaseload.reduce((all, mean, at) => all + mean * weeks.managersPresent[at], 0) /
      sum(weeks.managersPresent),
  },
  {
    name: "highestCaseload",
    label: "Caseload, highest",
    unit: "clients/case manager",
    definition: "The largest caseload of any case manager at the end of any week",
    better: null,
    headline: false,
    of: ({ history }) => history.weeks.largestCaseload.reduce((most, value) => Math.max(most, value), 0),
  },
  {
    name: "overCap",
    label: "Weeks over the caseload cap",
    unit: "share",
    definition: "Share of case managers' weeks at whose end the caseload was above the manager's cap",
    better: "lower",
    headline: false,
    of: ({ staffWeeks }) => staffWeeks.overCap / staffWeeks.present,
  },
  {
    name: "vacancies",
    label: "Seats vacant",
    unit: "share",
    definition: "Share of case managers' seats that were vacant, mean over ends of weeks",
    better: "lower",
    headline: false,
    of: ({ history: { weeks, nWeeks, managers } }) => 1 - sum(weeks.managersPresent) / (nWeeks * managers.n),
  },
  {
    name: "managerChanges",
    label: "Changes of case manager per client-year",
    unit: "changes/client-year",
    definition: "Clients who began with another case manager, over client-years",
    better: "lower",
    headline: false,
    of: ({ history }) => total(history, "managerChanges") / clientYears(history),
  },
  {
    name: "fidelity",
    label: "Fidelity at the end",
    unit: "points",
    definition: "True fidelity sum score (8 to 40), mean over teams at the end of the last week",
    better: "higher",
    headline: false,
    of: ({ history }) => meanFidelity(history, history.nWeeks - 1),
  },
  {
    name: "highFidelityTeams",
    label: `Teams at fidelity ${HIGH_FIDELITY} or more at the end`,
    unit: "share",
    definition: `Share of teams whose true sum score is ${HIGH_FIDELITY} or more at the end of the last week`,
    better: "higher",
    headline: false,
    of: ({ history: { weeks, nTeams, nWeeks } }) =>
      count(weeks.fidelity.subarray((nWeeks - 1) * nTeams), (score) => score >= HIGH_FIDELITY) / nTeams,
  },
  {
    name: "monthsToHighFidelity",
    label: `Months until mean fidelity is ${HIGH_FIDELITY}`,
    unit: "months",
    definition: `End of the first week in which the mean over teams is ${HIGH_FIDELITY} or more; not defined if it never is`,
    better: "lower",
    headline: false,
    of: ({ history }) => monthsToHighFidelity(history),
  },
  {
    name: "alliance",
    label: "Alliance, mean",
    unit: "RPRS points",
    definition: "True alliance, mean over clients in service and ends of weeks",
    better: "higher",
    headline: true,
    of: ({ history: { weeks } }) =>
      weeks.alliance.reduce((all, mean, at) => (weeks.inService[at] > 0 ? all + mean * weeks.inService[at] : all), 0) /
      sum(weeks.inService),
  },
  {
    name: "goalsAttained",
    label: "Goals attained per client-year",
    unit: "goals/client-year",
    definition: "Personal goals attained over client-years",
    better: "higher",
    headline: false,
    of: ({ history }) => total(history, "goalsAttained") / clientYears(history),
  },
  {
    name: "unplannedExits",
    label: "Unplanned exits per 100 client-years",
    unit: "exits/100 client-years",
    definition:
      "Clients who left before they were done, per 100 client-years; never engaged and graduated are not in it",
    better: "lower",
    headline: false,
    of: ({ history }) => (PER_100 * total(history, "left")) / clientYears(history),
  },
  {
    name: "graduations",
    label: "Graduations per 100 client-years",
    unit: "exits/100 client-years",
    definition: "Clients who graduated, per 100 client-years",
    better: "higher",
    headline: false,
    of: ({ history }) => (PER_100 * total(history, "graduated")) / clientYears(history),
  },
  {
    name: "neverEngaged",
    label: "Never engaged",
    unit: "share",
    definition:
      "Of the clients referred from day 0 on and admitted, the share whose place was given on because they never engaged",
    better: "lower",
    headline: false,
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
    better: "lower",
    headline: false,
    of: ({ history }) => total(history, "hospitalDays") / clientYears(history),
  },
];

function meanFidelity({ weeks, nTeams }: ServiceHistory, week: number): number {
  return sum(weeks.fidelity.subarray(week * nTeams, (week + 1) * nTeams)) / nTeams;
}

function monthsToHighFidelity(history: ServiceHistory): number {
  for (let week = 0; week < history.nWeeks; week++)
    if (meanFidelity(history, week) >= HIGH_FIDELITY) return ((week + 1) * DAYS_PER_WEEK) / DAYS_PER_MONTH;
  return Number.NaN;
}
