import type { Screened, Sensitivity, VariedAlone } from "../models/sensitivity/sensitivityTypes.ts";
import { decimalsFor, formatCount, formatFixed } from "./format.ts";
import {
  aloneColumns,
  aloneRow,
  assumptionWords,
  exceptionWords,
  introduction,
  screeningWords,
} from "./sensitivityWords.ts";
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

function aloneTable(sensitivity: Sensitivity, rows: readonly VariedAlone[]): string {
  return textTable(
    aloneColumns,
    rows.map((varied) => aloneRow(sensitivity, varied)),
  );
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

function exceptions(sensitivity: Sensitivity): string[] {
  const lines = exceptionWords(sensitivity);
  return lines.length === 0 ? [] : [["Left out", ...lines.map(bullet)].join("\n")];
}

function paragraph(text: string): string {
  return wrapLines(text, WIDTH);
}

function bullet(text: string): string {
  return `- ${wrapLines(text, WIDTH - 2).replaceAll("\n", "\n  ")}`;
}
