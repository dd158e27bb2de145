import { chiSquareQuantile } from "./chiSquare.ts";
import { fUpper } from "./fDistribution.ts";
import { betaTerm, poissonTerm, regularizedBeta } from "./gamma.ts";
import { findRoot } from "./roots.ts";

/** Poisson weights below this share of the largest are left out. */
const NEGLIGIBLE = 1e-18;

/**
 * Distribution function of the noncentral F distribution: Σⱼ e^(−λ/2)(λ/2)ʲ/j! · I_x(df1/2 + j, df2/2) with
 * x = df1·f/(df1·f + df2), summed from the most probable j outwards; neighbouring beta integrals differ by one term.
 *
 * @param f      statistic, ≥ 0
 * @param df1    numerator degrees of freedom, > 0 (real)
 * @param df2    denominator degrees of freedom, > 0 (real)
 * @param lambda noncentrality, ≥ 0
 * @returns P(F ≤ f), absolute error below 1e-13 (measured for λ ≤ 400: test/oracle/numerics/noncentralF.json)
 * @throws  RangeError if f or lambda is negative or not finite, or a df not positive and finite
 * @source  DLMF §8.17(iv) for the recurrence; Johnson, Kotz & Balakrishnan (1995), Continuous Univariate Distributions 2, §30.2
 */
export function noncentralFCdf(f: number, df1: number, df2: number, lambda: number): number {
  if (!(f >= 0 && lambda >= 0 && f < Number.POSITIVE_INFINITY && lambda < Number.POSITIVE_INFINITY))
    throw new RangeError(`noncentralFCdf: f and lambda must be >= 0 and finite, got ${f} and ${lambda}`);
  if (lambda === 0) return 1 - fUpper(f, df1, df2);
  const ratio = (df1 * f) / df2;
  const y = 1 / (1 + ratio);
  const x = ratio * y;
  if (x === 0) return 0;
  const [a, b] = [df1 / 2, df2 / 2];
  const mode = Math.floor(lambda / 2);
  const weightAtMode = poissonTerm(mode, lambda / 2);
  const betaAtMode = regularizedBeta(x, a + mode, b, y);
  // step = I_x(a + j, b) − I_x(a + j + 1, b) = xᵃ⁺ʲ yᵇ/((a + j)·B(a + j, b))
  const stepAtMode = betaTerm(x, y, a + mode, b) / (a + mode);

  let sum = 0;
  let weight = weightAtMode;
  let beta = betaAtMode;
  let step = stepAtMode;
  for (let j = mode; weight > NEGLIGIBLE * weightAtMode && beta > 0; j++) {
    sum += weight * beta;
    beta -= step;
    step *= (x * (a + b + j)) / (a + j + 1);
    weight *= lambda / 2 / (j + 1);
  }
  weight = weightAtMode;
  beta = betaAtMode;
  step = stepAtMode;
  for (let j = mode; j > 0 && weight > NEGLIGIBLE * weightAtMode; ) {
    weight *= j / (lambda / 2);
    step *= (a + j) / (x * (a + b + j - 1));
    beta += step;
    j--;
    sum += weight * Math.min(beta, 1);
  }
  return Math.min(sum, 1);
}

/**
 * The noncentrality at which an observed F is the given quantile: λ with P(F ≤ f | λ) = p; 0 where even λ = 0 puts it lower.
 * Limits of an interval for λ are those at p = 1 − α/2 (lower) and p = α/2 (upper).
 *
 * @param p probability in (0, 1)
 * @returns λ ≥ 0
 * @source  Steiger & Fouladi (1997), Noncentrality interval estimation, in What if there were no significance tests?
 */
export function noncentralityOfF(f: number, df1: number, df2: number, p: number): number {
  const excess = (lambda: number) => noncentralFCdf(f, df1, df2, lambda) - p;
  if (excess(0) <= 0) return 0;
  // With df2 infinite, λ is below (√(df1·f) + z)² and a margin for df1; small df2 may need more.
  let high = df1 * f + chiSquareQuantile(0.999, df1 + 2) + 10;
  while (excess(high) > 0) high *= 2;
  return findRoot(excess, 0, high, 1e-12 * high);
}
