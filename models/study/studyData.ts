import { clustersOf } from "../estimators/cluster/clusters.ts";
import type { Groups, StudyData } from "../estimators/types.ts";
import { columnNamed } from "./columns.ts";
import type { ObservedStudy, StudySample } from "./observe.ts";

/** Columns of the wide data that an analysis uses, by name. */
export type AnalysisColumns = {
  readonly x: string;
  readonly m: string;
  readonly y: string;
  readonly covariates: readonly string[];
};

/** The clients of a study that an analysis has. */
export type CompleteCases = StudyData & {
  readonly nDropped: number;
  /** Their rows in the study, ascending; length n. */
  readonly complete: readonly number[];
};

/**
 * The data of one analysis, clients with any missing value left out (listwise).
 *
 * @returns columns of length n, which clients they are, and how many were left out
 * @throws RangeError if a column does not exist
 */
export function toStudyData(
  { column, nClients }: Pick<StudySample, "column" | "nClients">,
  { x, m, y, covariates }: AnalysisColumns,
): CompleteCases {
  const columns = [x, m, y, ...covariates].map(column);
  const complete: number[] = [];
  for (let client = 0; client < nClients; client++)
    if (columns.every((values) => !Number.isNaN(values[client]))) complete.push(client);
  const [xs, ms, ys, ...rest] = columns.map((values) => Float64Array.from(complete, (client) => values[client]));
  return { n: complete.length, x: xs, m: ms, y: ys, covariates: rest, nDropped: nClients - complete.length, complete };
}

/** The team of each client of a study; case managers change, so that clients belong to none for good. */
export function groupsOf({ column }: Pick<StudySample, "column">): Groups {
  return { teams: clustersOf(column("team")), managers: null };
}

/** The wide data of an observed study, by name. */
export function columnsOf({ wide, nClients }: Pick<ObservedStudy, "wide" | "nClients">) {
  return { nClients, column: (name: string) => columnNamed(wide, name).values };
}
