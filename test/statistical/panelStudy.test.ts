// Are panels, case managers and missing values played as the scenario says?
import { describe, expect, it } from "vitest";
import { createPanelGenerator } from "../../models/paths/generatePanel.ts";
import { createStudyGenerator } from "../../models/paths/generateStudy.ts";
import { createStudyObserver } from "../../models/paths/observeStudy.ts";
import { populationOf } from "../../models/paths/population.ts";
import type { MissingValues } from "../../models/scenario/types.ts";
import { keyOf } from "../../sim/random/address.ts";
import { type PathChanges, pathsWith } from "../scenarioFixture.ts";
import { expectRate, expectWithin, seedFor } from "./expectStatistics.ts";

const STUDIES = 400;
const TEAMS = 10;
const N = 120;

/** Means over studies of several measures, each within its Monte-Carlo error of the truth. */
function expectMeans(measure: (r: number) => readonly number[], truths: readonly number[]): void {
  const values = Array.from({ length: STUDIES }, (_, r) => measure(r));
  for (const [j, truth] of truths.entries()) {
    const mean = values.reduce((sum, row) => sum + row[j], 0) / STUDIES;
    const variance = values.reduce((sum, row) => sum + (row[j] - mean) ** 2, 0) / (STUDIES - 1);
    expectWithin(mean, { truth, mcse: Math.sqrt(variance / STUDIES) });
  }
}

const product = (left: Float64Array, right: Float64Array) =>
  left.reduce((sum, value, i) => sum + value * right[i], 0) / left.length;

describe("a panel of clients with case managers in teams", () => {
  const changes: PathChanges = {
    a: 0.3,
    b: 0.25,
    reliability: { x: 0.8, m: 1, y: 0.9 },
    teams: { count: TEAMS, managers: 2, iccM: 0.2, iccY: 0.1, managerIccM: 0.1, managerIccY: 0.15, xBetween: 0.4 },
    waves: { count: 3, stability: { x: 0.6, m: 0.4, y: 0.3 }, yOnM: 0.15 },
  };
  const population = populationOf(pathsWith(changes));
  const { panel } = population;
  if (panel === null) throw new Error("there is a panel");
  const generate = createPanelGenerator({ ...population, panel }, { m: 0, y: 0 }, N);
  const { longRun } = panel;

  it("has the variances, covariances and measurement error of the population at every wave", () => {
    const moments = (r: number) =>
      generate(keyOf(seedFor("panel moments"), r)).waves.flatMap(([x, m, y]) => [
        product(x, x),
        product(m, m),
        product(y, y),
        product(x, m),
        product(m, y),
      ]);
    const truth = [longRun[0] / 0.8, longRun[4], longRun[8] / 0.9, longRun[1], longRun[5]];
    expectMeans(moments, [...truth, ...truth, ...truth]);
  });

  it("moves from wave to wave by the slopes", () => {
    // E[v₂ u₁′] = A·Σ.
    const lagged = (r: number) => {
      const [[x, m, y], [, m2, y2]] = generate(keyOf(seedFor("panel lags"), r)).waves;
      return [product(m2, x), product(m2, m), product(y2, x), product(y2, m), product(y2, y)];
    };
    const at = (i: number, j: number) => longRun[3 * i + j];
    const byM = (j: number) => 0.3 * at(0, j) + 0.4 * at(1, j) + 0.15 * at(2, j);
    const byY = (j: number) => 0.1 * at(0, j) + 0.25 * at(1, j) + 0.3 * at(2, j);
    expectMeans(lagged, [byM(0), byM(1), byY(0), byY(1), byY(2)]);
  });

  it("has teams and case managers as alike as their parts say", () => {
    const { team, manager } = panel;
    // Of two clients: of one case manager, of one team but not manager, of different teams.
    const alike = (r: number) => {
      const { waves, groups } = generate(keyOf(seedFor("panel groups"), r));
      const m = waves[2][1];
      const teams = groups?.teams.index ?? new Int32Array();
      const managers = groups?.managers ?? new Int32Array();
      const sums = [0, 0];
      const counts = [0, 0];
      for (let i = 0; i < N; i++)
        for (let j = 0; j < i; j++)
          if (teams[i] === teams[j]) {
            const kind = managers[i] === managers[j] ? 0 : 1;
            sums[kind] += m[i] * m[j];
            counts[kind]++;
          }
      return sums.map((sum, kind) => sum / counts[kind]);
    };
    expectMeans(alike, [team.start[4] + manager.start[4], team.start[4]]);
  });

  it("of more waves or more clients begins with the same values", () => {
    const long = populationOf(pathsWith({ ...changes, waves: { ...changes.waves, count: 5 } }));
    if (long.panel === null) throw new Error("there is a panel");
    const more = createPanelGenerator({ ...long, panel: long.panel }, { m: 0, y: 0 }, 200)(keyOf("nested", 1));
    const less = generate(keyOf("nested", 1));
    for (const [t, columns] of less.waves.entries())
      for (const [v, column] of columns.entries()) expect(more.waves[t][v].subarray(0, N)).toEqual(column);
  });
});

it("case managers of one occasion share what the scenario says of the residuals", () => {
  const teams = { count: TEAMS, managers: 3, iccM: 0.1, iccY: 0.2, managerIccM: 0.15, managerIccY: 0.05 };
  const generate = createStudyGenerator(populationOf(pathsWith({ a: 0, b: 0, cPrime: 0, teams })), { m: 0, y: 0 }, N);
  const alike = (r: number) => {
    const { m, y, groups } = generate(keyOf(seedFor("managers"), r));
    const managers = groups?.managers ?? new Int32Array();
    let [ofM, ofY, count] = [0, 0, 0];
    for (let i = 0; i < N; i++)
      for (let j = 0; j < i; j++)
        if (managers[i] === managers[j]) {
          ofM += m[i] * m[j];
          ofY += y[i] * y[j];
          count++;
        }
    return [ofM / count, ofY / count, product(m, m)];
  };
  expectMeans(alike, [0.25, 0.25, 1]);
});

describe("missing values", () => {
  const shareOf = (changes: PathChanges, missing: Partial<MissingValues>, n = 40_000) => {
    const paths = pathsWith({ ...changes, missing });
    const { columns } = createStudyObserver(populationOf(paths), paths, n)(keyOf(seedFor("missing"), 0));
    return columns.map((column) => column.reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0) / n);
  };

  it.each<[string, PathChanges, Partial<MissingValues>]>([
    ["mcar", {}, { mechanism: "mcar", x: 0.1, m: 0.3, y: 0.2 }],
    ["mar on X", {}, { mechanism: "mar", slope: -1.5, m: 0.3, y: 0.2 }],
    ["mnar", {}, { mechanism: "mnar", slope: 2, x: 0.1, m: 0.3, y: 0.2 }],
    ["mnar with error", { reliability: { x: 0.7, m: 0.8, y: 0.6 } }, { mechanism: "mnar", x: 0.1, m: 0.3, y: 0.2 }],
    [
      "mnar in two arms",
      { a: 1.5, x: { distribution: "binary", share: 0.3 } },
      { mechanism: "mnar", x: 0.1, m: 0.3, y: 0.2 },
    ],
  ])("%s: as many as asked for", (_, changes, missing) => {
    for (const [v, share] of shareOf(changes, missing).entries())
      expectRate(share, missing[(["x", "m", "y"] as const)[v]] ?? 0, 40_000);
  });

  it("dropout is for good, of the share asked for, and items are missing beside it at every wave", () => {
    const waves = { count: 4, stability: { x: 0.5, m: 0.5, y: 0.5 } };
    const shares = shareOf({ waves }, { dropout: 0.1, m: 0.2 });
    for (let t = 0; t < 4; t++) {
      const left = 0.9 ** t;
      for (const v of [0, 2]) expectRate(shares[3 * t + v], 1 - left, 40_000);
      expectRate(shares[3 * t + 1], 1 - 0.8 * left, 40_000);
    }
  });

  it("an allocated X is known of those who left", () => {
    const waves = { count: 3, stability: { x: 1, m: 0.5, y: 0.5 } };
    const shares = shareOf({ waves, x: { distribution: "binary", share: 0.5 } }, { dropout: 0.2 });
    expect([shares[0], shares[3], shares[6]]).toEqual([0, 0, 0]);
    expectRate(shares[7], 1 - 0.8 ** 2, 40_000);
  });

  it("dropout by the wave before takes those whose outcome was high", () => {
    const waves = { count: 2, stability: { x: 0.5, m: 0.5, y: 0.5 } };
    const paths = pathsWith({ waves, missing: { mechanism: "mar", on: "y", slope: 2, dropout: 0.3 } });
    const n = 20_000;
    const { columns } = createStudyObserver(populationOf(paths), paths, n)(keyOf("dropout", 0));
    const before = columns[2];
    const gone = columns[3].map((value) => (Number.isNaN(value) ? 1 : 0));
    expectRate(gone.reduce((sum, one) => sum + one, 0) / n, 0.3, n);
    const meanOf = (left: number) => {
      const own = before.filter((_, i) => gone[i] === left);
      return own.reduce((sum, value) => sum + value, 0) / own.length;
    };
    expect(meanOf(1) - meanOf(0)).toBeGreaterThan(0.8);
  });

  it("with a larger share the same values are missing, and more", () => {
    const lostAt = (m: number) => {
      const paths = pathsWith({ missing: { mechanism: "mar", m } });
      const { columns } = createStudyObserver(populationOf(paths), paths, 500)(keyOf("more", 0));
      return columns[1].map((value) => (Number.isNaN(value) ? 1 : 0));
    };
    const [few, many] = [lostAt(0.1), lostAt(0.3)];
    expect(few.every((lost, i) => lost <= many[i])).toBe(true);
    expect(few).not.toEqual(many);
  });
});
