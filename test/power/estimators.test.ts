// Are estimators compared on the same replications, each by its own standard errors, and are its failures counted?
import { describe, expect, it } from "vitest";
import { createStudyAnalyzer, emptyRows } from "../../models/applyTests.ts";
import { decisionNamesOf, type RateName, rateNamesOf } from "../../models/decisionNames.ts";
import { clustersOf } from "../../models/estimators/cluster/clusters.ts";
import { clusterErrors, robustPaths } from "../../models/estimators/cluster/robustRegression.ts";
import { clusterBootstrap } from "../../models/estimators/clusterBootstrap.ts";
import { UNDEFINED } from "../../models/estimators/decisions.ts";
import { fitMediation } from "../../models/estimators/fitMediation.ts";
import { jointSignificance } from "../../models/estimators/jointSignificance.ts";
import { fitMixedPaths } from "../../models/estimators/mixed/mixedPaths.ts";
import { teamIntercepts } from "../../models/estimators/mixed/randomIntercepts.ts";
import { sobel } from "../../models/estimators/sobel.ts";
import type { PathFit, StudyData } from "../../models/estimators/types.ts";
import { createStudyGenerator } from "../../models/paths/generateStudy.ts";
import { populationOf } from "../../models/paths/population.ts";
import { conditionsOf } from "../../models/scenario/conditions.ts";
import type { AnalysisPlan } from "../../models/scenario/types.ts";
import { simulatorOf } from "../../models/simulateConditions.ts";
import { createPowerTally } from "../../models/summarisePower.ts";
import { rowsCsvHeader } from "../../reports/rows.ts";
import { keyOf, seedKeyOf } from "../../sim/random/address.ts";
import { anyScenarioOf, GOOD, problemsOf, scenarioOf } from "../scenario/parse.ts";
import { conditionWith, pathsWith, PLAN_DEFAULTS } from "../scenarioFixture.ts";
import { SMALL_SERVICE } from "../serviceScenario.ts";

const PLAN: AnalysisPlan = {
  tests: ["jointSignificance", "sobel", "clusterBootstrap"],
  estimators: ["ols", "hc3", "cr1s", "cr2", "mixed"],
  level: 0.95,
  bootstrap: { resamples: 99, curtail: true },
  ...PLAN_DEFAULTS,
};
const N = 70;
const TEAMS = clustersOf(Array.from({ length: N }, (_, i) => i % 7));
const generate = createStudyGenerator(populationOf(pathsWith()), { m: 0, y: 0 }, N);

/** Analyses replications 0 … count − 1. */
function analysed(count: number, clusters = TEAMS) {
  const rows = emptyRows({ conditionIndex: 0, firstReplication: 0, count }, PLAN);
  const analyze = createStudyAnalyzer(PLAN, 0.09);
  for (let r = 0; r < count; r++) {
    const { x, m, y } = generate(keyOf("estimators", r));
    analyze({ columns: [x, m, y], groups: { teams: clusters, managers: null } }, keyOf("estimators", r), rows, r);
  }
  return rows;
}

/** The paths by the estimators' own functions, from rows and one at a time. */
function slowPaths(data: StudyData): Record<string, PathFit> {
  const fit = fitMediation(data);
  const intercepts = teamIntercepts(TEAMS);
  if (!fit.ok || !intercepts.ok) throw new Error("the study cannot be fitted");
  const results = {
    hc3: robustPaths(fit, { type: "HC3" }),
    cr1s: robustPaths(fit, clusterErrors("CR1S", TEAMS)),
    cr2: robustPaths(fit, clusterErrors("CR2", TEAMS)),
    mixed: fitMixedPaths(data, intercepts, "REML"),
  };
  return Object.fromEntries(
    Object.entries(results).map(([name, result]) => {
      if (!result.ok) throw new Error(`${name} cannot be fitted`);
      return [name, result.paths];
    }),
  );
}

describe("a comparison of estimators", () => {
  const names = decisionNamesOf(PLAN);

  it("names ordinary regression by the test alone, the others behind a colon, path a last", () => {
    expect(rateNamesOf(PLAN).slice(0, 6)).toEqual([
      ...PLAN.tests,
      "jointSignificance:hc3",
      "sobel:hc3",
      "jointSignificance:cr1s",
    ]);
    expect(names.slice(-5)).toEqual(["pathA", "pathA:hc3", "pathA:cr1s", "pathA:cr2", "pathA:mixed"]);
    expect(rowsCsvHeader(names)).toContain(",jointSignificance:cr2_rejects,sobel:cr2_rejects,sobel:cr2_covers,");
  });

  it("decides as each estimator's own function does, on the same study", () => {
    const rows = analysed(60);
    const disagreements: string[] = [];
    for (let r = 0; r < rows.count; r++) {
      const data = generate(keyOf("estimators", r));
      const said = (name: RateName) => rows.decisions[names.indexOf(name)][r] & 1;
      for (const [estimator, paths] of Object.entries(slowPaths(data))) {
        const joint = jointSignificance(paths, 0.95).significant ? 1 : 0;
        const ofSobel = sobel(paths, 0.95, "sobel")?.significant ? 1 : 0;
        if (said(`jointSignificance:${estimator}` as RateName) !== joint) disagreements.push(`${r} joint ${estimator}`);
        if (said(`sobel:${estimator}` as RateName) !== ofSobel) disagreements.push(`${r} sobel ${estimator}`);
      }
      const whole = clusterBootstrap(data, TEAMS, 0.95, 99, keyOf("estimators", r));
      if (whole.ok && said("clusterBootstrap") !== (whole.significant ? 1 : 0)) disagreements.push(`${r} bootstrap`);
    }
    expect(disagreements).toEqual([]);
    const rejections = names.map((_, t) => rows.decisions[t].reduce((sum, byte) => sum + (byte & 1), 0));
    expect(new Set(rejections).size).toBeGreaterThan(3);
  });

  it("counts, by estimator, studies that it has no result for", () => {
    const rows = analysed(5, clustersOf(new Array(N).fill(1)));
    const condition = conditionWith(N, PLAN.tests, {}, PLAN);
    const tally = createPowerTally(condition, { estimand: 0.09, estimandMcse: null, isNull: false });
    tally.add(rows);
    const { tests, pathA, nFailed } = tally.summary();
    expect(nFailed).toBe(0);
    expect([tests.sobel, tests["sobel:hc3"], tests["sobel:cr2"]].map((rate) => rate?.nUndefined)).toEqual([0, 0, 5]);
    expect([pathA?.ols, pathA?.cr1s, pathA?.mixed].map((rate) => rate?.nUndefined)).toEqual([0, 5, 5]);
    expect([...rows.decisions[names.indexOf("clusterBootstrap")]]).toEqual(new Array(5).fill(UNDEFINED));
    expect(tests["sobel:cr2"]?.exact).toBeNull();
  });
});

describe("a service", () => {
  it("is the same to ordinary regression, whoever else analyses it; its clusters are teams", async () => {
    const alone = await anyScenarioOf(SMALL_SERVICE);
    const compared = await anyScenarioOf(SMALL_SERVICE, { overrides: { set: ["analysis.estimators=[hc3, mixed]"] } });
    const [rows, more] = [alone, compared].map((scenario) => {
      const conditions = conditionsOf(scenario);
      const setup = { conditions, estimands: conditions.map(() => 0.1), seed: seedKeyOf("service") };
      return simulatorOf(setup)({ conditionIndex: 0, firstReplication: 0, count: 6 })[0];
    });
    const nTests = alone.analysis.tests.length;
    expect(more.decisions.slice(0, nTests)).toEqual(rows.decisions);
    expect([more.a, more.seB, more.n, more.resamples]).toEqual([rows.a, rows.seB, rows.n, rows.resamples]);
    const added = decisionNamesOf(compared.analysis).slice(nTests);
    expect(more.decisions).toHaveLength(nTests + added.length);
    expect(more.decisions.slice(nTests).every((bytes) => !bytes.includes(UNDEFINED))).toBe(true);
  });
});

describe("estimators in a scenario", () => {
  it("are ordinary regression alone, unless others are named; it is always among them and first", async () => {
    expect((await scenarioOf(GOOD)).analysis.estimators).toEqual(["ols"]);
    expect((await scenarioOf(`${GOOD}analysis: { estimators: [hc3] }\n`)).analysis.estimators).toEqual(["ols", "hc3"]);
  });

  it("are refused by one message where they need teams and there are none", async () => {
    expect(await problemsOf(`${GOOD}analysis: { estimators: [cr2, mixed, hc3], tests: [clusterBootstrap] }\n`)).toEqual(
      [
        expect.stringMatching(
          /my\.yaml:\d+:\d+: .*cr2, mixed, clusterBootstrap need clients in at least 2 teams, but paths/,
        ),
      ],
    );
    expect(await problemsOf(`${GOOD}analysis: { estimators: [cr3] }\n`)).toEqual([
      expect.stringContaining('unknown estimator "cr3"; did you mean'),
    ]);
  });
});
