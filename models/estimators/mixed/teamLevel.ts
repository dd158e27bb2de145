import { log } from "../../../sim/numerics/elementary.ts";
import { addCrossProducts } from "../../../sim/numerics/crossProducts.ts";
import type { UnitProducts } from "./unitProducts.ts";

/**
 * What the teams' variance sees of the data: a size and a mean of each team, and the products within. Without managers these
 * are as counted, for good. With them they are those of weighted managers, w_k = n_k/(1 + n_kτ₀), and hold for the τ₀ of the
 * last `pool`: a_g = Σw_k, z̃_g = Σw_k z̄_k/a_g, Σ_within + Σ_k w_k(z̄_k − z̃_g)(z̄_k − z̃_g)′.
 */
export type TeamLevel = {
  /** Makes them those of managers' ratio τ₀; no work when it is the last one's. */
  readonly pool: (ratio: number) => void;
  /** a, length nTeams. */
  readonly sizes: Float64Array;
  /** z̃ of the columns, D × nTeams. */
  readonly means: Float64Array;
  /** D × D by rows, the lower triangle. */
  readonly within: Float64Array;
  /** w, length nUnits; zeros without managers. */
  readonly unitWeights: Float64Array;
  /** Σ ln(1 + n_kτ₀); 0 without managers. */
  readonly logDeterminant: () => number;
  /** Clients of the largest manager (if any) and of the largest team. */
  readonly largest: readonly number[];
};

export function teamLevel({ nColumns: d, means, within, intercepts }: UnitProducts): TeamLevel {
  const { nUnits, nTeams, sizes, firstUnit } = intercepts;
  const weights = new Float64Array(nUnits);
  if (firstUnit === null) {
    const level = { sizes, means, within, unitWeights: weights, largest: [largestOf(sizes)] };
    return { ...level, pool: () => {}, logDeterminant: () => 0 };
  }
  const growth = new Float64Array(nUnits);
  const centred = new Float64Array(d * nUnits);
  const weighted = new Float64Array(d * nUnits);
  const teamSizes = new Float64Array(nTeams);
  const teamMeans = new Float64Array(d * nTeams);
  const pooled = new Float64Array(d * d);
  let current = Number.NaN;
  let logDeterminant = 0;

  const pool = (ratio: number): void => {
    if (ratio === current) return;
    current = ratio;
    for (let k = 0; k < nUnits; k++) {
      growth[k] = 1 + sizes[k] * ratio;
      weights[k] = sizes[k] / growth[k];
    }
    logDeterminant = logProduct(growth);
    for (let g = 0; g < nTeams; g++) {
      let sum = 0;
      for (let k = firstUnit[g]; k < firstUnit[g + 1]; k++) sum += weights[k];
      teamSizes[g] = sum;
      for (let j = 0; j < d; j++) {
        const at = j * nUnits;
        let mean = 0;
        for (let k = firstUnit[g]; k < firstUnit[g + 1]; k++) mean += weights[k] * means[at + k];
        mean /= sum;
        teamMeans[j * nTeams + g] = mean;
        for (let k = firstUnit[g]; k < firstUnit[g + 1]; k++) {
          centred[at + k] = means[at + k] - mean;
          weighted[at + k] = weights[k] * centred[at + k];
        }
      }
    }
    pooled.set(within);
    addCrossProducts(weighted, centred, d, nUnits, pooled);
  };
  pool(0);
  return {
    pool,
    sizes: teamSizes,
    means: teamMeans,
    within: pooled,
    unitWeights: weights,
    logDeterminant: () => logDeterminant,
    largest: [largestOf(sizes), largestOf(teamSizes)],
  };
}

const LARGE = 1e100;

/** ln of the product of numbers ≥ 1: one logarithm for a good many of them. */
export function logProduct(factors: Float64Array): number {
  let sum = 0;
  let product = 1;
  for (let k = 0; k < factors.length; k++) {
    product *= factors[k];
    if (product < LARGE) continue;
    sum += log(product);
    product = 1;
  }
  return sum + log(product);
}

function largestOf(values: Float64Array): number {
  return values.reduce((largest, value) => Math.max(largest, value), 0);
}
