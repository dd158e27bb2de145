import { chiSquareQuantileTable } from "../../sim/numerics/quantileTable.ts";
import { type Key, normalAt } from "../../sim/random/address.ts";
import type { Groups } from "../estimators/types.ts";
import type { TeamStructure } from "../scenario/types.ts";
import { WHAT } from "../what.ts";

/**
 * Who belongs to which team and case manager. Clients are numbered so that the first n of a larger study are in the same
 * teams: with equal sizes client i is in team i mod G. Drawn sizes go with weights wᵍ ~ Gamma of mean 1 and the given
 * coefficient of variation, addressed by team: every team has a client, then team g takes its (j + 1)-th client at time
 * (j + ½)/wᵍ, so that its size is nearest to its share. The j-th client of a team has its case manager j mod managers; case manager k of team g has the number managers · g + k.
 *
 * @param teams count ≥ 2
 * @param n     number of clients, above count
 * @returns a function of the replication's key; the same result each time where sizes are equal
 */
export function createMemberships(teams: TeamStructure, n: number): (key: Key) => Groups {
  const { count, sizeCv, managers } = teams;
  if (sizeCv === 0) {
    const equal = groupsOf(
      Int32Array.from({ length: n }, (_, i) => i % count),
      count,
      managers,
    );
    return () => equal;
  }
  const df = 2 / (sizeCv * sizeCv);
  const table = chiSquareQuantileTable(df);
  return (key) => {
    const weights = Float64Array.from({ length: count }, (_, g) => table.at(normalAt(key, g, WHAT.teamSize, 0)) / df);
    return groupsOf(teamsByWeight(weights, n), count, managers);
  };
}

/** The team of each client: after one client for each team, always the team whose next client is due first. */
function teamsByWeight(weights: Float64Array, n: number): Int32Array {
  const count = weights.length;
  // A heap of teams by the time of their next client; a team of weight 0 never gets a second one.
  const due = weights.map((weight) => 1.5 / weight);
  const heap = Int32Array.from({ length: count }, (_, g) => g);
  const isBefore = (g: number, h: number) => due[g] < due[h] || (due[g] === due[h] && g < h);
  const sink = (from: number) => {
    const team = heap[from];
    let at = from;
    for (let child = 2 * at + 1; child < count; child = 2 * at + 1) {
      if (child + 1 < count && isBefore(heap[child + 1], heap[child])) child++;
      if (!isBefore(heap[child], team)) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = team;
  };
  for (let at = (count >> 1) - 1; at >= 0; at--) sink(at);
  const team = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    if (i < count) {
      team[i] = i;
      continue;
    }
    team[i] = heap[0];
    due[heap[0]] += 1 / weights[heap[0]];
    sink(0);
  }
  return team;
}

/** Teams are already numbered by first appearance: client g is the first of team g. */
function groupsOf(team: Int32Array, nTeams: number, managersPerTeam: number): Groups {
  const sizes = new Int32Array(nTeams);
  const manager = new Int32Array(team.length);
  for (let i = 0; i < team.length; i++) {
    const position = sizes[team[i]]++;
    manager[i] = team[i] * managersPerTeam + (position % Math.max(1, managersPerTeam));
  }
  return { teams: { nClusters: nTeams, index: team, sizes }, managers: managersPerTeam > 0 ? manager : null };
}
