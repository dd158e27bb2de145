/**
 * Every kind of random decision, by the small integer that addresses its stream.
 * Append only: a number that changes its meaning changes published results. A test checks that no two are equal.
 */
export const WHAT = {
  sufficientStatistics: 1,
  predictor: 2,
  covariates: 3,
  mediatorResidual: 4,
  outcomeResidual: 5,
  predictorError: 6,
  mediatorError: 7,
  outcomeError: 8,
  bootstrapRows: 9,
  monteCarloInterval: 10,
} as const;
