import type { FlowName, ServiceHistory } from "./history.ts";
import { OUTCOMES } from "./outcomeParameters.ts";

/** One weekly series of every team: the state at the end of the week, or a count since day 0. */
export type TeamSeries = {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  /** Values at week · nTeams + team; NaN where there is none. */
  readonly of: (history: ServiceHistory) => ArrayLike<number>;
};

const OUTCOME_LABELS = ["Quality of life, QOLI-20", "Personal goals, PGI", "Hope, THS", "Functioning, MCAS"];

function flow(name: FlowName, label: string, unit: string): TeamSeries {
  return { name, label: `${label} since day 0`, unit, of: ({ weeks }) => weeks.flows[name] };
}

/** Every weekly series, in the order of files. */
export const TEAM_SERIES: readonly TeamSeries[] = [
  {
    name: "inService",
    label: "Clients in service, on hold included",
    unit: "clients",
    of: ({ weeks }) => weeks.inService,
  },
  { name: "onHold", label: "Clients on hold", unit: "clients", of: ({ weeks }) => weeks.onHold },
  { name: "waiting", label: "Clients waiting", unit: "clients", of: ({ weeks }) => weeks.waiting },
  {
    name: "inHospital",
    label: "Clients in service who are in hospital",
    unit: "clients",
    of: ({ weeks }) => weeks.inHospital,
  },
  {
    name: "managersPresent",
    label: "Case managers present",
    unit: "case managers",
    of: ({ weeks }) => weeks.managersPresent,
  },
  {
    name: "meanCaseload",
    label: "Clients attached per case manager present; 0 without staff",
    unit: "clients/case manager",
    of: ({ weeks }) => weeks.meanCaseload,
  },
  {
    name: "largestCaseload",
    label: "Largest caseload",
    unit: "clients/case manager",
    of: ({ weeks }) => weeks.largestCaseload,
  },
  { name: "fidelity", label: "True fidelity, sum score 8 to 40", unit: "points", of: ({ weeks }) => weeks.fidelity },
  { name: "abandoned", label: "The team has abandoned the model", unit: "0/1", of: ({ weeks }) => weeks.abandoned },
  {
    name: "alliance",
    label: "True alliance, mean over clients in service",
    unit: "RPRS points",
    of: ({ weeks }) => weeks.alliance,
  },
  ...OUTCOMES.map(
    (name, o): TeamSeries => ({
      name,
      label: `${OUTCOME_LABELS[o]}: true score, mean over clients in service`,
      unit: "points",
      of: ({ weeks }) => weeks.outcome[o],
    }),
  ),
  flow("referred", "Clients referred, and those in service on day 0,", "clients"),
  flow("admitted", "Clients admitted, and those in service on day 0,", "clients"),
  flow("left", "Unplanned exits", "clients"),
  flow("graduated", "Graduations", "clients"),
  flow("neverEngaged", "Clients who never engaged", "clients"),
  flow("gaveUp", "Clients who left the waiting list", "clients"),
  flow("managersLeft", "Case managers who left", "case managers"),
  flow("managersHired", "Case managers hired", "case managers"),
  flow("managerChanges", "Changes of case manager", "changes"),
  flow("crises", "Crises", "crises"),
  flow("goalsAttained", "Goals attained", "goals"),
  flow("contactsPlanned", "Contacts planned", "contacts"),
  flow("contactsHeld", "Contacts held", "contacts"),
  flow("hospitalAdmissions", "Admissions to hospital", "admissions"),
  flow("hospitalDays", "Days in hospital", "days"),
];

/** All series of one service: values at week · nTeams + team, one array per entry of `TEAM_SERIES`. */
export function teamSeriesOf(history: ServiceHistory): Float64Array[] {
  return TEAM_SERIES.map(({ of }) => Float64Array.from(of(history)));
}

/** The place of a series in `TEAM_SERIES`. */
export function seriesIndex(name: string): number {
  return TEAM_SERIES.findIndex((series) => series.name === name);
}
