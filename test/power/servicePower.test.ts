// Does a power study of a service depend on nothing but each condition, the seed and the replication?
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import {
  abOfCohort,
  type CohortProducts,
  cohortSimulator,
  productsOf,
  wholeCohort,
} from "../../models/cohortProducts.ts";
import { groupsOf } from "../../models/conditionGroups.ts";
import { enrolmentShortfalls } from "../../models/enrolmentShortfalls.ts";
import { fitPaths } from "../../models/estimators/fitPaths.ts";
import type { StudyData } from "../../models/estimators/types.ts";
import { power, wholeRows } from "../../models/power.ts";
import type { ConditionSummary, RowBlock } from "../../models/powerTypes.ts";
import { conditionsOfService } from "../../models/scenario/conditions.ts";
import type { ServiceCondition, ServiceScenario } from "../../models/scenario/types.ts";
import { simulatorOf } from "../../models/simulateConditions.ts";
import { observeWorld } from "../../models/study/observe.ts";
import { toStudyData } from "../../models/study/studyData.ts";
import { nWorlds, type Truth, truthKey, truthsOf } from "../../models/truth.ts";
import { inThisThread } from "../../sim/montecarlo/replicate.ts";
import { fillNormals } from "../../sim/random/fill.ts";
import { keyOf, seedKeyOf } from "../../sim/random/address.ts";
import { rowsCsvLines } from "../../reports/rows.ts";
import { SMALL_SERVICE } from "../serviceScenario.ts";
import { anyScenarioOf } from "../scenario/parse.ts";

let scenario: ServiceScenario;
let conditions: readonly ServiceCondition[];
const truths: Truth[] = Array.from({ length: 8 }, (_, i) => ({
  estimand: 0.01 * i,
  estimandMcse: 0.001,
  isNull: false,
}));

beforeAll(async () => {
  const read = await anyScenarioOf(SMALL_SERVICE);
  if (read.generator !== "service") throw new Error("a service was expected");
  scenario = read;
  conditions = conditionsOfService(scenario);
});

const setupOf = (some: readonly ServiceCondition[]) => ({
  conditions: some,
  estimands: some.map(({ index }) => truths[index].estimand),
  seed: seedKeyOf(scenario.seed),
});

/** Everything that a run hands over, as text. */
async function rowsOf(
  earlier: readonly RowBlock[] = [],
): Promise<{ text: string; blocks: RowBlock[]; summaries: ConditionSummary[] }> {
  const blocks: RowBlock[] = [];
  const runner = inThisThread(simulatorOf(setupOf(conditions)));
  async function* before() {
    yield* earlier;
  }
  const summaries = await power(scenario, truths, runner, {
    earlier: before(),
    onRows: (rows) => {
      blocks.push(rows);
    },
  });
  const text = [...earlier, ...blocks].map((rows) => rowsCsvLines(rows, scenario.analysis.tests)).join("");
  return { text, blocks, summaries };
}

describe("conditions that share a world", () => {
  it("are grouped by their service alone", () => {
    // Two models × two N with an effect, and the same without.
    expect(groupsOf(conditions)).toEqual([
      [0, 1, 4, 5],
      [2, 3, 6, 7],
    ]);
  });

  it("find together what each finds alone, the same bits", () => {
    const together = simulatorOf(setupOf(conditions))({ conditionIndex: 0, firstReplication: 3, count: 4 });
    for (const rows of together) {
      const condition = { ...conditions[rows.conditionIndex], index: 0 };
      const setup = { ...setupOf([condition]), estimands: [truths[rows.conditionIndex].estimand] };
      const [alone] = simulatorOf(setup)({ conditionIndex: 0, firstReplication: 3, count: 4 });
      expect({ ...alone, conditionIndex: rows.conditionIndex }).toEqual(rows);
    }
  });

  it("analyse the clients that were planned, less those with missing values", () => {
    const blocks = simulatorOf(setupOf(conditions))({ conditionIndex: 0, firstReplication: 0, count: 5 });
    for (const { n, conditionIndex } of blocks)
      for (const analysed of n) {
        expect(analysed).toBeLessThanOrEqual(conditions[conditionIndex].nClients);
        expect(analysed).toBeGreaterThan(conditions[conditionIndex].nClients * 0.5);
      }
  });
});

describe("a run in pieces", () => {
  it("goes on from whole blocks and ends in the same rows and rates", async () => {
    const whole = await rowsOf();
    const lines = whole.text.split("\n").length - 1;
    expect(lines).toBe(8 * 12);
    for (const cut of [1, 2, 3, whole.blocks.length - 1]) {
      const kept = whole.blocks.slice(0, cut);
      const nRows = kept.reduce((sum, { count }) => sum + count, 0);
      const nWhole = wholeRows(scenario, nRows);
      let left = nWhole;
      const usable = kept.filter(({ count }) => {
        left -= count;
        return left >= 0;
      });
      const resumed = await rowsOf(usable);
      expect(resumed.text).toBe(whole.text);
      expect(resumed.summaries).toEqual(whole.summaries);
    }
  });

  it("never keeps a block of which a condition is missing", () => {
    fc.assert(
      fc.property(fc.nat(8 * 12), (nRows) => {
        const kept = wholeRows(scenario, nRows);
        expect(kept).toBeLessThanOrEqual(nRows);
        // Groups of 4 conditions, one replication of each at least.
        expect(kept % 4).toBe(0);
        expect(wholeRows(scenario, kept)).toBe(kept);
      }),
    );
    expect(wholeRows(scenario, 8 * 12)).toBe(8 * 12);
  });

  it("of a path model keeps every row", async () => {
    const paths = await anyScenarioOf(
      "paths: { a: 1, b: 1 }\npower: { grid: { nClients: [50, 60] }, replications: 9 }",
    );
    for (const nRows of [0, 1, 8, 9, 10, 18]) expect(wholeRows(paths, nRows)).toBe(nRows);
  });
});

describe("the truth of a condition", () => {
  const columnOf = (n: number, world: number, what: number) => {
    const column = new Float64Array(n);
    fillNormals(column, keyOf("cohort", world), what, 0);
    return column;
  };
  const studyOf = (n: number, world: number): StudyData => {
    const [c, x, e, y] = [1, 2, 3, 4].map((what) => columnOf(n, world, what));
    const m = x.map((value, i) => 50 + 0.4 * value + 0.3 * c[i] + e[i] + world);
    return { n, x, m, y: y.map((value, i) => value + 0.5 * m[i] + 0.1 * x[i] + 1000), covariates: [c] };
  };
  const joined = (studies: readonly StudyData[]): StudyData => {
    const columns = (pick: (study: StudyData) => Float64Array) =>
      Float64Array.from(studies.flatMap((study) => [...pick(study)]));
    const [x, m, y] = [columns((s) => s.x), columns((s) => s.m), columns((s) => s.y)];
    return { n: x.length, x, m, y, covariates: [columns((s) => s.covariates[0])] };
  };
  const abIn = (studies: readonly StudyData[]) => {
    const fit = fitPaths(joined(studies));
    return fit === null ? Number.NaN : fit.a * fit.b;
  };

  it("is ab of the regressions on all worlds' clients together, with a jackknife over worlds", () => {
    const studies = [30, 80, 55, 41].map(studyOf);
    const { ab, mcse } = abOfCohort(studies.map(productsOf));
    expect(Math.abs(ab - abIn(studies))).toBeLessThan(1e-12);
    const without = studies.map((_, left) => abIn(studies.filter((_, w) => w !== left)));
    const mean = without.reduce((sum, value) => sum + value, 0) / 4;
    const variance = (3 / 4) * without.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    expect(Math.abs(mcse - Math.sqrt(variance))).toBeLessThan(1e-12);
  });

  it("its jackknife SE is the SD of ab over independent cohorts", () => {
    const cohorts = Array.from({ length: 200 }, (_, c) =>
      abOfCohort(Array.from({ length: 20 }, (_, w) => productsOf(studyOf(40, 20 * c + w + 10)))),
    );
    const mean = cohorts.reduce((sum, { ab }) => sum + ab, 0) / 200;
    const sd = Math.sqrt(cohorts.reduce((sum, { ab }) => sum + (ab - mean) ** 2, 0) / 199);
    const meanSe = Math.sqrt(cohorts.reduce((sum, { mcse }) => sum + mcse ** 2, 0) / 200);
    // SE of an SD over 200: 5 %; the jackknife itself varies less.
    expect(Math.abs(meanSe / sd - 1)).toBeLessThan(4.9 * 0.06);
  });

  it("is undefined without worlds, and with columns that say the same", () => {
    expect(abOfCohort([]).ab).toBeNaN();
    expect(abOfCohort([productsOf(studyOf(30, 1))]).ab).toBeNaN();
    const same = { ...studyOf(30, 1), covariates: [studyOf(30, 1).x] };
    expect(abOfCohort([same, same].map(productsOf)).ab).toBeNaN();
  });

  it("needs clients that can be enrolled: a pilot says how many", () => {
    expect(enrolmentShortfalls(conditions, "pilot")).toEqual([]);
    const [{ condition, problem }, ...others] = enrolmentShortfalls(
      conditions.map((one) => ({ ...one, study: { ...one.study, clientsPerTeam: one.nClients } })),
      "pilot",
    );
    expect([condition.index, others.length]).toEqual([0, 7]);
    expect(problem).toMatch(/at most what a team enrols, \d\d(\.\d)? clients in 30 weeks by a pilot, got 40; raise /);
  });

  it("takes everyone whom the sample is drawn from, and is one for all N", () => {
    expect(truthKey(conditions[0])).toBe(truthKey(conditions[1]));
    expect(truthKey(conditions[0])).not.toBe(truthKey(conditions[2]));
    expect(truthKey(conditions[0])).not.toBe(truthKey(conditions[4]));
    const { service, study, model } = conditions[0];
    const [products] = cohortSimulator({ conditions: [conditions[0]] })({
      conditionIndex: 0,
      firstReplication: 5,
      count: 1,
    });
    const [observed] = observeWorld(service, [wholeCohort(study)], keyOf("the very large cohort", 5));
    const data = toStudyData(observed, model);
    expect(products).toEqual(productsOf(data));
    expect(observed.nClients).toBe(observed.nEligible);
    expect(data.n).toBeGreaterThan(60);
  });

  it("is simulated once, kept by content, and marked where the model has no effect", async () => {
    const kept = new Map<string, Pick<Truth, "estimand" | "estimandMcse">>();
    const store = {
      get: (key: string) => kept.get(key),
      put: (key: string, truth: Pick<Truth, "estimand" | "estimandMcse">) => void kept.set(key, truth),
    };
    let started = 0;
    // Worlds of made-up clients: what is tested is who asks for what, when.
    const runner = async () => {
      started++;
      return inThisThread<readonly CohortProducts[]>(({ conditionIndex, firstReplication, count }) =>
        Array.from({ length: count * 4 }, (_, i) =>
          productsOf(studyOf(40, conditionIndex * 1000 + firstReplication + i)),
        ),
      );
    };
    const found = await truthsOf(conditions, runner, store);
    expect(started).toBe(1);
    expect(kept.size).toBe(4);
    expect(found.map(({ isNull }) => isNull)).toEqual([false, false, true, true, false, false, true, true]);
    expect(found[0]).toEqual(found[1]);
    expect(await truthsOf(conditions, runner, store)).toEqual(found);
    expect(started).toBe(1);
    expect(nWorlds(conditions[0].service)).toBe(350);
  });
});
