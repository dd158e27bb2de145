import type { Key } from "../../sim/random/address.ts";
import { fillNormals } from "../../sim/random/fill.ts";
import type { Groups } from "../estimators/types.ts";
import { WHAT } from "../what.ts";
import { createMemberships } from "./memberships.ts";
import type { PanelLevel, PanelPopulation } from "./panelPopulation.ts";
import { type Population, treatedCount } from "./population.ts";
import { residualShape } from "./residualShape.ts";

/** A panel as the study observes it. */
export type GeneratedPanel = {
  readonly n: number;
  /** waves[t] = [X, M, Y] at wave t, each of length n. */
  readonly waves: readonly (readonly [x: Float64Array, m: Float64Array, y: Float64Array])[];
  readonly groups: Groups | null;
};

/**
 * Plays a panel wave by wave. Teams, case managers and clients each have a part of X, M and Y that moves by the panel's slopes
 * with noise of its own; a client's true values are the three parts' sums, and what is observed has an independent measurement
 * error at every wave. Draws are addressed by client (team, manager), variable and wave: more clients or more waves change no
 * value of those before. Skewness is that of the clients' own noise from the second wave on.
 *
 * @param population with `panel`
 * @param n          number of clients
 * @returns a function of the replication's key; its columns are overwritten by the next call
 */
export function createPanelGenerator(
  population: Population & { readonly panel: PanelPopulation },
  skew: { readonly m: number; readonly y: number },
  n: number,
): (key: Key) => GeneratedPanel {
  const { teams, variances, panel, x } = population;
  const { count, managers } = teams;
  const membershipOf = count > 0 ? createMemberships(teams, n) : null;
  const waves = Array.from(
    { length: panel.nWaves },
    () => [new Float64Array(n), new Float64Array(n), new Float64Array(n)] as const,
  );
  const shapes = { m: residualShape(skew.m), y: residualShape(skew.y) };
  const ofClients = createLevel(n, panel.client, panel.isAllocated, CLIENT_DRAWS, shapes);
  const ofTeams = createLevel(count, panel.team, panel.isAllocated, TEAM_DRAWS);
  const ofManagers = createLevel(count * managers, panel.manager, panel.isAllocated, MANAGER_DRAWS);
  const errors = createErrors(n, [variances.xErr, variances.mErr, variances.yErr]);
  const xOfTeams = count > 0 && teams.xBetween === 1;
  const nTreated = x.distribution === "binary" ? treatedCount(xOfTeams ? count : n, x.share) : 0;

  return (key) => {
    const groups = membershipOf?.(key) ?? null;
    ofClients.start(key, xOfTeams ? 0 : nTreated);
    ofTeams.start(key, xOfTeams ? nTreated : 0);
    ofManagers.start(key, 0);
    for (const [t, columns] of waves.entries()) {
      if (t > 0) for (const level of [ofClients, ofTeams, ofManagers]) level.step(key, t);
      for (const [v, column] of columns.entries()) {
        column.set(ofClients.state[v]);
        if (groups !== null) addParts(column, ofTeams.state[v], groups.teams.index);
        if (groups?.managers) addParts(column, ofManagers.state[v], groups.managers);
        errors(column, v, key, t);
      }
    }
    return { n, waves, groups };
  };
}

function addParts(column: Float64Array, parts: Float64Array, memberOf: Int32Array): void {
  for (let i = 0; i < column.length; i++) column[i] += parts[memberOf[i]];
}

/** The streams of X, M and Y at a level; null where it has no part in X. */
type Draws = readonly [x: number | null, m: number, y: number];
const CLIENT_DRAWS: Draws = [WHAT.predictor, WHAT.mediatorResidual, WHAT.outcomeResidual];
const TEAM_DRAWS: Draws = [WHAT.teamOfPredictor, WHAT.teamOfMediator, WHAT.teamOfOutcome];
const MANAGER_DRAWS: Draws = [null, WHAT.managerOfMediator, WHAT.managerOfOutcome];

/** The parts of X, M and Y that units of one level have, wave after wave; `when` of a draw is the wave. */
function createLevel(
  nUnits: number,
  { slopes, noiseSd, start }: PanelLevel,
  isAllocated: boolean,
  draws: Draws,
  shapes?: { readonly m: (z: number) => number; readonly y: (z: number) => number },
) {
  const state = [0, 1, 2].map(() => new Float64Array(nUnits));
  const noise = [0, 1, 2].map(() => new Float64Array(nUnits));
  const factor = rootOf(start);
  const shapeOf = [undefined, shapes?.m, shapes?.y];
  const draw = (key: Key, wave: number) => {
    for (const [v, what] of draws.entries()) if (what !== null) fillNormals(noise[v], key, what, wave);
  };
  return {
    state,
    /** @param nTreated units 0 … nTreated − 1 have X = 1, where X is allocated */
    start(key: Key, nTreated: number): void {
      draw(key, 0);
      for (let i = 0; i < nUnits; i++)
        for (let v = 0; v < 3; v++) {
          let value = 0;
          for (let k = 0; k <= v; k++) value += factor[3 * v + k] * noise[k][i];
          state[v][i] = value;
        }
      if (isAllocated) state[0].fill(0).fill(1, 0, nTreated);
    },
    step(key: Key, wave: number): void {
      draw(key, wave);
      for (const [v, shape] of shapeOf.entries())
        if (shape !== undefined) for (let i = 0; i < nUnits; i++) noise[v][i] = shape(noise[v][i]);
      for (let i = 0; i < nUnits; i++) {
        const [x, m, y] = [state[0][i], state[1][i], state[2][i]];
        for (let v = 0; v < 3; v++)
          state[v][i] = slopes[3 * v] * x + slopes[3 * v + 1] * m + slopes[3 * v + 2] * y + noiseSd[v] * noise[v][i];
      }
    },
  };
}

/** Lower triangular L with L·L′ = S, 3 × 3 by rows; a variable without variance of its own has zeros. */
function rootOf(covariance: Float64Array): Float64Array {
  const root = new Float64Array(9);
  for (let i = 0; i < 3; i++)
    for (let j = 0; j <= i; j++) {
      let rest = covariance[3 * i + j];
      for (let k = 0; k < j; k++) rest -= root[3 * i + k] * root[3 * j + k];
      if (i === j) root[4 * i] = rest > 1e-14 * covariance[4 * i] ? Math.sqrt(rest) : 0;
      else root[3 * i + j] = root[4 * j] > 0 ? rest / root[4 * j] : 0;
    }
  return root;
}

/** Adds a measurement error to a column. */
function createErrors(n: number, errorVariances: readonly [number, number, number]) {
  const streams = [WHAT.predictorError, WHAT.mediatorError, WHAT.outcomeError];
  const draws = new Float64Array(n);
  return (column: Float64Array, v: number, key: Key, wave: number): void => {
    if (errorVariances[v] === 0) return;
    const sd = Math.sqrt(errorVariances[v]);
    fillNormals(draws, key, streams[v], wave);
    for (let i = 0; i < n; i++) column[i] += sd * draws[i];
  };
}
