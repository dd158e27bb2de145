import { M_INDEX, type MediationFit, pathsOf, X_INDEX } from "./fitMediation.ts";

/** Sizes of the effects, free of the units of one or both ends. sd: sample standard deviation, divisor n − 1. */
export type EffectSizes = {
  /** ab / sd_Y: outcome standard deviations per unit of X. */
  readonly partiallyStandardized: number;
  /** ab · sd_X / sd_Y. */
  readonly completelyStandardized: number;
  /** a · sd_X / sd_M, b · sd_M / sd_Y, c′ · sd_X / sd_Y, c · sd_X / sd_Y. */
  readonly aStandardized: number;
  readonly bStandardized: number;
  readonly cPrimeStandardized: number;
  readonly cStandardized: number;
  /** t / √(t² + df): correlation of X and M given the covariates; of M and Y given X and the covariates. */
  readonly partialRA: number;
  readonly partialRB: number;
  /** ab / c: not a share where c and ab differ in sign or ab exceeds c. */
  readonly proportionMediated: number;
  /** ab / c′. */
  readonly ratioIndirectToDirect: number;
  /** (a · sd_X / sd_M)² (b · sd_M / sd_Y)² = completelyStandardized², not corrected for its bias. */
  readonly upsilon: number;
  readonly sdX: number;
  readonly sdM: number;
  readonly sdY: number;
};

/** What effect sizes are made of: four slopes, three standard deviations, two partial correlations. */
export type EffectSizeBasis = {
  readonly a: number;
  readonly b: number;
  readonly cPrime: number;
  readonly c: number;
} & Pick<EffectSizes, "sdX" | "sdM" | "sdY" | "partialRA" | "partialRB">;

/** Effect sizes of a fitted mediation model. */
export function effectSizes(fit: MediationFit): EffectSizes {
  return effectSizesOf(effectSizeBasis(fit));
}

/** Slopes, standard deviations and partial correlations of ordinary regression. */
export function effectSizeBasis(fit: MediationFit): EffectSizeBasis {
  const { a, seA, dfA, b, seB, dfB } = pathsOf(fit);
  return {
    a,
    b,
    cPrime: fit.outcome.fit.coefficients[X_INDEX],
    c: fit.total.fit.coefficients[X_INDEX],
    sdX: fit.mediator.design.lengths[X_INDEX] / Math.sqrt(fit.n - 1),
    sdM: fit.outcome.design.lengths[M_INDEX] / Math.sqrt(fit.n - 1),
    sdY: Math.sqrt((fit.total.fit.rss + fit.total.fit.explained) / (fit.n - 1)),
    partialRA: partialCorrelation(a / seA, dfA),
    partialRB: partialCorrelation(b / seB, dfB),
  };
}

/**
 * Effect sizes of any estimator's slopes.
 *
 * @source  Preacher & Kelley (2011), doi:10.1037/a0022658 (standardized effects, ratios);
 *          Lachowicz, Preacher & Kelley (2018), doi:10.1037/met0000165 (upsilon)
 */
export function effectSizesOf({ a, b, cPrime, c, sdX, sdM, sdY, partialRA, partialRB }: EffectSizeBasis): EffectSizes {
  const ab = a * b;
  const completelyStandardized = (ab * sdX) / sdY;
  return {
    partiallyStandardized: ab / sdY,
    completelyStandardized,
    aStandardized: (a * sdX) / sdM,
    bStandardized: (b * sdM) / sdY,
    cPrimeStandardized: (cPrime * sdX) / sdY,
    cStandardized: (c * sdX) / sdY,
    partialRA,
    partialRB,
    proportionMediated: ab / c,
    ratioIndirectToDirect: ab / cPrime,
    upsilon: completelyStandardized * completelyStandardized,
    sdX,
    sdM,
    sdY,
  };
}

function partialCorrelation(t: number, df: number): number {
  return t / Math.sqrt(t * t + df);
}
