// Has the 2-1-1 model the power that exact sampling gives it, and the level it promises with few teams of unequal size?
import { describe, expect, it } from "vitest";
import { clustersOf } from "../../models/estimators/cluster/clusters.ts";
import { fitPaths } from "../../models/estimators/fitPaths.ts";
import { jointSignificance } from "../../models/estimators/jointSignificance.ts";
import { productP } from "../../models/estimators/productDistribution.ts";
import type { PathFit, StudyData } from "../../models/estimators/types.ts";
import { withinBetween } from "../../models/estimators/withinBetween.ts";
import { createStudyGenerator } from "../../models/paths/generateStudy.ts";
import { populationOf } from "../../models/paths/population.ts";
import { createSufficientSampler } from "../../models/paths/sufficientStatistics.ts";
import { tTwoSidedP } from "../../sim/numerics/studentT.ts";
import { keyOf, seedKeyOf } from "../../sim/random/address.ts";
import { fillNormals } from "../../sim/random/fill.ts";
import { pathsWith } from "../scenarioFixture.ts";
import { expectRate, expectWithin, LIMIT, seedFor } from "./expectStatistics.ts";

/** Streams that no part of the program uses. */
const TEAMS = 1_000_011;
const CLIENTS = 1_000_012;

/**
 * Balanced 2-1-1, total variances 1, X binary at team level with half of the teams in each arm; B multiplies the observed
 * team mean. Rejection rates by exact sampling with an independent program, four digits.
 */
const [a, bWithin, bBetween, cPrime, rho] = [0.5, 0.2, 0.4, 0.1, 0.3];
const [NTEAMS, SIZE] = [60, 20];
const TRUTH = { a: 0.9542, bBetween: 0.8447, bWithin: 1, joint: 0.8044, monteCarlo: 0.8087 };
const teamM = rho - 0.25 * a * a;
const withinM = 1 - rho;
/** What is left for Y's own team part and Y's own client part. */
const teamY = rho - ((cPrime + a * bBetween) ** 2 * 0.25 + bBetween ** 2 * (teamM + withinM / SIZE));
const withinY = 1 - rho - bWithin ** 2 * withinM;

describe("2-1-1, 60 teams of 20, against exact sampling", () => {
  it("by sufficient statistics of the team means: a, b between, joint, Monte-Carlo interval", () => {
    // The team means are a mediation study of 60 teams with residual variances τ² + σ²/20.
    const residualSd = { m: Math.sqrt(teamM + withinM / SIZE), y: Math.sqrt(teamY + withinY / SIZE) };
    const x = { distribution: "binary", share: 0.5 } as const;
    const population = populationOf(pathsWith({ a, b: bBetween, cPrime, x, residualSd }));
    const R = 20_000;
    const {
      a: aHat,
      seA,
      b: bHat,
      seB,
    } = createSufficientSampler(population, NTEAMS)(seedKeyOf(seedFor("2-1-1")), 0, R);
    const fits = Array.from(
      aHat,
      (_, r): PathFit => ({
        a: aHat[r],
        seA: seA[r],
        dfA: NTEAMS - 2,
        b: bHat[r],
        seB: seB[r],
        dfB: NTEAMS - 3,
      }),
    );
    const share = (rejects: (fit: PathFit) => boolean) => fits.filter(rejects).length / R;
    expectRate(
      share((fit) => jointSignificance(fit, 0.95).pA < 0.05),
      TRUTH.a,
      R,
    );
    expectRate(
      share((fit) => jointSignificance(fit, 0.95).pB < 0.05),
      TRUTH.bBetween,
      R,
    );
    expectRate(
      share((fit) => jointSignificance(fit, 0.95).significant),
      TRUTH.joint,
      R,
    );
    expectRate(
      share((fit) => productP(fit) < 0.05),
      TRUTH.monteCarlo,
      R,
    );
  });

  it("by clients: every replication 1,200 of them, analysed by withinBetween", () => {
    const R = 6000;
    const n = NTEAMS * SIZE;
    const clusters = clustersOf(Int32Array.from({ length: n }, (_, i) => Math.floor(i / SIZE)));
    const x = Float64Array.from(clusters.index, (team) => team % 2);
    const m = new Float64Array(n);
    const y = new Float64Array(n);
    const data: StudyData = { n, x, m, y, covariates: [] };
    const teamLuck = new Float64Array(2 * NTEAMS);
    const meanOfM = new Float64Array(NTEAMS);
    const [sdTeamM, sdM, sdTeamY, sdY] = [teamM, withinM, teamY, withinY].map(Math.sqrt);
    const rejections = { a: 0, bBetween: 0, bWithin: 0, joint: 0, monteCarlo: 0 };
    for (let r = 0; r < R; r++) {
      const key = keyOf(seedFor("2-1-1 clients"), r);
      fillNormals(teamLuck, key, TEAMS, 0);
      fillNormals(m, key, CLIENTS, 0);
      fillNormals(y, key, CLIENTS, 1);
      meanOfM.fill(0);
      for (let i = 0; i < n; i++) {
        const team = clusters.index[i];
        m[i] = a * x[i] + sdTeamM * teamLuck[team] + sdM * m[i];
        meanOfM[team] += m[i] / SIZE;
      }
      for (let i = 0; i < n; i++) {
        const team = clusters.index[i];
        const between = cPrime * x[i] + bBetween * meanOfM[team] + sdTeamY * teamLuck[NTEAMS + team];
        y[i] = between + bWithin * (m[i] - meanOfM[team]) + sdY * y[i];
      }
      const model = withinBetween(data, clusters, 0.95);
      if (!model.ok) throw new Error(model.kind);
      if (model.a.p < 0.05) rejections.a++;
      if (model.bBetween.p < 0.05) rejections.bBetween++;
      if (model.bWithin.p < 0.05) rejections.bWithin++;
      if (jointSignificance(model.paths, 0.95).significant) rejections.joint++;
      if (productP(model.paths) < 0.05) rejections.monteCarlo++;
    }
    for (const name of ["a", "bBetween", "joint", "monteCarlo"] as const)
      expectRate(rejections[name] / R, TRUTH[name], R);
    expect(rejections.bWithin).toBe(R);
  });

  it("would notice team means taken for 1,200 clients", () => {
    const paths = pathsWith({ a, b: bBetween, cPrime, residualSd: { m: Math.sqrt(1 - 0.0625), y: 0.9 } });
    const generate = createStudyGenerator(populationOf(paths), paths.residualSkew, NTEAMS * SIZE);
    const R = 300;
    let rejections = 0;
    for (let r = 0; r < R; r++) {
      const fit = fitPaths(generate(keyOf(seedFor("2-1-1 clients"), r)));
      if (fit !== null && jointSignificance(fit, 0.95).significant) rejections++;
    }
    expect(() => expectRate(rejections / R, TRUTH.joint, R)).toThrow("MCSE");
  });
});

describe("14 teams of 3 to 93 clients, residual ICC .05, a = 0", () => {
  const sizes = [20, 34, 27, 93, 46, 40, 51, 8, 3, 15, 22, 60, 5, 12];
  const labels = sizes.flatMap((size, team) => Array.from({ length: size }, () => team));
  const n = labels.length;
  const clusters = clustersOf(labels);
  const R = 5000;

  it("the a path rejects at .05 ± .015; least squares on clients visibly more often", () => {
    let [ofTeams, ofClients] = [0, 0];
    const [teamX, team] = [new Float64Array(14), new Float64Array(28)];
    const x = new Float64Array(n);
    const m = new Float64Array(n);
    const y = new Float64Array(n);
    for (let r = 0; r < R; r++) {
      const key = keyOf(seedFor("14 teams"), r);
      fillNormals(teamX, key, TEAMS, 1);
      fillNormals(team, key, TEAMS, 0);
      fillNormals(m, key, CLIENTS, 0);
      fillNormals(y, key, CLIENTS, 1);
      for (let i = 0; i < n; i++) {
        const own = labels[i];
        x[i] = teamX[own];
        m[i] = Math.sqrt(0.05) * team[own] + Math.sqrt(0.95) * m[i];
        y[i] = 0.3 * m[i] + Math.sqrt(0.05) * team[14 + own] + Math.sqrt(0.95) * y[i];
      }
      const data: StudyData = { n, x, m, y, covariates: [] };
      const model = withinBetween(data, clusters, 0.95);
      const naive = fitPaths(data);
      if (!model.ok || naive === null) throw new Error("not fitted");
      if (model.a.p < 0.05) ofTeams++;
      if (tTwoSidedP(naive.a / naive.seA, naive.dfA) < 0.05) ofClients++;
    }
    expectWithin(ofTeams / R, { truth: 0.05, mcse: 0.015 / LIMIT + Math.sqrt((0.05 * 0.95) / R) });
    expect(ofClients / R).toBeGreaterThan(0.15);
  });
});
