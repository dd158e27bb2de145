import type { PairedDifference } from "../models/compare/pairedDifference.ts";
import type { Assumption } from "../models/sensitivity/assumptions.ts";
import type { Infeasible, Screened, Sensitivity, VariedAlone } from "../models/sensitivity/sensitivityTypes.ts";
import { decimalsFor, formatCount, formatFixed, formatNumber, joinWords } from "./format.ts";
import { signedBy } from "./signedBy.ts";
import { signWords } from "./signWords.ts";
import { textTable, wrapLines } from "./textTable.ts";

const WIDTH = 100;
/** Assumptions that a table has if not all are asked for. */
const SHOWN = 8;

/**
 * Which assumption drives a difference, for the terminal: one at a time, the sign of the difference, Morris's screening, and what
 * could not be simulated.
 *
 * @param all every assumption, not only the eight that matter most
 */
export function sensitivityTable(sensitivity: Sensitivity, all: boolean): string {
  const { alone, together } = sensitivity;
  const shown = all ? alone.length : SHOWN;
  return [
    [
      `Which assumption drives the answer: ${sensitivity.figure.label}`,
      paragraph(introduction(sensitivity)),
      aloneTable(sensitivity, alone.slice(0, shown)),
      ...moreWords(
        alone.slice(0, shown).filter(({ isInfluential }) => !isInfluential).length,
        alone.slice(shown).map(({ isInfluential }) => isInfluential),
      ).map(paragraph),
    ].join("\n"),
    ["What they are", ...alone.slice(0, shown).map(({ assumption }) => bullet(assumptionWords(assumption)))].join("\n"),
    ["Does the sign hold?", ...signWords(sensitivity).map(bullet)].join("\n"),
    [
      "All together (Morris screening)",
      paragraph(screeningWords(sensitivity)),
      screeningTable(together.slice(0, shown)),
    ].join("\n"),
    ...exceptions(sensitivity),
  ].join("\n\n");
}

function introduction({ plan: { base, other, replications }, figure, central }: Sensitivity): string {
  const print = signedBy(central);
  return (
    `${other.name} less ${base.name}: ${print(central.difference)} ${unitWords(figure.unit)}${intervalWords(central)}, ` +
    `${formatCount(replications)} replications. Then each assumption alone at the ends of its range, in both scenarios, ` +
    "on the same luck. Swing: the difference at the high end less that at the low end. Intervals hold one by one: of " +
    "twenty assumptions without influence, one may seem to have some."
  );
}

function aloneTable({ central }: Sensitivity, rows: readonly VariedAlone[]): string {
  return textTable(
    [
      { title: "assumption", align: "left" },
      { title: "range", align: "right" },
      { title: "at low", align: "right" },
      { title: "at high", align: "right" },
      { title: "swing", align: "right" },
      { title: "95 % interval", align: "right" },
      { title: "influence", align: "left" },
    ],
    rows.map(({ assumption, ends, swing, isInfluential }) => {
      const print = signedBy(swing.mcse > 0 ? swing : central);
      const at = (wanted: "low" | "high") => {
        const end = ends.find(({ end }) => end === wanted);
        return end === undefined ? "cannot be" : print(end.difference.difference);
      };
      const interval = swing.mcse === 0 ? "always the same" : swing.ci.map(print).join(" to ");
      const influence = isInfluential ? "yes" : "not told from none";
      return [
        assumption.path,
        rangeWords(assumption),
        at("low"),
        at("high"),
        print(swing.difference),
        interval,
        influence,
      ];
    }),
  );
}

function rangeWords({ low, high }: Assumption): string {
  return `${formatNumber(low, 6)} to ${formatNumber(high, 6)}`;
}

function assumptionWords({ path, label, unit, source, value }: Assumption): string {
  return `${path} (${formatNumber(value, 6)}${unit === "1" ? "" : ` ${unit}`}): ${label}. Source: ${source}`;
}

/** How many of the assumptions say nothing, and how many are not shown. */
function moreWords(nSilent: number, rest: readonly boolean[]): string[] {
  const silent =
    nSilent === 0
      ? []
      : ["“Not told from none”: the interval of the swing holds 0, so that nothing speaks for an influence."];
  if (rest.length === 0) return silent;
  const nMore = rest.filter((isInfluential) => !isInfluential).length;
  return [
    ...silent,
    `${formatCount(rest.length)} more assumptions move it less; ${formatCount(nMore)} of them cannot be told from no influence (--all lists them).`,
  ];
}

function screeningWords({ nTrajectories, perTrajectory }: Sensitivity): string {
  return (
    `${formatCount(nTrajectories)} random walks through the ranges of all assumptions, ${formatCount(perTrajectory)} replications each, ` +
    "that move one assumption after the other. μ*: mean size of the change in the difference over an assumption's whole range. " +
    "σ: how much that change depends on the other assumptions, or on where in its range it is. Luck alone, which is in " +
    "both, would give the σ of the next column and a μ* of four fifths of that."
  );
}

function screeningTable(rows: readonly Screened[]): string {
  const decimals = decimalsFor(rows[0].muStar, 3);
  const print = (x: number) => formatFixed(x, decimals);
  return textTable(
    [
      { title: "assumption", align: "left" },
      { title: "μ*", align: "right" },
      { title: "95 % interval", align: "right" },
      { title: "σ", align: "right" },
      { title: "luck", align: "right" },
      { title: "influence", align: "left" },
    ],
    rows.map(({ assumption, muStar, ci, sigma, luck, isInfluential }) => [
      assumption.path,
      print(muStar),
      Number.isNaN(ci[0]) ? "–" : `${print(ci[0])} to ${print(ci[1])}`,
      print(sigma),
      print(luck),
      isInfluential ? "yes" : "not told from luck",
    ]),
  );
}

function exceptions({ infeasible, plan }: Sensitivity): string[] {
  const lines = [
    ...infeasible.map(infeasibleWords),
    ...(plan.changed.length === 0
      ? []
      : [
          `${joinWords(plan.changed)}: not varied, as the comparison itself changes ${plan.changed.length === 1 ? "it" : "them"}.`,
        ]),
  ];
  return lines.length === 0 ? [] : [["Left out", ...lines.map(bullet)].join("\n")];
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

function paragraph(text: string): string {
  return wrapLines(text, WIDTH);
}

function bullet(text: string): string {
  return `- ${wrapLines(text, WIDTH - 2).replaceAll("\n", "\n  ")}`;
}
