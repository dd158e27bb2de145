import type { Design } from "./leastSquares.ts";

/** An orthonormal basis of a regression's columns, constant included; P = p + 1. */
export type OrthonormalBasis = {
  readonly n: number;
  readonly order: number;
  /** Q, n × P by rows. Column 0 is 1/√n; H = QQ′ is the hat matrix. */
  readonly q: Float64Array;
  /** S, P × P by rows, with (constant, slopes) = S·Q′y. The columns' products have the inverse (X′X)⁻¹ = S S′. */
  readonly toCoefficients: Float64Array;
};

/**
 * Q and S of a factorized design, X = Q S⁻¹.
 *
 * @param design factorized columns, without the constant
 * @source Golub & Van Loan, Matrix Computations, 4th ed., §5.1.6 (backward accumulation of the reflections)
 */
export function orthonormalBasis(design: Design): OrthonormalBasis {
  const { n, p } = design;
  const order = p + 1;
  const q = new Float64Array(n * order);
  const column = new Float64Array(n);
  for (let i = 0; i < n; i++) q[i * order] = 1 / Math.sqrt(n);
  for (let k = 0; k < p; k++) {
    column.fill(0);
    column[k] = 1;
    for (let j = k; j >= 0; j--) reflect(design.reflectors, j * n, n, column, j);
    for (let i = 0; i < n; i++) q[i * order + k + 1] = column[i];
  }
  return { n, order, q, toCoefficients: toCoefficients(design) };
}

/** column ← (I − vv′)·column, with v in `reflectors` from `start` on, zero above `from`, of squared length 2. */
function reflect(reflectors: Float64Array, start: number, n: number, column: Float64Array, from: number): void {
  let dot = 0;
  for (let i = from; i < n; i++) dot += reflectors[start + i] * column[i];
  for (let i = from; i < n; i++) column[i] -= dot * reflectors[start + i];
}

/** Slopes are R⁻¹Q′y in the columns' units, the constant is ȳ less the slopes at the columns' means. */
function toCoefficients({ n, p, means, lengths, triangle }: Design): Float64Array {
  const order = p + 1;
  const s = new Float64Array(order * order);
  s[0] = 1 / Math.sqrt(n);
  for (let k = 0; k < p; k++) {
    for (let j = k; j >= 0; j--) {
      let sum = j === k ? 1 : 0;
      for (let i = j + 1; i <= k; i++) sum -= triangle[j * p + i] * s[(i + 1) * order + k + 1] * lengths[i];
      s[(j + 1) * order + k + 1] = sum / triangle[j * p + j] / lengths[j];
    }
    for (let j = 0; j <= k; j++) s[k + 1] -= means[j] * s[(j + 1) * order + k + 1];
  }
  return s;
}
