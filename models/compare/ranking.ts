import { tQuantile, tTwoSidedP } from "../../sim/numerics/studentT.ts";
import type { KpiNotes } from "../kpis/kpiDefinition.ts";
import { LEVEL, type PairedDifference, pairedDifference } from "./pairedDifference.ts";

/** All scenarios, base included, on one key figure. */
export type Ranking = {
  /** Name of the key figure. */
  readonly name: string;
  readonly label: string;
  readonly better: "higher" | "lower";
  /** Scenarios among which the best is, with 95 % confidence; one alone is the best. */
  readonly mayBeBest: readonly string[];
  /** Two-sided p of each other scenario against the base, adjusted for their number by Holm's method. */
  readonly againstBase: readonly { readonly name: string; readonly p: number; readonly holm: number }[];
};

/**
 * Which scenarios may be the best, and which differ from the base.
 *
 * The best: scenario i stays unless some j beats it by more than t(1 − α/(K − 1))·se_ij, one-sided, where se_ij is that of
 * the paired difference on the replications both have. The true best falls out with probability at most α, as only
 * its own K − 1 comparisons can do that (Bonferroni; no assumption on how scenarios depend on each other, which shared luck
 * makes strong). It is the subset that Hsu's comparisons with the best leave open.
 *
 * @param values by scenario (the base first) and replication; lengths may differ
 * @source Gupta (1965), doi:10.1080/00401706.1965.10490251; Hsu (1984), doi:10.1214/aos/1176346732; with common random numbers
 *   Yang & Nelson (1991), doi:10.1287/opre.39.4.583; Holm (1979), https://www.jstor.org/stable/4615733
 */
export function rank(
  { name, label, better }: KpiNotes & { readonly better: "higher" | "lower" },
  names: readonly string[],
  values: readonly ArrayLike<number>[],
): Ranking {
  const sign = better === "higher" ? 1 : -1;
  const p = (1 - LEVEL) / (names.length - 1);
  const isBeaten = (i: number) =>
    values.some((ofOther, j) => {
      if (j === i) return false;
      const { difference, mcse, nPairs } = pairedDifference(values[i], ofOther);
      return nPairs > 1 && sign * difference > tQuantile(1 - p, nPairs - 1) * mcse;
    });
  const [base, ...others] = values;
  const ps = others.map((other) => pValue(pairedDifference(base, other)));
  const adjusted = holm(ps);
  return {
    name,
    label,
    better,
    mayBeBest: names.filter((_, i) => !isBeaten(i)),
    againstBase: ps.map((value, i) => ({ name: names[i + 1], p: value, holm: adjusted[i] })),
  };
}

/** Two-sided p of a paired t test; 1 where nothing differs, NaN below two pairs. */
function pValue({ difference, mcse, nPairs }: PairedDifference): number {
  if (nPairs < 2) return Number.NaN;
  if (mcse === 0) return difference === 0 ? 1 : 0;
  return tTwoSidedP(difference / mcse, nPairs - 1);
}

/**
 * Holm's adjusted p values: the i-th smallest of m times m − i (i from 0), never less than the one before, at most 1. NaN
 * stays NaN and does not count.
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, i) => i).filter((i) => !Number.isNaN(ps[i]));
  order.sort((i, j) => ps[i] - ps[j]);
  const adjusted = ps.map(() => Number.NaN);
  let least = 0;
  for (const [place, i] of order.entries()) {
    least = Math.max(least, Math.min(1, (order.length - place) * ps[i]));
    adjusted[i] = least;
  }
  return adjusted;
}
