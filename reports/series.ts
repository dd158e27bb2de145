import { type RateName, rateNamesOf } from "../models/decisionNames.ts";
import type { ConditionSummary, ExactCurve, PowerRun } from "../models/powerTypes.ts";
import type { Factors } from "../models/scenario/types.ts";
import { formatNumber } from "./format.ts";
import { factorWords } from "./settings.ts";

/** Conditions that differ in nothing but the number of clients: one line, or one panel, of a chart. */
export type Series = {
  /** What sets it apart: the scenario's label, else the factors ("a = 0.14, b = 0.39"), else "" when there is nothing. */
  readonly label: string;
  /** Factors other than nClients. */
  readonly factors: Factors;
  /** By nClients, ascending. */
  readonly points: readonly SeriesPoint[];
  readonly exactCurves: readonly ExactCurve[];
};

/** A condition, and its place in the run's order, which is how rows refer to it. */
export type SeriesPoint = { readonly conditionIndex: number; readonly summary: ConditionSummary };

/**
 * Sorts the conditions of a run into series, in the order in which each series first appears.
 * Conditions belong together when their labels and all their factors but nClients are equal.
 */
export function seriesOf(run: Pick<PowerRun, "result" | "exactCurves">): Series[] {
  const groups = new Map<string, { label: string; factors: Factors; points: SeriesPoint[] }>();
  run.result.conditions.forEach((summary, conditionIndex) => {
    const key = seriesKey(summary);
    const group = groups.get(key) ?? { label: labelOf(summary), factors: otherFactors(summary.factors), points: [] };
    group.points.push({ conditionIndex, summary });
    groups.set(key, group);
  });
  const labels = [...groups.values()].map((group) => group.label);
  const curves = new Map<string, ExactCurve[]>();
  for (const curve of run.exactCurves) {
    const key = seriesKey(curve);
    curves.set(key, [...(curves.get(key) ?? []), curve]);
  }
  return [...groups].map(([key, group]) => ({
    ...group,
    label: isUnique(group.label, labels) ? group.label : `${group.label}: ${describeFactors(group.factors)}`,
    points: group.points.sort((p, q) => p.summary.nClients - q.summary.nClients || p.conditionIndex - q.conditionIndex),
    exactCurves: curves.get(key) ?? [],
  }));
}

function labelOf({ label, factors }: { readonly label?: string; readonly factors: Factors }): string {
  return label || describeFactors(otherFactors(factors));
}

function seriesKey(one: { readonly label?: string; readonly factors: Factors }): string {
  return `${labelOf(one)}\n${factorKey(otherFactors(one.factors))}`;
}

function isUnique(label: string, labels: readonly string[]): boolean {
  return labels.filter((other) => other === label).length === 1;
}

/** "a = 0.14, reliability of M = 0.8": factors in words, "" for none. */
export function describeFactors(factors: Factors): string {
  return Object.entries(factors)
    .map(([path, value]) => `${factorWords(path)} = ${formatNumber(value, 6)}`)
    .join(", ");
}

/** The tests of a run, in the order of the plan; then those by other estimators. */
export function testsOf(run: Pick<PowerRun, "scenario">): readonly RateName[] {
  return rateNamesOf(run.scenario.analysis);
}

/** True when there is no effect in any condition of the series, so that its rejection rate is a type I error. */
export function isNull(series: Series): boolean {
  return series.points.every((point) => point.summary.isNull);
}

/** Clients per team say the same as nClients. */
function otherFactors(factors: Factors): Factors {
  const isSize = (name: string) => name === "nClients" || name === "study.clientsPerTeam";
  return Object.fromEntries(Object.entries(factors).filter(([name]) => !isSize(name)));
}

function factorKey(factors: Factors): string {
  return Object.entries(factors)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(";");
}
