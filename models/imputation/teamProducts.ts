import { type Gram, gramOf, type Rows } from "./gram.ts";
import { factorPredictors } from "./posterior.ts";
import type { ObservedTeams, TeamState } from "./teams.ts";

/**
 * What a regression with a random intercept for each team needs of the data, for any ratio λ of the team variance to the
 * residual's. Columns are the constant, the predictors, the team means of the predictors where these are wanted, and the
 * response: D of them. With V = I + λZZ′
 *   [X, y]′V⁻¹[X, y] = W + Σ_n B_n/(1 + λn),
 * where W are the products within teams and B_n the products n·z̄z̄′ of the means of all teams with n observed rows.
 * Symmetric matrices are packed: T = D(D + 1)/2 entries, row a of the lower triangle from a(a + 1)/2 on.
 */
export type TeamProducts = {
  readonly nColumns: number;
  readonly observed: ObservedTeams;
  /** Column sums over each team's observed rows, nTeams × D by rows. */
  readonly sums: Float64Array;
  /** W, length T. */
  readonly within: Float64Array;
  /** B_n in the order of `observed.groups`, T each. */
  readonly between: Float64Array;
  /** 0 for a column that is constant or collinear: it is taken out of all products, and has 1 in W's diagonal. */
  readonly isKept: Uint8Array;
  /** Predictors that are kept, the constant among them. */
  readonly nKept: number;
  /** Residual sum of squares of ordinary regression (λ = 0). */
  readonly rss: number;
};

/**
 * @param gram       of all rows
 * @param predictors positions among the columns
 * @param target     position of the response
 * @param missing    rows without an observed response
 * @param observed   the other rows, by team
 * @param withMeans  team means (over all rows, imputed ones included) are predictors too
 */
export function teamProducts(
  { rows, gram, teams }: { readonly rows: Rows; readonly gram: Gram; readonly teams: TeamState },
  predictors: Int32Array,
  target: number,
  missing: Int32Array,
  observed: ObservedTeams,
  withMeans: boolean,
): TeamProducts {
  const { p } = rows;
  const q = predictors.length;
  const d = q + (withMeans ? q : 0) + 2;
  const size = (d * (d + 1)) / 2;
  const sums = observedSums(rows, teams, predictors, target, missing, observed, withMeans);
  const between = new Float64Array(observed.groups.sizes.length * size);
  for (let j = 0; j < teams.nTeams; j++)
    if (observed.sizes[j] > 0) addSquare(between, observed.groupOf[j] * size, sums, j * d, d, 1 / observed.sizes[j]);
  const allBetween = new Float64Array(size);
  for (let from = 0; from < between.length; from += size)
    for (let at = 0; at < size; at++) allBetween[at] += between[from + at];

  // Within teams the constant and the team means do not vary.
  const within = new Float64Array(size);
  const total = new Float64Array(d * d);
  for (let a = 0, at = 0; a < d; a++) for (let b = 0; b <= a; b++, at++) total[a * d + b] = allBetween[at];
  const left = gramOf(rows, missing);
  for (let k = 0; k <= q; k++) {
    const own = k < q ? predictors[k] : target;
    const a = k < q ? 1 + k : d - 1;
    for (let l = 0; l <= k; l++) {
      const other = l < q ? predictors[l] : target;
      const b = l < q ? 1 + l : d - 1;
      const at = own > other ? own * p + other : other * p + own;
      const packed = (a * (a + 1)) / 2 + b;
      total[a * d + b] = gram.products[at] - left.products[at];
      within[packed] = total[a * d + b] - allBetween[packed];
    }
  }
  const raw = new Float64Array(d);
  for (let a = 0; a < d; a++) raw[a] = total[a * (d + 1)];
  // Compared with all rows: what the subtraction leaves of a column that is constant in the rest is rounding noise.
  for (let k = 0; k < q; k++) raw[1 + k] = gram.products[predictors[k] * (p + 1)];
  const { pivots } = factorPredictors(total, raw);
  const isKept = new Uint8Array(d).fill(1);
  let nKept = d - 1;
  for (let a = 0; a + 1 < d; a++) {
    if (pivots[a] > 0) continue;
    isKept[a] = 0;
    nKept--;
    takeOut(within, 0, a, d);
    for (let from = 0; from < between.length; from += size) takeOut(between, from, a, d);
    within[(a * (a + 3)) / 2] = 1;
    for (let j = 0; j < teams.nTeams; j++) sums[j * d + a] = 0;
  }
  return { nColumns: d, observed, sums, within, between, isKept, nKept, rss: pivots[d - 1] };
}

/**
 * [X, y]′V⁻¹[X, y] = LDL′ into `factor`, packed: L below the diagonal, D on it. The last row holds β̂′ of L's predictors
 * (L′β̂ = it) and RSS.
 */
export function factorAt(
  { nColumns: d, within, between, observed }: TeamProducts,
  ratio: number,
  factor: Float64Array,
) {
  const { sizes } = observed.groups;
  const size = factor.length;
  for (let at = 0; at < size; at++) factor[at] = within[at];
  for (let g = 0, from = 0; g < sizes.length; g++, from += size) {
    const weight = 1 / (1 + ratio * sizes[g]);
    for (let at = 0; at < size; at++) factor[at] += weight * between[from + at];
  }
  for (let a = 1, row = 1; a < d; row += ++a) {
    for (let b = 1, other = 1; b < a; other += ++b) {
      let value = factor[row + b];
      for (let l = 0; l < b; l++) value -= factor[row + l] * factor[other + l];
      factor[row + b] = value;
    }
    let pivot = factor[row + a];
    for (let b = 0, diagonal = 0; b < a; b++, diagonal += b + 1) {
      const scaled = factor[row + b] / factor[diagonal];
      pivot -= factor[row + b] * scaled;
      factor[row + b] = scaled;
    }
    factor[row + a] = pivot;
  }
  // A response that the predictors determine leaves rounding noise, of either sign.
  if (factor[size - 1] < 0) factor[size - 1] = 0;
}

/** Sums over each team's observed rows of the constant, the predictors, their team means, the response. */
function observedSums(
  { p, values }: Rows,
  teams: TeamState,
  predictors: Int32Array,
  target: number,
  missing: Int32Array,
  { sizes }: ObservedTeams,
  withMeans: boolean,
): Float64Array {
  const q = predictors.length;
  const d = q + (withMeans ? q : 0) + 2;
  const rest = teams.sums.slice();
  for (let i = 0; i < missing.length; i++) {
    const from = missing[i] * p;
    const to = teams.index[missing[i]] * p;
    for (let a = 0; a < p; a++) rest[to + a] -= values[from + a];
  }
  const sums = new Float64Array(teams.nTeams * d);
  for (let j = 0; j < teams.nTeams; j++) {
    if (sizes[j] === 0) continue;
    const at = j * d;
    sums[at] = sizes[j];
    for (let k = 0; k < q; k++) sums[at + 1 + k] = rest[j * p + predictors[k]];
    for (let k = 0; withMeans && k < q; k++)
      sums[at + 1 + q + k] = (sizes[j] * teams.sums[j * p + predictors[k]]) / teams.sizes[j];
    sums[at + d - 1] = rest[j * p + target];
  }
  return sums;
}

/** Adds scale·vv′ to the packed matrix that starts at `from`; v are the d entries from `at` on. */
function addSquare(matrix: Float64Array, from: number, v: Float64Array, at: number, d: number, scale: number): void {
  for (let a = 0, to = from; a < d; a++) {
    const value = scale * v[at + a];
    for (let b = 0; b <= a; b++, to++) matrix[to] += value * v[at + b];
  }
}

/** Sets row and column a of the packed matrix that starts at `from` to 0. */
function takeOut(matrix: Float64Array, from: number, a: number, d: number): void {
  for (let b = 0; b < d; b++) matrix[from + (a > b ? (a * (a + 1)) / 2 + b : (b * (b + 1)) / 2 + a)] = 0;
}
