import { keyOf } from "../../sim/random/address.ts";
import { changeAt, valueAt } from "../registry/registry.ts";
import { type ServiceChanges, type ServiceParameters, serviceParameters } from "../service/parameters.ts";
import { simulateService } from "../service/simulateService.ts";
import { DAYS_PER_WEEK, DAYS_PER_YEAR } from "../service/time.ts";

/** What an agency counts, and the hazard of the model that it tells of. Rates are per seat-year or per client-year. */
export const HAZARDS = {
  managersLeft: { path: "staffing.turnover.perYear", most: 50 },
  left: { path: "events.leaving.perYear", most: 1000 },
  graduated: { path: "events.graduation.perYear", most: 1000 },
} as const;

export type HazardName = keyof typeof HAZARDS;
export type YearRates = Readonly<Record<HazardName, number>>;

/** Half a year first, until there are vacancies, recent changes of case manager and overload as in a running service. */
const WARM_UP_WEEKS = 26;
const YEAR_WEEKS = 52;
/** Enough that the error of the fit adds a thirtieth to the variance that three teams' counts of one year have. */
const TEAM_YEARS = 100;
const LEAST_AGENCIES = 10;
/** Agencies are played out side by side, as far as they have room: fewer worlds take less time. */
const TEAMS_PER_WORLD = 50;
const MOST_ROUNDS = 5;
/** Rates this near, relatively, are the same: far below what a year's counts can tell. */
const TOLERANCE = 0.02;
/** A hazard grows by no more than this in one round. */
const LARGEST_STEP = 10;

/**
 * Hazards at which a service, played out, has the rates of an agency. A hazard of the model is that of an undisturbed case
 * manager or client: monitoring, overload, alliance and readiness make the rate that is counted another one. Repeated until the rates agree within 2 %, at most five times, on the same luck:
 *
 *   h ← h · (rate of the agency) / (rate of the service played out at h)
 *
 * @param parameters the service as far as it is known; its hazards are where the search begins
 * @param observed   rates above 0; what is not named keeps its hazard
 * @returns the parameters, and their rates played out; these differ from `observed` where no hazard gives them
 */
export function fitHazards(
  parameters: ServiceParameters,
  observed: Partial<YearRates>,
): { readonly parameters: ServiceParameters; readonly rates: YearRates } {
  const wanted = Object.entries(observed) as [HazardName, number][];
  let fitted = parameters;
  let rates = ratesPlayedOut(fitted);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (wanted.every(([name, rate]) => Math.abs(rates[name] / rate - 1) <= TOLERANCE)) break;
    for (const [name, rate] of wanted) {
      const { path, most } = HAZARDS[name];
      const step = Math.min(LARGEST_STEP, rate / rates[name]);
      const hazard = Math.min(most, (valueAt(fitted, path) as number) * step);
      fitted = serviceParameters(changeAt(path, hazard) as ServiceChanges, fitted);
    }
    rates = ratesPlayedOut(fitted);
  }
  return { parameters: fitted, rates };
}

/** Rates in a year of service, over many simulated agencies. */
function ratesPlayedOut(parameters: ServiceParameters): YearRates {
  const { count: perAgency, seats } = parameters.teams;
  const nAgencies = Math.max(LEAST_AGENCIES, Math.ceil(TEAM_YEARS / perAgency));
  const nWorlds = Math.min(nAgencies, Math.ceil((nAgencies * perAgency) / TEAMS_PER_WORLD));
  const count = perAgency * Math.ceil(nAgencies / nWorlds);
  const played = serviceParameters({ time: { weeks: WARM_UP_WEEKS + YEAR_WEEKS }, teams: { count } }, parameters);
  const events = { managersLeft: 0, left: 0, graduated: 0 };
  let clientWeeks = 0;
  for (let world = 0; world < nWorlds; world++) {
    const { weeks } = simulateService(played, keyOf("agency", world));
    const before = WARM_UP_WEEKS * count;
    for (const name of Object.keys(events) as HazardName[]) {
      const flow = weeks.flows[name];
      for (let team = 1; team <= count; team++) events[name] += flow[flow.length - team] - flow[before - team];
    }
    for (const n of weeks.inService.subarray(before)) clientWeeks += n;
  }
  const perYear = DAYS_PER_YEAR / DAYS_PER_WEEK;
  const seatYears = (nWorlds * count * seats * YEAR_WEEKS) / perYear;
  const clientYears = clientWeeks / perYear;
  return {
    managersLeft: events.managersLeft / seatYears,
    left: events.left / clientYears,
    graduated: events.graduated / clientYears,
  };
}
