// Are draws of a regression with team intercepts from their posterior? Generalized least squares, and a Gibbs sampler of the model.
import { describe, expect, it } from "vitest";
import { clustersOf } from "../../models/estimators/cluster/clusters.ts";
import { gramOf, type Rows } from "../../models/imputation/gram.ts";
import { factorAt, teamProducts } from "../../models/imputation/teamProducts.ts";
import { observedTeams, teamStateOf } from "../../models/imputation/teams.ts";
import { drawTwoLevel, PRIOR } from "../../models/imputation/twoLevelDraw.ts";
import { chiSquareQuantile } from "../../sim/numerics/chiSquare.ts";
import { factorize, fitResponse } from "../../sim/numerics/leastSquares.ts";
import { type Key, keyOf, normalAt, uniformAt } from "../../sim/random/address.ts";
import { expectWithin } from "../statistical/expectStatistics.ts";

const SIZES = [1, 2, 3, 5, 5, 6, 8, 10];
const clusters = clustersOf(SIZES.flatMap((size, team) => new Array<number>(size).fill(team)));
const n = clusters.index.length;
const P = 3;
const TARGET = 1;
const key = keyOf("two levels", 0);
const rows: Rows = { n, p: P, values: new Float64Array(n * P) };
for (let i = 0; i < n; i++) {
  const x = normalAt(key, i, 1, 0);
  rows.values.set([x, 0.4 * x + 0.6 * normalAt(key, i, 2, 0) + 0.5 * normalAt(key, clusters.index[i], 3, 0)], P * i);
  rows.values[P * i + 2] = normalAt(key, i, 4, 0) + normalAt(key, clusters.index[i], 5, 0);
}
const all = Int32Array.from({ length: n }, (_, i) => i);
// The third team has no observed row.
const isMissing = (i: number) => clusters.index[i] === 2 || i % 6 === 5;
const missing = all.filter(isMissing);
const used = all.filter((i) => !isMissing(i));
const data = { rows, gram: gramOf(rows, all), teams: teamStateOf(rows, clusters) };
const observed = observedTeams(clusters, used);
const column = (j: number) => Float64Array.from(used, (row) => rows.values[P * row + j]);
const teamOf = Int32Array.from(used, (row) => clusters.index[row]);
const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v / values.length, 0);
const variance = (values: readonly number[]) => {
  const centre = mean(values);
  return values.reduce((sum, v) => sum + (v - centre) ** 2 / (values.length - 1), 0);
};

/** A column times V^(−½): within each team, less the share 1 − 1/√(1 + λn) of its mean. */
function whitened(values: Float64Array, ratio: number): Float64Array {
  const means = new Float64Array(SIZES.length);
  for (const [i, value] of values.entries()) means[teamOf[i]] += value / observed.sizes[teamOf[i]];
  return values.map((v, i) => v - (1 - 1 / Math.sqrt(1 + ratio * observed.sizes[teamOf[i]])) * means[teamOf[i]]);
}

describe("factorAt", () => {
  it.each([0, 0.3, 40])("λ = %f: the residuals and determinant of generalized least squares", (ratio) => {
    const predictors = Int32Array.of(0, 2);
    const products = teamProducts(data, predictors, TARGET, missing, observed, false);
    const factor = new Float64Array(10);
    factorAt(products, ratio, factor);
    const design = [new Float64Array(used.length).fill(1), column(0), column(2)].map((v) => whitened(v, ratio));
    // Residuals by Gram–Schmidt, column by column.
    const basis: Float64Array[] = [];
    const dot = (u: Float64Array, v: Float64Array) => u.reduce((sum, value, i) => sum + value * v[i], 0);
    const squares = [...design, whitened(column(TARGET), ratio)].map((start) => {
      let left = start;
      for (const earlier of basis) {
        const share = dot(left, earlier) / dot(earlier, earlier);
        left = left.map((value, i) => value - share * earlier[i]);
      }
      basis.push(left);
      return dot(left, left);
    });
    for (const [a, diagonal] of [0, 2, 5, 9].entries()) expect(factor[diagonal] / squares[a]).toBeCloseTo(1, 10);
    if (ratio === 0) {
      const ordinary = factorize([column(0), column(2)]);
      if (!ordinary.ok) throw new Error(ordinary.kind);
      expect(products.rss).toBeCloseTo(fitResponse(ordinary, column(TARGET)).rss, 10);
    }
  });
});

/** What a draw is about: variances (logarithms), coefficients, a team with ten rows, one without. */
type Point = Readonly<Record<"tau" | "sigma" | "intercept" | "slope" | "large" | "empty", number>>;
const NAMES = ["tau", "sigma", "intercept", "slope", "large", "empty"] as const;
const chiSquare = (draw: Key, what: number) => (df: number) => chiSquareQuantile(uniformAt(draw, 0, what, 0), df);

/** Our draws, each by itself. */
function direct(count: number): Point[] {
  return Array.from({ length: count }, (_, i) => {
    const own = keyOf("direct", i);
    const draw = drawTwoLevel(data, TARGET, missing, observed, false, {
      chiSquare: chiSquare(own, 1),
      normals: Float64Array.from({ length: 3 }, (__, k) => normalAt(own, k, 2, 0)),
      ratio: uniformAt(own, 0, 3, 0),
      teams: Float64Array.from(SIZES, (__, j) => normalAt(own, j, 4, 0)),
    });
    return {
      tau: Math.log(draw.drawnTeamVariance),
      sigma: 2 * Math.log(draw.drawnSigma),
      intercept: draw.drawnIntercept,
      slope: draw.drawnCoefficients[0],
      large: draw.drawnTeamParts[7],
      empty: draw.drawnTeamParts[2],
    };
  });
}

/** The textbook chain: β given u by least squares, u given β, then both variances, with the priors' scale as given. */
function gibbs(count: number, scale: number): Point[] {
  const y = column(TARGET);
  const [x1, x2] = [column(0), column(2)];
  const design = factorize([x1, x2]);
  if (!design.ok) throw new Error(design.kind);
  let [tau2, sigma2] = [0.3, 0.5];
  let u = new Float64Array(SIZES.length);
  return Array.from({ length: count }, (_, cycle) => {
    const own = keyOf("gibbs", cycle);
    const fit = fitResponse(
      design,
      y.map((value, i) => value - u[teamOf[i]]),
    );
    // (X′X)⁻¹ = LL′ of the centred columns, two by two.
    const sigma = Math.sqrt(sigma2);
    const [l11, l21] = [Math.sqrt(design.inverse[0]), design.inverse[2] / Math.sqrt(design.inverse[0])];
    const l22 = Math.sqrt(design.inverse[3] - l21 * l21);
    const [z0, z1, z2] = [0, 1, 2].map((k) => sigma * normalAt(own, k, 2, 0));
    const beta = [fit.coefficients[0] + l11 * z1, fit.coefficients[1] + l21 * z1 + l22 * z2];
    const atMeans = fit.intercept + fit.coefficients[0] * design.means[0] + fit.coefficients[1] * design.means[1];
    const intercept = atMeans + z0 / Math.sqrt(used.length) - beta[0] * design.means[0] - beta[1] * design.means[1];
    const left = y.map((value, i) => value - intercept - beta[0] * x1[i] - beta[1] * x2[i]);
    const sums = new Float64Array(SIZES.length);
    for (const [i, value] of left.entries()) sums[teamOf[i]] += value;
    u = sums.map((sum, j) => {
      const precision = observed.sizes[j] / sigma2 + 1 / tau2;
      return sum / sigma2 / precision + normalAt(own, j, 4, 0) / Math.sqrt(precision);
    });
    const rss = left.reduce((sum, value, i) => sum + (value - u[teamOf[i]]) ** 2, 0);
    sigma2 = (scale + rss) / chiSquare(own, 1)(PRIOR.df + used.length);
    tau2 = (scale + u.reduce((sum, value) => sum + value * value, 0)) / chiSquare(own, 3)(PRIOR.df + SIZES.length);
    return { tau: Math.log(tau2), sigma: Math.log(sigma2), intercept, slope: beta[0], large: u[7], empty: u[2] };
  });
}

describe("drawTwoLevel", () => {
  const own = direct(6_000);
  const BATCHES = 40;
  /** Means of the quantity and of its square over the chain, with their errors by batch means. */
  const expectSame = (chain: readonly Point[]) => {
    for (const name of NAMES)
      for (const power of [1, 2]) {
        const ours = own.map((point) => point[name] ** power);
        const theirs = chain.map((point) => point[name] ** power);
        const size = theirs.length / BATCHES;
        const batches = Array.from({ length: BATCHES }, (_, k) => mean(theirs.slice(k * size, (k + 1) * size)));
        const mcse = Math.sqrt(variance(ours) / ours.length + variance(batches) / BATCHES);
        expectWithin(mean(ours), { truth: mean(theirs), mcse });
      }
  };

  it("means and spreads are those of a long Gibbs chain", () => expectSame(gibbs(20_000, PRIOR.scale)));

  it("which would notice another prior", () => {
    expect(() => expectSame(gibbs(10_000, 4 * PRIOR.scale))).toThrow("MCSE");
  });

  it("a predictor that others determine is left out, and has no part in predictions", () => {
    const twin: Rows = { n, p: 4, values: new Float64Array(n * 4) };
    for (let i = 0; i < n; i++)
      twin.values.set([...rows.values.subarray(P * i, P * i + P), 3 * rows.values[P * i]], 4 * i);
    const doubled = { rows: twin, gram: gramOf(twin, all), teams: teamStateOf(twin, clusters) };
    const luck = {
      chiSquare: (df: number) => df,
      normals: Float64Array.of(0.3, -0.2, 0.9, 1.4),
      ratio: 0.4,
      teams: new Float64Array(SIZES.length),
    };
    const draw = drawTwoLevel(doubled, TARGET, missing, observed, false, luck);
    const plain = drawTwoLevel(data, TARGET, missing, observed, false, luck);
    expect(draw.dropped).toEqual([3]);
    expect(draw.drawnCoefficients[2]).toBe(0);
    for (const k of [0, 1]) expect(draw.drawnCoefficients[k]).toBeCloseTo(plain.drawnCoefficients[k], 10);
    expect(draw.drawnTeamVariance).toBeCloseTo(plain.drawnTeamVariance, 10);
  });
});
