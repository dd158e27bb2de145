import type { SimulationPlan } from "../models/simulationTypes.ts";
import { idsOf } from "../models/traceStory.ts";
import { formatCount, joinWords } from "../reports/format.ts";

const ORIGIN_WORDS = {
  initial: "in service on day 0",
  cohort: "of the study's own enrolment",
  referral: "referred since",
} as const;

/** Why there is no client with this id in replication 0, and which there are; null if there is one. */
export function traceProblem({ service, seed }: Pick<SimulationPlan, "service" | "seed">, id: number): string | null {
  const { ids, ranges } = idsOf(service, seed);
  if (ids.includes(id)) return null;
  if (ids.length === 0) return `--trace ${id}: there is no client in replication 0`;
  const ofFirstTeam = ranges
    .filter(({ team }) => team === ranges[0].team)
    .map(({ origin, n, first, last }) => `${first} to ${last} (${formatCount(n)} ${ORIGIN_WORDS[origin]})`);
  return (
    `--trace ${id}: there is no such client in replication 0; ids are those of the column id in the data: in team ` +
    `${ranges[0].team + 1} there are ${joinWords(ofFirstTeam)}` +
    (service.teams.count > 1 ? "; each further team adds 1048576" : "")
  );
}
