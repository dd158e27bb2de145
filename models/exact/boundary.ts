import { normalCdf, normalPdf } from "../../sim/numerics/normal.ts";
import { normalQuantile } from "../../sim/numerics/normalQuantile.ts";

/**
 * Edge of a rejection region in the quadrant of |t_a|, |t_b|: a falling curve, symmetric in the two, that comes down to
 * the critical value when the other statistic is infinite. A test rejects above it.
 */
export type Boundary = {
  /** Where the curve meets |t_a| = |t_b|. */
  readonly diagonal: number;
  /** Smallest |t| of one path that is significant when the other path has |t| = `t` ≥ diagonal. */
  partner(t: number): number;
  /** |d partner/dt|. */
  steepness(t: number): number;
  /** partner(∞), the critical value of a single path. */
  readonly limit: number;
};

/**
 * Sobel's family: t_a²·t_b²/(t_a² + t_b² + m) > c², that is t_b² > c²(t_a² + m)/(t_a² − c²) where t_a > c.
 *
 * @param c critical normal value
 * @param m 0 (sobel), 1 (aroian) or −1 (goodman, c > 1; its second region is apart: smallStatisticsRegion)
 */
export function sobelBoundary(c: number, m: number): Boundary {
  const square = c * c;
  const partner = (t: number) => c * Math.sqrt((t * t + m) / (t * t - square));
  return {
    diagonal: Math.sqrt(square + c * Math.sqrt(square + m)),
    partner,
    steepness: (t) => {
      const gap = t * t - square;
      return (square * (square + m) * t) / (partner(t) * gap * gap);
    },
    limit: c,
  };
}

/**
 * Product of two normals: P(a*b* ≤ 0) = Φ(t_a)Φ(−t_b) + Φ(−t_a)Φ(t_b) < α/2, that is Φ(−t_b) < (α/2 − p)/(1 − 2p) with
 * p = Φ(−t_a).
 *
 * @param alpha 1 − level
 */
export function productBoundary(alpha: number): Boundary {
  const quantile = (t: number) => {
    const p = normalCdf(-t);
    return (alpha / 2 - p) / (1 - 2 * p);
  };
  const partner = (t: number) => -normalQuantile(quantile(t));
  return {
    diagonal: -normalQuantile(alpha / 2 / (1 + Math.sqrt(1 - alpha))),
    partner,
    steepness: (t) => {
      const shrink = 1 - 2 * normalCdf(-t);
      return ((1 - alpha) * normalPdf(t)) / (shrink * shrink * normalPdf(partner(t)));
    },
    limit: -normalQuantile(alpha / 2),
  };
}
