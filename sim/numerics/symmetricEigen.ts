const EPSILON = 2.220446049250313e-16;
/** Squared length of a row, beside a largest entry of 1, below which its entries are 0 to double precision. */
const NO_ROW = 1e-40;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, A = Σ valuesₖ·vₖvₖ′: Householder reduction to tridiagonal form, then
 * implicit QR steps with Wilkinson's shift.
 *
 * @param matrix  p × p by rows, symmetric, finite; destroyed
 * @param p       order, ≥ 1
 * @param values  length p, receives the eigenvalues, in no particular order
 * @param vectors p × p, receives the eigenvectors: vₖ is row k, of length 1
 * @returns nothing; eigenvalues have an absolute error of a few units in the last place of the largest
 * @throws  RangeError if an entry is not finite
 * @source  Golub & Van Loan, Matrix Computations, 4th ed., algorithms 8.3.1 to 8.3.3
 */
export function symmetricEigen(matrix: Float64Array, p: number, values: Float64Array, vectors: Float64Array): void {
  const unit = largestEntry(matrix);
  if (!(unit < Number.POSITIVE_INFINITY)) throw new RangeError("symmetricEigen: entries must be finite");
  if (unit > 0) for (let i = 0; i < p * p; i++) matrix[i] /= unit;
  const off = new Float64Array(p);
  tridiagonalize(matrix, p, values, off, vectors);
  let scale = 0;
  for (let k = 0; k < p; k++) scale = Math.max(scale, Math.abs(values[k]) + 2 * Math.abs(off[k]));
  const negligible = EPSILON * scale;
  for (let last = p - 1; last > 0; last--) {
    while (Math.abs(off[last - 1]) > negligible) {
      let first = last - 1;
      while (first > 0 && Math.abs(off[first - 1]) > negligible) first--;
      qrStep(values, off, first, last, vectors, p);
    }
  }
  for (let k = 0; k < p; k++) values[k] *= unit;
}

/** NaN if there is one. */
function largestEntry(matrix: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < matrix.length; i++) largest = Math.max(largest, Math.abs(matrix[i]));
  return largest;
}

/**
 * A = Q T Q′: T's diagonal and off-diagonal (off[k] couples k and k + 1), Q′ by rows.
 * Reflection k, I − v·v′ with |v|² = 2, acts on the rows and columns after k; v replaces row k of the matrix.
 */
function tridiagonalize(a: Float64Array, p: number, diagonal: Float64Array, off: Float64Array, qt: Float64Array): void {
  const product = new Float64Array(p);
  for (let k = 0; k < p - 2; k++) {
    const row = k * p;
    let squares = 0;
    for (let j = k + 1; j < p; j++) squares += a[row + j] * a[row + j];
    if (squares < NO_ROW) {
      off[k] = 0;
      continue;
    }
    const length = Math.sqrt(squares);
    const head = a[row + k + 1];
    const image = head > 0 ? -length : length;
    off[k] = image;
    a[row + k + 1] = head - image;
    const toSquaredLength2 = 1 / Math.sqrt(length * Math.abs(head - image));
    for (let j = k + 1; j < p; j++) a[row + j] *= toSquaredLength2;
    // With q = A v − ½(v′A v)v the reflected matrix is A − v q′ − q v′.
    let quadratic = 0;
    for (let i = k + 1; i < p; i++) {
      let sum = 0;
      for (let j = k + 1; j < p; j++) sum += a[i * p + j] * a[row + j];
      product[i] = sum;
      quadratic += sum * a[row + i];
    }
    for (let i = k + 1; i < p; i++) product[i] -= 0.5 * quadratic * a[row + i];
    for (let i = k + 1; i < p; i++) {
      const v = a[row + i];
      const q = product[i];
      for (let j = k + 1; j < p; j++) a[i * p + j] -= v * product[j] + q * a[row + j];
    }
  }
  if (p > 1) off[p - 2] = a[(p - 2) * p + p - 1];
  off[p - 1] = 0;

  qt.fill(0);
  for (let k = 0; k < p; k++) {
    diagonal[k] = a[k * p + k];
    qt[k * p + k] = 1;
  }
  for (let k = p - 3; k >= 0; k--) {
    if (off[k] === 0) continue;
    const row = k * p;
    for (let i = k + 1; i < p; i++) {
      let sum = 0;
      for (let j = k + 1; j < p; j++) sum += qt[i * p + j] * a[row + j];
      for (let j = k + 1; j < p; j++) qt[i * p + j] -= sum * a[row + j];
    }
  }
}

/** One QR step on the block first … last of the tridiagonal matrix, its rotations taken into the rows of Q′. */
function qrStep(d: Float64Array, off: Float64Array, first: number, last: number, qt: Float64Array, p: number): void {
  const half = 0.5 * (d[last - 1] - d[last]);
  const end = off[last - 1];
  const root = Math.sqrt(half * half + end * end);
  const shift = d[last] - (end * end) / (half < 0 ? half - root : half + root);
  let x = d[first] - shift;
  let z = off[first];
  for (let k = first; k < last; k++) {
    const r = Math.sqrt(x * x + z * z);
    const c = r === 0 ? 1 : x / r;
    const s = r === 0 ? 0 : z / r;
    if (k > first) off[k - 1] = r;
    const upper = d[k];
    const lower = d[k + 1];
    const between = off[k];
    const turn = s * (lower - upper) + 2 * c * between;
    d[k] = upper + s * turn;
    d[k + 1] = lower - s * turn;
    off[k] = c * turn - between;
    x = off[k];
    if (k < last - 1) {
      z = s * off[k + 1];
      off[k + 1] *= c;
    }
    const row = k * p;
    for (let j = row; j < row + p; j++) {
      const a = qt[j];
      const b = qt[j + p];
      qt[j] = c * a + s * b;
      qt[j + p] = c * b - s * a;
    }
  }
}
