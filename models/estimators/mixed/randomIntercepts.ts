import type { ClusterFailure, Clusters } from "../cluster/clusters.ts";

/**
 * The random intercepts of a mixed model, as its innermost units: teams, or case managers who stand together team by team.
 * Made once and used for any number of responses.
 */
export type RandomIntercepts = {
  readonly ok: true;
  readonly n: number;
  readonly nTeams: number;
  readonly nUnits: number;
  /** The clients, unit by unit: a permutation of 0 … n − 1. */
  readonly clients: Int32Array;
  /** Clients per unit, length nUnits. */
  readonly sizes: Float64Array;
  /** Units firstUnit[g] … firstUnit[g + 1] − 1 belong to team g; null when the teams are the units. */
  readonly firstUnit: Int32Array | null;
};

/** A random intercept for each team, and for each case manager within it where they are known. */
export function randomIntercepts(teams: Clusters, managers: Clusters | null): RandomIntercepts | ClusterFailure {
  return managers === null ? teamIntercepts(teams) : managerIntercepts(teams, managers);
}

/** A random intercept for each team. */
export function teamIntercepts(teams: Clusters): RandomIntercepts | ClusterFailure {
  const { nClusters, index, sizes } = teams;
  const n = index.length;
  if (nClusters === 1) return { ok: false, kind: "oneCluster", nClusters };
  if (nClusters === n) return { ok: false, kind: "clusterPerClient", nClusters };
  return {
    ok: true,
    n,
    nTeams: nClusters,
    nUnits: nClusters,
    clients: byUnit(index, sizes),
    sizes: Float64Array.from(sizes),
    firstUnit: null,
  };
}

/**
 * A random intercept for each team and for each case manager within it. A manager seen in two teams counts as two, as in
 * lme4's `(1 | team/manager)`.
 */
export function managerIntercepts(teams: Clusters, managers: Clusters): RandomIntercepts | ClusterFailure {
  const n = teams.index.length;
  const { nClusters } = teams;
  if (nClusters === 1) return { ok: false, kind: "oneCluster", nClusters };
  const pairs = new Map<number, number>();
  const pairOf = new Int32Array(n);
  const teamOf: number[] = [];
  for (let i = 0; i < n; i++) {
    const key = teams.index[i] * managers.nClusters + managers.index[i];
    let pair = pairs.get(key);
    if (pair === undefined) {
      pair = teamOf.length;
      pairs.set(key, pair);
      teamOf.push(teams.index[i]);
    }
    pairOf[i] = pair;
  }
  const nUnits = teamOf.length;
  if (nUnits === n) return { ok: false, kind: "managerPerClient", nClusters: nUnits };
  if (nUnits === nClusters) return { ok: false, kind: "managerPerTeam", nClusters };

  const firstUnit = new Int32Array(nClusters + 1);
  for (const team of teamOf) firstUnit[team + 1]++;
  for (let g = 0; g < nClusters; g++) firstUnit[g + 1] += firstUnit[g];
  const next = firstUnit.slice();
  const position = Int32Array.from(teamOf, (team) => next[team]++);
  const unitOf = pairOf.map((pair) => position[pair]);
  const sizes = new Float64Array(nUnits);
  for (let i = 0; i < n; i++) sizes[unitOf[i]]++;
  return { ok: true, n, nTeams: nClusters, nUnits, clients: byUnit(unitOf, sizes), sizes, firstUnit };
}

function byUnit(unitOf: Int32Array, sizes: ArrayLike<number>): Int32Array {
  const next = new Int32Array(sizes.length);
  for (let k = 1; k < sizes.length; k++) next[k] = next[k - 1] + sizes[k - 1];
  const clients = new Int32Array(unitOf.length);
  for (let i = 0; i < unitOf.length; i++) clients[next[unitOf[i]]++] = i;
  return clients;
}
