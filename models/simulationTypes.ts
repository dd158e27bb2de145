import type { KpiParts } from "./kpis/kpiDefinitions.ts";
import type { KpiSummary } from "./kpis/summariseKpis.ts";
import type { Fan } from "./service/fan.ts";
import type { HistoryFlag } from "./service/history.ts";
import type { ServiceParameters } from "./service/parameters.ts";
import type { FidelityAudits } from "./study/audits.ts";
import type { ObservedStudy } from "./study/observe.ts";

/** What is simulated: plain data, also for worker threads. */
export type SimulationPlan = KpiParts & {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly seed: string;
  readonly service: ServiceParameters;
  /** Simulated services; key figures and trajectories are means over them. */
  readonly replications: number;
  /** Studies whose data are kept: those of the first replications. From 1 to `replications`. */
  readonly cohorts: number;
};

/** One simulated service, reduced to what a run keeps of it. */
export type WorldResult = {
  /** In the order of the plan's definitions (`kpiDefinitionsOf`). */
  readonly kpis: Float64Array;
  readonly flags: readonly HistoryFlag[];
  /** In the order of `TEAM_SERIES`, values at week · nTeams + team. */
  readonly series: readonly Float64Array[];
  readonly fan: Fan;
  /** What the study saw; null where it is not kept. */
  readonly study: ObservedStudy | null;
};

/** A finished simulation: all that tables, charts, files and reports are made from. */
export type SimulationRun = {
  readonly plan: SimulationPlan;
  readonly version: string;
  readonly kpis: readonly KpiSummary[];
  /** In how many replications the world had emptied by the end. */
  readonly nFlagged: Readonly<Record<HistoryFlag, number>>;
  /** Weekly series in the order of `TEAM_SERIES`: means over replications, and replication 0. */
  readonly meanSeries: readonly Float64Array[];
  readonly firstSeries: readonly Float64Array[];
  /** Means over replications of each one's quantiles. */
  readonly fan: Fan;
  /** What the studies of the first replications saw, replication 0 first. */
  readonly studies: readonly ObservedStudy[];
  /** Fidelity audits of replication 0. */
  readonly audits: FidelityAudits;
};
