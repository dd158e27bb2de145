// Is each value reckoned from the table as its formula says? Means and intervals are R's.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type AgencyValue, agencyValues, directValues } from "../../models/agency/agencyValues.ts";
import { AGENCY_COLUMN_NAMES, type AgencyTeam } from "../../models/agency/columns.ts";
import { poissonInterval } from "../../models/agency/rateOf.ts";
import { initialClients } from "../../models/service/roster.ts";
import { serviceParameters } from "../../models/service/parameters.ts";
import { program, team } from "./fixture.ts";

const oracle = JSON.parse(readFileSync(join(import.meta.dirname, "..", "oracle", "agency", "agency.json"), "utf8"));
const { service: base, study } = await program();
const { audits } = study;
/** R's five teams: null is an empty cell, and the columns that R does not reckon with are empty. */
const teams: AgencyTeam[] = oracle.teams.map((row: Record<string, number | null>, index: number) => ({
  ...Object.fromEntries(AGENCY_COLUMN_NAMES.map((name) => [name, row[name] ?? Number.NaN])),
  team: String(index),
}));

const valueIn = (values: readonly AgencyValue[], path: string) => values.find((one) => one.path === path)?.value;
/** Values are written to three digits. */
const three = (value: number) => Number(value.toPrecision(3));

describe("values of five teams", () => {
  const values = directValues(teams, base, audits);

  it.each([
    ["teams.seats", oracle.values.seats],
    ["staffing.caseloadCap", oracle.values.cap],
    ["referrals.perWeek", three(oracle.values.referralsPerWeek)],
    ["referrals.cohort.perTeam", oracle.values.waiting],
    ["staffing.vacancy", three(oracle.values.weeksToFill)],
    ["fidelity.start", three(oracle.values.fidelity)],
    ["fidelity.startSd", three(oracle.values.fidelitySd)],
    ["fidelity.training.supervisionHours", three(oracle.values.supervisionPerWeek)],
  ])("%s is R's", (path, expected) => {
    expect(valueIn(values, path)).toBe(expected);
  });

  it("puts as many clients on day 0 as R's mean", () => {
    const { seats, cap, clientsPerTeam } = oracle.values;
    const initialCaseload = valueIn(values, "referrals.initialCaseload") as number;
    const parameters = serviceParameters({
      teams: { seats },
      staffing: { caseloadCap: cap },
      referrals: { initialCaseload },
    });
    expect(initialClients(parameters)).toBe(clientsPerTeam);
  });

  it("reckons the time to fill a seat from vacancies where it is not given", () => {
    const silent = teams.map((one) => ({ ...one, weeks_to_fill_seat: Number.NaN }));
    expect(valueIn(directValues(silent, base, audits), "staffing.vacancy")).toBe(three(oracle.values.weeksByVacancies));
    const full = silent.map((one) => ({ ...one, vacancies: 0 }));
    expect(valueIn(directValues(full, base, audits), "staffing.vacancy")).toBeUndefined();
  });
});

describe("what a table cannot tell", () => {
  const told = (numbers: Partial<AgencyTeam>) => directValues([team(numbers)], base, audits);

  it("is left out", () => {
    const paths = told({}).map(({ path }) => path);
    for (const path of ["fidelity.start", "fidelity.startSd", "referrals.cohort.on", "staffing.vacancy"])
      expect(paths).not.toContain(path);
    expect(valueIn(directValues(teams.slice(0, 4), base, audits), "fidelity.startSd")).toBeUndefined();
  });

  it("and what contradicts the model is put right in the open", () => {
    const over = told({ seats: 5, clients: 100, caseload_cap: 15 });
    expect(valueIn(over, "staffing.caseloadCap")).toBe(20);
    expect(over.find(({ path }) => path === "staffing.caseloadCap")?.source).toBe("mean cap 15; 20 clients per seat");
    expect(valueIn(told({ fidelity: 36 }), "fidelity.asymptote")).toBe(36);
    expect(valueIn(told({ fidelity: 30 }), "fidelity.asymptote")).toBeUndefined();
    const alike = Array.from({ length: 5 }, () => team({ fidelity: 30 }));
    expect(valueIn(directValues(alike, base, audits), "fidelity.startSd")).toBe(0);
  });
});

describe("counts of a year", () => {
  it.each(oracle.intervals as { count: number; lower: number; upper: number }[])(
    "$count: the interval is R's poisson.test",
    ({ count, lower, upper }) => {
      const interval = poissonInterval(count);
      expect(interval[0]).toBeCloseTo(lower, 10);
      expect(interval[1]).toBeCloseTo(upper, 10);
    },
  );

  it("0 is half an event, and the range begins at 0", () => {
    const quiet = team({ seats: 2, clients: 6, caseload_cap: 4, referrals_last_year: 0, managers_left_last_year: 0 });
    const values = agencyValues([quiet], base, audits);
    const { value, range } = values.find(({ path }) => path === "referrals.perWeek")!;
    expect(value).toBe(three(0.5 / (365.25 / 7)));
    expect(range).toEqual([0, three(oracle.intervals[0].upper / (365.25 / 7))]);
    const turnover = values.find(({ path }) => path === "staffing.turnover.perYear")!;
    expect(turnover.value).toBeGreaterThan(0);
    expect(turnover.range?.[0]).toBe(0);
    expect(values.some(({ path }) => path === "events.leaving.perYear")).toBe(false);
  });
});
