import { changeAt } from "../registry/registry.ts";
import {
  parameterEntries,
  type ServiceChanges,
  type ServiceParameters,
  serviceParameters,
} from "../service/parameters.ts";
import { DAYS_PER_WEEK, DAYS_PER_YEAR } from "../service/time.ts";
import type { StudyParameters } from "../study/parameters.ts";
import { N_DOMAINS } from "../service/world.ts";
import type { AgencyColumnName, AgencyTeam } from "./columns.ts";
import { hazardValues } from "./hazardValues.ts";
import { rateOf } from "./rateOf.ts";
import { countOf, mean, rounded, sum, three, totalOf, weightedMean, withCell } from "./totals.ts";

/** One value of the service that an agency's table gives. */
export type AgencyValue = {
  /** Its place under `service`, "staffing.turnover.perYear". */
  readonly path: string;
  readonly value: number | boolean | readonly number[];
  /** What chance leaves open: 95 % interval. */
  readonly range?: readonly [low: number, high: number];
  /** How it is reckoned, in general. */
  readonly formula: string;
  /** The numbers it was reckoned from: "54 seats in 3 teams". */
  readonly source: string;
};

const WEEKS_PER_YEAR = DAYS_PER_YEAR / DAYS_PER_WEEK;
const MONTHS_PER_YEAR = 12;
/**
 * Teams with a score from which a spread is reckoned: an SD of five has itself an error of 35 %, and the error of
 * audits, of about the same size, is still to be taken from it.
 */
const LEAST_TEAMS_FOR_SPREAD = 5;
/** Limits of the time that a seat stays vacant: not below the model's step. */
const VACANT_WEEKS = [1, 260] as const;

/**
 * What a table of teams tells about a service. The teams of the model are alike but for luck, so values are means over
 * teams; each value's formula stands with it. Rates at which people leave are fitted (`fitHazards`).
 *
 * @param teams at least one, checked
 * @param base  the service that holds where the table says nothing
 * @param audits how the study audits fidelity: the error of scores
 * @returns the values, in the order of the registry; those that the table does not tell of are not among them
 */
export function agencyValues(
  teams: readonly AgencyTeam[],
  base: ServiceParameters,
  audits: StudyParameters["audits"],
): AgencyValue[] {
  const known = directValues(teams, base, audits);
  const places = parameterEntries().map(({ path }) => path);
  return [...known, ...hazardValues(teams, withValues(base, known))].sort(
    (one, other) => places.indexOf(one.path) - places.indexOf(other.path),
  );
}

/** The values that need no simulation. */
export function directValues(
  teams: readonly AgencyTeam[],
  base: ServiceParameters,
  audits: StudyParameters["audits"],
): AgencyValue[] {
  return [
    ...sizeValues(teams),
    ...referralValues(teams),
    ...vacancyValues(teams),
    ...fidelityValues(teams, base, audits),
  ];
}

/** The parameters with values in their places. */
export function withValues(base: ServiceParameters, values: readonly AgencyValue[]): ServiceParameters {
  return values.reduce((all, { path, value }) => serviceParameters(changeAt(path, value) as ServiceChanges, all), base);
}

function sizeValues(teams: readonly AgencyTeam[]): AgencyValue[] {
  const n = teams.length;
  const { seats, clients, cap, capOfFile } = sizesOf(teams);
  return [
    { path: "teams.count", value: n, formula: "teams of the file", source: countOf(n, "team") },
    { path: "teams.perAgency", value: [n], formula: "all in one agency", source: countOf(n, "team") },
    {
      path: "teams.seats",
      value: seats,
      formula: "seats / teams, rounded: all teams of the model are of one size",
      source: totalOf(teams, "seats", "seat"),
    },
    {
      path: "staffing.caseloadCap",
      value: cap,
      formula: "mean cap, weighted by seats and rounded; at least clients / seats, for then the cap is not kept",
      source: `mean cap ${rounded(capOfFile)}; ${rounded(sum(teams, "clients") / sum(teams, "seats"))} clients per seat`,
    },
    {
      path: "referrals.initialCaseload",
      value: Math.min(1, Number(((clients + 0.5) / (seats * cap)).toFixed(6))),
      formula: "clients per team / places; half a client more, because the model rounds down",
      source: `${totalOf(teams, "clients", "client")}: ${clients} of ${seats * cap} places in each`,
    },
  ];
}

/** Whole numbers per team, as the model has them. */
function sizesOf(teams: readonly AgencyTeam[]) {
  const perTeam = (column: AgencyColumnName) => Math.round(sum(teams, column) / teams.length);
  const seats = perTeam("seats");
  const clients = perTeam("clients");
  const capOfFile = weightedMean(teams, "caseload_cap", "seats");
  return { seats, clients, capOfFile, cap: Math.max(Math.round(capOfFile), Math.ceil(clients / seats)) };
}

function referralValues(teams: readonly AgencyTeam[]): AgencyValue[] {
  const referrals = sum(teams, "referrals_last_year");
  const perEvent = 1 / teams.length / WEEKS_PER_YEAR;
  const waiting = Math.round(mean(teams, "waiting"));
  const source = totalOf(teams, "waiting", "client waiting", "clients waiting");
  const onDay0 = "the waiting list on day 0: clients who arrive that day, and wait where there is no place";
  const values: AgencyValue[] = [
    {
      path: "referrals.perWeek",
      ...rateOf(referrals, perEvent),
      formula: "referrals last year / teams / 52.18 weeks",
      source: totalOf(teams, "referrals_last_year", "referral"),
    },
  ];
  if (!(waiting > 0)) return values;
  return [
    ...values,
    { path: "referrals.cohort.on", value: true, formula: onDay0, source },
    { path: "referrals.cohort.perTeam", value: waiting, formula: "waiting / teams, rounded", source },
    { path: "referrals.cohort.start", value: 0, formula: "on day 0", source },
    { path: "referrals.cohort.window", value: 0, formula: "all at once", source },
  ];
}

function vacancyValues(teams: readonly AgencyTeam[]): AgencyValue[] {
  const path = "staffing.vacancy";
  const left = sum(teams, "managers_left_last_year");
  const vacancies = sum(teams, "vacancies");
  if (withCell(teams, "weeks_to_fill_seat").length > 0)
    return [
      {
        path,
        value: three(weightedMean(teams, "weeks_to_fill_seat", "managers_left_last_year")),
        formula: "mean weeks to fill a seat, weighted by case managers who left",
        source: `weeks to fill a seat in ${countOf(withCell(teams, "weeks_to_fill_seat").length, "team")}`,
      },
    ];
  if (left === 0 || vacancies === 0) return [];
  const [shortest, longest] = VACANT_WEEKS;
  const weeks = (WEEKS_PER_YEAR * vacancies) / left;
  return [
    {
      path,
      value: three(Math.min(longest, Math.max(shortest, weeks))),
      formula: `52.18 weeks × vacancies now / case managers who left last year, from ${shortest} to ${longest}`,
      source: `${countOf(vacancies, "vacancy", "vacancies")} now, ${countOf(left, "case manager")} left last year`,
    },
  ];
}

function fidelityValues(
  teams: readonly AgencyTeam[],
  base: ServiceParameters,
  audits: StudyParameters["audits"],
): AgencyValue[] {
  const values: AgencyValue[] = [];
  const scores = withCell(teams, "fidelity").map(({ fidelity }) => fidelity);
  if (scores.length > 0) {
    const start = three(mean(teams, "fidelity"));
    const source = `scores of ${countOf(scores.length, "team")}, mean ${rounded(start)}`;
    values.push({ path: "fidelity.start", value: start, formula: "mean score of the teams that have one", source });
    if (scores.length >= LEAST_TEAMS_FOR_SPREAD) values.push(spreadOf(scores, audits));
    if (start > base.fidelity.asymptote)
      values.push({
        path: "fidelity.asymptote",
        value: start,
        formula: "at least the mean score: full support has led as far",
        source,
      });
  }
  if (withCell(teams, "supervision_hours_per_month").length > 0) {
    const perMonth = weightedMean(teams, "supervision_hours_per_month", "seats");
    values.push({
      path: "fidelity.training.supervisionHours",
      value: three((perMonth * MONTHS_PER_YEAR) / WEEKS_PER_YEAR),
      formula: "hours per month × 12 / 52.18, mean weighted by seats",
      source: `${rounded(perMonth)} hours a month`,
    });
  }
  return values;
}

/** SD of true levels: √(SD² of scores − error² of an audit), 0 where the error is larger. */
function spreadOf(scores: readonly number[], audits: StudyParameters["audits"]): AgencyValue {
  const error = Math.sqrt(audits.visitErrorSd ** 2 + (N_DOMAINS * audits.assessorErrorSd ** 2) / audits.assessors);
  const center = scores.reduce((all, score) => all + score, 0) / scores.length;
  const variance = scores.reduce((all, score) => all + (score - center) ** 2, 0) / (scores.length - 1);
  return {
    path: "fidelity.startSd",
    value: three(Math.sqrt(Math.max(0, variance - error ** 2))),
    formula: "√(SD² of the scores − error² of an audit), 0 where the error is larger",
    source: `SD ${rounded(Math.sqrt(variance))} of the scores of ${scores.length} teams, error ${rounded(error)}`,
  };
}
