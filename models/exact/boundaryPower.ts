import { exp, log } from "../../sim/numerics/elementary.ts";
import { absoluteTDensity } from "./absoluteT.ts";
import type { Boundary } from "./boundary.ts";
import { gaussLegendre } from "../../sim/numerics/quadrature.ts";
import { smoothStep, type WeightedNodes } from "./scaledChi.ts";
import { type StudyDesign, sigmaRule } from "./studyDesign.ts";

/** What a panel or a tail may add at most to be left out. */
const NEGLIGIBLE = 1e-12;
/** The curve bends within a few units of its diagonal. */
const BEND = 4;
/** Widest panel in ln t. */
const WIDEST_LOG = 4;

/**
 * Power of a test that rejects above a boundary in (|t_a|, |t_b|).
 *
 * Given σ the two statistics are independent, so that
 * power = E_σ ∫ f(t_b | σ) P(|W| > partner(t_b)·σ) dt_b, over all |t_b| > limit. The half above the diagonal is integrated over t_b;
 * the half below it over t_a, with t_b = partner(t_a): neither integrand has a singular end, and a sharp rise of P(|t_a| > t)
 * far out, where t_b hardly moves, keeps its own scale. Gauss–Legendre in ln t on panels cut where the integrand bends.
 *
 * @param refine divides every step: for checks of the error
 */
export function boundaryPower(design: StudyDesign, boundary: Boundary, refine = 1): number {
  const { dfA, dfB, delta, tailA, centreA } = design;
  const sigma = sigmaRule(design, boundary.diagonal, refine);
  const density = absoluteTDensity(dfB, smoothStep(dfB) / refine);
  const { diagonal, limit, partner, steepness } = boundary;
  const nNodes = Math.round((dfB < 20 ? 40 : 32) * refine);

  /** E_σ[f(t_b | σ) · P(|t_a| > t_a | σ)]. */
  const both = (tA: number, tB: number) => {
    let sum = 0;
    for (let i = 0; i < sigma.nodes.length; i++) {
      const f = sigma.weights[i] * density(tB, delta * sigma.nodes[i]);
      if (f * tB > 1e-16) sum += f * tailA(tA * sigma.nodes[i]);
    }
    return sum;
  };
  const marginalDensity = (tB: number) => mean(sigma, (r) => density(tB, delta * r));
  const marginalTail = (tA: number) => mean(sigma, (r) => tailA(tA * r));

  const spreadB = (t: number) => Math.sqrt(1 + (t * t) / dfB);
  const spreadA = (t: number) => Math.sqrt(1 + (t * t) / dfA);

  let high = Math.max(diagonal, delta);
  do high += spreadB(high);
  while (spreadB(high) * marginalDensity(high) > NEGLIGIBLE);
  let low = Math.max(diagonal, delta);
  while (low > diagonal && spreadB(low) * marginalDensity(low) > NEGLIGIBLE) low -= spreadB(low);
  low = Math.max(low, diagonal);

  let power = panels([low, diagonal + BEND, high], nNodes, (tB) => both(partner(tB), tB));
  if (low > diagonal) return power;

  const remains = (t: number) => (partner(t) - limit) * marginalTail(t) > NEGLIGIBLE;
  let end = Math.max(diagonal, centreA);
  do end += spreadA(end);
  while (remains(end));
  let rise = Math.max(diagonal, centreA);
  while (rise > diagonal && 1 - marginalTail(rise) > 10 * NEGLIGIBLE) rise -= spreadA(rise);

  power += panels([diagonal, diagonal + BEND, rise, end], nNodes, (tA) =>
    partner(tA) > limit ? steepness(tA) * both(tA, partner(tA)) : 0,
  );
  return power;
}

function mean(rule: WeightedNodes, g: (r: number) => number): number {
  let sum = 0;
  for (let i = 0; i < rule.nodes.length; i++) sum += rule.weights[i] * g(rule.nodes[i]);
  return sum;
}

/**
 * ∫ g from the first cut to the last, Gauss–Legendre in ln t between neighbours; cuts outside that range are ignored, and
 * wide panels (heavy tails of few degrees of freedom) are divided.
 */
function panels(cuts: readonly number[], nNodes: number, g: (t: number) => number): number {
  const first = cuts[0];
  const last = cuts[cuts.length - 1];
  const inside = cuts.filter((t) => t >= first && t <= last).sort((left, right) => left - right);
  const { nodes, weights } = gaussLegendre(nNodes);
  let total = 0;
  for (let panel = 1; panel < inside.length; panel++) {
    const start = log(inside[panel - 1]);
    const width = log(inside[panel]) - start;
    const nPieces = Math.max(1, Math.ceil(width / WIDEST_LOG));
    const half = width / nPieces / 2;
    for (let piece = 0; piece < nPieces; piece++) {
      for (let i = 0; i < nNodes; i++) {
        const t = exp(start + half * (2 * piece + 1 + nodes[i]));
        total += half * weights[i] * t * g(t);
      }
    }
  }
  return total;
}
