import type { StudyData } from "../estimators/types.ts";
import { columnNamed } from "./columns.ts";
import type { ObservedStudy } from "./observe.ts";

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
 * @returns columns of length n, and how many clients were left out
 * @throws RangeError if a column does not exist
 */
export function toStudyData(
  { wide, nClients }: Pick<ObservedStudy, "wide" | "nClients">,
  { x, m, y, covariates }: AnalysisColumns,
): StudyData & { readonly nDropped: number } {
  const columns = [x, m, y, ...covariates].map((name) => columnNamed(wide, name).values);
  const complete = Array.from({ length: nClients }, (_, client) => client).filter((client) =>
    columns.every((values) => !Number.isNaN(values[client])),
  );
  const [xs, ms, ys, ...rest] = columns.map((values) => Float64Array.from(complete, (client) => values[client]));
  return { n: complete.length, x: xs, m: ms, y: ys, covariates: rest, nDropped: nClients - complete.length };
}
