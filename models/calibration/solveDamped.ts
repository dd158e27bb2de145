/**
 * Solves (J′J + (pull + damping)·I)·s = −J′r + toward by Cholesky's factorization.
 *
 * @param jacobian n × p
 * @param toward   length p, added to the right-hand side
 * @param damping  with pull > 0, so that the matrix is positive definite
 * @returns s, length p
 */
export function solveDamped(
  jacobian: readonly (readonly number[])[],
  residuals: readonly number[],
  toward: readonly number[],
  pull: number,
  damping: number,
): number[] {
  const p = toward.length;
  const factor: number[][] = [];
  const solution = [...toward];
  for (let i = 0; i < p; i++) {
    factor.push([]);
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? pull + damping : 0;
      for (const row of jacobian) sum += row[i] * row[j];
      for (let k = 0; k < j; k++) sum -= factor[i][k] * factor[j][k];
      factor[i].push(i === j ? Math.sqrt(sum) : sum / factor[j][j]);
    }
    jacobian.forEach((row, r) => {
      solution[i] -= row[i] * residuals[r];
    });
  }
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
