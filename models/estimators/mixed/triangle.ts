/**
 * S → L with L L′ = S in the lower triangle of a d × d matrix by rows; the upper triangle is left as it was.
 *
 * @param tolerance a pivot at or below this share of its diagonal entry counts as 0
 * @returns position of the first pivot that counts as 0, where the factorization stops; d when there is none
 * @source  Golub & Van Loan, Matrix Computations, 4th ed., §4.2
 */
export function choleskyInPlace(matrix: Float64Array, d: number, tolerance: number): number {
  for (let i = 0; i < d; i++) {
    const at = i * d;
    for (let j = 0; j < i; j++) {
      const other = j * d;
      let value = matrix[at + j];
      for (let l = 0; l < j; l++) value -= matrix[at + l] * matrix[other + l];
      matrix[at + j] = value / matrix[other + j];
    }
    let pivot = matrix[at + i];
    for (let l = 0; l < i; l++) pivot -= matrix[at + l] * matrix[at + l];
    if (!(pivot > tolerance * matrix[at + i])) return i;
    matrix[at + i] = Math.sqrt(pivot);
  }
  return d;
}

/**
 * What regression on the other variables leaves of the last one's sum of squares; variables that those before them determine
 * are passed over.
 *
 * @param products  d × d by rows; only the lower triangle is read
 * @param tolerance pivots at or below it count as 0
 */
export function lastResidual(products: Float64Array, d: number, tolerance: number): number {
  const factor = products.slice();
  const isKept = new Uint8Array(d);
  let pivot = 0;
  for (let i = 0; i < d; i++) {
    const at = i * d;
    pivot = factor[at + i];
    for (let j = 0; j < i; j++) {
      if (isKept[j] === 0) continue;
      let value = factor[at + j];
      for (let l = 0; l < j; l++) if (isKept[l] === 1) value -= factor[at + l] * factor[j * d + l];
      factor[at + j] = value / factor[j * d + j];
      pivot -= factor[at + j] * factor[at + j];
    }
    if (pivot <= tolerance) continue;
    isKept[i] = 1;
    factor[at + i] = Math.sqrt(pivot);
  }
  return pivot;
}

/**
 * Solves L·u = v for n vectors v at once, in the first p rows of a d × d factor.
 *
 * @param v p rows of length n: entry i of every vector stands in row i
 * @param u as v, receives the solutions
 */
export function solveLower(
  factor: Float64Array,
  d: number,
  p: number,
  v: Float64Array,
  n: number,
  u: Float64Array,
): void {
  for (let i = 0; i < p; i++) {
    const row = i * n;
    for (let k = 0; k < n; k++) u[row + k] = v[row + k];
    for (let l = 0; l < i; l++) {
      const weight = factor[i * d + l];
      const other = l * n;
      for (let k = 0; k < n; k++) u[row + k] -= weight * u[other + k];
    }
    const scale = 1 / factor[i * d + i];
    for (let k = 0; k < n; k++) u[row + k] *= scale;
  }
}

/** Σ of the first p diagonal entries of a d × d matrix. */
export function trace(matrix: Float64Array, p: number, d: number): number {
  let sum = 0;
  for (let j = 0; j < p; j++) sum += matrix[j * d + j];
  return sum;
}

/** Σ Aᵢⱼ Bᵢⱼ over the first p rows and columns of two symmetric d × d matrices; only the lower triangles are read. */
export function innerProduct(a: Float64Array, b: Float64Array, p: number, d: number): number {
  let twice = 0;
  let diagonal = 0;
  for (let i = 0; i < p; i++) {
    const row = i * d;
    for (let j = 0; j < i; j++) twice += a[row + j] * b[row + j];
    diagonal += a[row + i] * b[row + i];
  }
  return 2 * twice + diagonal;
}

/**
 * v′Av for each of n vectors v, over the first p rows and columns of a symmetric d × d matrix; only its lower triangle is read.
 *
 * @param v p rows of length n: entry i of every vector stands in row i
 * @returns length n
 */
export function quadraticForms(matrix: Float64Array, p: number, d: number, v: Float64Array, n: number): Float64Array {
  const forms = new Float64Array(n);
  for (let i = 0; i < p; i++)
    for (let j = 0; j <= i; j++) {
      const entry = (i === j ? 1 : 2) * matrix[i * d + j];
      for (let k = 0; k < n; k++) forms[k] += entry * v[i * n + k] * v[j * n + k];
    }
  return forms;
}
