import type { KpiNotes } from "../kpis/kpiDefinition.ts";
import type { KpiParts } from "../kpis/kpiDefinitions.ts";
import type { ServiceParameters } from "../service/parameters.ts";
import type { IgnoredSection, ParameterChange } from "./changes.ts";
import type { PairedDifference } from "./pairedDifference.ts";
import type { PairedWeeks } from "./pairedWeeks.ts";
import type { Ranking } from "./ranking.ts";

/** One scenario of a comparison. */
export type ComparedScenario = KpiParts & {
  /** How tables call it: the scenario's name, or what was changed. */
  readonly name: string;
  readonly title: string;
  readonly service: ServiceParameters;
};

/** What is compared: plain data, also for worker threads. */
export type ComparisonPlan = {
  readonly base: ComparedScenario;
  readonly others: readonly ComparedScenario[];
  /** Seed of all scenarios alike: the base's. */
  readonly seed: string;
  /** Half-width asked for, as a share of the base's value. */
  readonly precision: number;
  /** Most replications. */
  readonly replications: number;
};

/** One key figure of one scenario beside the base. */
export type ComparedFigure = KpiNotes &
  PairedDifference & {
    /** Half-width asked for, in the figure's unit. */
    readonly tolerance: number;
    /** Replications that give this half-width, by the SD that was found; NaN where no difference has one. */
    readonly runsNeeded: number;
  };

/** One scenario beside the base. Nothing in it depends on what else is compared. */
export type ScenarioComparison = {
  readonly name: string;
  readonly title: string;
  readonly changes: readonly ParameterChange[];
  /** Sections that differ from the base's without effect here: the base's count for all. */
  readonly ignored: readonly IgnoredSection[];
  /** Replications run before the headline figures were known well enough, or all there were to run. */
  readonly replications: number;
  readonly isPrecise: boolean;
  readonly figures: readonly ComparedFigure[];
  /** Over the same replications. */
  readonly weeks: PairedWeeks;
};

/** A finished comparison: all that tables, charts and files are made from. */
export type Comparison = {
  readonly plan: ComparisonPlan;
  readonly version: string;
  /** Replications of the base played a second time, every figure of which was the same. */
  readonly nSelfChecked: number;
  readonly scenarios: readonly ScenarioComparison[];
  /** All scenarios together, one entry per headline figure with a direction. */
  readonly rankings: readonly Ranking[];
};
