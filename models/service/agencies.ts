import type { ServiceParameters } from "./parameters.ts";

/**
 * The agency of a team: the first perAgency[0] teams belong to agency 0, the next perAgency[1] to agency 1, and so on;
 * beyond the last, the pattern goes on with new agencies, so that another team moves no other to another agency.
 */
export function agencyOf({ teams: { perAgency } }: ServiceParameters, team: number): number {
  const perRound = perAgency.reduce((sum, n) => sum + n, 0);
  const round = Math.floor(team / perRound);
  let rest = team - round * perRound;
  let agency = 0;
  while (rest >= perAgency[agency]) rest -= perAgency[agency++];
  return round * perAgency.length + agency;
}
