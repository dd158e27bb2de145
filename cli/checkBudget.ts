import type { ComparisonPlan } from "../models/compare/comparisonTypes.ts";
import { comparedFigures } from "../models/compare/keyFigures.ts";
import { keyFigureSimulator } from "../models/compare/simulateKeyFigures.ts";
import { formatCount } from "../reports/format.ts";

/** Replications of the base that decide; what a service costs differs little between them. */
const PILOT = 10;

/** What is wrong with a budget that the base itself does not keep; null if it does, or if there is none. */
export function budgetProblem(plan: ComparisonPlan): string | null {
  const { base } = plan;
  if (base.costs === null || base.costs.budget === 0) return null;
  const { currency, budget } = base.costs;
  const at = comparedFigures(plan, base).findIndex(({ name }) => name === "costPerYear");
  const play = keyFigureSimulator(plan);
  let sum = 0;
  for (let firstReplication = 0; firstReplication < PILOT; firstReplication++)
    sum += play({ conditionIndex: 0, firstReplication, count: 1 })[at];
  const cost = sum / PILOT;
  if (cost <= budget) return null;
  return (
    `${base.name}: costs.budget is ${currency} ${formatCount(budget)} a year, below what the base itself costs, about ` +
    `${formatCount(Math.ceil(cost))}; raise it, or set it to 0 for none`
  );
}
