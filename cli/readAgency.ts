import {
  AGENCY_COLUMN_NAMES,
  AGENCY_COLUMNS,
  type AgencyColumn,
  type AgencyColumnName,
  type AgencyTeam,
  columnRule,
  isInColumn,
  MOST_TEAMS,
  TEAM_COLUMN,
  teamProblems,
} from "../models/agency/columns.ts";
import { suggestion } from "../models/scenario/nearestName.ts";
import { cellProblem, type CsvProblems, isMissing, numberIn, shapeProblems } from "./csvColumns.ts";
import type { CsvRow, CsvTable } from "./csvTable.ts";

const COLUMNS: Readonly<Record<AgencyColumnName, AgencyColumn>> = AGENCY_COLUMNS;
const NEEDED = [TEAM_COLUMN, ...AGENCY_COLUMN_NAMES.filter((name) => COLUMNS[name].needed)];
const MAY_BE_EMPTY = AGENCY_COLUMN_NAMES.filter((name) => !COLUMNS[name].needed);

/** A problem of one cell: completes "column … ". */
type CellProblem = { readonly column: string; readonly problem: string };

/**
 * The teams of an agency's table, one row each.
 *
 * @param table its cells
 * @param file  its name, for messages
 * @returns the teams, at least one of which has a case manager; or everything that is wrong, by row and column
 */
export function readAgency(
  table: CsvTable,
  file: string,
): { readonly ok: true; readonly teams: readonly AgencyTeam[] } | CsvProblems {
  const { header, rows } = table;
  const problems = [...headerProblems(table, file), ...shapeProblems(table, file)];
  if (rows.length > MOST_TEAMS) problems.push(`${file}: must have at most ${MOST_TEAMS} teams, got ${rows.length}`);
  const teams = rows.map((row) => teamIn(row, table));
  for (const [row, { line, cells }] of rows.entries()) {
    // In a row of another length the cells may be shifted: it is reported as such.
    if (cells.length !== header.length) continue;
    const named = header.includes(TEAM_COLUMN) ? nameProblems(teams, row, rows) : [];
    const found = [...named, ...cellProblems(teams[row], cells, header)];
    for (const { column, problem } of found)
      problems.push(`${file}:${line}: column "${column}" (column ${header.indexOf(column) + 1}) ${problem}`);
  }
  if (problems.length === 0 && teams.every(({ seats, vacancies }) => seats === vacancies))
    problems.push(`${file}: all seats are vacant; at least one team needs a case manager`);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, teams };
}

/** A row's numbers: NaN where a cell holds none, or there is no such column. */
function teamIn({ cells }: CsvRow, { header, commaDecimals }: CsvTable): AgencyTeam {
  const cellOf = (name: string) => cells[header.indexOf(name)] ?? "";
  const numbers = AGENCY_COLUMN_NAMES.map((name) => [name, numberIn(cellOf(name), commaDecimals)]);
  return { ...(Object.fromEntries(numbers) as Record<AgencyColumnName, number>), team: cellOf(TEAM_COLUMN) };
}

function nameProblems(teams: readonly AgencyTeam[], row: number, rows: readonly CsvRow[]): CellProblem[] {
  const { team } = teams[row];
  if (isMissing(team)) return [{ column: TEAM_COLUMN, problem: "is empty; name the team" }];
  const first = teams.findIndex((other) => other.team === team);
  if (first === row) return [];
  return [
    {
      column: TEAM_COLUMN,
      problem: `must name another team in every row, got "${team}" as in line ${rows[first].line}`,
    },
  ];
}

function cellProblems(team: AgencyTeam, cells: readonly string[], header: readonly string[]): CellProblem[] {
  const alone = AGENCY_COLUMN_NAMES.filter((name) => header.includes(name)).flatMap((column): CellProblem[] => {
    const rule = COLUMNS[column];
    const cell = cells[header.indexOf(column)];
    if (isMissing(cell) && !rule.needed) return [];
    if (isMissing(cell))
      return [{ column, problem: `is empty; write 0 for none (only ${MAY_BE_EMPTY.join(", ")} may be empty)` }];
    if (Number.isNaN(team[column])) return [{ column, problem: cellProblem(cell) }];
    return isInColumn(rule, team[column]) ? [] : [{ column, problem: `must be ${columnRule(rule)}, got ${cell}` }];
  });
  // What is wrong by itself is not compared with others.
  const wrong = new Set(alone.map(({ column }) => column));
  return wrong.has("seats") ? alone : [...alone, ...teamProblems(team).filter(({ column }) => !wrong.has(column))];
}

function headerProblems({ header, rows }: CsvTable, file: string): string[] {
  const known: readonly string[] = [TEAM_COLUMN, ...AGENCY_COLUMN_NAMES];
  // Spreadsheets write empty columns to the right of a table.
  const isBlank = (column: number) =>
    header[column] === "" && rows.every(({ cells }) => isMissing(cells[column] ?? ""));
  const unknown = header.filter((name, column) => !known.includes(name) && !isBlank(column));
  return [
    ...unknown.map((name) =>
      name === "" ? `${file}:1: a column has no name` : `${file}:1: unknown column "${name}"${suggestion(name, known)}`,
    ),
    ...NEEDED.filter((name) => !header.includes(name)).map(
      (name) =>
        `${file}:1: no column "${name}"; it is needed: caseload scenarios init --template writes a table with all columns`,
    ),
  ];
}
