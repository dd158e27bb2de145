import { KPIS, type KpiDefinition, kpisOf } from "../service/kpis.ts";
import type { PlayedService } from "../service/playService.ts";

/** Which way is good; null where that is for the reader to say. */
export type Direction = "higher" | "lower" | null;

/** A key figure that scenarios are compared on. */
export type KeyFigure = Omit<KpiDefinition, "of"> & {
  readonly better: Direction;
  /** On page one, and what the replications are run for. */
  readonly headline: boolean;
};

const BETTER: Readonly<Record<string, Direction>> = {
  clientsServed: "higher",
  waiting: "lower",
  waitDays: "lower",
  contactsPerMonth: "higher",
  contactHoursPerMonth: "higher",
  dose: "higher",
  overCap: "lower",
  vacancies: "lower",
  managerChanges: "lower",
  fidelity: "higher",
  highFidelityTeams: "higher",
  monthsToHighFidelity: "lower",
  alliance: "higher",
  qoliChange: "higher",
  pgiChange: "higher",
  thsChange: "higher",
  mcasChange: "higher",
  goalsAttained: "higher",
  unplannedExits: "lower",
  graduations: "higher",
  neverEngaged: "lower",
  hospitalDays: "lower",
};
const HEADLINE = ["alliance", "qoliChange", "pgiChange", "thsChange", "mcasChange"];

/** What is compared, in the order of tables. */
export function keyFigures(): readonly KeyFigure[] {
  return KPIS.map(({ of: _, ...definition }) => ({
    ...definition,
    better: BETTER[definition.name] ?? null,
    headline: HEADLINE.includes(definition.name),
  }));
}

/** Its values in one simulated service; NaN where one is not defined. */
export function keyFiguresOf(played: PlayedService): Float64Array {
  return Float64Array.from(kpisOf(played), ({ value }) => value);
}
