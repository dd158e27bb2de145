import type { Comparison } from "../../../models/compare/comparisonTypes.ts";
import type { Verdict } from "../../../models/compare/verdict.ts";
import { formatCount } from "../../format.ts";
import type { LegendEntry } from "../legend.ts";
import { BLUE, VERMILION } from "../service/serviceLook.ts";
import { INK, MUTED, PAPER, wrapText } from "../theme.ts";

/** How a verdict is drawn: shape and filling say what colour says. */
export type VerdictLook = {
  readonly label: string;
  readonly color: string;
  readonly shape: string;
  readonly fill: string;
};

const LOOKS: Readonly<Record<Exclude<Verdict, "not defined">, VerdictLook>> = {
  better: { label: "Better", color: BLUE, shape: "circle", fill: BLUE },
  worse: { label: "Worse", color: VERMILION, shape: "square", fill: VERMILION },
  higher: { label: "Higher, neither better nor worse", color: INK, shape: "triangle-up", fill: INK },
  lower: { label: "Lower, neither better nor worse", color: INK, shape: "triangle-down", fill: INK },
  indifferent: { label: "No clear difference", color: MUTED, shape: "circle", fill: PAPER },
};

/** Null where there is nothing to draw. */
export function lookOf(verdict: Verdict): VerdictLook | null {
  return verdict === "not defined" ? null : LOOKS[verdict];
}

/** What the marks of these verdicts mean; the three that every comparison may have are always explained. */
export function verdictLegend(verdicts: readonly Verdict[]): LegendEntry[] {
  return Object.entries(LOOKS)
    .filter(
      ([verdict]) => ["better", "worse", "indifferent"].includes(verdict) || verdicts.includes(verdict as Verdict),
    )
    .map(([, { label, color, shape, fill }]) => ({
      label,
      line: { color, width: 2 },
      marker: { shape, stroke: color, fill },
    }));
}

/** Base, replications, seed and version, after what the chart's numbers are. */
export function comparisonSubtitle({ plan, version, scenarios }: Comparison, shows: string, width: number): string[] {
  const counts = scenarios.map(({ replications }) => replications);
  const [least, most] = [Math.min(...counts), Math.max(...counts)].map(formatCount);
  const origin =
    `Base ${plan.base.name} · ${least === most ? least : `${least} to ${most}`} replications · seed “${plan.seed}” · ` +
    `caseload ${version}`;
  return [...wrapText(shows, width, 11, "regular", 4), ...wrapText(origin, width, 11)];
}

/** px of a line of a name. */
const NAME_LINE = 13;

/** Names of scenarios in at most three lines; those that were made of changes break between them. */
export function namesInLines(names: readonly string[], width: number): string[][] {
  return names.map((name) => wrapText(name.replace(/,(?=\S)/g, ", "), width, 11));
}

/** px from one name to the next below it. */
export function nameStep(lines: readonly (readonly string[])[]): number {
  return NAME_LINE * Math.max(...lines.map(({ length }) => length)) + 11;
}

/** A name whose lines stand about the height of its place. */
export function nameMark(lines: readonly string[], align: "left" | "right"): Readonly<Record<string, unknown>> {
  return {
    ...{ type: "text", text: lines, align, baseline: "middle", fontSize: 11, color: INK },
    ...{ lineHeight: NAME_LINE, dy: (-NAME_LINE * (lines.length - 1)) / 2 },
  };
}
