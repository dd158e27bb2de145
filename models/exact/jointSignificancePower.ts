import { normalPlusChi } from "./normalPlusChi.ts";
import { type StudyDesign, sigmaRule } from "./studyDesign.ts";
import { tQuantile } from "../../sim/numerics/studentT.ts";

/**
 * Power of the joint significance test: P(|t_a| > c_a, |t_b| > c_b) with the t critical values of the two regressions.
 * Given σ, the estimated over the true residual SD of M, the two events are independent:
 * power = E_σ[P(|W| > c_a·σ) · P(|Z + delta·σ| > c_b·R)].
 *
 * @param level  in (0, 1)
 * @param refine divides every step: for checks of the error
 */
export function jointSignificancePower(design: StudyDesign, level: number, refine = 1): number {
  const { dfA, dfB, delta, tailA } = design;
  const p = 1 - (1 - level) / 2;
  const criticalA = tQuantile(p, dfA);
  const criticalB = tQuantile(p, dfB);
  const { nodes, weights } = sigmaRule(design, criticalA, refine);
  const noise = normalPlusChi(criticalB / Math.sqrt(dfB), dfB);
  let power = 0;
  for (let i = 0; i < nodes.length; i++) {
    const shift = delta * nodes[i];
    power += weights[i] * tailA(criticalA * nodes[i]) * (noise.minus(-shift) + noise.minus(shift));
  }
  return power;
}
