import {
  AGENCY_COLUMN_NAMES,
  AGENCY_COLUMNS,
  type AgencyColumn,
  columnRule,
  TEAM_COLUMN,
} from "../models/agency/columns.ts";
import { csvText } from "../reports/csv.ts";

const EXAMPLE_TEAMS = ["North", "Centre", "South"];

/** A table of three made-up teams to write one's own numbers over. */
export function agencyTemplate(): string {
  const columns: readonly AgencyColumn[] = AGENCY_COLUMN_NAMES.map((name) => AGENCY_COLUMNS[name]);
  return csvText([
    [TEAM_COLUMN, ...AGENCY_COLUMN_NAMES],
    ...EXAMPLE_TEAMS.map((team, row) => [
      team,
      ...columns.map(({ example }) => (Number.isNaN(example[row]) ? "" : String(example[row]))),
    ]),
  ]);
}

/** What every column of the table means, a line each. */
export function agencyCodebook(): string {
  return csvText([
    ["column", "needed", "values", "meaning", "used for"],
    [TEAM_COLUMN, "yes", "text, another in every row", "Name of the team; it stays with you", "messages"],
    ...AGENCY_COLUMN_NAMES.map((name) => {
      const column: AgencyColumn = AGENCY_COLUMNS[name];
      const needed = column.needed ? "yes" : "no; a cell may be empty, or the column missing";
      return [name, needed, columnRule(column), column.meaning, column.use];
    }),
  ]);
}
