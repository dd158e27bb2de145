import type { PlayedService } from "../service/playService.ts";

/** What is known of a key figure, whatever its value. */
export type KpiNotes = {
  /** Identifier in files, in JSON and in formulas. */
  readonly name: string;
  readonly label: string;
  /** "share" is a number from 0 to 1. */
  readonly unit: string;
  /** How the value is reckoned, in full. */
  readonly definition: string;
  /** Which way is better for clients or for whoever pays; null where neither is. */
  readonly better: "higher" | "lower" | null;
  /** Whether it stands on the first page of a comparison, whose precision is asked for. */
  readonly headline: boolean;
};

/** A key figure with how it is reckoned. */
export type KpiDefinition = KpiNotes & {
  /**
   * NaN where the service gives no value: nobody to average over, or an event that did not come.
   *
   * @param kpi other key figures of the same service, by name
   */
  readonly of: (played: PlayedService, kpi: (name: string) => number) => number;
};

/** The definition of a key figure without how it is reckoned: plain data. */
export function notesOfKpi({ of: _, ...notes }: KpiDefinition): KpiNotes {
  return notes;
}
