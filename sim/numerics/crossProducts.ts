/**
 * out ← out + Σᵢ uᵢvᵢ for every column u of the left and v of the right up to the same position: the lower triangle of a
 * d × d matrix by rows. Four sums at a time, so that none waits for the one before it.
 *
 * @param left  d columns of length n, one after the other
 * @param right as left; the same for plain products, weighted columns for weighted ones
 */
export function addCrossProducts(
  left: Float64Array,
  right: Float64Array,
  d: number,
  n: number,
  out: Float64Array,
): void {
  for (let j = 0; j < d; j++) {
    const from = j * n;
    const at = j * d;
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
        const value = left[from + i];
        s0 += value * right[c0 + i];
        s1 += value * right[c1 + i];
        s2 += value * right[c2 + i];
        s3 += value * right[c3 + i];
      }
      out[at + k] += s0;
      if (k + 1 <= j) out[at + k + 1] += s1;
      if (k + 2 <= j) out[at + k + 2] += s2;
      if (k + 3 <= j) out[at + k + 3] += s3;
    }
  }
}
