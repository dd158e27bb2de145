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

/** Solves L·u = v in the first p rows of a d × d factor, for v from `from` on; u to `to` from `at` on. */
export function solveLower(
  factor: Float64Array,
  d: number,
  p: number,
  v: Float64Array,
  from: number,
  to: Float64Array,
  at: number,
): void {
  for (let i = 0; i < p; i++) {
    let value = v[from + i];
    for (let l = 0; l < i; l++) value -= factor[i * d + l] * to[at + l];
    to[at + i] = value / factor[i * d + i];
  }
}

/** matrix += weight·v·v′, the lower triangle, for the d values of v from `at` on. */
export function addSquare(matrix: Float64Array, weight: number, v: Float64Array, at: number, d: number): void {
  for (let i = 0; i < d; i++) {
    const value = weight * v[at + i];
    const row = i * d;
    for (let j = 0; j <= i; j++) matrix[row + j] += value * v[at + j];
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

/** v′Av over the first p rows and columns of a symmetric d × d matrix, for v from `at` on; only the lower triangle is read. */
export function quadraticForm(matrix: Float64Array, p: number, d: number, v: Float64Array, at: number): number {
  let form = 0;
  for (let i = 0; i < p; i++) {
    let sum = 0;
    for (let j = 0; j < i; j++) sum += matrix[i * d + j] * v[at + j];
    form += v[at + i] * (2 * sum + matrix[i * d + i] * v[at + i]);
  }
  return form;
}
