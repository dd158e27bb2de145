import { factorize, fitResponse } from "../../sim/numerics/leastSquares.ts";
import type { Clusters } from "./cluster/clusters.ts";
import { coefficientTest } from "./cluster/coefficientTest.ts";
import { type ColumnNames, type ColumnRole, nameOf } from "./fitMediation.ts";
import type { Coefficient } from "./regressionTable.ts";
import { regressTeamMeans, type TeamVariance } from "./teamMeans.ts";
import type { PathFit, StudyData } from "./types.ts";

export type WithinBetweenFailure =
  /** Fewer teams than team-level coefficients, or fewer clients than within-team ones. */
  | { readonly ok: false; readonly kind: "tooFewClusters"; readonly nClusters: number; readonly needed: number }
  | { readonly ok: false; readonly kind: "tooFewCases"; readonly n: number; readonly needed: number }
  /** X differs between clients of one team: it is not a team's. */
  | { readonly ok: false; readonly kind: "variesWithin"; readonly column: "x"; readonly cluster: number }
  /** A column of team means, or of deviations from them, that is constant or determined by those before it. */
  | {
      readonly ok: false;
      readonly kind: "constant" | "collinear" | "perfectFit";
      readonly level: "between" | "within";
      readonly column: ColumnRole;
    };

/** A 2-1-1 model: predictor of teams, mediator and outcome of clients. */
export type WithinBetween = {
  readonly ok: true;
  readonly n: number;
  readonly nClusters: number;
  /** X on the team's mean alliance. */
  readonly a: Coefficient;
  /** Team mean of M on team mean of Y, given X. */
  readonly bBetween: Coefficient;
  /** A client's deviation from the team's M on the client's Y. */
  readonly bWithin: Coefficient;
  /** b_between − b_within: what a team's alliance adds to the client's own. */
  readonly contextual: Coefficient;
  /** X on team mean of Y, given team mean of M. */
  readonly cPrime: Coefficient;
  /** a·b_between, and what its tests need. X has no variance within teams, so b_within has no part in its indirect effect. */
  readonly indirect: number;
  readonly paths: PathFit;
  /** Residual variances of M given X, and of Y given X and M. */
  readonly mediatorVariance: TeamVariance;
  readonly outcomeVariance: TeamVariance;
};

/** Deviations shorter than this share of the column count as none. */
const CONSTANT = 1e-9;
const PERFECT_FIT_TOLERANCE = 1e-12;

/**
 * The 2-1-1 model with M split into team mean and deviation from it: a from the team means of M on X; b_between from the team
 * means of Y on those of M and X; b_within from deviations on deviations, teams fixed. Between and within never mix.
 *
 * Teams of one size: least squares on team means, which is then also the mixed model's estimate. Teams of unequal size:
 * weighted by the precision of their means (`regressTeamMeans`), since neither counting teams alike nor counting clients
 * alike is right when both teams and clients vary. Team means are observed ones: with few clients per team, b_between leans
 * towards b_within (Lüdtke et al. 2008).
 *
 * A client-level covariate enters as team mean and as deviation, so each costs one of the few degrees of freedom between teams.
 *
 * @param data     x the same for all clients of a team
 * @param level    confidence level in (0, 1)
 * @returns the model; or why there is none
 * @source  Zhang, Zyphur & Preacher (2009), doi:10.1177/1094428108327450; Lüdtke et al. (2008), doi:10.1037/a0012869
 */
export function withinBetween(
  data: StudyData,
  clusters: Clusters,
  level: number,
): WithinBetween | WithinBetweenFailure {
  const { n } = data;
  const { nClusters } = clusters;
  const cluster = clusterWhereVarying(data.x, clusters);
  if (cluster !== null) return { ok: false, kind: "variesWithin", column: "x", cluster };
  const covariates = data.covariates.map((column, index) => ({ role: index, ...split(column, clusters) }));
  const [x, m, y] = [data.x, data.m, data.y].map((column) => split(column, clusters));
  const between = covariates.filter(({ varies }) => varies.between);
  const within = covariates.filter(({ varies }) => varies.within);

  const needed = between.length + 4;
  if (nClusters < needed) return { ok: false, kind: "tooFewClusters", nClusters, needed };
  const neededCases = nClusters + within.length + 2;
  if (n < neededCases) return { ok: false, kind: "tooFewCases", n, needed: neededCases };
  const inTeams = fitWithin(within, m, y, n - nClusters);
  if ("ok" in inTeams) return inTeams;
  const broken = brokenBetween(between, x, m, y);
  if (broken !== null) return broken;

  const { sizes } = clusters;
  const ofCovariates = between.map(({ means }) => means);
  const toM = regressTeamMeans([...ofCovariates, x.means], m.means, sizes, inTeams.mediatorVariance);
  const mToY = regressTeamMeans([...ofCovariates, x.means, m.means], y.means, sizes, inTeams.outcomeVariance);
  const xToY = regressTeamMeans([...ofCovariates, m.means, x.means], y.means, sizes, inTeams.outcomeVariance);
  if (toM === null || mToY === null || xToY === null)
    return { ok: false, kind: "collinear", level: "between", column: toM === null ? "x" : "m" };
  const { slope, se, df } = inTeams;
  const variance = mToY.se * mToY.se + se * se;
  const dfContextual = (variance * variance) / (mToY.se ** 4 / mToY.df + se ** 4 / df);
  return {
    ok: true,
    n,
    nClusters,
    a: coefficientTest(toM.slope, toM.se, toM.df, level),
    bBetween: coefficientTest(mToY.slope, mToY.se, mToY.df, level),
    bWithin: coefficientTest(slope, se, df, level),
    contextual: coefficientTest(mToY.slope - slope, Math.sqrt(variance), dfContextual, level),
    cPrime: coefficientTest(xToY.slope, xToY.se, xToY.df, level),
    indirect: toM.slope * mToY.slope,
    paths: { a: toM.slope, seA: toM.se, dfA: toM.df, b: mToY.slope, seB: mToY.se, dfB: mToY.df },
    mediatorVariance: toM.variance,
    outcomeVariance: mToY.variance,
  };
}

/**
 * The failure in words.
 *
 * @param cluster what a cluster is called, e.g. "team"
 * @param labels  the clusters' own labels, by number
 */
export function describeWithinBetweenFailure(
  failure: WithinBetweenFailure,
  names: ColumnNames,
  cluster: string,
  labels: readonly (string | number)[],
): string {
  if (failure.kind === "tooFewClusters")
    return `${failure.nClusters} values of ${cluster} are too few: this 2-1-1 model needs at least ${failure.needed}`;
  if (failure.kind === "tooFewCases")
    return `${failure.n} complete cases are too few: this 2-1-1 model needs at least ${failure.needed}`;
  const name = nameOf(failure.column, names);
  if (failure.kind === "variesWithin")
    return `${name} takes several values in ${cluster} ${labels[failure.cluster]}: a 2-1-1 model needs one per ${cluster}`;
  const place = failure.level === "between" ? `means by ${cluster}` : `deviations from the mean by ${cluster}`;
  switch (failure.kind) {
    case "constant":
      return `singular design matrix: ${place} of ${name} take 1 value`;
    case "collinear":
      return `singular design matrix: ${place} of ${name} are a linear combination of those of the other predictors`;
    case "perfectFit":
      return `the predictors determine ${place} of ${name} exactly: with residuals of zero nothing can be tested`;
  }
}

/** A column as team means (length nClusters) and deviations from them (length n). */
type Split = {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
  readonly varies: { readonly between: boolean; readonly within: boolean };
};

function split(column: Float64Array, { nClusters, index, sizes }: Clusters): Split {
  // From the first client's value on, so that a team with one value has it as its mean, without rounding.
  const first = firstOfEach(column, nClusters, index);
  const means = first.slice();
  for (let i = 0; i < column.length; i++) means[index[i]] += (column[i] - first[index[i]]) / sizes[index[i]];
  const deviations = column.map((value, i) => value - means[index[i]]);
  const limit = CONSTANT * rangeOf(column);
  return { means, deviations, varies: { between: rangeOf(means) > limit, within: rangeOf(deviations) > limit } };
}

/** The first cluster in which a column takes more than one value; null when it is the clusters'. */
function clusterWhereVarying(column: Float64Array, { nClusters, index }: Clusters): number | null {
  const first = firstOfEach(column, nClusters, index);
  const limit = CONSTANT * rangeOf(column);
  const row = column.findIndex((value, i) => Math.abs(value - first[index[i]]) > limit);
  return row < 0 ? null : index[row];
}

function firstOfEach(column: Float64Array, nClusters: number, index: Int32Array): Float64Array {
  const first = new Float64Array(nClusters);
  for (let i = column.length - 1; i >= 0; i--) first[index[i]] = column[i];
  return first;
}

function rangeOf(values: Float64Array): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high - low;
}

type RoleSplit = Split & { readonly role: ColumnRole };

/** b_within by least squares on deviations, and the variances within teams; `room`: clients less teams. */
function fitWithin(covariates: readonly RoleSplit[], m: Split, y: Split, room: number) {
  const failure = (kind: "constant" | "collinear" | "perfectFit", column: ColumnRole): WithinBetweenFailure => ({
    ok: false,
    kind,
    level: "within",
    column,
  });
  if (!m.varies.within) return failure("constant", "m");
  if (!y.varies.within) return failure("constant", "y");
  const q = covariates.length;
  const design = factorize([...covariates.map(({ deviations }) => deviations), m.deviations]);
  if (!design.ok) return failure(design.kind, design.column < q ? covariates[design.column].role : "m");
  const toY = fitResponse(design, y.deviations);
  if (toY.rss <= PERFECT_FIT_TOLERANCE * PERFECT_FIT_TOLERANCE * (toY.rss + toY.explained))
    return failure("perfectFit", "y");
  // The team means have taken their degrees of freedom.
  const df = room - q - 1;
  const outcomeVariance = toY.rss / df;
  const se = Math.sqrt(outcomeVariance * design.inverse[(q + 1) * (q + 1) - 1]);
  // M given the covariates: RSS is 1/(X′X)⁻¹ of M in the design that ends in M.
  const mediatorVariance = 1 / design.inverse[(q + 1) * (q + 1) - 1] / (room - q);
  return { slope: toY.coefficients[q], se, df, mediatorVariance, outcomeVariance };
}

/** What keeps the team means from being fitted, if anything. */
function brokenBetween(covariates: readonly RoleSplit[], x: Split, m: Split, y: Split): WithinBetweenFailure | null {
  const roles: readonly ColumnRole[] = [...covariates.map(({ role }) => role), "x", "m"];
  const design = factorize([...covariates, x, m].map(({ means }) => means));
  if (!design.ok) return { ok: false, kind: design.kind, level: "between", column: roles[design.column] };
  const { rss, explained } = fitResponse(design, y.means);
  if (rss + explained === 0) return { ok: false, kind: "constant", level: "between", column: "y" };
  const isPerfect = rss <= PERFECT_FIT_TOLERANCE * PERFECT_FIT_TOLERANCE * (rss + explained);
  return isPerfect ? { ok: false, kind: "perfectFit", level: "between", column: "y" } : null;
}
