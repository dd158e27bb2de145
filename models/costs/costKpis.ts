import { daysUntilFollowUp, FOLLOWED_UP, followedUp } from "../kpis/followUp.ts";
import type { KpiDefinition } from "../kpis/kpiDefinition.ts";
import { clientYears, sum, total } from "../kpis/sums.ts";
import { DAYS_PER_YEAR } from "../service/time.ts";
import { COST_HEADINGS, type CostHeading, costsOf, totalOf, yearsOf } from "./costsOf.ts";
import type { CostParameters } from "./parameters.ts";

const LABELS: Readonly<Record<CostHeading, string>> = {
  salaries: "salaries",
  overhead: "overhead",
  vacancies: "vacancies and replacement",
  supervision: "supervision",
  training: "training",
  audits: "fidelity audits",
  travel: "travel",
};

const DEFINITIONS: Readonly<Record<CostHeading, string>> = {
  salaries: "Case managers present × their working time × salary, and team leaders",
  overhead: "Share of salaries",
  vacancies: "Vacant weeks × their price, and case managers who left × share of the yearly salary",
  supervision: "Hours of supervision of case managers present while their teams are trained × price of an hour",
  training: "Case managers who began × their training, and years of teams in training × training and mentoring",
  audits: "Years of teams under monitoring × audits in a year × price of an audit; audits of a study are not in it",
  travel: "Contacts held × price of travel",
};

/** Key figures of cost. Totals are over the weeks simulated. */
export function costKpis(prices: CostParameters): KpiDefinition[] {
  const { currency, priceYear, budget } = prices;
  const cost = (
    name: string,
    label: string,
    unit: string,
    definition: string,
    of: KpiDefinition["of"],
    notes: Partial<KpiDefinition> = {},
  ): KpiDefinition => ({
    name,
    label,
    unit: `${currency}${unit}`,
    definition: `${definition}; prices of ${priceYear}`,
    better: "lower",
    headline: false,
    of,
    ...notes,
  });
  return [
    cost("costTotal", "Cost, total", "", "All headings together", (played) => totalOf(costsOf(played, prices))),
    ...COST_HEADINGS.map((heading) =>
      cost(
        `cost${heading[0].toUpperCase()}${heading.slice(1)}`,
        `Cost: ${LABELS[heading]}`,
        "",
        DEFINITIONS[heading],
        (played) => costsOf(played, prices)[heading],
        { better: null },
      ),
    ),
    cost(
      "costPerYear",
      "Cost per year",
      "/year",
      "Total over the years simulated",
      (played, kpi) => kpi("costTotal") / yearsOf(played),
    ),
    cost(
      "costPerClientYear",
      "Cost per client-year",
      "/client-year",
      "Total over years of clients in service",
      ({ history }, kpi) => per(kpi("costTotal"), clientYears(history)),
      { headline: true },
    ),
    cost(
      "costPerContactHour",
      "Cost per contact hour",
      "/hour",
      "Total over hours face to face",
      ({ history, parameters }, kpi) =>
        per(kpi("costTotal"), total(history, "contactsHeld") * parameters.contacts.hoursPerContact),
    ),
    cost(
      "costPerImprovement",
      "Cost per reliable improvement",
      "/client",
      `Cost per client-year × years in service until follow-up of the ${FOLLOWED_UP}; over those of them who reliably improved ` +
        "in any outcome, not defined where nobody did",
      (played, kpi) => {
        const rows = followedUp(played);
        const years = sum(rows.map((row) => daysUntilFollowUp(played, row))) / DAYS_PER_YEAR;
        const nImproved = kpi("anyImproved") * rows.length;
        return per(kpi("costPerClientYear") * years, nImproved);
      },
    ),
    cost(
      "hospitalCostPerClientYear",
      "Hospital cost per client-year, not the program's",
      "/client-year",
      "Days in hospital of clients in service × price of a day, over client-years; in no other cost",
      ({ history }) => (prices.hospital.day * total(history, "hospitalDays")) / clientYears(history),
    ),
    ...(budget > 0
      ? [
          cost(
            "budgetShortfall",
            "Budget missed by",
            "/year",
            `Cost per year less the budget of ${currency} ${budget} a year; 0 where it fits`,
            (_played, kpi) => Math.max(0, kpi("costPerYear") - budget),
          ),
        ]
      : []),
  ];
}

/** Not defined where there is nothing that was paid for. */
function per(cost: number, quantity: number): number {
  return quantity > 0 ? cost / quantity : Number.NaN;
}
