import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { intraclassCorrelation } from "../../../models/calibration/intraclass.ts";
import type { ReplicateStudy } from "../../../models/calibration/replicateStudy.ts";
import { OCCASIONS, totalMixedP } from "../../../models/calibration/publishedModels.ts";
import { statisticsOf } from "../../../models/calibration/statistics.ts";
import { STATISTICS } from "../../../models/calibration/calibrationBlock.ts";
import { OUTCOMES } from "../../../models/service/outcomeParameters.ts";
import { DAYS_PER_MONTH } from "../../../models/service/time.ts";

type Values = readonly (number | null)[];
type Oracle = {
  readonly columns: Readonly<Record<string, Values>>;
  readonly nonresponse: Readonly<Record<string, Values>>;
  readonly chosen: Values;
  readonly audits: Readonly<Record<"month0" | "month24" | "month36", Values>>;
  readonly left: readonly number[];
  readonly seats: number;
  /** p of total effects by mixed models; `with`: after `added` points of outcome per point of fidelity. */
  readonly totals: {
    readonly without: Readonly<Record<string, number>>;
    readonly added: number;
    readonly with: Readonly<Record<string, number>>;
  };
  readonly found: Readonly<Record<string, number>>;
};
const oracle = JSON.parse(readFileSync(new URL("./study.json", import.meta.url), "utf8")) as Oracle;

const numbers = (values: Values) => Float64Array.from(values, (value) => value ?? Number.NaN);
const wideOf = (columns: Readonly<Record<string, Values>>) =>
  Object.entries(columns).map(([name, values]) => ({ name, values: numbers(values) }));

/** The parts of a replicate study that statistics are computed from, filled with the oracle's data. */
function replicateOf({ columns, nonresponse, chosen, audits, left, seats }: Oracle): ReplicateStudy {
  const nTeams = left.length;
  const lastWeek = 120;
  const managersLeft = new Float64Array(lastWeek * nTeams).fill(-1);
  // 24 months end in week 104, counted from 0.
  managersLeft.set(left, 104 * nTeams);
  const replicate = {
    history: { nTeams, managers: { n: nTeams * seats }, weeks: { flows: { managersLeft } } },
    complete: {
      nClients: columns.age.length,
      wide: wideOf(columns),
      audits: {
        nTeams,
        day: Float64Array.from([0, 24, 36], (months) => months * DAYS_PER_MONTH),
        total: numbers([...audits.month0, ...audits.month24, ...audits.month36]),
      },
    },
    withNonresponse: { wide: wideOf(nonresponse) },
    selected: { wide: wideOf({ rprs4_5: chosen }) },
  };
  return replicate as unknown as ReplicateStudy;
}

describe("statistics of a replicate study", () => {
  const found = statisticsOf(replicateOf(oracle))!;

  it("are those of lm, lmer, aov and cor in R", () => {
    for (const [name, value] of Object.entries(oracle.found)) {
      expect(found[name], name).toBeDefined();
      expect(Math.abs(found[name] - value), name).toBeLessThan(1e-10 * Math.max(1, Math.abs(value)));
    }
  });

  it("do not exist where a model cannot be fitted", () => {
    const alike = { ...oracle, columns: { ...oracle.columns, woman: oracle.columns.woman.map(() => 1) } };
    expect(statisticsOf(replicateOf(alike))).toBeNull();
    const unaudited = { ...oracle.columns, fid4_5: oracle.columns.fid4_5.map((fid, i) => (i < 3 ? null : fid)) };
    expect(statisticsOf(replicateOf({ ...oracle, columns: unaudited }))).toBeNull();
  });

  it("are all covered by R, and every pattern finds its own", () => {
    expect(Object.keys(found).sort()).toEqual(Object.keys(oracle.found).sort());
    for (const name of STATISTICS) expect(found[name], name).toBeTypeOf("number");
  });
});

describe("total effects by mixed models", () => {
  const models = OCCASIONS.flatMap((occasion) =>
    OUTCOMES.map((outcome) => ({ occasion, outcome, y: outcome + occasion.outcome })),
  );
  const { columns, totals } = oracle;
  const fidelityOf = (y: string) => columns[y.endsWith("18") ? "fid13_5" : "fid4_5"];
  const withEffects: Oracle["columns"] = {
    ...columns,
    ...Object.fromEntries(
      models.map(({ y }) => [y, columns[y].map((value, i) => value! + totals.added * fidelityOf(y)[i]!)]),
    ),
  };

  // lme4 finds its maximum by a search without derivatives. The worst found is 1.3e-7.
  it.each([
    ["as they are", columns, totals.without],
    ["with an effect added", withEffects, totals.with],
  ] as const)("have the p of lmerTest in the data %s", (_, data, expected) => {
    for (const { outcome, occasion, y } of models) {
      const p = totalMixedP((name) => numbers(data[name]), outcome, occasion);
      expect(Math.abs(p - expected[y]), y).toBeLessThan(1e-6 * expected[y]);
    }
  });

  it("count as found where lmerTest has p < .05", () => {
    const found = statisticsOf(replicateOf({ ...oracle, columns: withEffects }))!;
    const names = models.filter(({ y }) => found[`totalMixedRejects.${y}`] === 1).map(({ y }) => y);
    expect(names.sort()).toEqual(
      Object.keys(totals.with)
        .filter((y) => totals.with[y] < 0.05)
        .sort(),
    );
    expect(names).toHaveLength(5);
  });

  it("do not exist for one team", () => {
    const team = columns.team.map(() => 1);
    const found = statisticsOf(replicateOf({ ...oracle, columns: { ...columns, team } }))!;
    for (const { y } of models) expect(found[`totalMixedRejects.${y}`], y).toBeNaN();
  });
});

describe("ICC(1)", () => {
  it("is 1 where nothing varies within groups, and below 0 where groups are more alike than chance makes them", () => {
    expect(intraclassCorrelation([1, 1, 2, 2, 2], [7, 7, 8, 8, 8])).toBe(1);
    // Means equal, so MSB = 0: −MSW/(2 − 1 + …) with groups of two is −1.
    expect(intraclassCorrelation([0, 2, 0, 2], [1, 1, 2, 2])).toBe(-1);
  });

  it("is what a hand computation gives for groups of 1, 2 and 3", () => {
    const values = [1, 3, 5, 4, 5, 6];
    const groups = [1, 2, 2, 3, 3, 3];
    // Means 1, 4, 5 about 4: SSB = 1·9 + 2·0 + 3·1 = 12 on 2; SSW = 0 + 2 + 2 = 4 on 3; n₀ = (6 − 14/6)/2 = 11/6.
    const [msb, msw, size] = [6, 4 / 3, 11 / 6];
    expect(intraclassCorrelation(values, groups)).toBeCloseTo((msb - msw) / (msb + (size - 1) * msw), 14);
  });

  it("does not exist for one group, or where every group has one value", () => {
    expect(intraclassCorrelation([1, 2], [1, 1])).toBeNaN();
    expect(intraclassCorrelation([1, 2], [1, 2])).toBeNaN();
  });
});
