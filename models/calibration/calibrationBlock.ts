import type { Block } from "../../sim/montecarlo/replicate.ts";
import { keyOf, type Key } from "../../sim/random/address.ts";
import type { ServiceParameters } from "../service/parameters.ts";
import type { StudyParameters } from "../study/parameters.ts";
import { HELD_OUT } from "./heldOut.ts";
import { simulateReplicate } from "./replicateStudy.ts";
import { statisticsOf } from "./statistics.ts";
import { TARGETS } from "./targets.ts";

/** A parameter set to be held against the targets. */
export type CalibrationCandidate = { readonly service: ServiceParameters; readonly study: StudyParameters };

/** The statistics that some pattern asks for, in the order of the columns of every row. */
export const STATISTICS: readonly string[] = [...new Set([...TARGETS, ...HELD_OUT].map(({ statistic }) => statistic))];

/** A row per replicate study, a value per statistic. */
export type StatisticRows = readonly Float64Array[];

/**
 * Simulates the replicates of a block. Replication r has the same key for every candidate: they meet the same clients with
 * the same luck, so that differences between candidates are far less noisy than either. A study that found fewer clients than
 * it asks for, or cannot be analysed, is a row of NaN.
 */
export function calibrationBlock(
  { service, study }: CalibrationCandidate,
  seed: Key,
  { firstReplication, count }: Pick<Block, "firstReplication" | "count">,
): StatisticRows {
  return Array.from({ length: count }, (_, i) => rowOf(service, study, keyOf(seed, firstReplication + i)));
}

/** Whether the row is of a study that could not be analysed. */
export function hasFailed(row: Float64Array): boolean {
  return row.every(Number.isNaN);
}

function rowOf(service: ServiceParameters, study: StudyParameters, key: Key): Float64Array {
  const replicate = simulateReplicate(service, study, key);
  const wanted = Math.floor(study.clientsPerTeam * service.teams.count + 0.5);
  const foundAll = study.sampling.scheme === "all" || replicate.complete.nClients >= wanted;
  const found = foundAll ? statisticsOf(replicate) : null;
  return Float64Array.from(STATISTICS, (name) => found?.[name] ?? Number.NaN);
}
