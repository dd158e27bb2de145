// Do paired intervals cover, does the best stay among those that may be best, and do changes act in the direction they must?
import { beforeAll, describe, expect, it } from "vitest";
import { comparedFigures } from "../../models/compare/keyFigures.ts";
import { type PairedDifference, pairedDifference } from "../../models/compare/pairedDifference.ts";
import { rank } from "../../models/compare/ranking.ts";
import { keyFigureSimulator } from "../../models/compare/simulateKeyFigures.ts";
import { checkpointsOf, isPreciseEnough } from "../../models/compare/stoppingRule.ts";
import { type ServiceChanges, type ServiceParameters, serviceParameters } from "../../models/service/parameters.ts";
import { WHAT } from "../../models/what.ts";
import { keyOf, normalAt, uniformAt } from "../../sim/random/address.ts";
import { planOf, scenarioWith } from "../compare/fixture.ts";
import { LIMIT, seedFor } from "./expectStatistics.ts";

/** Alliance and dose of the tiny service with and without a larger cap, one pair of columns per figure. */
function playPairs(seed: string, nPairs: number): readonly (readonly [base: Float64Array, other: Float64Array])[] {
  const plan = planOf([scenarioWith("bigger", { staffing: { caseloadCap: 6 } })], { seed });
  const at = ["alliance", "dose"].map((figure) =>
    comparedFigures(plan, plan.base).findIndex(({ name }) => name === figure),
  );
  const play = keyFigureSimulator(plan);
  const rows = [0, 1].map((conditionIndex) =>
    Array.from({ length: nPairs }, (_, firstReplication) => play({ conditionIndex, firstReplication, count: 1 })),
  );
  return at.map((f) => {
    const [base, other] = rows.map((played) => Float64Array.from(played, (values) => values[f]));
    return [base, other];
  });
}

const covers = ({ ci: [lower, upper] }: PairedDifference, truth: number) => lower <= truth && truth <= upper;
const shareOf = (hits: readonly boolean[]) => hits.filter(Boolean).length / hits.length;

/** A soak plays every comparison out with a seed of its own; otherwise they are drawn from a long run of real pairs. */
const isSoak = process.env.CASELOAD_SOAK_SEED !== undefined;
const LONG_RUN = 600;

describe("95 % intervals of real differences between two services", { timeout: 600_000 }, () => {
  let pairs: ReturnType<typeof playPairs>;
  beforeAll(() => {
    pairs = playPairs(seedFor("long run"), isSoak ? 20_000 : LONG_RUN);
  }, 600_000);

  /** Comparison number c: so many replications drawn from the long run. */
  const drawn = (figure: number, c: number, n: number): readonly [Float64Array, Float64Array] => {
    const [base, other] = pairs[figure];
    const key = keyOf(seedFor("drawn"), c);
    const rows = Array.from({ length: n }, (_, i) =>
      Math.floor(uniformAt(key, i, WHAT.bootstrapRows, 0) * base.length),
    );
    return [Float64Array.from(rows, (row) => base[row]), Float64Array.from(rows, (row) => other[row])];
  };
  const stopped = ([base, other]: readonly [Float64Array, Float64Array], precision: number) => {
    for (const n of checkpointsOf(base.length)) {
      const found = pairedDifference(base.subarray(0, n), other.subarray(0, n));
      if (n === base.length || isPreciseEnough(found, precision)) return found;
    }
    throw new Error("the last look is at all");
  };

  it.each([
    ["alliance", 0],
    ["dose", 1],
  ] as const)(
    "%s: the long-run difference in 92 to 98 of 100 comparisons, of 30 replications and stopped when precise",
    (_, figure) => {
      const truth = pairedDifference(...pairs[figure]).difference;
      const fixed = Array.from({ length: 1_000 }, (_, c) => pairedDifference(...drawn(figure, c, 30)));
      expect(shareOf(fixed.map((found) => covers(found, truth)))).toBeGreaterThan(0.92);
      expect(shareOf(fixed.map((found) => covers(found, truth)))).toBeLessThan(0.98);
      const sequential = Array.from({ length: 1_000 }, (_, c) => stopped(drawn(figure, c, 200), 0.01));
      expect(sequential.some(({ nPairs }) => nPairs === 30)).toBe(true);
      expect(sequential.some(({ nPairs }) => nPairs > 41)).toBe(true);
      expect(shareOf(sequential.map((found) => covers(found, truth)))).toBeGreaterThan(0.92);
      expect(shareOf(sequential.map((found) => covers(found, truth)))).toBeLessThan(0.98);
      // Intervals of two thirds of the length cover too rarely, those of independent samples nearly always.
      const wrong = (scale: (found: PairedDifference) => number) =>
        shareOf(
          fixed.map((found) => {
            const half = ((found.ci[1] - found.ci[0]) / 2) * scale(found);
            return Math.abs(found.difference - truth) <= half;
          }),
        );
      expect(wrong(() => 2 / 3)).toBeLessThan(0.92);
      expect(wrong(({ varianceRatio }) => Math.sqrt(varianceRatio))).toBeGreaterThan(0.98);
    },
  );

  it.runIf(isSoak)("400 comparisons, each with a seed of its own and stopped when precise", () => {
    const truths = pairs.map((pair) => pairedDifference(...pair).difference);
    const found = Array.from({ length: 400 }, (_, c) => playPairs(`${seedFor("own seed")} ${c}`, 60));
    for (const [figure, truth] of truths.entries()) {
      const coverage = shareOf(found.map((pair) => covers(stopped(pair[figure], 0.01), truth)));
      process.stdout.write(`coverage of ${["alliance", "dose"][figure]}: ${coverage}\n`);
      expect(coverage).toBeGreaterThanOrEqual(0.92);
      expect(coverage).toBeLessThanOrEqual(0.98);
    }
  });
});

describe("the best of several", () => {
  const N = 40;
  const names = ["base", "one", "two", "three"];
  const figure = { name: "x", label: "x", unit: "1", definition: "", headline: true, better: "higher" } as const;
  /** Four scenarios with shared luck (SD 3) and luck of their own (SD 1). */
  const values = (replication: number, means: readonly number[]) => {
    const key = keyOf(seedFor("best of several"), replication);
    const normal = (who: number, when: number) => normalAt(key, who, WHAT.age, when);
    return means.map((mean, i) =>
      Float64Array.from({ length: N }, (_, r) => mean + 3 * normal(0, r) + normal(i + 1, r)),
    );
  };
  const rankings = (means: readonly number[], nTrials: number) =>
    Array.from({ length: nTrials }, (_, t) => rank(figure, names, values(t, means)));

  it("is named as one that may be best in at least 95 % of comparisons, where all are alike; without adjustment it is not", () => {
    const trials = 1_500;
    const limit = LIMIT * Math.sqrt((0.05 * 0.95) / trials);
    const missing =
      rankings([0, 0, 0, 0], trials).filter(({ mayBeBest }) => !mayBeBest.includes("two")).length / trials;
    expect(missing).toBeLessThanOrEqual(0.05 + limit);
    // One of the other three beats it by an unadjusted one-sided test at .05 in about 11 of 100.
    const unadjusted = Array.from({ length: trials }, (_, t) => values(t, [0, 0, 0, 0])).filter(
      ([base, one, two, three]) =>
        [base, one, three].some((other) => {
          const { difference, mcse } = pairedDifference(two, other);
          return difference > 1.684875 * mcse;
        }),
    ).length;
    expect(unadjusted / trials).toBeGreaterThan(0.05 + limit);
  });

  it("any difference from the base is claimed in at most 5 % of comparisons where there is none, by Holm's method", () => {
    const trials = 1_500;
    const found = rankings([0, 0, 0, 0], trials);
    const claims = found.filter(({ againstBase }) => againstBase.some(({ holm }) => holm < 0.05));
    expect(claims.length / trials).toBeLessThanOrEqual(0.05 + LIMIT * Math.sqrt((0.05 * 0.95) / trials));
    const naive = found.filter(({ againstBase }) => againstBase.some(({ p }) => p < 0.05));
    expect(naive.length / trials).toBeGreaterThan(0.07);
  });

  it("that is far ahead stands alone, and is the lowest where lower is better", () => {
    expect(rank(figure, names, values(0, [0, 0, 3, 1])).mayBeBest).toEqual(["two"]);
    const lower = rank({ ...figure, better: "lower" }, names, values(0, [0, -2, 3, 1]));
    expect(lower.mayBeBest).toEqual(["one"]);
    expect(lower.againstBase.map(({ holm }) => holm < 1e-4)).toEqual([true, true, true]);
  });
});

describe("what a change does, on smcm-program's kind of agency", () => {
  const SMALL: ServiceChanges = {
    time: { weeks: 104 },
    teams: { count: 2, seats: 3, perAgency: [2] },
    staffing: { turnover: { perYear: 0.38 } },
    referrals: { perWeek: 0.25 },
    effects: { fidelityOnAlliance: 0.82, allianceOnOutcomes: 0.55 },
    fidelity: { start: 27, rise: 18.2 },
  };
  const N = isSoak ? 240 : 60;
  const small = serviceParameters(SMALL);
  const played = new Map<string, Float64Array[]>();
  const play = (service: ServiceParameters): Float64Array[] => {
    const name = JSON.stringify(service);
    const base = { ...scenarioWith("base"), service };
    const one = keyFigureSimulator(planOf([], { base, seed: seedFor("directions") }));
    const rows =
      played.get(name) ??
      Array.from({ length: N }, (_, firstReplication) => one({ conditionIndex: 0, firstReplication, count: 1 }));
    played.set(name, rows);
    return rows;
  };
  const figures = comparedFigures({ base: scenarioWith("base") }, scenarioWith("base"));
  /** Every key figure's difference, by name. */
  const effectOf = (changes: ServiceChanges, of: ServiceChanges = {}) => {
    const base = serviceParameters(of, small);
    const [before, after] = [play(base), play(serviceParameters(changes, base))];
    const column = (rows: readonly Float64Array[], f: number) => rows.map((values) => values[f]);
    return Object.fromEntries(
      figures.map(({ name }, f) => [name, pairedDifference(column(before, f), column(after, f))]),
    );
  };
  /** The 95 % interval lies on the side it must; in a soak the differences are at least 10 MCSE. */
  const expectSign = ({ ci: [lower, upper] }: PairedDifference, sign: 1 | -1) => {
    expect(sign * (sign > 0 ? lower : upper)).toBeGreaterThan(0);
  };

  it("a higher cap lowers dose and alliance, and relieves the waiting list", () => {
    const { dose, alliance, waiting, waitDays, caseload } = effectOf({ staffing: { caseloadCap: 28 } });
    expectSign(caseload, 1);
    expectSign(dose, -1);
    expectSign(alliance, -1);
    expectSign(waiting, -1);
    expectSign(waitDays, -1);
  });

  it("half the turnover raises fidelity, alliance and continuity", () => {
    const { fidelity, alliance, managerChanges } = effectOf(
      { staffing: { turnover: { perYear: 0.4 } } },
      { staffing: { turnover: { perYear: 0.8 } } },
    );
    expectSign(fidelity, 1);
    expectSign(alliance, 1);
    expectSign(managerChanges, -1);
  });

  it("without monitoring fidelity drifts down, also where monitoring does not retain staff", () => {
    expectSign(effectOf({ fidelity: { monitoring: { on: false } } }).fidelity, -1);
    const unretained = { staffing: { turnover: { monitoring: { hazardRatio: 1 } } } };
    expectSign(effectOf({ fidelity: { monitoring: { on: false } } }, unretained).fidelity, -1);
  });

  it("hold beats pool on continuity; pool shortens the time on hold, and lengthens the waiting list it goes before", () => {
    const { managerChanges, waiting, withoutManager } = effectOf(
      { staffing: { handOver: "pool" } },
      { staffing: { vacancy: 26 } },
    );
    expectSign(managerChanges, 1);
    expectSign(waiting, 1);
    expectSign(withoutManager, -1);
  });

  it("a hiring freeze costs dose and makes clients wait longer", () => {
    const { dose, waiting, vacancies } = effectOf({ staffing: { hiringFreeze: { on: true, start: 13, weeks: 78 } } });
    expectSign(vacancies, 1);
    expectSign(dose, -1);
    expectSign(waiting, 1);
  });
});
