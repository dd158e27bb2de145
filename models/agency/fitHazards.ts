import { keyOf } from "../../sim/random/address.ts";
import { changeAt, valueAt } from "../registry/registry.ts";
import { type ServiceChanges, type ServiceParameters, serviceParameters } from "../service/parameters.ts";
import { simulateService } from "../service/simulateService.ts";
import { DAYS_PER_YEAR } from "../service/time.ts";

/** What an agency counts, and the hazard of the model that it tells of. Rates are per seat-year or per client-year. */
export const HAZARDS = {
  managersLeft: { path: "staffing.turnover.perYear", most: 50 },
  left: { path: "events.leaving.perYear", most: 1000 },
  graduated: { path: "events.graduation.perYear", most: 1000 },
} as const;

export type HazardName = keyof typeof HAZARDS;
export type YearRates = Readonly<Record<HazardName, number>>;

const WEEKS = 52;
/** Enough that the error of the fit adds a fiftieth to the variance that three teams' counts of one year have. */
const TEAM_YEARS = 150;
const LEAST_WORLDS = 10;
const MOST_ROUNDS = 8;
/** Rates this near, relatively, are the same: far below what a year's counts can tell. */
const TOLERANCE = 0.01;
/** A hazard grows by no more than this in one round. */
const LARGEST_STEP = 10;

/**
 * Hazards at which a service, played out, has the rates of an agency in its first year. A hazard of the model is that of
 * an undisturbed case manager or client: monitoring, overload, alliance and readiness make the rate that is counted
 * another one. Repeated until the rates agree within 1 %, at most eight times, on the same luck:
 *
 *   h ← h · (rate of the agency) / (rate of the service played out at h)
 *
 * @param parameters the service as far as it is known; its hazards are where the search begins
 * @param observed   rates above 0; what is not named keeps its hazard
 * @returns the parameters, and their rates in the first year; these differ from `observed` where no hazard gives them
 */
export function fitHazards(
  parameters: ServiceParameters,
  observed: Partial<YearRates>,
): { readonly parameters: ServiceParameters; readonly rates: YearRates } {
  const wanted = Object.entries(observed) as [HazardName, number][];
  let fitted = parameters;
  let rates = firstYear(fitted);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (wanted.every(([name, rate]) => Math.abs(rates[name] / rate - 1) <= TOLERANCE)) break;
    for (const [name, rate] of wanted) {
      const { path, most } = HAZARDS[name];
      const step = Math.min(LARGEST_STEP, rate / rates[name]);
      const hazard = Math.min(most, (valueAt(fitted, path) as number) * step);
      fitted = serviceParameters(changeAt(path, hazard) as ServiceChanges, fitted);
    }
    rates = firstYear(fitted);
  }
  return { parameters: fitted, rates };
}

/** Rates of the first year, mean over simulated services. */
export function firstYear(parameters: ServiceParameters): YearRates {
  const { count, seats } = parameters.teams;
  const nWorlds = Math.max(LEAST_WORLDS, Math.ceil(TEAM_YEARS / count));
  const year = serviceParameters({ time: { weeks: WEEKS } }, parameters);
  const total = { managersLeft: 0, left: 0, graduated: 0 };
  let clientDays = 0;
  for (let world = 0; world < nWorlds; world++) {
    const { weeks, clientSteps, daysPerStep } = simulateService(year, keyOf("agency", world));
    clientDays += clientSteps * daysPerStep;
    for (const name of Object.keys(total) as HazardName[])
      for (const n of weeks.flows[name].subarray((WEEKS - 1) * count)) total[name] += n;
  }
  const seatYears = (nWorlds * count * seats * WEEKS * 7) / DAYS_PER_YEAR;
  const clientYears = clientDays / DAYS_PER_YEAR;
  return {
    managersLeft: total.managersLeft / seatYears,
    left: total.left / clientYears,
    graduated: total.graduated / clientYears,
  };
}
