import { cholesky } from "../../sim/numerics/cholesky.ts";

/**
 * Solves (J′J + (pull + damping)·I)·s = −J′r + toward by Cholesky's factorization.
 *
 * @param jacobian n × p
 * @param toward   length p, added to the right-hand side
 * @param damping  with pull well above 0, so that the matrix is positive definite
 * @returns s, length p
 * @throws RangeError where the matrix is singular
 */
export function solveDamped(
  jacobian: readonly (readonly number[])[],
  residuals: readonly number[],
  toward: readonly number[],
  pull: number,
  damping: number,
): number[] {
  const p = toward.length;
  const products = toward.map((_, i) => new Float64Array(p).fill(pull + damping, i, i + 1));
  const solution = [...toward];
  for (const [r, row] of jacobian.entries())
    for (let i = 0; i < p; i++) {
      solution[i] -= row[i] * residuals[r];
      for (let j = 0; j <= i; j++) products[i][j] += row[i] * row[j];
    }
  const factor = cholesky(products);
  if (factor === null) throw new RangeError("the damped normal equations are singular: the damping is too small");
  for (let i = 0; i < p; i++) {
    for (let k = 0; k < i; k++) solution[i] -= factor[i][k] * solution[k];
    solution[i] /= factor[i][i];
  }
  for (let i = p - 1; i >= 0; i--) {
    for (let k = i + 1; k < p; k++) solution[i] -= factor[k][i] * solution[k];
    solution[i] /= factor[i][i];
  }
  return solution;
}
