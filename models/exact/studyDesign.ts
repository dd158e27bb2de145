import { exp, log, log1p } from "../../sim/numerics/elementary.ts";
import { normalCdf } from "../../sim/numerics/normal.ts";
import type { Population } from "../paths/population.ts";
import { treatedCount } from "../paths/population.ts";
import { gaussLegendre } from "../../sim/numerics/quadrature.ts";
import { normalPlusChi } from "./normalPlusChi.ts";
import { scaledChiRule, smoothStep, type WeightedNodes } from "./scaledChi.ts";

/**
 * What decides the distribution of (t_a, t_b) in one study: t_a = W/σ and t_b = (Z₂ + delta·σ)/R, where σ = √(χ²_dfA/dfA)
 * is the estimated over the true residual SD of M, R = √(χ²_dfB/dfB) that of Y, and W, Z₂, σ, R are independent.
 * Signs of the paths do not matter to two-sided tests: both effects are taken as positive.
 */
export type StudyDesign = {
  /** n − 2 − k and n − 3 − k, for k covariates. */
  readonly dfA: number;
  readonly dfB: number;
  /** P(|W| > w), W = Z₁ + (|a|/√ve)·√S with S the sum of squares of X given the covariates. */
  readonly tailA: (w: number) => number;
  /** About the mean of W, and the share of its SD that comes from S, per unit of W. */
  readonly centreA: number;
  /** Noncentrality of t_b at σ = 1: (|b|/√vy)·√(ve·dfA). */
  readonly delta: number;
};

/** Fewest clients that leave a residual degree of freedom in both regressions. */
export function fewestClients(nCovariates: number): number {
  return nCovariates + 4;
}

/**
 * @param population with normalTheory
 * @param nClients   at least fewestClients
 */
export function studyDesign(population: Population, nClients: number): StudyDesign {
  const k = population.nCovariates;
  const dfA = nClients - 2 - k;
  const slope = Math.abs(population.aObs) / Math.sqrt(population.veObs);
  const delta = Math.abs(population.bObs) * Math.sqrt((population.veObs / population.vyObs) * dfA);
  const base = { dfA, dfB: dfA - 1, delta };

  if (population.x.distribution === "normal") {
    const s = slope * Math.sqrt(population.variances.x + population.variances.xErr);
    const w = normalPlusChi(s, dfA + 1);
    return { ...base, tailA: (t) => w.plus(t) + w.minus(t), centreA: s * Math.sqrt(dfA + 1) };
  }
  const treated = treatedCount(nClients, population.x.share);
  const shift = slope * Math.sqrt((treated * (nClients - treated)) / nClients);
  if (k === 0) return { ...base, tailA: (t) => normalCdf(shift - t) + normalCdf(-shift - t), centreA: shift };
  return { ...base, ...fixedPredictorGivenCovariates(shift, dfA + 1, k) };
}

/**
 * Quadrature rule for σ, stepped for what is averaged over it: the distribution of t_b given σ, whose position delta·σ
 * follows ln σ, narrows the integrand by up to √2 when delta is large; a fixed X makes P(|t_a| > t | σ) a step of width 1/t.
 *
 * @param widestT largest |t_a| at which P(|t_a| > t | σ) matters by itself
 * @param refine  divides the step: for checks of the error
 */
export function sigmaRule({ dfA, delta }: StudyDesign, widestT: number, refine: number): WeightedNodes {
  const narrowed = smoothStep(dfA) / Math.sqrt(1 + 1 / (1 + (2 * dfA) / (delta * delta)));
  return scaledChiRule(dfA, Math.min(narrowed, (0.5 / widestT) * Math.sqrt(2 * dfA)) / refine);
}

/**
 * X fixed by design, covariates normal and independent of it: a random k-dimensional subspace takes its share, so that
 * S = S_xx·cos²φ with cos²φ ~ Beta(d/2, k/2), d = n − 1 − k. With cos φ = 1/cosh z the density of z is proportional to
 * tanh^(k−1) z · cosh^(−d) z, smooth on z ≥ 0, and the step of Φ(shift/cosh z − w) is about 1/w wide at any shift.
 */
function fixedPredictorGivenCovariates(shift: number, d: number, k: number) {
  const logDensity = (z: number) => {
    const sinh = (exp(z) - exp(-z)) / 2;
    const sinhSquare = sinh * sinh;
    return -((d + k - 1) / 2) * log1p(sinhSquare) + (k > 1 ? (k - 1) * log(sinh) : 0);
  };
  const sinhMode = Math.sqrt((k - 1) / d);
  const mode = log(sinhMode + Math.sqrt(1 + sinhMode * sinhMode));
  const top = mode > 0 ? logDensity(mode) : 0;
  const stride = 1 / Math.sqrt(d);
  let high = mode + stride;
  while (logDensity(high) > top - 32) high += stride;
  let low = mode;
  while (low > 0 && logDensity(low) > top - 32) low = Math.max(0, low - stride);

  const { nodes, weights } = gaussLegendre(d < 20 ? 128 : 48);
  const half = (high - low) / 2;
  const centres = new Float64Array(nodes.length);
  const masses = new Float64Array(nodes.length);
  let total = 0;
  let mean = 0;
  for (let i = 0; i < nodes.length; i++) {
    const z = low + half * (1 + nodes[i]);
    masses[i] = weights[i] * exp(logDensity(z) - top);
    centres[i] = (2 * shift) / (exp(z) + exp(-z));
    total += masses[i];
    mean += masses[i] * centres[i];
  }
  const tailA = (w: number) => {
    let sum = 0;
    for (let i = 0; i < nodes.length; i++) {
      sum += masses[i] * (normalCdf(centres[i] - w) + normalCdf(-centres[i] - w));
    }
    return sum / total;
  };
  return { tailA, centreA: mean / total };
}
