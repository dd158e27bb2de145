import { describe, expect, it } from "vitest";
import { fitInBox, type FitOptions, type ResidualsOf } from "../../models/calibration/fit.ts";
import { solveDamped } from "../../models/calibration/solveDamped.ts";

const OPTIONS: FitOptions = { mostEvaluations: 400, differenceStep: 0.02, pull: 0, tolerance: 1e-9 };

/** Residuals of single points, as the search wants them. */
function each(residuals: (u: readonly number[]) => number[]): ResidualsOf {
  return async (points) => points.map(residuals);
}

function expectNear(found: readonly number[], truth: readonly number[], digits: number): void {
  expect(found).toHaveLength(truth.length);
  for (const [j, value] of truth.entries()) expect(found[j]).toBeCloseTo(value, digits);
}

describe("fitInBox", () => {
  it("solves linear least squares: the line through three points by the normal equations", async () => {
    // y = .2, .5, .6 at t = 0, 1, 2: slope .2, intercept .7/3.
    const line = each(([a, b]) => [0.2, 0.5, 0.6].map((y, t) => a + b * t - y));
    const { point, settled } = await fitInBox([0.9, 0.9], line, OPTIONS);
    expectNear(point, [0.7 / 3, 0.2], 5);
    expect(settled).toBe(true);
  });

  it("finds the minimum of Rosenbrock's valley, mapped to the unit square", async () => {
    // x = 4u − 2: residuals 10(y − x²) and 1 − x vanish at (1, 1), u = (.75, .75).
    const valley = each(([u, v]) => {
      const [x, y] = [4 * u - 2, 4 * v - 2];
      return [10 * (y - x * x), 1 - x];
    });
    const { point } = await fitInBox([0.2, 0.75], valley, OPTIONS);
    expectNear(point, [0.75, 0.75], 3);
  });

  it("finds 20 parameters of 40 curved residuals", async () => {
    const truth = Array.from({ length: 20 }, (_, j) => 0.2 + 0.03 * j);
    const response = (u: readonly number[]) =>
      Array.from({ length: 40 }, (_, i) =>
        u.reduce(
          (sum, value, j) => sum + (((i * 7 + j * 3) % 11) - 5) * value + (i % 20 === j ? 3 * value * value : 0),
          0,
        ),
      );
    const wanted = response(truth);
    const { point, evaluations } = await fitInBox(
      truth.map(() => 0.5),
      each((u) => response(u).map((value, i) => value - wanted[i])),
      OPTIONS,
    );
    expectNear(point, truth, 3);
    expect(evaluations).toBeLessThan(250);
  });

  it("stops at a bound where the minimum lies beyond, and finds the best of the rest", async () => {
    // (u − 2)² + (u + v − 1.5)²: with u held at 1 the rest is least at v = .5.
    const { point } = await fitInBox(
      [0.3, 0.1],
      each(([u, v]) => [u - 2, u + v - 1.5]),
      OPTIONS,
    );
    expectNear(point, [1, 0.5], 4);
  });

  it("leaves alone what nothing determines, and pulls towards the start by its weight", async () => {
    const alone = await fitInBox(
      [0.4, 0.3],
      each(([u]) => [u - 0.8]),
      { ...OPTIONS, pull: 1e-6 },
    );
    expectNear(alone.point, [0.8, 0.3], 4);
    // (u − .8)² + 1·(u − .4)² is least half way.
    const pulled = await fitInBox(
      [0.4],
      each(([u]) => [u - 0.8]),
      { ...OPTIONS, pull: 1 },
    );
    expectNear(pulled.point, [0.6], 5);
  });

  it("comes near under noise that is a fixed function of the point", async () => {
    const noise = (u: number, i: number) => 0.01 * Math.sin(1e5 * u + i);
    const noisy = each(([u, v]) => [
      3 * (u - 0.3) + noise(u, 1),
      2 * (v - 0.6) + noise(v, 2),
      u + v - 0.9 + noise(u + v, 3),
    ]);
    const { point } = await fitInBox([0.9, 0.1], noisy, { ...OPTIONS, differenceStep: 0.05, tolerance: 0.005 });
    expect(Math.abs(point[0] - 0.3)).toBeLessThan(0.02);
    expect(Math.abs(point[1] - 0.6)).toBeLessThan(0.02);
  });

  it("gives the same trace twice, its sums never rise, and it keeps to its evaluations", async () => {
    const curve = each(([u, v, w]) => [u * u - 0.25, u * v - 0.3, w * v - 0.2, w - u]);
    const asked: number[] = [];
    const counted: ResidualsOf = (points) => {
      asked.push(points.length);
      return curve(points);
    };
    const options = { ...OPTIONS, mostEvaluations: 12 };
    const one = await fitInBox([0.1, 0.1, 0.9], counted, options);
    const other = await fitInBox([0.1, 0.1, 0.9], curve, options);
    expect(other).toEqual(one);
    expect(one.evaluations).toBe(asked.reduce((sum, n) => sum + n, 0));
    expect(one.evaluations).toBeLessThanOrEqual(12);
    expect(one.settled).toBe(false);
    const sums = one.trace.map(({ sum }) => sum);
    expect(sums).toEqual([...sums].sort((a, b) => b - a));
  });

  it("walks around points that cannot be simulated, but refuses to start from one", async () => {
    const cliff = each(([u]) => [u > 0.7 ? Number.NaN : u - 0.65]);
    expectNear((await fitInBox([0.1], cliff, OPTIONS)).point, [0.65], 4);
    await expect(fitInBox([0.9], cliff, OPTIONS)).rejects.toThrow("the misfit at the start is not finite");
  });
});

it("solveDamped solves (J′J + (pull + damping)I)s = −J′r + toward: two equations by hand", () => {
  // J = [[1, 2], [3, 4]], r = (1, −1): J′J = [[10, 14], [14, 20]], −J′r = (2, 2).
  // With pull + damping = 1 and toward = (1, 0): [[11, 14], [14, 21]]s = (3, 2), determinant 35.
  const s = solveDamped(
    [
      [1, 2],
      [3, 4],
    ],
    [1, -1],
    [1, 0],
    0.25,
    0.75,
  );
  expect(s[0]).toBeCloseTo((3 * 21 - 14 * 2) / 35, 12);
  expect(s[1]).toBeCloseTo((11 * 2 - 14 * 3) / 35, 12);
});
