import { TEAM_SERIES } from "../models/service/teamSeries.ts";
import type { SimulationRun } from "../models/simulationTypes.ts";
import type { Column } from "../models/study/columns.ts";
import { columnsCsv } from "./dataFiles.ts";

/** trajectories.csv: a line per team and week, the mean over replications and replication 0 of every weekly series. */
export function trajectoriesCsv(run: SimulationRun): string {
  return columnsCsv(trajectoryColumns(run));
}

/** The columns of trajectories.csv, by team, then week. */
export function trajectoryColumns({ plan, meanSeries, firstSeries }: SimulationRun): Column[] {
  const nTeams = plan.service.teams.count;
  const nWeeks = plan.service.time.weeks;
  /** From week · nTeams + team to team · nWeeks + week. */
  const byTeam = (values: Float64Array) => values.map((_, i) => values[(i % nWeeks) * nTeams + Math.floor(i / nWeeks)]);
  const places = new Float64Array(nTeams * nWeeks);
  const overAll = `mean over ${plan.replications} replications`;
  return [
    {
      name: "team",
      label: "Team",
      unit: "number",
      range: [1, nTeams],
      missing: "never",
      values: places.map((_, i) => Math.floor(i / nWeeks) + 1),
    },
    {
      name: "week",
      label: "Week at whose end the state is given",
      unit: "number",
      range: [1, nWeeks],
      missing: "never",
      values: places.map((_, i) => (i % nWeeks) + 1),
    },
    ...TEAM_SERIES.flatMap(({ name, label, unit }, s): Column[] => [
      {
        name,
        label: `${label}: ${overAll}`,
        unit: unit === "0/1" ? "share" : unit,
        range: null,
        missing: "no client in service in any replication",
        values: byTeam(meanSeries[s]),
      },
      {
        name: `${name}_r0`,
        label: `${label}: replication 0`,
        unit,
        range: null,
        missing: "no client in service",
        values: byTeam(firstSeries[s]),
      },
    ]),
  ];
}
