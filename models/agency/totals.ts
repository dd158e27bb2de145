import type { AgencyColumnName, AgencyTeam } from "./columns.ts";

/** The teams whose cell in a column is not empty. */
export function withCell(teams: readonly AgencyTeam[], column: AgencyColumnName): readonly AgencyTeam[] {
  return teams.filter((team) => !Number.isNaN(team[column]));
}

/** Over the teams whose cell is not empty, as are the means. */
export function sum(teams: readonly AgencyTeam[], column: AgencyColumnName): number {
  return withCell(teams, column).reduce((all, team) => all + team[column], 0);
}

export function mean(teams: readonly AgencyTeam[], column: AgencyColumnName): number {
  return sum(teams, column) / withCell(teams, column).length;
}

/** The plain mean where all weights are 0. */
export function weightedMean(teams: readonly AgencyTeam[], column: AgencyColumnName, weight: AgencyColumnName): number {
  const counting = withCell(teams, column);
  const weights = sum(counting, weight);
  if (weights === 0) return mean(teams, column);
  return counting.reduce((all, team) => all + team[weight] * team[column], 0) / weights;
}

/** "17 seats in 3 teams". */
export function totalOf(teams: readonly AgencyTeam[], column: AgencyColumnName, one: string, many = `${one}s`): string {
  return `${countOf(sum(teams, column), one, many)} in ${countOf(withCell(teams, column).length, "team")}`;
}

export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** To three digits: more than any table can tell. */
export function three(value: number): number {
  return Number(value.toPrecision(3));
}

export function rounded(value: number): string {
  return String(three(value));
}
