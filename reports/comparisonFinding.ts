import type { ComparedFigure, Comparison, ScenarioComparison } from "../models/compare/comparisonTypes.ts";
import { verdictOf } from "../models/compare/verdict.ts";
import type { CostParameters } from "../models/costs/parameters.ts";
import { formatCount, formatNumber } from "./format.ts";

/** The key figure of cost that a finding speaks of. */
export const COST_FIGURE = "costPerClientYear";

/** Said below every page that speaks of differences to people who are no statisticians. */
export const CLEAR_IS_NOT_LARGE =
  "Better and worse mean that the simulation can tell the difference from none, not that it is large: look at its size.";

/** Who is served: on the first page beside headline figures, whose precision is not asked for. */
const SERVED_FIGURE = "clientsServed";
export const ACCESS_FIGURES = [SERVED_FIGURE, "waiting"];

/** On how many of the headline figures that are defined a scenario is better or worse, and whether it serves and costs more. */
export function bottomLine({ figures }: ScenarioComparison): string {
  const headline = figures.filter(({ headline }) => headline);
  const cost = headline.find(({ name }) => name === COST_FIGURE);
  const verdicts = headline
    .filter((figure) => figure !== cost)
    .map(verdictOf)
    .filter((verdict) => verdict !== "not defined");
  const counts = (["better", "worse"] as const)
    .map((verdict) => ({ verdict, n: verdicts.filter((one) => one === verdict).length }))
    .filter(({ n }) => n > 0)
    .map(({ verdict, n }) => `${verdict} on ${n}`);
  const of = verdicts.length === 1 ? "1 headline figure" : `${formatCount(verdicts.length)} headline figures`;
  const benefit = counts.length === 0 ? `no clear difference on ${of}` : `${counts.join(" and ")} of ${of}`;
  const served = figures.filter(({ name }) => name === SERVED_FIGURE).flatMap(servedWords);
  return [benefit, ...served, ...(cost === undefined ? [] : [costWords(cost)])].join("; ");
}

/** Nothing where no difference is clear. */
function servedWords(served: ComparedFigure): string[] {
  const verdict = verdictOf(served);
  if (verdict !== "better" && verdict !== "worse") return [];
  return [`serves ${verdict === "better" ? "more" : "fewer"} clients (${shareOfBase(served)})`];
}

function costWords(cost: ComparedFigure): string {
  switch (verdictOf(cost)) {
    case "better":
      return `costs less (${shareOfBase(cost)} per client-year)`;
    case "worse":
      return `costs more (${shareOfBase(cost)} per client-year)`;
    default:
      return "no clear difference in cost per client-year";
  }
}

/** The difference in per cent of the base's value; "–" where the base is 0 or nothing is defined. */
export function shareOfBase({ base, difference }: Pick<ComparedFigure, "base" | "difference">): string {
  const share = (100 * difference) / Math.abs(base);
  if (!Number.isFinite(share)) return "–";
  return `${share > 0 ? "+" : ""}${formatNumber(share, 2)}\u00a0%`;
}

/** Whether a scenario keeps the budget; nothing where there is none. */
export function budgetSentences({ plan: { base }, scenarios }: Comparison): string[] {
  const { costs } = base;
  if (costs === null || costs.budget === 0) return [];
  return scenarios.flatMap(({ name, figures }) => {
    const shortfall = figures.find((figure) => figure.name === "budgetShortfall");
    return shortfall === undefined ? [] : [`${name} ${budgetWords(shortfall.value, costs)}`];
  });
}

function budgetWords(shortfall: number, { currency, budget }: CostParameters): string {
  const of = `the budget of ${currency} ${formatCount(budget)} a year`;
  return shortfall > 0
    ? `misses ${of} by ${formatCount(Math.ceil(shortfall))} on average (0 counted for replications that keep it).`
    : `keeps ${of} in every replication.`;
}
