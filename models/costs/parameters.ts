import { type ChangesOf, count, number, share, text, type ValuesOf } from "../registry/parameterKinds.ts";
import { defaultsOf, type ParameterEntry, registryEntries, type Values, withChanges } from "../registry/registry.ts";

const money = (
  value: number,
  unit: string,
  description: string,
  plausible: readonly [number, number],
  source = "assumption",
) => number(value, unit, [0, 1e9], description, source, plausible);

/**
 * The registry of prices: what a service costs the program that pays for it. "money" is an amount of `currency` at prices
 * of `priceYear`, neither discounted nor raised over the weeks simulated. Nothing here changes what happens.
 */
export const COST_PARAMETERS = {
  currency: text(
    "CAD",
    /^[A-Z]{3}$/,
    "a code of three capital letters, like CAD",
    "Currency of every price (ISO 4217)",
  ),
  priceYear: count(2021, "year", [1900, 2200], "Year whose prices these are"),
  budget: number(0, "money/year", [0, 1e12], "Most that the program may cost in a year; 0: no budget", "design"),
  salaries: {
    manager: money(
      85_000,
      "money/FTE-year",
      "Salary of a full-time case manager, on-costs included",
      [65_000, 105_000],
    ),
    leader: money(100_000, "money/FTE-year", "Salary of a full-time team leader, on-costs included", [80_000, 125_000]),
    leaderFte: number(
      0.5,
      "FTE/team",
      [0, 10],
      "Team leader of a team, for what is not supervision of case managers",
      "assumption",
      [0.25, 1],
    ),
  },
  overhead: number(
    0.15,
    "1",
    [0, 5],
    "Rooms, administration and equipment: share of salaries",
    "assumption",
    [0.1, 0.3],
  ),
  vacancies: {
    week: money(300, "money/vacant week", "Cover by an agency and advertising while a seat is vacant", [0, 1_500]),
    replacement: share(
      0.25,
      "Cost of replacing a case manager who leaves, training apart: share of the yearly salary",
      "National Wraparound Initiative: .20 to .33",
      [0.2, 0.33],
    ),
  },
  supervision: {
    hour: money(
      25,
      "money/hour",
      "Supervisor's time for an hour of one case manager's supervision: the supervisor's hour over those who share it",
      [10, 75],
    ),
  },
  training: {
    newManager: money(3_000, "money/case manager", "Training of a case manager who begins", [1_000, 8_000]),
    teamYear: money(6_000, "money/team-year", "Training and mentoring of a team while they last", [2_000, 15_000]),
  },
  audits: {
    perYear: number(
      2,
      "1/year",
      [0, 365],
      "Fidelity audits of a team while it is monitored",
      "Roebuck 2021: every six months at first",
      [1, 2],
    ),
    audit: money(
      3_000,
      "money/audit",
      "Fidelity audit of a team",
      [1_500, 5_000],
      "assumption; 4 to 8 person-days are derived from Roebuck 2021",
    ),
  },
  travel: { contact: money(8, "money/contact", "Travel to a contact that is held", [2, 20]) },
  hospital: {
    day: money(1_000, "money/day", "Day in hospital; shown apart, as the program does not pay it", [600, 1_800]),
  },
} as const;

/** Every price, as plain values. */
export type CostParameters = ValuesOf<typeof COST_PARAMETERS>;
export type CostChanges = ChangesOf<CostParameters>;

/** All prices with their places, "salaries.manager". */
export function costParameterEntries(): ParameterEntry[] {
  return registryEntries(COST_PARAMETERS);
}

/** The defaults with some values changed. */
export function costParameters(changes: CostChanges = {}): CostParameters {
  return withChanges(defaultsOf(COST_PARAMETERS), changes as Values) as CostParameters;
}
