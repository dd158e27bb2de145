import type { Derivatives, Likelihood } from "./restrictedLikelihood.ts";
import { quadraticForms } from "./triangle.ts";

/**
 * Satterthwaite's degrees of freedom of a mixed model's coefficients, 2v²/(g′Ag) with v = var(β̂ⱼ) and A = 2H⁻¹.
 *
 * In the ratios τ and ψ = σ²/σ̂², which leave df as it is in any other parameters: with c = L⁻¹·contrast,
 * v ∝ ψ|c|², ∂v/∂τᵢ ∝ c′Mᵢc (M the likelihood's `spread`), and the Hessian has the blocks H_ψψ = N, H_iψ = N·mᵢ with
 * mᵢ = −(∂RSS/∂τᵢ)/RSS. Eliminating ψ leaves the profile Hessian H of the ratios:
 *   df = |c|⁴/(|c|⁴/N + d′H⁻¹d), dᵢ = c′Mᵢc − mᵢ|c|².
 * A ratio of 0 drops out: by its square root, in which lme4 works, the deviance is even, so that v has no slope there.
 *
 * Known limit, lmerTest's too: where the estimate reaches 0, df of a coefficient between teams jump from about the number of
 * teams to n − P, so that such fits reject a true null too often (and the others too rarely). lmerTest takes differences where
 * this is analytic: it agrees to 1e-5 down to ratios of 1e-4 and is a tenth off at 1e-6 (test/oracle/mixed).
 *
 * @param contrasts a column L⁻¹·contrast for each coefficient, P × P by rows
 * @param ratios    the estimate, where `derivatives` were taken
 * @returns length P
 * @source  Kuznetsova, Brockhoff & Christensen (2017), doi:10.18637/jss.v082.i13
 */
export function satterthwaite(
  contrasts: Float64Array,
  { nRatios, nEffective, spread }: Likelihood,
  { hessian, shrinkage }: Derivatives,
  ratios: Float64Array,
): Float64Array {
  const order = Math.sqrt(contrasts.length);
  const forms = spread.map((matrix) => quadraticForms(matrix, order, order + 1, contrasts, order));
  const slopes = new Float64Array(nRatios);
  const result = new Float64Array(order);
  for (let j = 0; j < order; j++) {
    let length = 0;
    for (let k = 0; k < order; k++) length += contrasts[k * order + j] * contrasts[k * order + j];
    for (let i = 0; i < nRatios; i++) slopes[i] = ratios[i] === 0 ? 0 : forms[i][j] / length - shrinkage[i];
    result[j] = 1 / (1 / nEffective + inverseForm(hessian, slopes, ratios));
  }
  return result;
}

/** d′H⁻¹d over the ratios that are not 0. */
function inverseForm(h: Float64Array, d: Float64Array, ratios: Float64Array): number {
  const kept = [0, 1].filter((i) => ratios[i] > 0);
  if (kept.length === 0) return 0;
  const size = ratios.length;
  const [i] = kept;
  if (kept.length === 1) return (d[i] * d[i]) / h[i * size + i];
  return (h[3] * d[0] * d[0] - 2 * h[1] * d[0] * d[1] + h[0] * d[1] * d[1]) / (h[0] * h[3] - h[1] * h[2]);
}
