import { valueAt } from "../registry/registry.ts";
import type { ServiceParameters } from "../service/parameters.ts";
import type { AgencyValue } from "./agencyValues.ts";
import type { AgencyColumnName, AgencyTeam } from "./columns.ts";
import { fitHazards, HAZARDS, type HazardName, type YearRates } from "./fitHazards.ts";
import { atLeastHalf, rateOf } from "./rateOf.ts";
import { rounded, sum, withCell } from "./totals.ts";

/** How each rate is counted: what happened, and to whom it could. */
const COUNTED: Readonly<Record<HazardName, { column: AgencyColumnName; exposure: AgencyColumnName; words: string }>> = {
  managersLeft: { column: "managers_left_last_year", exposure: "seats", words: "case managers left" },
  left: { column: "exits_last_year", exposure: "clients", words: "unplanned exits" },
  graduated: { column: "graduations_last_year", exposure: "clients", words: "graduations" },
};

/**
 * The rates at which case managers leave, clients leave unplanned, and clients graduate. Client-years of last year are
 * taken to be the clients of today.
 *
 * @param parameters the service with all else that the table tells
 */
export function hazardValues(teams: readonly AgencyTeam[], parameters: ServiceParameters): AgencyValue[] {
  const told = (Object.keys(COUNTED) as HazardName[]).flatMap((name) => {
    const { column, exposure, words } = COUNTED[name];
    const counting = withCell(teams, column);
    const exposed = sum(counting, exposure);
    if (exposed === 0) return [];
    return [{ name, count: sum(counting, column), exposed, source: `of ${exposed} ${exposure}`, words }];
  });
  const observed: Partial<YearRates> = Object.fromEntries(
    told.map(({ name, count, exposed }) => [name, atLeastHalf(count) / exposed]),
  );
  const fitted = fitHazards(parameters, observed);
  return told.map(({ name, count, exposed, source, words }) => {
    const { path } = HAZARDS[name];
    const hazard = valueAt(fitted.parameters, path) as number;
    return {
      path,
      ...rateOf(count, hazard / atLeastHalf(count), HAZARDS[name].most),
      formula:
        "the model's hazard, of which overload, alliance and the like make the rate that is counted: " +
        "fitted so that the service, played out, has that rate",
      source: `${count} ${words} ${source} last year; played out, ${rounded(fitted.rates[name] * exposed)} a year`,
    };
  });
}
