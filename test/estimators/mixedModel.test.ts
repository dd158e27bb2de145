import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clustersOf } from "../../models/estimators/cluster/clusters.ts";
import { clusterVariation } from "../../models/estimators/cluster/icc.ts";
import { describeMixedFailure, fitMixedPaths } from "../../models/estimators/mixed/mixedPaths.ts";
import { fitMixed } from "../../models/estimators/mixed/fitMixed.ts";
import {
  managerIntercepts,
  type RandomIntercepts,
  teamIntercepts,
} from "../../models/estimators/mixed/randomIntercepts.ts";
import { createLikelihood } from "../../models/estimators/mixed/restrictedLikelihood.ts";
import { unitProducts } from "../../models/estimators/mixed/unitProducts.ts";
import type { StudyData } from "../../models/estimators/types.ts";
import { keyOf, normalAt, uniformAt } from "../../sim/random/address.ts";

const NAMES = { x: "fidelity", m: "alliance", y: "qol", covariates: ["age", "gender"] };

function orFail<T extends { ok: boolean }>(result: T): Extract<T, { ok: true }> {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result as Extract<T, { ok: true }>;
}

type Study = { readonly data: StudyData; readonly team: readonly number[]; readonly manager: readonly number[] };

/** Clients in teams of the given sizes, fidelity constant within teams, three case managers to a team. */
function study(seed: string, sizes: readonly number[], sdTeam = 0.5, sdManager = 0.5, nCovariates = 1): Study {
  const key = keyOf(seed, 0);
  const team = sizes.flatMap((size, g) => Array.from({ length: size }, () => g));
  const n = team.length;
  const manager = team.map((g, i) => 3 * g + Math.floor(3 * uniformAt(key, i, 20, 0)));
  const of = (ids: readonly number[], what: number) => Float64Array.from(ids, (id) => normalAt(key, id, what, 0));
  const draw = (what: number) => of([...team.keys()], what);
  const x = of(team, 1);
  const random = (what: number) => {
    const [t, m] = [of(team, what), of(manager, what + 1)];
    return draw(what + 2).map((e, i) => e + sdTeam * t[i] + sdManager * m[i]);
  };
  const m = random(2).map((e, i) => 0.4 * x[i] + e);
  const y = random(5).map((e, i) => 0.3 * m[i] + e);
  const data = { n, x, m, y, covariates: Array.from({ length: nCovariates }, (_, j) => draw(8 + j)) };
  return { data, team, manager };
}

/** −2 log likelihood by n × n matrices, straight from the definition; REML's X′V⁻¹X in the columns as given. */
function denseDeviance(
  columns: readonly Float64Array[],
  labels: readonly (readonly number[])[],
  ratios: readonly number[],
  restricted: boolean,
): number {
  const n = columns[0].length;
  const v = Array.from({ length: n }, (_, i) =>
    Array.from(
      { length: n },
      (_, j) => (i === j ? 1 : 0) + labels.reduce((sum, of, l) => sum + (of[i] === of[j] ? ratios[l] : 0), 0),
    ),
  );
  // Gauss elimination of [V | 1, x…, y] gives V⁻¹[X, y] and |V|.
  const all = [new Float64Array(n).fill(1), ...columns];
  const { solved, logDeterminant } = eliminate(v, all);
  const p = columns.length;
  const dot = (i: number, j: number) => all[i].reduce((sum, value, k) => sum + value * solved[j][k], 0);
  const xx = Array.from({ length: p }, (_, i) => Array.from({ length: p }, (_, j) => dot(i, j)));
  const xy = Float64Array.from({ length: p }, (_, i) => dot(i, p));
  const {
    solved: [beta],
    logDeterminant: logX,
  } = eliminate(xx, [xy]);
  const rss = dot(p, p) - xy.reduce((sum, value, j) => sum + value * beta[j], 0);
  const effective = restricted ? n - p : n;
  return effective * (1 + Math.log((2 * Math.PI * rss) / effective)) + logDeterminant + (restricted ? logX : 0);
}

/** Solves A·u = b for each b. */
function eliminate(a: readonly (readonly number[])[], right: readonly Float64Array[]) {
  const n = a.length;
  const rows = a.map((row, i) => [...row, ...right.map((b) => b[i])]);
  let logDeterminant = 0;
  for (let k = 0; k < n; k++) {
    logDeterminant += Math.log(rows[k][k]);
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = rows[i][k] / rows[k][k];
      if (factor !== 0) for (let j = k; j < rows[i].length; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  return { solved: right.map((_, b) => rows.map((row, i) => row[n + b] / row[i])), logDeterminant };
}

const sizes = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 4, maxLength: 8 });
const ratio = fc.constantFrom(0, 0.01, 0.3, 2, 40);

describe("the likelihood", () => {
  it("is that of the dense matrices", () => {
    fc.assert(
      fc.property(fc.string(), sizes, ratio, ratio, fc.boolean(), (seed, n, inner, outer, restricted) => {
        const { data, team, manager } = study(seed, n);
        const intercepts = managerIntercepts(clustersOf(team), clustersOf(manager));
        fc.pre(intercepts.ok && data.n > 8);
        const columns = [data.x, ...data.covariates, data.y];
        const products = orFail(unitProducts(columns, intercepts as RandomIntercepts & { ok: true }));
        const likelihood = createLikelihood(products, restricted ? "REML" : "ML");
        const scaled = likelihood.deviance(Float64Array.of(inner, outer));
        let units = 2 * likelihood.nEffective * Math.log(products.lengths[3]);
        if (restricted) for (let j = 0; j < 3; j++) units += 2 * Math.log(products.lengths[j]);
        const dense = denseDeviance(columns, [manager, team], [inner, outer], restricted);
        expect(Math.abs(scaled + units - dense)).toBeLessThan(1e-9 * (1 + Math.abs(dense)));
      }),
      { numRuns: 40, seed: 4 },
    );
  });

  it.each(["REML", "ML"] as const)("has the derivatives that its differences show, %s", (method) => {
    const { data, team, manager } = study("derivatives", [5, 9, 7, 12, 3, 8]);
    const columns = [data.x, ...data.covariates, data.y];
    for (const [intercepts, at] of [
      [teamIntercepts(clustersOf(team)), [0.3]],
      [managerIntercepts(clustersOf(team), clustersOf(manager)), [0.4, 0.2]],
    ] as const) {
      const likelihood = createLikelihood(orFail(unitProducts(columns, orFail(intercepts))), method);
      const gradientAt = (ratios: Float64Array) => {
        likelihood.deviance(ratios);
        return likelihood.derivatives().gradient;
      };
      const step = 1e-4;
      const moved = (i: number, by: number) => Float64Array.from(at, (value, j) => value + (i === j ? by : 0));
      const slope = (f: (ratios: Float64Array) => number, i: number) =>
        (8 * (f(moved(i, step)) - f(moved(i, -step))) - f(moved(i, 2 * step)) + f(moved(i, -2 * step))) / (12 * step);
      likelihood.deviance(Float64Array.from(at));
      const { gradient, hessian } = likelihood.derivatives();
      for (let i = 0; i < at.length; i++) {
        expect(gradient[i]).toBeCloseTo(slope(likelihood.deviance, i), 7);
        for (let j = 0; j < at.length; j++)
          expect(hessian[i * at.length + j]).toBeCloseTo(
            slope((r) => gradientAt(r)[j], i),
            7,
          );
      }
    }
  });
});

describe("fitMixed", () => {
  it("is balanced analysis of variance where teams are of equal size", () => {
    const { data, team } = study("balanced", new Array(12).fill(9), 0.8, 0, 0);
    const teams = clustersOf(team);
    const { meanSquareBetween, meanSquareWithin } = orFail(clusterVariation(data.y, teams));
    const fit = orFail(fitMixed(data.y, [], orFail(teamIntercepts(teams)), "REML"));
    expect(fit.variances.residual).toBeCloseTo(meanSquareWithin, 12);
    expect(fit.variances.team).toBeCloseTo((meanSquareBetween - meanSquareWithin) / 9, 12);
    expect(fit.df[0]).toBeCloseTo(11, 9);
    expect(fit.se[0]).toBeCloseTo(Math.sqrt(meanSquareBetween / data.n), 12);
  });

  it("is least squares, singular, where teams do not differ", () => {
    const { data, team } = study("flat", [8, 12, 10, 9]);
    const teams = clustersOf(team);
    const means = [0, 1, 2, 3].map((g) => data.y.reduce((s, v, i) => s + (team[i] === g ? v : 0), 0) / teams.sizes[g]);
    const fit = orFail(
      fitMixed(
        data.y.map((v, i) => v - means[team[i]]),
        [],
        orFail(teamIntercepts(teams)),
        "REML",
      ),
    );
    expect(fit).toMatchObject({ singular: true, variances: { team: 0, manager: null } });
    expect(fit.df[0]).toBeCloseTo(data.n - 1, 9);
  });

  it("gains a maximum: no ratio on a grid is better", () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(0, 0.3, 2), fc.constantFrom(0, 1), (seed, sdTeam, sdManager) => {
        const { data, team, manager } = study(seed, [6, 9, 14, 20, 8, 11, 17, 5, 12], sdTeam, sdManager);
        const columns = [data.x, ...data.covariates, data.y];
        const intercepts = orFail(managerIntercepts(clustersOf(team), clustersOf(manager)));
        const fit = orFail(fitMixed(data.y, columns.slice(0, -1), intercepts, "REML"));
        const likelihood = createLikelihood(orFail(unitProducts(columns, intercepts)), "REML");
        const { residual, ...others } = fit.variances;
        const own = likelihood.deviance(Float64Array.of((others.manager ?? 0) / residual, others.team / residual));
        for (const inner of [0, 0.03, 0.1, 0.3, 1, 3, 10])
          for (const outer of [0, 0.03, 0.1, 0.3, 1, 3, 10])
            expect(likelihood.deviance(Float64Array.of(inner, outer))).toBeGreaterThan(own - 1e-9);
      }),
      { numRuns: 60, seed: 4 },
    );
  });
});

describe("failures", () => {
  const { data, team, manager } = study("failures", [9, 12, 8, 11], 0.5, 0.5, 2);
  const teams = clustersOf(team);
  const say = (changes: Partial<StudyData>, intercepts = teamIntercepts(teams)) => {
    if (!intercepts.ok) return describeMixedFailure({ ...intercepts, response: "m" }, NAMES, "team");
    const result = fitMixedPaths({ ...data, ...changes }, intercepts, "REML");
    return result.ok ? "fitted" : describeMixedFailure(result, NAMES, "team");
  };
  const twoTeams = clustersOf(team.map((g) => g % 2));
  const onlyTwo = Float64Array.from(twoTeams.index);
  const within = data.m.map((v, i) => v - data.x[i]);

  it.each([
    ["none", "fitted", say({})],
    [
      "one team",
      "team takes 1 value: clustered standard errors need at least 2",
      say({}, teamIntercepts(clustersOf(team.map(() => 1)))),
    ],
    [
      "a team for each client",
      "team takes a value of its own in each of 40 cases: its variance cannot be told from the residual's",
      say({}, teamIntercepts(clustersOf([...team.keys()]))),
    ],
    [
      "two teams, and a fidelity for each",
      "2 values of team are too few: the predictors leave no difference between them to estimate a variance from",
      say({ x: onlyTwo }, teamIntercepts(twoTeams)),
    ],
    [
      "one manager in each team",
      "case managers do not divide the 4 values of team: their variances cannot be told apart",
      say({}, managerIntercepts(teams, teams)),
    ],
    [
      "a manager for each client",
      "each of 40 case managers has 1 client: their variance cannot be told from the residual's",
      say({}, managerIntercepts(teams, clustersOf([...team.keys()]))),
    ],
    [
      "a constant predictor",
      "singular design matrix: fidelity takes 1 value",
      say({ x: new Float64Array(40).fill(2) }),
    ],
    ["a constant response", "singular design matrix: qol takes 1 value", say({ y: new Float64Array(40) })],
    [
      "a covariate twice",
      "singular design matrix: gender is a linear combination of the other predictors",
      say({ covariates: [data.covariates[0], data.covariates[0].map((v) => 2 - v)] }),
    ],
    [
      "an outcome made of the mediator and the team",
      "the predictors determine qol exactly within each team: no residual variance is left",
      say({ y: data.m.map((v, i) => 2 * v + teams.index[i] ** 2) }),
    ],
    [
      "a mediator made of fidelity and a covariate",
      "the predictors determine alliance exactly within each team: no residual variance is left",
      say({ m: data.x.map((v, i) => v - data.covariates[0][i]) }),
    ],
    ["managers in teams", "fitted", say({ m: within }, managerIntercepts(teams, clustersOf(manager)))],
  ])("%s", (_, expected, said) => {
    expect(said).toBe(expected);
  });

  it("too few clients", () => {
    const small = study("small", [2, 1, 2], 0.5, 0.5, 2);
    const intercepts = orFail(teamIntercepts(clustersOf(small.team)));
    expect(fitMixedPaths(small.data, intercepts, "REML")).toEqual({ ok: false, kind: "tooFewCases", n: 5, needed: 6 });
  });
});
