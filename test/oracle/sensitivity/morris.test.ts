// Are elementary effects those of Morris's own function, whose moments over the grid R counts out, and are measures those of R?
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { morrisMeasures, stepOf } from "../../../models/sensitivity/elementaryEffects.ts";
import { LEVELS, morrisTrajectory, STEP } from "../../../models/sensitivity/morrisDesign.ts";
import { keyOf } from "../../../sim/random/address.ts";
import { expectWithin, seedFor } from "../../statistical/expectStatistics.ts";

const cases: {
  readonly points: readonly { readonly x: readonly number[]; readonly y: number }[];
  readonly morris: readonly {
    readonly mu: number;
    readonly muStar: number;
    readonly sigma: number;
    readonly sdOfSize: number;
    /** SD of the squared distance from the mean. */
    readonly sdOfSquare: number;
  }[];
  readonly measures: readonly {
    readonly effects: readonly number[];
    readonly mu: number;
    readonly muCi: readonly [number, number];
    readonly muStar: number;
    readonly sigma: number;
    readonly ci: readonly [number, number];
  }[];
} = JSON.parse(readFileSync(join(import.meta.dirname, "cases.json"), "utf8"));

/** Morris's function of 20 inputs without the coefficients that he drew at random (doi:10.1080/00401706.1991.10484804, section 4). */
function morrisFunction(x: readonly number[]): number {
  const w = x.map((share, i) => 2 * ([2, 4, 6].includes(i) ? (1.1 * share) / (share + 0.1) - 0.5 : share - 0.5));
  let y = 0;
  for (let i = 0; i < 10; i++) y += 20 * w[i];
  for (let i = 0; i < 6; i++) for (let j = i + 1; j < 6; j++) y -= 15 * w[i] * w[j];
  for (let i = 0; i < 5; i++)
    for (let j = i + 1; j < 5; j++) for (let l = j + 1; l < 5; l++) y -= 10 * w[i] * w[j] * w[l];
  return y + 5 * w[0] * w[1] * w[2] * w[3];
}

const IDS = Array.from({ length: 20 }, (_, i) => 1_000 * i + 7);

/** Elementary effects by input and trajectory. */
function effectsOf(y: (x: readonly number[]) => number, nTrajectories: number, seed: string): Float64Array[] {
  const effects = IDS.map(() => new Float64Array(nTrajectories));
  for (let t = 0; t < nTrajectories; t++) {
    const trajectory = morrisTrajectory(IDS, keyOf(seed, t));
    const values = trajectory.points.map(y);
    for (const [step, input] of trajectory.order.entries())
      effects[input][t] = (values[step + 1] - values[step]) / stepOf(trajectory, step);
  }
  return effects;
}

describe("a trajectory", () => {
  it("moves every input once, by the step, on the levels", () => {
    for (let t = 0; t < 10; t++) {
      const { points, order } = morrisTrajectory(IDS, keyOf("design", t));
      expect([...order].sort((a, b) => a - b)).toEqual(IDS.map((_, i) => i));
      for (const x of points)
        for (const share of x) expect([0, 1 / 3, 2 / 3, 1].some((level) => Math.abs(share - level) < 1e-15)).toBe(true);
      for (const [step, input] of order.entries()) {
        const moved = points[step + 1].map((share, i) => share - points[step][i]);
        expect(moved.filter((by) => by !== 0)).toHaveLength(1);
        expect(Math.abs(moved[input])).toBeCloseTo(STEP, 15);
        expect(Math.sign(stepOf({ points, order }, step))).toBe(Math.sign(moved[input]));
      }
    }
  });

  it("visits every level equally often, and moves as often up as down", () => {
    const R = 2_000;
    const seed = seedFor("levels");
    const counts = new Map<number, number>();
    let rises = 0;
    for (let t = 0; t < R; t++) {
      const { points, order } = morrisTrajectory([11], keyOf(seed, t));
      const level = Math.round(points[0][0] * (LEVELS - 1));
      counts.set(level, (counts.get(level) ?? 0) + 1);
      if (stepOf({ points, order }, 0) > 0) rises++;
    }
    for (let level = 0; level < LEVELS; level++)
      expectWithin((counts.get(level) ?? 0) / R, { truth: 0.25, mcse: Math.sqrt((0.25 * 0.75) / R) });
    expectWithin(rises / R, { truth: 0.5, mcse: Math.sqrt(0.25 / R) });
  });

  it("an input more leaves starts, directions and relative order of the others", () => {
    const few = morrisTrajectory(IDS, keyOf("more", 3));
    const more = morrisTrajectory([5, ...IDS], keyOf("more", 3));
    expect(more.order.filter((i) => i > 0).map((i) => i - 1)).toEqual(few.order);
    expect(more.points[0].slice(1)).toEqual(few.points[0]);
    expect(more.points.at(-1)!.slice(1)).toEqual(few.points.at(-1));
  });
});

describe("Morris's function", () => {
  it("is R's", () => {
    for (const { x, y } of cases.points) expect(morrisFunction(x)).toBeCloseTo(y, 10);
  });

  it("has the effects that R counts out over all levels: μ, μ* and σ of all 20 inputs", () => {
    const R = 1_000;
    const effects = effectsOf(morrisFunction, R, seedFor("Morris's function"));
    for (const [i, truth] of cases.morris.entries()) {
      const { mu, muStar, sigma, nEffects } = morrisMeasures(effects[i]);
      expect(nEffects).toBe(R);
      // Inputs 8 to 20 have the same effect everywhere.
      if (truth.sigma < 1e-9) {
        expect([mu, muStar, sigma].every((x, j) => Math.abs(x - [truth.mu, truth.muStar, 0][j]) < 1e-9)).toBe(true);
        continue;
      }
      expectWithin(mu, { truth: truth.mu, mcse: truth.sigma / Math.sqrt(R) });
      expectWithin(muStar, { truth: truth.muStar, mcse: truth.sdOfSize / Math.sqrt(R) });
      // A level on its own that has two effects only leaves σ² no spread but that of the mean, of order 1/R.
      expectWithin(sigma ** 2, {
        truth: truth.sigma ** 2,
        mcse: Math.max(truth.sdOfSquare / Math.sqrt(R), truth.sigma ** 2 / R),
      });
    }
  });

  it("a sum of inputs has its coefficients as effects, and no spread", () => {
    const effects = effectsOf((x) => 3 * x[0] - 2 * x[1] + 5, 4, "linear");
    for (const [i, truth] of [3, -2, 0].entries()) {
      const { mu, muStar, sigma, ci } = morrisMeasures(effects[i]);
      for (const [value, expected] of [
        [mu, truth],
        [muStar, Math.abs(truth)],
        [sigma, 0],
        [ci[0], Math.abs(truth)],
      ])
        expect(value).toBeCloseTo(expected, 12);
    }
  });
});

it("measures and their intervals are those of mean, sd and t.test", () => {
  for (const { effects, mu, muCi, muStar, sigma, ci } of cases.measures) {
    const found = morrisMeasures([...effects, Number.NaN]);
    expect(found.nEffects).toBe(effects.length);
    const pairs = [
      [found.mu, mu],
      [found.muStar, muStar],
      [found.sigma, sigma],
      ...[0, 1].flatMap((i) => [
        [found.ci[i], ci[i]],
        [found.muCi[i], muCi[i]],
      ]),
    ];
    for (const [value, truth] of pairs) expect(value).toBeCloseTo(truth, 9);
  }
});
