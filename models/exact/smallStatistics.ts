import { absoluteTDensity } from "./absoluteT.ts";
import { smoothStep } from "./scaledChi.ts";
import { gaussLegendre } from "../../sim/numerics/quadrature.ts";
import { type StudyDesign, sigmaRule } from "./studyDesign.ts";

/**
 * Probability of Goodman's second rejection region: both statistics small, 1 < t_a² + t_b², t_a < 1 and
 * t_b² < c²(1 − t_a²)/(c² − t_a²). There the estimated variance of ab is next to nothing, so that even a
 * tiny ab is "significant" (for t_a² + t_b² ≤ 1 it is negative and there is no test). The region is part of the test as defined,
 * and part of its power; it is why the variant is not recommended.
 *
 * E_σ ∫₀¹ f(t_b | σ)·P(inner < |t_a| < outer | σ) dt_b, with inner² = 1 − t_b² and outer² = c²(1 − t_b²)/(c² − t_b²).
 *
 * @param c critical normal value, > 1
 */
export function smallStatisticsPower(design: StudyDesign, c: number, refine = 1): number {
  const { dfB, delta, tailA } = design;
  const sigma = sigmaRule(design, 1, refine);
  const density = absoluteTDensity(dfB, smoothStep(dfB) / refine);
  const { nodes, weights } = gaussLegendre(Math.round(40 * refine));
  let power = 0;
  for (let i = 0; i < nodes.length; i++) {
    // t_b = 1 − (1 − u)² clusters the nodes where the strip is thin, at t_b = 1.
    const rest = (1 - nodes[i]) / 2;
    const tB = 1 - rest * rest;
    const inner = Math.sqrt(1 - tB * tB);
    const outer = (c * inner) / Math.sqrt(c * c - tB * tB);
    let strip = 0;
    for (let j = 0; j < sigma.nodes.length; j++) {
      const r = sigma.nodes[j];
      strip += sigma.weights[j] * density(tB, delta * r) * (tailA(inner * r) - tailA(outer * r));
    }
    power += weights[i] * rest * strip;
  }
  return power;
}
