/**
 * Products of every pair of columns, Σᵢ uᵢvᵢ, four at a time so that no sum waits for the one before it.
 *
 * @param columns d columns of length n, one after the other
 * @returns d × d by rows; the lower triangle
 */
export function crossProducts(columns: Float64Array, d: number, n: number): Float64Array {
  const result = new Float64Array(d * d);
  for (let j = 0; j < d; j++) {
    const left = j * n;
    for (let k = 0; k <= j; k += 4) {
      // Past the diagonal a column is read again, and its sum dropped.
      const c0 = k * n;
      const c1 = Math.min(k + 1, j) * n;
      const c2 = Math.min(k + 2, j) * n;
      const c3 = Math.min(k + 3, j) * n;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let i = 0; i < n; i++) {
        const value = columns[left + i];
        s0 += value * columns[c0 + i];
        s1 += value * columns[c1 + i];
        s2 += value * columns[c2 + i];
        s3 += value * columns[c3 + i];
      }
      const at = j * d;
      result[at + k] = s0;
      if (k + 1 <= j) result[at + k + 1] = s1;
      if (k + 2 <= j) result[at + k + 2] = s2;
      if (k + 3 <= j) result[at + k + 3] = s3;
    }
  }
  return result;
}
