import type { SimulationRun } from "../models/simulationTypes.ts";
import { formatCount } from "./format.ts";

/** What a reader must know of costs; nothing where the scenario has no prices. */
export function costNotes({ plan: { costs }, kpis }: Pick<SimulationRun, "plan" | "kpis">): string[] {
  if (costs === null) return [];
  const { currency, priceYear, budget } = costs;
  const about =
    `Costs are the program's own over the weeks simulated, in ${currency} at prices of ${priceYear}, not discounted; hospital ` +
    "days are shown apart. Prices are those of the scenario: where it says assumption, no study stands behind them.";
  const shortfall = kpis.find(({ name }) => name === "budgetShortfall")?.mean;
  if (shortfall === undefined) return [about];
  const fits =
    shortfall > 0
      ? `is missed by ${formatCount(Math.ceil(shortfall))} a year on average (0 counted for services that keep it)`
      : "is kept in every simulated service";
  return [about, `The budget of ${currency} ${formatCount(budget)} a year ${fits}.`];
}
