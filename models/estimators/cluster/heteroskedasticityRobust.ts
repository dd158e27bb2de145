import { exp, log } from "../../../sim/numerics/elementary.ts";
import type { OrthonormalBasis } from "../../../sim/numerics/orthonormalBasis.ts";
import { coefficientCovariance, rowProducts } from "./sandwich.ts";

export type HeteroskedasticityType = "HC0" | "HC1" | "HC2" | "HC3" | "HC4";

/** A case whose leverage is nearer 1 than this determines a coefficient by itself: its residual is 0 whatever happens. */
const FULL_LEVERAGE = 1e-10;

/**
 * Covariance of least-squares coefficients that allows each case a variance of its own:
 * (X′X)⁻¹ X′ diag(ωᵢeᵢ²) X (X′X)⁻¹ with leverages hᵢ and P coefficients, where ωᵢ is 1 (HC0), n/(n − P) (HC1),
 * 1/(1 − hᵢ) (HC2), 1/(1 − hᵢ)² (HC3), (1 − hᵢ)^−min(4, n·hᵢ/P) (HC4).
 * A case of leverage 1 adds nothing; other programs print noise or NaN for HC2 to HC4 there.
 *
 * @param basis     of the design, P columns with the constant first
 * @param residuals length n
 * @returns P × P by rows, the constant first; the tests use n − P degrees of freedom
 * @source  Long & Ervin (2000), doi:10.1080/00031305.2000.10474549; HC4: Cribari-Neto (2004),
 *          doi:10.1016/S0167-9473(02)00366-3. R's sandwich gives the same to 1e-12 (test/oracle/cluster)
 */
export function heteroskedasticityRobust(
  basis: OrthonormalBasis,
  residuals: Float64Array,
  type: HeteroskedasticityType,
): Float64Array {
  const { n, order, q } = basis;
  const weights = caseWeights(basis, type);
  const meat = new Float64Array(order * order);
  for (let i = 0; i < n; i++) {
    const row = i * order;
    const weight = residuals[i] * residuals[i] * weights[i];
    for (let j = 0; j < order; j++) {
      const factor = weight * q[row + j];
      for (let k = 0; k <= j; k++) meat[j * order + k] += factor * q[row + k];
    }
  }
  return coefficientCovariance(basis, meat);
}

/** What each case adds to a coefficient's error, √ωᵢ·eᵢ·(its weight in the coefficient): their squares add up to its variance. */
export function caseContributions(
  basis: OrthonormalBasis,
  residuals: Float64Array,
  type: HeteroskedasticityType,
  coefficient: number,
): Float64Array {
  const { order, q, toCoefficients } = basis;
  const weights = caseWeights(basis, type);
  const products = rowProducts(q, toCoefficients.subarray(coefficient * order, (coefficient + 1) * order));
  return products.map((product, i) => Math.sqrt(weights[i]) * residuals[i] * product);
}

/** ω of each case; 0 at leverage 1. */
function caseWeights({ n, order, q }: OrthonormalBasis, type: HeteroskedasticityType): Float64Array {
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let leverage = 0;
    for (let j = i * order; j < (i + 1) * order; j++) leverage += q[j] * q[j];
    const left = 1 - leverage;
    if (left >= FULL_LEVERAGE) weights[i] = weightOf(type, left, n, order);
  }
  return weights;
}

/** ω of one case; `left` is 1 − h. */
function weightOf(type: HeteroskedasticityType, left: number, n: number, order: number): number {
  switch (type) {
    case "HC0":
      return 1;
    case "HC1":
      return n / (n - order);
    case "HC2":
      return 1 / left;
    case "HC3":
      return 1 / (left * left);
    case "HC4":
      return exp(-Math.min(4, (n * (1 - left)) / order) * log(left));
  }
}
