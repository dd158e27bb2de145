import type { PairedDifference } from "../models/compare/pairedDifference.ts";
import type { Assumption } from "../models/sensitivity/assumptions.ts";
import type { Infeasible, Sensitivity, VariedAlone } from "../models/sensitivity/sensitivityTypes.ts";
import { formatCount, formatNumber, joinWords } from "./format.ts";
import { signedBy } from "./signedBy.ts";
import type { TextColumn } from "./textTable.ts";

/** What was done one at a time, and what a swing is. */
export function introduction({ plan: { base, other, replications }, figure, central }: Sensitivity): string {
  const print = signedBy(central);
  return (
    `${other.name} less ${base.name}: ${print(central.difference)} ${unitWords(figure.unit)}${intervalWords(central)}, ` +
    `${formatCount(replications)} replications. Then each assumption alone at the ends of its range, in both scenarios, ` +
    "on the same luck. Swing: the difference at the high end less that at the low end. Intervals hold one by one: of " +
    "twenty assumptions without influence, one may seem to have some."
  );
}

/** Columns of the table of assumptions varied alone. */
export const aloneColumns: readonly TextColumn[] = [
  { title: "assumption", align: "left" },
  { title: "range", align: "right" },
  { title: "at low", align: "right" },
  { title: "at high", align: "right" },
  { title: "swing", align: "right" },
  { title: "95 % interval", align: "right" },
  { title: "influence", align: "left" },
];

export function aloneRow({ central }: Sensitivity, { assumption, ends, swing, isInfluential }: VariedAlone): string[] {
  const print = signedBy(swing.mcse > 0 ? swing : central);
  const at = (wanted: "low" | "high") => {
    const end = ends.find(({ end }) => end === wanted);
    return end === undefined ? "cannot be" : print(end.difference.difference);
  };
  const interval = swing.mcse === 0 ? "always the same" : swing.ci.map(print).join(" to ");
  const influence = isInfluential ? "yes" : "not told from none";
  return [assumption.path, rangeWords(assumption), at("low"), at("high"), print(swing.difference), interval, influence];
}

function rangeWords({ low, high }: Assumption): string {
  return `${formatNumber(low, 6)} to ${formatNumber(high, 6)}`;
}

/** An assumption by its path, value and source. */
export function assumptionWords({ path, label, unit, source, value }: Assumption): string {
  return `${path} (${formatNumber(value, 6)}${unit === "1" ? "" : ` ${unit}`}): ${label}. Source: ${source}`;
}

/** What Morris's screening did and what its measures mean. */
export function screeningWords({ nTrajectories, perTrajectory }: Sensitivity): string {
  return (
    `${formatCount(nTrajectories)} random walks through the ranges of all assumptions, ${formatCount(perTrajectory)} replications each, ` +
    "that move one assumption after the other. μ*: mean size of the change in the difference over an assumption's whole range. " +
    "σ: how much that change depends on the other assumptions, or on where in its range it is. Luck alone, which is in " +
    "both, would give the σ of the next column and a μ* of four fifths of that."
  );
}

/** What could not be simulated, and what the comparison itself changes; [] where nothing is left out. */
export function exceptionWords({ infeasible, plan }: Sensitivity): string[] {
  const { changed } = plan;
  return [
    ...infeasible.map(infeasibleWords),
    ...(changed.length === 0
      ? []
      : [
          `${joinWords(changed)}: not varied, as the comparison itself changes ${changed.length === 1 ? "it" : "them"}.`,
        ]),
  ];
}

function infeasibleWords({ path, value, where, nTrajectories, scenario, why }: Infeasible): string {
  if (where !== "trajectories")
    return `${path} at its ${where} end, ${formatNumber(value, 6)}: ${scenario} cannot be simulated: ${why}.`;
  const of = `${formatCount(nTrajectories)} random walk${nTrajectories === 1 ? "" : "s"}`;
  const met =
    path === null ? `${of} began where` : `${of}, when ${path} became ${formatNumber(value, 6)}, came to where`;
  return `${met} ${scenario} cannot be simulated: ${why}. The changes there are missing.`;
}

function intervalWords(difference: PairedDifference): string {
  if (difference.mcse === 0) return ", always the same";
  return ` (95 % interval ${difference.ci.map(signedBy(difference)).join(" to ")})`;
}

function unitWords(unit: string): string {
  return unit === "share" ? "(share)" : unit;
}
