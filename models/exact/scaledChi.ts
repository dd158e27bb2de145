import { exp, expm1 } from "../../sim/numerics/elementary.ts";

/** A discrete stand-in for a distribution: E[g(R)] ≈ Σ weights[i]·g(nodes[i]). Weights sum to 1. */
export type WeightedNodes = { readonly nodes: Float64Array; readonly weights: Float64Array };

/** Weights below e^−28 of the largest are left out: together below 1e-11. */
const NEGLIGIBLE_LOG_WEIGHT = -28;
/** Finest rules of the smallest df reach some 10,000 nodes; a cache of 64 rules stays in the low megabytes. */
const CACHE_SIZE = 64;
const cache = new Map<string, WeightedNodes>();

/**
 * Quadrature rule for R = √(χ²_df/df), the ratio of an estimated to a true residual SD.
 *
 * The trapezoid rule in y = ln R, whose density is proportional to exp(df·(y − (e^2y − 1)/2)): entire and decaying at
 * both ends, so that the rule converges faster than any power of the step. The logarithm also makes it blind to scale:
 * a step function Φ(δ − tR) is as smooth at R = 10⁻³ as at R = 1.
 *
 * @param df   degrees of freedom, ≥ 1
 * @param step spacing of the nodes, in units of 1/√(2·df), which for large df is the SD of ln R
 * @returns nodes in rising order
 */
export function scaledChiRule(df: number, step: number): WeightedNodes {
  const name = `${df}:${step}`;
  const known = cache.get(name);
  if (known !== undefined) return known;
  if (cache.size >= CACHE_SIZE) cache.clear();

  const h = step / Math.sqrt(2 * df);
  const below: number[] = [];
  const above: number[] = [];
  for (const [side, direction] of [
    [below, -1],
    [above, 1],
  ] as const) {
    for (let y = direction * h; df * logChiKernel(y) > NEGLIGIBLE_LOG_WEIGHT; y += direction * h) side.push(y);
  }
  const logs = [...below.reverse(), 0, ...above];
  const nodes = Float64Array.from(logs, exp);
  const weights = Float64Array.from(logs, (y) => exp(df * logChiKernel(y)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0; i < weights.length; i++) weights[i] /= total;

  const rule = { nodes, weights };
  cache.set(name, rule);
  return rule;
}

/** Step at which the trapezoid rule in ln R integrates a product of R's density and normal steps to about 1e-10. */
export function smoothStep(df: number): number {
  return df < 2 ? 0.35 : df < 5 ? 0.5 : df < 20 ? 0.65 : df < 100 ? 0.8 : 0.9;
}

/**
 * ∫ exp(df·(y − (e^2y − 1)/2)) dy over the real line: what the density of ln R is divided by.
 *
 * @param df degrees of freedom, ≥ 1
 * @returns the integral, relative error below 1e-11
 */
export function scaledChiMass(df: number): number {
  const h = 0.25 / Math.sqrt(2 * df);
  let sum = 1;
  for (const direction of [-1, 1]) {
    for (let y = direction * h; df * logChiKernel(y) > NEGLIGIBLE_LOG_WEIGHT - 4; y += direction * h) {
      sum += exp(df * logChiKernel(y));
    }
  }
  return h * sum;
}

/** Log density of ln R per degree of freedom, less its value at the mode y = 0. */
function logChiKernel(y: number): number {
  return y - expm1(2 * y) / 2;
}
