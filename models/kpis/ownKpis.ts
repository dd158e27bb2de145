import { type Arithmetic, valueOfArithmetic } from "../scenario/arithmetic.ts";
import type { KpiDefinition, KpiNotes } from "./kpiDefinition.ts";

/** A key figure that a scenario defines by a formula over the built-in ones. */
export type OwnKpi = KpiNotes & { readonly formula: Arithmetic };

/** The scenario's own key figures; not defined where one that they are made of is not, or where they are not finite. */
export function ownKpis(kpis: readonly OwnKpi[]): KpiDefinition[] {
  return kpis.map(({ formula, ...notes }) => ({
    ...notes,
    of: (_played, kpi) => {
      const value = valueOfArithmetic(formula, kpi);
      return Number.isFinite(value) ? value : Number.NaN;
    },
  }));
}
