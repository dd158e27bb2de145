// Random but right? A service with known parameters, tabulated by teams after its second year, gives these back; and a
// service fitted to a table has the table's counts, with other luck.
import { describe, expect, it } from "vitest";
import { agencyValues, withValues } from "../../models/agency/agencyValues.ts";
import type { AgencyTeam } from "../../models/agency/columns.ts";
import { valueAt } from "../../models/registry/registry.ts";
import type { FlowName } from "../../models/service/history.ts";
import { type ServiceParameters, serviceParameters } from "../../models/service/parameters.ts";
import { simulateService } from "../../models/service/simulateService.ts";
import { studyParameters } from "../../models/study/parameters.ts";
import { keyOf } from "../../sim/random/address.ts";
import { expectWithin, LIMIT, seedFor } from "./expectStatistics.ts";

const N_TEAMS = 60;
const WEEKS = 104;
const { audits } = studyParameters();

const alike = { agencySd: 0 };
/** What is known of the service from elsewhere. Agencies are alike, or one agency's luck would be in all that it counts. */
const base = serviceParameters({
  referrals: { initialTenure: WEEKS },
  alliance: { agencySd: 0 },
  outcomes: { qoli: alike, pgi: alike, ths: alike, mcas: alike },
  staffing: { turnover: { teamLogSd: 0 } },
  contacts: { neverEngages: { share: 0, substanceUse: 0 } },
});
/** What a table has to tell. Small caseloads, so that many teams are played out in a moment; steady ones, for places fill at once. */
const truth = serviceParameters(
  {
    time: { weeks: WEEKS },
    teams: { count: N_TEAMS, perAgency: [N_TEAMS], seats: 8 },
    referrals: { perWeek: 0.3, initialCaseload: 0.9 },
    staffing: { caseloadCap: 3, vacancy: 8, turnover: { perYear: 2 } },
    fidelity: { start: 30, spread: 0 },
    events: { leaving: { perYear: 0.4 } },
  },
  base,
);

/** The table that an agency would make of the last 52 weeks of a service. */
function tabulate(parameters: ServiceParameters, seed: string): AgencyTeam[] {
  const { weeks, nWeeks } = simulateService(parameters, keyOf(seed, 0));
  const { count, seats } = parameters.teams;
  return Array.from({ length: count }, (_, team) => {
    const last = (nWeeks - 1) * count + team;
    const before = (nWeeks - 53) * count + team;
    const lastYear = (name: FlowName) => weeks.flows[name][last] - weeks.flows[name][before];
    return {
      team: String(team),
      seats,
      vacancies: seats - weeks.managersPresent[last],
      clients: weeks.inService[last],
      caseload_cap: parameters.staffing.caseloadCap,
      referrals_last_year: lastYear("referred"),
      managers_left_last_year: lastYear("managersLeft"),
      waiting: weeks.waiting[last],
      weeks_to_fill_seat: Number.NaN,
      exits_last_year: lastYear("left"),
      graduations_last_year: lastYear("graduated"),
      fidelity: Number.NaN,
      supervision_hours_per_month: Number.NaN,
    };
  });
}

const total = (teams: readonly AgencyTeam[], column: keyof AgencyTeam) =>
  teams.reduce((sum, team) => sum + (team[column] as number), 0);

const table = tabulate(truth, seedFor("agency"));
const values = agencyValues(table, base, audits);
const fitted = withValues(base, values);
/** Relative errors of the counts. */
const noise = (column: keyof AgencyTeam) => 1 / Math.sqrt(total(table, column));

describe("a service, tabulated", () => {
  it.each([
    ["referrals.perWeek", noise("referrals_last_year")],
    ["staffing.turnover.perYear", noise("managers_left_last_year")],
    ["staffing.vacancy", Math.hypot(noise("vacancies"), noise("managers_left_last_year"))],
    ["events.leaving.perYear", noise("exits_last_year")],
    ["events.graduation.perYear", noise("graduations_last_year")],
  ])("gives %s back", (path, relativeError) => {
    const expected = valueAt(truth, path) as number;
    expectWithin(valueAt(fitted, path) as number, { truth: expected, mcse: expected * relativeError });
  });

  it("would not, if the rate of leaving were taken for the hazard (twin)", () => {
    const rate = total(table, "managers_left_last_year") / (total(table, "seats") - total(table, "vacancies"));
    const expected = truth.staffing.turnover.perYear;
    expect(Math.abs(rate - expected) / (expected * noise("managers_left_last_year"))).toBeGreaterThan(LIMIT);
  });
});

it("a fitted service has the table's counts", () => {
  const again = tabulate(serviceParameters({ time: { weeks: 78 } }, fitted), seedFor("agency again"));
  // Both the second count and the fit, whose ten services have ten times the events, are random.
  for (const column of ["managers_left_last_year", "exits_last_year", "graduations_last_year"] as const) {
    const expected = total(table, column);
    expectWithin(total(again, column), { truth: expected, mcse: Math.sqrt(expected * 1.1) });
  }
});
