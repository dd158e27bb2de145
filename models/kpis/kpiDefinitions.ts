import type { CostParameters } from "../costs/parameters.ts";
import { costKpis } from "../costs/costKpis.ts";
import type { PlayedService } from "../service/playService.ts";
import type { StudyParameters } from "../study/parameters.ts";
import type { KpiDefinition } from "./kpiDefinition.ts";
import { outcomeKpis } from "./outcomeKpis.ts";
import { ownKpis, type OwnKpi } from "./ownKpis.ts";
import { SERVICE_KPIS } from "./serviceKpis.ts";
import { WORST_KPIS } from "./worstKpis.ts";

/** What the key figures of a scenario depend on. */
export type KpiParts = {
  /** The instruments say what change is reliable. */
  readonly study: StudyParameters;
  /** Null where the scenario has no prices: there are no costs then. */
  readonly costs: CostParameters | null;
  /** The scenario's own. */
  readonly kpis: readonly OwnKpi[];
};

/** Every key figure of a scenario in the order of tables: built-in ones, costs, the scenario's own. */
export function kpiDefinitionsOf({ study, costs, kpis }: KpiParts): readonly KpiDefinition[] {
  return [
    ...SERVICE_KPIS,
    ...outcomeKpis(study),
    ...WORST_KPIS,
    ...(costs === null ? [] : costKpis(costs)),
    ...ownKpis(kpis),
  ];
}

/**
 * The key figures of one simulated service.
 *
 * @returns values in the order of the definitions; NaN where there is none
 */
export function kpiValuesOf(definitions: readonly KpiDefinition[], played: PlayedService): Float64Array {
  const definitionOf = new Map(definitions.map((definition) => [definition.name, definition]));
  const known = new Map<string, number>();
  const kpi = (name: string): number => {
    const value = known.get(name) ?? definitionOf.get(name)!.of(played, kpi);
    known.set(name, value);
    return value;
  };
  return Float64Array.from(definitions, ({ name }) => kpi(name));
}
