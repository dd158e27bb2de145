import { normalCdf, normalPdf } from "../../sim/numerics/normal.ts";
import { gaussLegendre } from "../../sim/numerics/quadrature.ts";
import { scaledChiRule, smoothStep } from "./scaledChi.ts";

/** Tail probabilities of Z ± s·χ, with Z standard normal and χ² ~ χ²_df independent. */
export type NormalPlusChi = {
  /** P(Z + s·χ > w). */
  plus(w: number): number;
  /** P(Z − s·χ > w). */
  minus(w: number): number;
};

/** Φ(±8.3) differs from 0 or 1 by less than 1e-16. */
const EDGE = 8.3;
const FEW_DEGREES = 20;
const SQRT_2PI = 2.5066282746310002;

/**
 * Distribution of a normal plus or minus a multiple of a chi variable. Both paths' tests are of this kind: t_a's numerator is
 * Z + (a/√ve)·√S_xx, and |t_b| > t means Z + δ > t·χ/√df.
 *
 * Averages Φ over χ where the step of Φ is at least as wide as the spread of s·χ, which is always so with many degrees of
 * freedom and a fine enough rule; else (few degrees, large s) averages the χ distribution function over Z.
 *
 * @param s  multiple, ≥ 0
 * @param df degrees of freedom, ≥ 1
 */
export function normalPlusChi(s: number, df: number): NormalPlusChi {
  return s > 1.5 && df < FEW_DEGREES ? averageOverNormal(s, df) : averageOverChi(s, df);
}

function averageOverChi(s: number, df: number): NormalPlusChi {
  // Spacing of s·χ at most 0.8 SD of Z; beyond s = 12 the transition lies where no test has its critical value.
  const step = Math.min(smoothStep(df), 1.1 / Math.min(s, 12));
  const { nodes, weights } = scaledChiRule(df, step);
  const scale = s * Math.sqrt(df);
  const shifted = nodes.map((r) => scale * r);
  const lowest = shifted[0];
  const highest = shifted[shifted.length - 1];
  const tail = (sign: number, w: number) => {
    let sum = 0;
    for (let i = 0; i < shifted.length; i++) sum += weights[i] * normalCdf(sign * shifted[i] - w);
    return sum;
  };
  return {
    plus: (w) => (lowest - w > EDGE ? 1 : highest - w < -EDGE ? 0 : tail(1, w)),
    minus: (w) => (-lowest - w < -EDGE ? 0 : -highest - w > EDGE ? 1 : tail(-1, w)),
  };
}

function averageOverNormal(s: number, df: number): NormalPlusChi {
  const { nodes, weights } = gaussLegendre(48);
  /** ∫ φ(z)·P(χ ≤ direction·(z − w)/s) dz over the z with a positive argument. */
  const chiBelow = (direction: number, w: number) => {
    const low = direction > 0 ? Math.max(-EDGE, w) : -EDGE;
    const high = direction > 0 ? EDGE : Math.min(EDGE, w);
    if (low >= high) return 0;
    const half = (high - low) / 2;
    let sum = 0;
    for (let i = 0; i < nodes.length; i++) {
      const z = low + half * (1 + nodes[i]);
      sum += weights[i] * normalPdf(z) * chiCdf((direction * (z - w)) / s, df);
    }
    return half * sum;
  };
  return { plus: (w) => 1 - chiBelow(-1, w), minus: (w) => chiBelow(1, w) };
}

/**
 * P(χ_df ≤ x) for few degrees of freedom, by the finite sums of an integer df: absolute error below 1e-15,
 * ten times faster than the incomplete gamma function.
 *
 * @param x ≥ 0
 * @source Abramowitz & Stegun 26.4.4, 26.4.5
 */
function chiCdf(x: number, df: number): number {
  const density = normalPdf(x);
  if (df % 2 === 0) {
    let term = SQRT_2PI * density;
    let sum = term;
    for (let j = 2; j < df; j += 2) {
      term *= (x * x) / j;
      sum += term;
    }
    return 1 - sum;
  }
  let term = x;
  let sum = 0;
  for (let j = 1; j < df; j += 2) {
    sum += term;
    term *= (x * x) / (j + 2);
  }
  return 1 - 2 * (normalCdf(-x) + density * sum);
}
