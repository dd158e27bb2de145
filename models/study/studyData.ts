import { clustersOf } from "../estimators/cluster/clusters.ts";
import { crossSection } from "../estimators/pathStudies.ts";
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

/**
 * The data of one analysis, clients with any missing value left out (listwise).
 *
 * @returns columns of length n; the study's own where nothing is missing
 * @throws RangeError if a column does not exist
 */
export function toStudyData(
  { column }: Pick<StudySample, "column">,
  { x, m, y, covariates }: AnalysisColumns,
): StudyData {
  return crossSection([x, m, y, ...covariates].map(column), null).ofA;
}

/** The team of each client of a study; case managers change, so that clients belong to none for good. */
export function groupsOf({ column }: Pick<StudySample, "column">): Groups {
  return { teams: clustersOf(column("team")), managers: null };
}

/** The wide data of an observed study, by name. */
export function columnsOf({ wide, nClients }: Pick<ObservedStudy, "wide" | "nClients">) {
  return { nClients, column: (name: string) => columnNamed(wide, name).values };
}
