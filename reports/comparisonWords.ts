import type { ParameterChange } from "../models/compare/changes.ts";
import type { ComparedFigure, Comparison, ScenarioComparison } from "../models/compare/comparisonTypes.ts";
import type { Ranking } from "../models/compare/ranking.ts";
import { FEWEST_REPLICATIONS } from "../models/compare/stoppingRule.ts";
import { type Verdict, verdictOf } from "../models/compare/verdict.ts";
import { aboutCosts } from "./costNotes.ts";
import { decimalsFor, formatCount, formatFixed, formatNumber, formatPercent, joinWords } from "./format.ts";
import { MODEL_LIMITS } from "./modelLimits.ts";

/** A difference from the base counts where Holm's p is below this. */
const ALPHA = 0.05;

/** What changed in a scenario, a sentence each. */
export function changeSentences({ changes, ignored }: Pick<ScenarioComparison, "changes" | "ignored">): string[] {
  const sentences = [
    ...changes.map((change) => `${changeWords(change)} (${change.path})`),
    ...ignored.map((section) => `its section ${section}: differs, but has no effect here: the base's counts for all`),
  ];
  return sentences.length > 0 ? sentences : ["nothing: this is the base again"];
}

/** "Most clients a full-time case manager is given: 16 → 20 clients" */
export function changeWords({ label, unit, from, to }: ParameterChange): string {
  const [before, after] = [from, to].map((value) => (Array.isArray(value) ? value.join(", ") : String(value)));
  return `${label}: ${before} → ${after}${unit === "" || unit === "1" ? "" : ` ${unit}`}`;
}

/** Key figures that a reader sees first: headline ones, and whether the budget is kept. */
export function shownFirst({ figures }: ScenarioComparison): ComparedFigure[] {
  return figures.filter(({ headline, name }) => headline || name === "budgetShortfall");
}

/** A compared figure as readers see it. */
export type FigureText = {
  readonly base: string;
  readonly value: string;
  readonly difference: string;
  /** "−0.30 to −0.22"; "–" without one. */
  readonly interval: string;
  readonly verdict: Verdict;
};

/** @param errorDigits digits of the Monte-Carlo error that are shown; a difference without error has the digits it needs */
export function figureText(figure: ComparedFigure, errorDigits = 2): FigureText {
  const { base, value, difference, mcse, ci } = figure;
  const decimals = decimalsFor(mcse, errorDigits);
  const print = (x: number) => {
    if (!(mcse > 0)) return formatNumber(x, 4);
    return decimals === 0 ? formatCount(Math.round(x)) : formatFixed(x, decimals);
  };
  const signed = (x: number) => (x > 0 ? `+${print(x)}` : print(x));
  return {
    base: print(base),
    value: print(value),
    difference: signed(difference),
    interval: Number.isNaN(mcse) ? "–" : mcse === 0 ? "always the same" : `${signed(ci[0])} to ${signed(ci[1])}`,
    verdict: verdictOf(figure),
  };
}

/** How many times as many replications luck of its own would have taken. */
export function savedWords(ratio: number): string {
  if (Number.isNaN(ratio)) return "–";
  return Number.isFinite(ratio) ? `${formatNumber(ratio, 2)} ×` : "all";
}

export function runsNeededWords(runsNeeded: number): string {
  return Number.isNaN(runsNeeded) ? "–" : formatCount(runsNeeded);
}

/** How many replications there were, whether they were enough, and which of the figures shown have no value in some. */
export function replicationWords(
  precision: number,
  { replications, isPrecise, figures }: ScenarioComparison,
  shown: readonly ComparedFigure[],
): string {
  const ran = `${formatCount(replications)} replications`;
  const goal = `± ${formatPercent(precision)} of the base's value`;
  const partly = shown
    .filter(({ nUndefined, nPairs }) => nUndefined > 0 && nPairs > 0)
    .map(({ label, nPairs }) => ` ${label}: defined in ${formatCount(nPairs)} of them in both scenarios.`)
    .join("");
  if (isPrecise) return `${ran}: headline differences are known to ${goal}.${partly}`;
  if (replications < FEWEST_REPLICATIONS)
    return `${ran}, all there were to run: fewer than ${FEWEST_REPLICATIONS} cannot show how precise they are (--replications).${partly}`;
  const needs = figures
    .filter(({ headline, runsNeeded }) => headline && runsNeeded > replications)
    .map(({ label, runsNeeded }) => `${formatCount(runsNeeded)} for ${label}`);
  return `${ran}, all there were to run: ${goal} is not reached. It would take about ${joinWords(needs)} (--replications).${partly}`;
}

/** Which scenario is best, a sentence per headline figure, and last how that was found. */
export function rankingSentences({ rankings, plan }: Comparison): string[] {
  return [
    ...rankings.map(
      ({ label, mayBeBest, againstBase }) => `${label}: ${bestWords(mayBeBest)} ${differWords(againstBase)}`,
    ),
    "By key figure, on the replications that two scenarios share. The best is, with 95 % confidence, among those " +
      "named (paired t tests against all others, Bonferroni; Hsu 1984); several names: indifferent, they cannot be told " +
      `apart. "Differs" means from ${plan.base.name}, p < .05 by Holm's method over the scenarios.`,
  ];
}

function bestWords(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]} is best.` : `indifferent between ${joinWords(names)}.`;
}

function differWords(againstBase: Ranking["againstBase"]): string {
  const names = againstBase.filter(({ holm }) => holm < ALPHA).map(({ name }) => name);
  return names.length === 0 ? "None differs." : `${names.length === 1 ? "Differs" : "Differ"}: ${joinWords(names)}.`;
}

/** How far to trust the intervals: the self-check, what shared luck saved, and what stopping early does. */
export function trustSentences({ nSelfChecked, scenarios }: Comparison): string[] {
  const ratios = scenarios
    .flatMap(({ figures }) => figures.filter(({ headline }) => headline))
    .map(({ varianceRatio }) => varianceRatio)
    .filter(Number.isFinite);
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => formatNumber(ratio, 2));
  return [
    `Self-check: the base against itself, ${formatCount(nSelfChecked)} replications: every difference is 0.`,
    ...(ratios.length === 0
      ? []
      : [
          `Shared luck: with luck of its own for every scenario, headline differences would have taken ${least === most ? least : `${least} to ${most}`} times as many replications.`,
        ]),
    "Runs stop as soon as they are precise enough, which makes intervals cover a little less than 95 % (94 % at worst " +
      "where few replications do, 95 % where many do). The intervals of a table hold one by one, not all at once.",
  ];
}

/** What a reader must not conclude. */
export function limitSentences({ plan: { base } }: Comparison): string[] {
  return [...(base.costs === null ? [] : [aboutCosts(base.costs)]), ...MODEL_LIMITS];
}
