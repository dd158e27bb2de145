/** A pivot below this share of its diagonal counts as 0: the variable is a combination of those before it. */
const SINGULAR = 1e-12;

/**
 * Lower triangular L with L·L′ = S, row by row. Row i holds the regression of variable i on those before it.
 *
 * @param products symmetric matrix of cross-products S, p rows of length p; only the lower triangle is read
 * @returns p rows; null where a variable is a combination of those before it (to 1e-12 of its own sum of squares)
 * @source  Golub & Van Loan, Matrix Computations, 4th ed., §4.2
 */
export function cholesky(products: readonly Float64Array[]): Float64Array[] | null {
  const p = products.length;
  const factor = products.map(() => new Float64Array(p));
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      const raw = products[i][j];
      let value = raw;
      for (let l = 0; l < j; l++) value -= factor[i][l] * factor[j][l];
      if (i !== j) factor[i][j] = value / factor[j][j];
      else if (value > SINGULAR * raw) factor[i][j] = Math.sqrt(value);
      else return null;
    }
  }
  return factor;
}
