import type { Comparison, ScenarioComparison } from "../models/compare/comparisonTypes.ts";
import { ACCESS_FIGURES, bottomLine, budgetSentences, CLEAR_IS_NOT_LARGE } from "./comparisonFinding.ts";
import { changeWords, figureText } from "./comparisonWords.ts";
import { formatCount, joinWords } from "./format.ts";
import { comparisonTitle } from "./comparisonHtml.ts";
import { bulletList, heading, markdownTable, plain } from "./modelDocument/markdown.ts";

/**
 * summary.md: half a page to paste into a memo. What changed and what comes of it in words, a table of headline figures with
 * a column per scenario, how sure that is, and what it cannot tell.
 */
export function comparisonSummary(comparison: Comparison): string {
  const { scenarios } = comparison;
  return `${[
    heading(1, plain(comparisonTitle(comparison))),
    bulletList(scenarios.map((scenario) => plain(scenarioWords(scenario)))),
    figureTable(comparison),
    plain([...budgetSentences(comparison), CLEAR_IS_NOT_LARGE, sureWords(comparison)].join(" ")),
    plain(costWords(comparison) + CANNOT),
  ].join("\n\n")}\n`;
}

const CANNOT =
  "This is a simulation: it shows what follows from its assumptions, not what will happen in one agency. What it takes for " +
  "the effect of good delivery rests on one study of 14 teams without randomisation. The full report lists what it cannot tell.";

function scenarioWords(scenario: ScenarioComparison): string {
  const { name, changes } = scenario;
  const changed = changes.length === 0 ? "nothing is changed" : changes.map(changeWords).join("; ");
  return `${name} (${changed}): ${bottomLine(scenario)}.`;
}

/** Rows are headline figures and who is served; the base is that of the longest run. */
function figureTable({ plan, scenarios }: Comparison): string {
  const longest = scenarios.reduce((most, one) => (one.replications > most.replications ? one : most));
  const rows = longest.figures.flatMap((figure, f) => {
    if (!figure.headline && !ACCESS_FIGURES.includes(figure.name)) return [];
    const differences = scenarios.map(({ figures }) => {
      const { difference, interval, verdict } = figureText(figures[f], 1);
      return verdict === "not defined" ? "not defined" : `${difference} (${interval})`;
    });
    return [[`${figure.label}, ${figure.unit}`, figureText(figure, 1).base, ...differences]];
  });
  return markdownTable(["Key figure", plan.base.name, ...scenarios.map(({ name }) => `${name}, difference`)], rows);
}

function sureWords({ plan, scenarios }: Comparison): string {
  const counts = [...new Set(scenarios.map(({ replications }) => replications))].sort((one, other) => one - other);
  return (
    "In brackets: where the average difference lies, with 95 % confidence, if the assumptions hold. Averages are over " +
    `${joinWords(counts.map(formatCount))} simulated agencies over ${formatCount(plan.base.service.time.weeks)} weeks, with the same people ` +
    "and the same luck in each scenario."
  );
}

function costWords({ plan: { base } }: Comparison): string {
  if (base.costs === null) return "";
  const { currency, priceYear } = base.costs;
  return `Costs are in ${currency} at prices of ${priceYear}, many of them assumptions. `;
}
