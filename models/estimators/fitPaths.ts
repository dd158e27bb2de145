import { cholesky } from "../../sim/numerics/cholesky.ts";
import type { PathFit, StudyData } from "./types.ts";

/**
 * The two regressions M ~ X + C and Y ~ M + X + C by one Cholesky factor of the centred cross-products, in the order
 * C, X, M, Y: a = L_mx/L_xx, se_a² = L_mm²/(df_a·L_xx²), b = L_ym/L_mm, se_b² = L_yy²/(df_b·L_mm²).
 * The paths only, fast: the fit of a power run. `fitMediation` gives the whole analysis and agrees to rounding.
 *
 * @param data columns of equal length n; fitted when n ≥ covariates + 4
 * @returns null where the design is singular or a residual is zero
 */
export function fitPaths(data: StudyData): PathFit | null {
  const { n, covariates } = data;
  const p = covariates.length + 3;
  const dfA = n - covariates.length - 2;
  const dfB = dfA - 1;
  if (dfB < 1) return null;
  const columns = [...covariates, data.x, data.m, data.y].map(centre);
  const products = columns.map((left, i) => Float64Array.from(columns.slice(0, i + 1), (right) => dot(left, right)));
  const factor = cholesky(products);
  if (factor === null) return null;
  const [x, m, y] = [p - 3, p - 2, p - 1];
  const [lx, lm, ly] = [factor[x][x], factor[m][m], factor[y][y]];
  return {
    a: factor[m][x] / lx,
    seA: lm / (Math.sqrt(dfA) * lx),
    dfA,
    b: factor[y][m] / lm,
    seB: ly / (Math.sqrt(dfB) * lm),
    dfB,
  };
}

function centre(column: Float64Array): Float64Array {
  let sum = 0;
  for (let i = 0; i < column.length; i++) sum += column[i];
  const mean = sum / column.length;
  const centred = new Float64Array(column.length);
  for (let i = 0; i < column.length; i++) centred[i] = column[i] - mean;
  return centred;
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < left.length; i++) sum += left[i] * right[i];
  return sum;
}
