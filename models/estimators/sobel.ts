import { normalCdf } from "../../sim/numerics/normal.ts";
import { normalQuantile } from "../../sim/numerics/normalQuantile.ts";
import type { Interval, PathFit } from "./types.ts";

export type SobelVariant = "sobel" | "aroian" | "goodman";

export type SobelTest = {
  readonly se: number;
  readonly z: number;
  readonly p: number;
  readonly ci: Interval;
  readonly significant: boolean;
};

/**
 * Normal-theory test of ab: z = ab/se, two-sided normal p, interval ab ± z_crit·se, with
 * se² = a²se_b² + b²se_a² (sobel, first order), + se_a²se_b² (aroian, second order), or − se_a²se_b² (goodman, unbiased).
 *
 * @param fit   the paths and their standard errors (> 0)
 * @param level confidence level in (0, 1)
 * @returns the test; null where se² is not positive (goodman with two weak paths, sobel at a = b = 0), so that there is no test
 * @source  Sobel (1982), doi:10.2307/270723; Aroian (1947), doi:10.1214/aoms/1177730442; Goodman (1960), doi:10.1080/01621459.1960.10483369
 */
export function sobel(fit: PathFit, level: number, variant: SobelVariant = "sobel"): SobelTest | null {
  const variance = productVariance(fit, variant);
  if (!(variance > 0)) return null;
  const ab = fit.a * fit.b;
  const se = Math.sqrt(variance);
  const z = ab / se;
  const half = normalQuantile((1 + level) / 2) * se;
  const p = 2 * normalCdf(-Math.abs(z));
  return { se, z, p, ci: [ab - half, ab + half], significant: p < 1 - level };
}

function productVariance({ a, seA, b, seB }: PathFit, variant: SobelVariant): number {
  const firstOrder = a * seB * (a * seB) + b * seA * (b * seA);
  const secondOrder = seA * seB * (seA * seB);
  switch (variant) {
    case "sobel":
      return firstOrder;
    case "aroian":
      return firstOrder + secondOrder;
    case "goodman":
      return firstOrder - secondOrder;
  }
}
