// Are clients of generated teams as alike as the scenario says, and what do the estimators make of it?
import { describe, expect, it } from "vitest";
import type { StudyData } from "../../models/estimators/types.ts";
import { createStudyGenerator } from "../../models/paths/generateStudy.ts";
import { createMemberships } from "../../models/paths/memberships.ts";
import { populationOf } from "../../models/paths/population.ts";
import type { PathParameters, PathsCondition } from "../../models/scenario/types.ts";
import { createBlockSimulator } from "../../models/simulateBlock.ts";
import { createPowerTally } from "../../models/summarisePower.ts";
import { keyOf, seedKeyOf } from "../../sim/random/address.ts";
import { conditionWith, NO_TEAMS, pathsWith } from "../scenarioFixture.ts";
import { expectRate, expectWithin, seedFor } from "./expectStatistics.ts";

const TEAMS = 10;
const PER_TEAM = 12;
const N = TEAMS * PER_TEAM;
const STUDIES = 3_000;
const ALIKE = { count: TEAMS, iccM: 0.2, iccY: 0.1, xBetween: 0.3 };
const RAW = { a: 0.5, b: 0.4, cPrime: 0.1, residualSd: { m: 1.5, y: 0.8 } };

/** Means over studies, each with its Monte-Carlo SE. */
function meansOver(paths: PathParameters, measure: (data: StudyData) => readonly number[]) {
  const generate = createStudyGenerator(populationOf(paths), paths.residualSkew, N);
  const values = Array.from({ length: STUDIES }, (_, r) => [...measure(generate(keyOf(seedFor("teams"), r)))]);
  return values[0].map((_, j) => {
    const mean = values.reduce((sum, row) => sum + row[j], 0) / STUDIES;
    const variance = values.reduce((sum, row) => sum + (row[j] - mean) ** 2, 0) / (STUDIES - 1);
    return { mean, mcse: Math.sqrt(variance / STUDIES) };
  });
}

/** Unbiased estimates of a column's variance between and within equal teams, by analysis of variance. */
function variancesOf(column: ArrayLike<number>): [between: number, within: number] {
  const team = Array.from(column, (_, i) => i % TEAMS);
  const means = new Float64Array(TEAMS);
  for (let i = 0; i < N; i++) means[team[i]] += column[i] / PER_TEAM;
  const grand = means.reduce((sum, mean) => sum + mean, 0) / TEAMS;
  const between = means.reduce((sum, mean) => sum + (mean - grand) ** 2, 0) / (TEAMS - 1);
  let within = 0;
  for (let i = 0; i < N; i++) within += (column[i] - means[team[i]]) ** 2 / (N - TEAMS);
  return [between - within / PER_TEAM, within];
}

/** Variances between and within teams of X, of M − aX and of Y − c′X − bM. */
function allVariances({ x, m, y }: StudyData): number[] {
  const e1 = m.map((value, i) => value - 0.5 * x[i]);
  const e2 = y.map((value, i) => value - 0.1 * x[i] - 0.4 * m[i]);
  return [x, e1, e2].flatMap(variancesOf);
}

const TRUTHS = [0.3, 0.7, 0.2 * 2.25, 0.8 * 2.25, 0.1 * 0.64, 0.9 * 0.64];

describe("clients in teams", () => {
  it("share as much of X and of the residuals as the scenario says", () => {
    const found = meansOver(pathsWith({ ...RAW, teams: ALIKE }), allVariances);
    for (const [j, truth] of TRUTHS.entries()) expectWithin(found[j].mean, { truth, mcse: found[j].mcse });
  });

  it("would be seen to be independent, and to share too little", () => {
    for (const teams of [
      { ...ALIKE, iccM: 0, iccY: 0, xBetween: 0 },
      { ...ALIKE, iccM: 0.18, iccY: 0.09, xBetween: 0.27 },
    ]) {
      const found = meansOver(pathsWith({ ...RAW, teams }), allVariances);
      for (const [j, truth] of TRUTHS.entries())
        expect(() => expectWithin(found[j].mean, { truth, mcse: found[j].mcse })).toThrow(/MCSE from/);
    }
  });

  it("are dealt to teams of equal size, one more in the first", () => {
    const { sizes } = createMemberships({ ...NO_TEAMS, count: 4 }, 11)(keyOf("equal", 0)).teams;
    expect([...sizes]).toEqual([3, 3, 3, 2]);
    const data = createStudyGenerator(
      populationOf(pathsWith({ x: { distribution: "binary", share: 0.5 }, teams: { ...ALIKE, xBetween: 1 } })),
      { m: 0, y: 0 },
      N,
    )(keyOf("binary", 0));
    expect(variancesOf(data.x)[1]).toBe(0);
    expect(data.x.reduce((sum, value) => sum + value, 0)).toBe(N / 2);
  });
});

describe("b between teams", () => {
  const paths = pathsWith({ ...RAW, teams: { ...ALIKE, bBetween: 1 } });

  /** E[XY] = c′ + true ab, as X has mean 0 and variance 1; and E[Y²] is the variance that reliability counts with. */
  const moments = ({ x, y }: StudyData) => [
    x.reduce((sum, value, i) => sum + value * y[i], 0) / N,
    y.reduce((sum, value) => sum + value * value, 0) / N,
  ];

  it("is met by X's effect in the share of X that lies between teams", () => {
    const [xy, yy] = meansOver(paths, moments);
    const { estimand } = populationOf(paths);
    expect(estimand).toBeCloseTo(0.5 * (0.3 * 1 + 0.7 * 0.4), 12);
    expectWithin(xy.mean, { truth: 0.1 + estimand, mcse: xy.mcse });
    expect(() => expectWithin(xy.mean, { truth: 0.1 + 0.5 * 0.4, mcse: xy.mcse })).toThrow(/MCSE from/);
    const { variances } = populationOf({ ...paths, reliability: { x: 1, m: 1, y: 0.5 } });
    expectWithin(yy.mean, { truth: variances.yErr, mcse: yy.mcse });
  });

  it("of a team's X is the whole of it, and b where it is not given", () => {
    const withTeams = (teams: Partial<PathParameters["teams"]>) => populationOf(pathsWith({ ...RAW, teams })).estimand;
    expect(withTeams({ ...ALIKE, xBetween: 1, bBetween: 1 })).toBe(0.5);
    expect(withTeams(ALIKE)).toBe(0.5 * 0.4);
  });
});

describe("path a of a team's X, which is 0: 14 teams of 22, residual ICC .05", () => {
  const REPLICATIONS = 10_000;
  /** Exact, of ordinary regression: test/oracle/teams/naiveTypeIError.R. */
  const NAIVE = 0.171859;
  const rates = (teams: Partial<PathParameters["teams"]>) => {
    const condition: PathsCondition = conditionWith(
      308,
      ["jointSignificance"],
      { a: 0, b: 0.6, teams: { count: 14, iccM: 0.05, iccY: 0.05, xBetween: 1, ...teams } },
      { estimators: ["ols", "cr2"] },
    );
    const tally = createPowerTally(condition, { estimand: 0, estimandMcse: null, isNull: true });
    const simulate = createBlockSimulator(condition, seedKeyOf("type I error of path a"));
    tally.add(simulate({ conditionIndex: 0, firstReplication: 0, count: REPLICATIONS }));
    const { pathA, tests } = tally.summary();
    if (!pathA?.ols || !pathA.cr2) throw new Error("path a was not tested");
    return { ols: pathA.ols.power, cr2: pathA.cr2.power, joint: tests["jointSignificance:cr2"]?.power ?? 1 };
  };

  it("is rejected too often by ordinary regression, as often as theory says, and about 5 % of the time by CR2", () => {
    const { ols, cr2, joint } = rates({});
    expectRate(ols, NAIVE, REPLICATIONS);
    for (const rate of [cr2, joint]) expect(Math.abs(rate - 0.05)).toBeLessThan(0.015);
  });

  it("would be rejected 5 % of the time if clients were independent", () => {
    const { ols } = rates({ iccM: 0, iccY: 0 });
    expectRate(ols, 0.05, REPLICATIONS);
    expect(() => expectRate(ols, NAIVE, REPLICATIONS)).toThrow(/MCSE from/);
  });
});
