import { createMoments } from "../../sim/montecarlo/summarise.ts";
import { tQuantile } from "../../sim/numerics/studentT.ts";
import { type KpiDefinition, type KpiNotes, notesOfKpi } from "./kpiDefinition.ts";

const LEVEL = 0.95;

/** One key figure over replications. */
export type KpiSummary = KpiNotes & {
  /** Mean over the replications in which it is defined; NaN if it is in none. */
  readonly mean: number;
  /** Monte-Carlo standard error of the mean, sd/√n; NaN below two values. */
  readonly mcse: number;
  /** 95 % confidence interval of the mean, by Student's t with n − 1 degrees of freedom; NaN below two values. */
  readonly ci: readonly [lower: number, upper: number];
  /** Standard deviation between replications: how much one service differs from another with other luck. */
  readonly sd: number;
  /** Replications without a value; they are in no other number here. */
  readonly nUndefined: number;
};

/** @param values one list per replication, in the order of the definitions */
export function summariseKpis(
  definitions: readonly KpiDefinition[],
  values: readonly ArrayLike<number>[],
): KpiSummary[] {
  return definitions.map((definition, index) => {
    const moments = createMoments();
    for (const ofReplication of values) if (!Number.isNaN(ofReplication[index])) moments.add(ofReplication[index]);
    const n = moments.count();
    const mcse = moments.sd() / Math.sqrt(n);
    const half = n > 1 ? tQuantile((1 + LEVEL) / 2, n - 1) * mcse : Number.NaN;
    return {
      ...notesOfKpi(definition),
      mean: moments.mean(),
      mcse,
      ci: [moments.mean() - half, moments.mean() + half],
      sd: moments.sd(),
      nUndefined: values.length - n,
    };
  });
}
