// Are the draws of imputation from the distributions they name? Closed forms, and brute force.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gramOf, replaceValue, type Rows } from "../../models/imputation/gram.ts";
import { drawLinear } from "../../models/imputation/linearDraw.ts";
import { drawLogistic, logistic } from "../../models/imputation/logisticDraw.ts";
import { matchDonors } from "../../models/imputation/matchDonors.ts";
import { chiSquareQuantile } from "../../sim/numerics/chiSquare.ts";
import { factorize, fitResponse } from "../../sim/numerics/leastSquares.ts";
import { keyOf, normalAt, uniformAt } from "../../sim/random/address.ts";
import { expectWithin } from "../statistical/expectStatistics.ts";

const n = 40;
const key = keyOf("draws", 0);
const rows: Rows = { n, p: 4, values: Float64Array.from({ length: 4 * n }, (_, at) => normalAt(key, at, 1, 0)) };
for (let i = 0; i < n; i++) rows.values[4 * i + 2] += 0.7 * rows.values[4 * i] - 3 * rows.values[4 * i + 3] + 5;
const all = Int32Array.from({ length: n }, (_, i) => i);
const used = all.filter((i) => i >= 5 && i < 35);
const missing = all.filter((i) => i < 5 || i >= 35);
const gram = gramOf(rows, all);
const column = (j: number) => Float64Array.from(used, (row) => rows.values[4 * row + j]);
const design = factorize([column(0), column(1), column(3)]);
if (!design.ok) throw new Error(design.kind);
const fit = fitResponse(design, column(2));
const uniformIndex = (who: number, count: number) => Math.floor(uniformAt(key, who, 11, 0) * count);
const DRAWS = 20_000;
const normalsAt = (i: number) => Float64Array.from({ length: 4 }, (_, k) => normalAt(key, i, 2, k));

describe("gram", () => {
  it("after values have been replaced it is that of the rows", () => {
    const changed: Rows = { ...rows, values: rows.values.slice() };
    const kept = gramOf(changed, all);
    for (let at = 0; at < 60; at++)
      replaceValue(
        { rows: changed, gram: kept, teams: null },
        uniformIndex(at, n),
        uniformIndex(at + 500, 4),
        normalAt(key, at, 12, 0),
      );
    const anew = gramOf(changed, all);
    for (let a = 0; a < 4; a++) {
      expect(kept.sums[a]).toBeCloseTo(anew.sums[a], 10);
      for (let b = 0; b <= a; b++) expect(kept.products[4 * a + b]).toBeCloseTo(anew.products[4 * a + b], 9);
    }
    const odd = gramOf(changed, all.subarray(0, 7));
    const byHand = Array.from({ length: 7 }, (_, i) => changed.values[4 * i + 3] * changed.values[4 * i + 1]);
    expect(odd.products[13]).toBeCloseTo(
      byHand.reduce((sum, v) => sum + v, 0),
      12,
    );
  });
});

describe("drawLinear", () => {
  const draws = Array.from({ length: DRAWS }, (_, i) =>
    drawLinear(rows, gram, 2, missing, {
      chiSquare: (df) => chiSquareQuantile(uniformAt(key, i, 3, 0), df),
      normals: normalsAt(i),
    }),
  );

  it("estimates are those of least squares on the rows used", () => {
    const { predictors, intercept, coefficients, dropped } = draws[0];
    expect([...predictors]).toEqual([0, 1, 3]);
    expect(dropped).toEqual([]);
    expect(intercept).toBeCloseTo(fit.intercept, 12);
    for (let j = 0; j < 3; j++) expect(coefficients[j]).toBeCloseTo(fit.coefficients[j], 12);
  });

  it("draws have mean β̂ and covariance RSS/(df − 2)·(X′X)⁻¹; RSS/σ² is χ² with mean df", () => {
    const expected = fit.rss / (fit.df - 2);
    for (let j = 0; j < 3; j++) {
      const values = draws.map(({ drawnCoefficients }) => drawnCoefficients[j]);
      const sd = Math.sqrt(expected * design.inverse[j * 3 + j]);
      expectWithin(
        values.reduce((sum, v) => sum + v / DRAWS, 0),
        {
          truth: fit.coefficients[j],
          mcse: sd / Math.sqrt(DRAWS),
        },
      );
      for (let k = 0; k <= j; k++) {
        const products = draws.map(
          ({ drawnCoefficients: d }) => (d[j] - fit.coefficients[j]) * (d[k] - fit.coefficients[k]),
        );
        const mean = products.reduce((sum, v) => sum + v / DRAWS, 0);
        const spread = Math.sqrt(products.reduce((sum, v) => sum + (v - mean) ** 2 / DRAWS, 0));
        expectWithin(mean, { truth: expected * design.inverse[j * 3 + k], mcse: spread / Math.sqrt(DRAWS) });
      }
    }
    // Predictions at a row: variance RSS/(df − 2)·(1/n + (x − x̄)′(X′X)⁻¹(x − x̄)), the intercept's draw included.
    const at = [1.5, -2, 0.5];
    const predictions = draws.map(({ drawnIntercept, drawnCoefficients }) =>
      drawnCoefficients.reduce((sum, beta, j) => sum + beta * at[j], drawnIntercept),
    );
    let leverage = 1 / used.length;
    for (let j = 0; j < 3; j++)
      for (let k = 0; k < 3; k++)
        leverage += (at[j] - design.means[j]) * design.inverse[j * 3 + k] * (at[k] - design.means[k]);
    const centre = fit.coefficients.reduce((sum, beta, j) => sum + beta * at[j], fit.intercept);
    const squares = predictions.map((value) => (value - centre) ** 2);
    const mean = squares.reduce((sum, v) => sum + v / DRAWS, 0);
    const spread = Math.sqrt(squares.reduce((sum, v) => sum + (v - mean) ** 2 / DRAWS, 0));
    expectWithin(mean, { truth: expected * leverage, mcse: spread / Math.sqrt(DRAWS) });
    const chi = draws.map(({ drawnSigma }) => fit.rss / (drawnSigma * drawnSigma));
    expectWithin(
      chi.reduce((sum, v) => sum + v / DRAWS, 0),
      { truth: fit.df, mcse: Math.sqrt((2 * fit.df) / DRAWS) },
    );
  });
});

describe("drawLogistic", () => {
  const binary: Rows = { n, p: 4, values: rows.values.slice() };
  for (let i = 0; i < n; i++)
    binary.values[4 * i + 1] = uniformAt(key, i, 5, 0) < logistic(0.3 + rows.values[4 * i]) ? 1 : 0;
  const zero = new Float64Array(4);
  const { coefficients, predictors } = drawLogistic(binary, 1, used, zero);

  it("the estimate is where the score of observed and added cases is 0", () => {
    // The added cases, by their definition: mean ± SD/2 of one predictor, others at their means, either outcome.
    const values = (j: number) => Array.from({ length: n }, (_, i) => binary.values[4 * i + j]);
    const mean = (j: number) => values(j).reduce((sum, v) => sum + v / n, 0);
    const sd = (j: number) => Math.sqrt(values(j).reduce((sum, v) => sum + (v - mean(j)) ** 2 / (n - 1), 0));
    const observed = Array.from(used, (row) => ({
      x: Array.from(predictors, (j) => binary.values[4 * row + j]),
      y: binary.values[4 * row + 1],
      w: 1,
    }));
    const added = [0, 1, 2].flatMap((k) =>
      [-0.5, 0.5].flatMap((shift) =>
        [0, 1].map((outcome) => ({
          x: Array.from(predictors, (j, i) => mean(j) + (i === k ? shift * sd(j) : 0)),
          y: outcome,
          w: 4 / 12,
        })),
      ),
    );
    const cases = [...observed, ...added];
    const residuals = cases.map(
      ({ x, y, w }) =>
        w * (y - logistic(x.reduce((sum, value, i) => sum + value * coefficients[i + 1], coefficients[0]))),
    );
    for (const pick of [() => 1, ...[0, 1, 2].map((i) => (x: readonly number[]) => x[i])])
      expect(Math.abs(residuals.reduce((sum, r, i) => sum + r * pick(cases[i].x), 0))).toBeLessThan(1e-7);
  });

  it("a predictor that separates the outcomes gives finite coefficients", () => {
    const separated: Rows = { n, p: 4, values: binary.values.slice() };
    for (let i = 0; i < n; i++) separated.values[4 * i + 1] = separated.values[4 * i] > 0 ? 1 : 0;
    const draw = drawLogistic(separated, 1, used, normalsAt(0));
    expect(draw.coefficients.every(Number.isFinite)).toBe(true);
    expect(draw.drawnCoefficients.every(Number.isFinite)).toBe(true);
    expect(Math.abs(draw.coefficients[1])).toBeLessThan(20);
  });
});

describe("matchDonors", () => {
  it("donors are the nearest predictions, by brute force", () => {
    const number = fc.integer({ min: -20, max: 20 }).map((value) => value / 4);
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 1, maxLength: 30 }),
        fc.array(number, { minLength: 1, maxLength: 10 }),
        fc.integer({ min: 1, max: 8 }),
        (observed, missing, nDonors) => {
          const order = Float64Array.from(observed, (_, i) => uniformAt(key, i, 7, 0));
          const choice = Float64Array.from(missing, (_, i) => uniformAt(key, i, 8, 0));
          const found = matchDonors(Float64Array.from(observed), order, Float64Array.from(missing), choice, nDonors);
          for (const [i, donor] of found.entries()) {
            const distances = observed.map((value) => Math.abs(value - missing[i])).sort((a, b) => a - b);
            const limit = distances[Math.min(nDonors, observed.length) - 1];
            expect(Math.abs(observed[donor] - missing[i])).toBeLessThanOrEqual(limit);
          }
        },
      ),
    );
  });

  it("each of five donors is as likely; ties are in random order", () => {
    const repeats = 20_000;
    const observed = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    const missing = new Float64Array(repeats).fill(5.1);
    const choice = Float64Array.from(missing, (_, i) => uniformAt(key, i, 9, 0));
    const found = matchDonors(observed, new Float64Array(10), missing, choice, 5);
    for (let donor = 0; donor < 10; donor++) {
      const truth = donor >= 2 && donor <= 6 ? 0.2 : 0;
      const share = found.filter((value) => value === donor).length / repeats;
      if (truth === 0) expect(share).toBe(0);
      else expectWithin(share, { truth, mcse: Math.sqrt((0.2 * 0.8) / repeats) });
    }
    const tied = new Float64Array(8).fill(3);
    const chosen = new Float64Array(8);
    for (let i = 0; i < 8000; i++) {
      const order = Float64Array.from(tied, (_, k) => uniformAt(key, k, 10, i));
      chosen[matchDonors(tied, order, Float64Array.of(3), Float64Array.of(0.1), 5)[0]]++;
    }
    for (const count of chosen) expectWithin(count / 8000, { truth: 1 / 8, mcse: Math.sqrt(7 / 64 / 8000) });
  });
});
