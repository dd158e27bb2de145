import { log } from "../../sim/numerics/elementary.ts";
import { type Key, uniformAt } from "../../sim/random/address.ts";
import { WHAT } from "../what.ts";
import type { StudyParameters } from "./parameters.ts";

/** A client whom the study may take. */
export type Candidate = {
  readonly row: number;
  readonly identity: number;
  readonly team: number;
  /** True alliance that the case manager chooses by. */
  readonly alliance: number;
};

/**
 * The clients in the study. Of every team those with the highest luck are taken, −log(−log u), and clients whom case
 * managers choose have bias·alliance/SD added to it: the same as drawing without replacement with weights
 * exp(bias·alliance/SD), so that with a bias of 0 it is the random sample. From a large team with normal alliance a small
 * sample then has a mean that lies bias·(SD of alliance in the team)²/SD higher; less when much of the team is taken.
 *
 * @param candidates in any order
 * @returns those sampled, by identity
 * @source weighted sampling by the largest of exponential races: Efraimidis & Spirakis (2006)
 */
export function sampleClients(candidates: readonly Candidate[], p: StudyParameters, key: Key): Candidate[] {
  return chosen(candidates, p, key).sort((a, b) => a.identity - b.identity);
}

function chosen(
  candidates: readonly Candidate[],
  { sampling: p, clientsPerTeam }: StudyParameters,
  key: Key,
): Candidate[] {
  if (p.scheme === "all") return [...candidates];
  const perPoint = p.scheme === "managerSelected" ? p.managerBias / p.allianceSd : 0;
  const rank = ({ identity, alliance }: Candidate) =>
    (perPoint === 0 ? 0 : perPoint * alliance) - log(-log(uniformAt(key, identity, WHAT.studySample, 0)));
  const byTeam = new Map<number, { readonly candidate: Candidate; readonly rank: number }[]>();
  for (const candidate of candidates) {
    const team = byTeam.get(candidate.team) ?? [];
    team.push({ candidate, rank: rank(candidate) });
    byTeam.set(candidate.team, team);
  }
  return [...byTeam].flatMap(([team, ranked]) =>
    ranked
      .sort((a, b) => b.rank - a.rank || a.candidate.identity - b.candidate.identity)
      .slice(0, quotaOf(team, clientsPerTeam))
      .map(({ candidate }) => candidate),
  );
}

/**
 * How many clients a team is to give: a mean of 22.2 over 14 teams makes 311, 22 or 23 each. Rounding differences of the mean
 * (311/14 · 14 < 311) are forgiven.
 */
export function quotaOf(team: number, clientsPerTeam: number): number {
  const before = (teams: number) => Math.floor(teams * clientsPerTeam + 1e-6);
  return before(team + 1) - before(team);
}
