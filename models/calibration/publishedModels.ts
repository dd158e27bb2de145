import { clustersOf } from "../estimators/cluster/clusters.ts";
import { effectSizes } from "../estimators/effectSizes.ts";
import {
  fitMediation,
  M_INDEX,
  type MediationFailure,
  type MediationFit,
  X_INDEX,
} from "../estimators/fitMediation.ts";
import { fitMixed, mixedTests } from "../estimators/mixed/fitMixed.ts";
import { teamIntercepts } from "../estimators/mixed/randomIntercepts.ts";
import { slopeOf } from "../estimators/regressionTable.ts";
import type { OutcomeName } from "../service/outcomeParameters.ts";
import { factorize, fitResponse } from "../../sim/numerics/leastSquares.ts";

/** A column of the wide data by its name, "rprs4_5". */
export type Columns = (name: string) => Float64Array;

/** The two interviews at which outcomes follow alliance: Roebuck 2021 measures alliance 4.5 months before outcomes. */
export const OCCASIONS = [
  { alliance: "4_5", outcome: "9" },
  { alliance: "13_5", outcome: "18" },
] as const;
export type Occasion = (typeof OCCASIONS)[number];

/** Covariates of every published model, beside the outcome's own baseline: site is one number, as 300 degrees of freedom tell. */
const COVARIATES = ["age", "woman", "housed", "employed", "basicEd", "ace", "site", "longHosp"];
const LEVEL = 0.95;

/** The study's own levels: .01 for dependent variables with an ICC above .05, .05 for the rest. */
const STRICT = ["rprs13_5", "qoli18", "pgi18", "mcas9", "mcas18"];

/** What the published tables say of one mediation model. */
export type MediationStatistics = {
  readonly a: number;
  readonly b: number;
  readonly ab: number;
  /** In SD of X, M and Y. */
  readonly aStandardized: number;
  readonly bStandardized: number;
  readonly abStandardized: number;
  readonly directStandardized: number;
  readonly totalStandardized: number;
  /** 1 where significant at the study's level for that dependent variable, otherwise 0. */
  readonly aRejects: number;
  readonly bRejects: number;
  readonly directRejects: number;
  /** Of the outcome on fidelity, alliance and covariates. */
  readonly rSquared: number;
};

/**
 * One of the eight mediation models: fidelity exposure → RPRS → outcome 4.5 months later, with nine covariates (eight and the
 * baseline of the outcome), by ordinary least squares.
 *
 * @returns null where the model cannot be fitted
 */
export function mediationStatistics(
  column: Columns,
  outcome: OutcomeName,
  occasion: Occasion,
): MediationStatistics | null {
  const fit = fitOf(column, outcome, occasion);
  if (!fit.ok) return null;
  const sizes = effectSizes(fit);
  const a = slopeOf(fit.mediator, X_INDEX, LEVEL);
  const b = slopeOf(fit.outcome, M_INDEX, LEVEL);
  const { rss, explained } = fit.outcome.fit;
  const rejects = (dependent: string, p: number) => (p < (STRICT.includes(dependent) ? 0.01 : 0.05) ? 1 : 0);
  const alliance = `rprs${occasion.alliance}`;
  const y = outcome + occasion.outcome;
  return {
    a: a.estimate,
    b: b.estimate,
    ab: a.estimate * b.estimate,
    aStandardized: sizes.aStandardized,
    bStandardized: sizes.bStandardized,
    abStandardized: sizes.completelyStandardized,
    directStandardized: sizes.cPrimeStandardized,
    totalStandardized: sizes.cStandardized,
    aRejects: rejects(alliance, a.p),
    bRejects: rejects(y, b.p),
    directRejects: rejects(y, slopeOf(fit.outcome, X_INDEX, LEVEL).p),
    rSquared: explained / (rss + explained),
  };
}

/**
 * p of a total effect: of c in Y = i + cX + g′C + team + e, X, Y and the nine covariates C as in `mediationStatistics`, by a
 * linear mixed model with a random intercept for team, REML and Satterthwaite's df.
 *
 * @returns p in [0, 1]; NaN where the model cannot be fitted
 * @source  Latimer 2020 for mixed models; their random effects and covariates are not known here
 */
export function totalMixedP(column: Columns, outcome: OutcomeName, occasion: Occasion): number {
  const intercepts = teamIntercepts(clustersOf(column("team")));
  if (!intercepts.ok) return Number.NaN;
  const predictors = [column(`fid${occasion.alliance}`), ...covariatesOf(column, outcome)];
  const fit = fitMixed(column(outcome + occasion.outcome), predictors, intercepts, "REML");
  if (!fit.ok) return Number.NaN;
  const [, total] = mixedTests(fit, LEVEL);
  return total.p;
}

/**
 * The reciprocal path: RPRS at 13.5 months on nine covariates (step 1), and on the outcome at 9 months as well (step 2).
 *
 * @returns R² of step 1, and how much step 2 adds; NaN where the regression cannot be fitted
 */
export function feedbackStatistics(
  column: Columns,
  outcome: OutcomeName,
): { readonly covariates: number; readonly added: number } {
  const covariates = covariatesOf(column, outcome);
  const alliance = column("rprs13_5");
  const first = rSquaredOf(covariates, alliance);
  return { covariates: first, added: rSquaredOf([...covariates, column(`${outcome}9`)], alliance) - first };
}

function covariatesOf(column: Columns, outcome: OutcomeName): Float64Array[] {
  return [...COVARIATES, `${outcome}0`].map(column);
}

function fitOf(column: Columns, outcome: OutcomeName, occasion: Occasion): MediationFit | MediationFailure {
  const y = column(outcome + occasion.outcome);
  return fitMediation({
    n: y.length,
    x: column(`fid${occasion.alliance}`),
    m: column(`rprs${occasion.alliance}`),
    y,
    covariates: covariatesOf(column, outcome),
  });
}

function rSquaredOf(predictors: readonly Float64Array[], response: Float64Array): number {
  const design = factorize(predictors);
  if (!design.ok) return Number.NaN;
  const { rss, explained } = fitResponse(design, response);
  return explained / (rss + explained);
}
