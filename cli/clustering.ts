import type { Clustering, Grouping } from "../models/estimators/analysis/types.ts";
import { clustersOf } from "../models/estimators/cluster/clusters.ts";
import type { AnalysisRequest } from "./analysisRequest.ts";
import type { CsvColumn, WantedColumn } from "./csvColumns.ts";
import type { CsvColumns, CsvLabels } from "./readCsv.ts";

/** The columns of teams and of case managers that are asked for. */
export function labelColumns({
  cluster,
  manager,
}: {
  readonly cluster?: string | undefined;
  readonly manager?: string | undefined;
}): WantedColumn[] {
  return Object.entries({ cluster, manager }).flatMap(([flag, name]): WantedColumn[] =>
    name === undefined ? [] : [{ flag, name, kind: "label" }],
  );
}

/** Labels of teams and of case managers among the columns. */
export function labelsOf(columns: readonly CsvColumn[]): Pick<CsvColumns, "cluster" | "manager"> {
  const column = (flag: string) => columns.find((one) => one.flag === flag) ?? null;
  return { cluster: column("cluster"), manager: column("manager") };
}

/** Who belongs together, of the rows that are kept; null where no column of teams was read. */
export function clusteringOf(
  rows: Pick<CsvColumns, "cluster" | "manager">,
  { cluster, manager }: AnalysisRequest,
): Clustering | null {
  const teams = groupingOf(cluster, rows.cluster);
  return teams && { ...teams, managers: groupingOf(manager, rows.manager) };
}

function groupingOf(name: string | undefined, column: CsvLabels | null): Grouping | null {
  if (name === undefined || column === null) return null;
  const codes = [...new Set(column.values)];
  return { name, clusters: clustersOf(column.values), labels: codes.map((code) => column.labels[code]) };
}
