// Does the panel have the variances that the scenario says, and is one that cannot be refused?
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { marginalsOf } from "../../models/paths/marginals.ts";
import type { PanelLevel } from "../../models/paths/panelPopulation.ts";
import { populationOf, populationProblem } from "../../models/paths/population.ts";
import { type PathChanges, pathsWith } from "../scenarioFixture.ts";

const share = fc.double({ min: 0, max: 0.45, noNaN: true });
const slope = fc.double({ min: -0.3, max: 0.3, noNaN: true });

const anyPanel: fc.Arbitrary<PathChanges> = fc.record({
  a: slope,
  b: slope,
  cPrime: slope,
  standardized: fc.boolean(),
  waves: fc.record({
    count: fc.integer({ min: 2, max: 6 }),
    stability: fc.record({ x: share, m: share, y: share }),
    yOnM: slope,
    mOnX: slope,
    yOnX: slope,
  }),
  teams: fc.record({
    count: fc.constant(5),
    managers: fc.constant(2),
    iccM: share,
    iccY: share,
    managerIccM: share,
    managerIccY: share,
    xBetween: share,
  }),
});

/** The covariance after one more wave, by the definition: A·V·A′ + ψ. */
function afterAWave({ slopes, noiseSd }: PanelLevel, covariance: ArrayLike<number>): number[] {
  return Array.from({ length: 9 }, (_, at) => {
    const [i, j] = [Math.floor(at / 3), at % 3];
    let sum = i === j ? noiseSd[i] ** 2 : 0;
    for (let k = 0; k < 3; k++)
      for (let l = 0; l < 3; l++) sum += slopes[3 * i + k] * slopes[3 * j + l] * covariance[3 * k + l];
    return sum;
  });
}

describe("a panel", () => {
  it("starts where it stays, level by level, with the variances asked for", () => {
    fc.assert(
      fc.property(anyPanel, (changes) => {
        const paths = pathsWith(changes);
        if (populationProblem(paths) !== null) return;
        const { panel } = populationOf(paths);
        if (panel === null) throw new Error("there is a panel");
        for (const level of [panel.team, panel.manager, panel.client])
          for (const [k, value] of afterAWave(level, level.start).entries())
            expect(value).toBeCloseTo(level.start[k], 9);
        const variances = [0, 4, 8].map((k) => panel.team.start[k] + panel.manager.start[k] + panel.client.start[k]);
        expect(variances[0]).toBeCloseTo(1, 9);
        if (paths.standardized) for (const variance of variances) expect(variance).toBeCloseTo(1, 9);
        else expect([panel.noise[1], panel.noise[2]]).toEqual([1, 1]);
        expect(panel.team.noiseSd[1] ** 2).toBeCloseTo(paths.teams.iccM * panel.noise[1], 9);
        expect(panel.manager.noiseSd[2] ** 2).toBeCloseTo(paths.teams.managerIccY * panel.noise[2], 9);
      }),
      { numRuns: 300 },
    );
  });

  it("of a constant X keeps it, and its long run is where many waves lead", () => {
    const waves = { count: 3, stability: { x: 1, m: 0.5, y: 0.4 } };
    const { panel } = populationOf(pathsWith({ standardized: true, waves }));
    if (panel === null) throw new Error("there is a panel");
    expect(panel.noise[0]).toBe(0);
    for (const k of [0, 4, 8]) expect(panel.longRun[k]).toBeCloseTo(1, 10);
    let covariance: ArrayLike<number> = [1, 0, 0, 0, 0, 0, 0, 0, 0];
    for (let t = 0; t < 200; t++) covariance = afterAWave(panel.client, covariance);
    for (let k = 0; k < 9; k++) expect(covariance[k]).toBeCloseTo(panel.longRun[k], 9);
  });

  it("of an allocated X starts alike in both arms and grows apart", () => {
    const waves = { count: 4, stability: { x: 1, m: 0.5, y: 0.4 } };
    const marginals = marginalsOf(populationOf(pathsWith({ x: { distribution: "binary", share: 0.3 }, waves })));
    const effects = marginals.map((wave) => wave.map(({ parts }) => parts[1].mean));
    expect(effects[0]).toEqual([1, 0, 0]);
    expect(effects[1]).toEqual([1, 0.3, 0.1]);
    expect(effects[2][1]).toBeCloseTo(0.3 + 0.5 * 0.3, 12);
    expect(effects[2][2]).toBeCloseTo(0.1 + 0.3 * 0.3 + 0.4 * 0.1, 12);
  });

  it.each<[PathChanges, RegExp]>([
    [{ waves: { count: 1 } }, /waves.count must be 0 \(one occasion\) or at least 2, got 1/],
    [{ waves: { yOnM: 0.2 } }, /waves.yOnM is given, but waves.count is 0/],
    [{ waves: { count: 3, stability: { x: 0.5, m: 1, y: 0.5 } } }, /grow without bound/],
    [
      { waves: { count: 3, stability: { x: 1, m: 0.5, y: 0.5 }, mOnX: 0.1 } },
      /X does not change.*waves.mOnX must be 0/,
    ],
    [
      { standardized: true, a: 0.8, waves: { count: 3, stability: { x: 0.5, m: 0.7, y: 0.5 } } },
      /the wave before explains all of the variance of M and more/,
    ],
    [{ x: { distribution: "binary", share: 0.5 }, waves: { count: 3 } }, /waves.stability.x must be 1, got 0.5/],
    [{ covariates: { n: 2, rSquaredM: 0, rSquaredY: 0 }, waves: { count: 3 } }, /covariates.n is 2, but with waves/],
    [{ missing: { dropout: 0.1 } }, /missing.dropout = 0.1 needs waves/],
    [{ missing: { mechanism: "mar", on: "y", y: 0.2 } }, /missing.y = 0.2, but under mar .* must then be complete/],
    [{ teams: { count: 4, managerIccM: 0.1 } }, /teams.managerIccM is given, but teams.managers is 0/],
    [
      { teams: { count: 4, managers: 2, iccM: 0.6, managerIccM: 0.4 } },
      /teams.iccM \+ teams.managerIccM must be below 1/,
    ],
    [{ teams: { sizeCv: 0.4 } }, /teams.sizeCv is given, but teams.count is 0/],
  ])("%j is refused with the way out", (changes, message) => {
    expect(populationProblem(pathsWith(changes))).toMatch(message);
  });
});
