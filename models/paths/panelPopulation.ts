import type { PathParameters } from "../scenario/types.ts";

/** X, M and Y, by position. */
export type Triple = readonly [x: number, m: number, y: number];

/** The part of X, M and Y that is a team's, a case manager's or a client's own: (X, M, Y)ₜ = A·(X, M, Y)ₜ₋₁ + ψ-noise. */
export type PanelLevel = {
  /** A, 3 × 3 by rows: slopes of X, M and Y on X, M and Y a wave earlier. */
  readonly slopes: Float64Array;
  /** Standard deviations of what is new at each wave after the first. */
  readonly noiseSd: Triple;
  /** Covariance of X, M and Y at the first wave, 3 × 3 by rows; of an allocated X the M and Y alone, before any effect. */
  readonly start: Float64Array;
};

/** The panel with every number filled in. */
export type PanelPopulation = {
  readonly nWaves: number;
  readonly team: PanelLevel;
  readonly manager: PanelLevel;
  readonly client: PanelLevel;
  /** Variances of what is new in X, M and Y at each wave, all levels together: the residual variances of the three equations. */
  readonly noise: Triple;
  /** Covariance of X, M and Y in the long run, 3 × 3 by rows. */
  readonly longRun: Float64Array;
  /** X does not change, and was allocated at the first wave (binary), so that M and Y do not depend on it yet. */
  readonly isAllocated: boolean;
};

const LEVELS = ["team", "manager", "client"] as const;
type Level = (typeof LEVELS)[number];

/**
 * The panel of a scenario's paths: a, b and c′ are slopes of M on X, Y on M and Y on X a wave earlier. The first wave is drawn
 * from the stationary distribution, so that variances are the same at every wave; a binary X is an allocation at the first
 * wave and M and Y grow towards it. var(X) is 1 (p(1 − p) if binary). Raw coefficients: residual SDs are those of M
 * and Y given the wave before. Standardized: var(M) = var(Y) = 1 in the long run, and the residual variances complete to it.
 *
 * @param paths   with waves.count ≥ 2
 * @param a       raw, per unit of X
 * @param cPrime  raw
 * @returns the panel, or in words why there is none
 */
export function panelPopulationOf(paths: PathParameters, a: number, cPrime: number): PanelPopulation | string {
  const { waves, teams, b, x } = paths;
  const slopesWith = (bHere: number) =>
    Float64Array.of(
      ...[waves.stability.x, waves.mOnX, waves.yOnX],
      ...[a, waves.stability.m, waves.yOnM],
      ...[cPrime, bHere, waves.stability.y],
    );
  const slopes: Record<Level, Float64Array> = {
    team: slopesWith(teams.bBetween ?? b),
    manager: slopesWith(b),
    client: slopesWith(b),
  };
  const shares: Record<Level, Triple> = {
    team: [teams.xBetween, teams.iccM, teams.iccY],
    manager: [0, teams.managerIccM, teams.managerIccY],
    client: [1 - teams.xBetween, 1 - teams.iccM - teams.managerIccM, 1 - teams.iccY - teams.managerIccY],
  };
  const constantX = waves.stability.x === 1;
  const units = { team: unitCovariances(slopes.team, constantX), manager: unitCovariances(slopes.manager, constantX) };
  if (units.team === null || units.manager === null)
    return "the waves grow without bound: stabilities and cross-lags must leave X, M and Y stationary; lower them";
  const unitsOf = (level: Level) => (level === "team" ? units.team : units.manager) as Unit;

  // Long-run variances are linear in the variances of the noise: row v, column j.
  const weights = [0, 1, 2].map((v) =>
    [0, 1, 2].map((j) => LEVELS.reduce((sum, level) => sum + shares[level][j] * unitsOf(level)[j][4 * v], 0)),
  );
  const noise = paths.standardized ? solved(weights, [variance(x), 1, 1]) : rawNoise(weights, paths);
  const names = ["X", "M", "Y"] as const;
  const spent = noise.findIndex((value, v) => (v === 0 ? value < -1e-12 : !(value > 0)));
  if (spent >= 0)
    return `the wave before explains all of the variance of ${names[spent]} and more: its residual variance would be ${Math.round(noise[spent] * 1e4) / 1e4}; lower the stabilities or the paths`;
  // A constant X has no noise: its unit is its own variance, and what stands for the noise is its share of that.
  const spread: Triple = [Math.max(0, noise[0]), noise[1], noise[2]];

  const isAllocated = x.distribution === "binary";
  const levelOf = (level: Level): PanelLevel => {
    const own = shares[level].map((share, j) => share * spread[j]) as unknown as Triple;
    const from = isAllocated ? unitCovariances(withoutX(slopes[level]), true) : unitsOf(level);
    const parts: Triple = isAllocated ? [0, own[1], own[2]] : own;
    return {
      slopes: slopes[level],
      noiseSd: [constantX ? 0 : Math.sqrt(own[0]), Math.sqrt(own[1]), Math.sqrt(own[2])],
      start: combined(from as Unit, parts),
    };
  };
  const [team, manager, client] = LEVELS.map(levelOf);
  const longRun = new Float64Array(9);
  for (const level of LEVELS) {
    const own = combined(unitsOf(level), shares[level].map((share, j) => share * spread[j]) as unknown as Triple);
    for (let k = 0; k < 9; k++) longRun[k] += own[k];
  }
  const reported: Triple = [constantX ? 0 : spread[0], spread[1], spread[2]];
  return { nWaves: waves.count, team, manager, client, noise: reported, longRun, isAllocated };
}

function variance(x: PathParameters["x"]): number {
  return x.distribution === "normal" ? 1 : x.share * (1 - x.share);
}

/** Long-run covariances (3 × 3 by rows) that noise of variance 1 in X, in M and in Y alone brings about. */
type Unit = readonly [ofX: Float64Array, ofM: Float64Array, ofY: Float64Array];

/**
 * @param constantX X has no noise; its unit is then a variance of 1 that stays: (1, h)(1, h)′ with h the long-run M and Y at X = 1
 * @returns null where the process is not stationary
 */
function unitCovariances(slopes: Float64Array, constantX: boolean): Unit | null {
  const moving = constantX ? withoutX(slopes) : slopes;
  const ofM = stationary(moving, 1);
  const ofY = stationary(moving, 2);
  if (ofM === null || ofY === null) return null;
  if (!constantX) {
    const ofX = stationary(moving, 0);
    return ofX && [ofX, ofM, ofY];
  }
  const [a, mm, my, cPrime, ym, yy] = slopes.subarray(3);
  const determinant = (1 - mm) * (1 - yy) - my * ym;
  const h = [1, ((1 - yy) * a + my * cPrime) / determinant, (ym * a + (1 - mm) * cPrime) / determinant];
  return [Float64Array.from({ length: 9 }, (_, k) => h[Math.floor(k / 3)] * h[k % 3]), ofM, ofY];
}

/** The slopes among M and Y alone. */
function withoutX(slopes: Float64Array): Float64Array {
  return slopes.map((slope, k) => (k < 3 || k % 3 === 0 ? 0 : slope));
}

/** Σ Aᵏ·E·A′ᵏ over k ≥ 0, E with a 1 at position `source`, by doubling: S ← S + A·S·A′, A ← A². */
function stationary(slopes: Float64Array, source: number): Float64Array | null {
  let power = slopes;
  let sum = new Float64Array(9);
  sum[4 * source] = 1;
  for (let step = 0; step < 64; step++) {
    const added = times(times(power, sum), transposed(power));
    if (!added.every(Number.isFinite)) return null;
    if (added.every((value) => value === 0 || Math.abs(value) < 1e-300)) return sum;
    sum = sum.map((value, k) => value + added[k]);
    power = times(power, power);
  }
  return null;
}

function times(left: Float64Array, right: Float64Array): Float64Array<ArrayBuffer> {
  const product = new Float64Array(9);
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++) for (let k = 0; k < 3; k++) product[3 * i + j] += left[3 * i + k] * right[3 * k + j];
  return product;
}

function transposed(matrix: Float64Array): Float64Array {
  return matrix.map((_, k) => matrix[3 * (k % 3) + Math.floor(k / 3)]);
}

function combined(units: Unit, variances: Triple): Float64Array {
  return Float64Array.from({ length: 9 }, (_, k) => units.reduce((sum, unit, j) => sum + variances[j] * unit[k], 0));
}

/** The noise of X that gives X its variance, beside the residual variances of M and Y. */
function rawNoise(weights: readonly (readonly number[])[], { residualSd, x }: PathParameters): Triple {
  const [m, y] = [residualSd.m * residualSd.m, residualSd.y * residualSd.y];
  return [(variance(x) - weights[0][1] * m - weights[0][2] * y) / weights[0][0], m, y];
}

/** Three equations in three unknowns, by Cramer's rule. */
function solved(matrix: readonly (readonly number[])[], right: Triple): Triple {
  const det = (at: (i: number, j: number) => number) =>
    at(0, 0) * (at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1)) -
    at(0, 1) * (at(1, 0) * at(2, 2) - at(1, 2) * at(2, 0)) +
    at(0, 2) * (at(1, 0) * at(2, 1) - at(1, 1) * at(2, 0));
  const whole = det((i, j) => matrix[i][j]);
  const unknown = (column: number) => det((i, j) => (j === column ? right[i] : matrix[i][j])) / whole;
  return [unknown(0), unknown(1), unknown(2)];
}
