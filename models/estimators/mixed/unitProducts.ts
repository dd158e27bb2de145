import { addCrossProducts } from "../../../sim/numerics/crossProducts.ts";
import type { RandomIntercepts } from "./randomIntercepts.ts";

/**
 * What a mixed model with random intercepts needs of the data: the columns' means in each unit and their cross-products
 * within units. Columns are the constant, the predictors and the response, D = P + 1 of them, each centred and divided by
 * its length √Σ(v − v̄)²; the constant is 1/√n.
 */
export type UnitProducts = {
  readonly ok: true;
  readonly intercepts: RandomIntercepts;
  readonly nColumns: number;
  /** Unit means, D × nUnits: those of a column stand together. */
  readonly means: Float64Array;
  /** Σ (z − z̄)(z − z̄)′ within units, D × D by rows; the lower triangle. */
  readonly within: Float64Array;
  /** Means and lengths of the columns as they came, length D; 0 and √n for the constant. */
  readonly origins: Float64Array;
  readonly lengths: Float64Array;
};

/** Column `column` (0 is the first predictor, their number the response) takes one value. */
export type ConstantColumn = { readonly ok: false; readonly kind: "constant"; readonly column: number };

/**
 * @param columns predictors and then the response, each of length n, finite
 */
export function unitProducts(
  columns: readonly Float64Array[],
  intercepts: RandomIntercepts,
): UnitProducts | ConstantColumn {
  const { n, nUnits, sizes } = intercepts;
  const nColumns = columns.length + 1;
  const p = columns.length;
  const origins = new Float64Array(nColumns);
  const lengths = new Float64Array(nColumns);
  const means = new Float64Array(nColumns * nUnits);
  const deviations = new Float64Array(n * p);
  lengths[0] = Math.sqrt(n);
  for (let k = 0; k < nUnits; k++) means[k] = 1 / lengths[0];
  for (let j = 0; j < p; j++) {
    if (isConstant(columns[j])) return { ok: false, kind: "constant", column: j };
    splitByUnit(columns[j], intercepts, means, (j + 1) * nUnits, deviations, j * n);
  }
  const products = new Float64Array(p * p);
  addCrossProducts(deviations, deviations, p, n, products);
  for (let j = 1; j < nColumns; j++) {
    const at = j * nUnits;
    let sum = 0;
    for (let k = 0; k < nUnits; k++) sum += sizes[k] * means[at + k];
    const mean = sum / n;
    let squares = products[(j - 1) * (p + 1)];
    for (let k = 0; k < nUnits; k++) {
      means[at + k] -= mean;
      squares += sizes[k] * means[at + k] * means[at + k];
    }
    origins[j] = mean;
    lengths[j] = Math.sqrt(squares);
    for (let k = 0; k < nUnits; k++) means[at + k] /= lengths[j];
  }
  const within = new Float64Array(nColumns * nColumns);
  for (let j = 1; j < nColumns; j++)
    for (let k = 1; k <= j; k++) within[j * nColumns + k] = products[(j - 1) * p + k - 1] / (lengths[j] * lengths[k]);
  return { ok: true, intercepts, nColumns, means, within, origins, lengths };
}

/** The products of the first D columns alone: the response is now the last of these. */
export function leadingProducts(products: UnitProducts, nColumns: number): UnitProducts {
  const { intercepts, nColumns: d, means, origins, lengths } = products;
  const within = new Float64Array(nColumns * nColumns);
  for (let i = 0; i < nColumns; i++) for (let j = 0; j <= i; j++) within[i * nColumns + j] = products.within[i * d + j];
  return {
    ok: true,
    intercepts,
    nColumns,
    means: means.subarray(0, nColumns * intercepts.nUnits),
    within,
    origins: origins.subarray(0, nColumns),
    lengths: lengths.subarray(0, nColumns),
  };
}

/** Means of the units to `means` from `to` on, and each client's deviation from theirs to `deviations`, unit by unit. */
function splitByUnit(
  values: Float64Array,
  { nUnits, clients, sizes }: RandomIntercepts,
  means: Float64Array,
  to: number,
  deviations: Float64Array,
  at: number,
): void {
  let first = 0;
  for (let k = 0; k < nUnits; k++) {
    const end = first + sizes[k];
    let sum = 0;
    for (let i = first; i < end; i++) sum += values[clients[i]];
    const mean = sum / sizes[k];
    for (let i = first; i < end; i++) deviations[at + i] = values[clients[i]] - mean;
    means[to + k] = mean;
    first = end;
  }
}

function isConstant(column: Float64Array): boolean {
  for (let i = 1; i < column.length; i++) if (column[i] !== column[0]) return false;
  return true;
}
