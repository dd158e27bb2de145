// Does multiple imputation draw what R's mice draws at the same settings, and pool as mice pools?
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fitPaths } from "../../../models/estimators/fitPaths.ts";
import type { PathFit, StudyData } from "../../../models/estimators/types.ts";
import { type Imputation, imputeChained } from "../../../models/imputation/imputeChained.ts";
import { pool, poolPaths } from "../../../models/imputation/pool.ts";
import type { ImputationMethod, IncompleteColumn } from "../../../models/imputation/types.ts";
import { keyOf } from "../../../sim/random/address.ts";
import { expectWithin } from "../../statistical/expectStatistics.ts";
import { relativeError } from "../mediation/cases.ts";
import { expectSame, mean, type OverSets, readColumns, variance } from "./overSets.ts";

type RPooled = Readonly<
  Record<"estimate" | "se" | "df" | "within" | "between" | "fractionMissing" | "increase", number>
> & { readonly estimates: readonly number[]; readonly ses: readonly number[] };
type RCase = {
  readonly n: number;
  readonly covariates: readonly string[];
  readonly methods: readonly string[];
  readonly names: readonly string[];
  readonly imputations: number;
  readonly iterations: number;
  readonly a: OverSets;
  readonly varianceA: OverSets;
  readonly b: OverSets;
  readonly varianceB: OverSets;
  readonly columns: Readonly<Record<string, Readonly<Record<"mean" | "sd" | "withY" | "withM", OverSets>>>>;
  readonly pooledA: RPooled;
  readonly pooledB: RPooled;
  readonly dfA: number;
  readonly dfB: number;
};

const cases = JSON.parse(readFileSync(new URL("cases.json", import.meta.url), "utf8"));
const METHODS: Readonly<Record<string, ImputationMethod>> = {
  norm: "normal",
  logreg: "logistic",
  pmm: "predictiveMeanMatching",
};

function correlation(left: Float64Array, right: Float64Array): number {
  const [l, r] = [mean(left), mean(right)];
  const products = left.reduce((sum, v, i) => sum + (v - l) * (right[i] - r), 0) / (left.length - 1);
  return products / Math.sqrt(variance(left) * variance(right));
}

describe.each(["mcar", "mar", "scales", "separated"])("mice on %s", (name) => {
  const r: RCase = cases[name];
  const data = readColumns(new URL(`${name}.csv`, import.meta.url));
  const columns: IncompleteColumn[] = r.names.map((column, j) => {
    const values = data.get(column) ?? new Float64Array();
    const method = METHODS[r.methods[j]];
    return method === undefined ? { values } : { values, method };
  });
  const options = { imputations: r.imputations, iterations: r.iterations };
  const run = (changed: readonly IncompleteColumn[], seed = "oracle") => {
    const result = imputeChained(changed, null, options, keyOf(seed, 0));
    if (!result.ok) throw new Error(result.kind);
    return result;
  };
  const studies = ({ completed }: Imputation): StudyData[] =>
    completed.map((set) => {
      const column = (wanted: string) => set[r.names.indexOf(wanted)];
      return { n: r.n, x: column("x"), m: column("m"), y: column("y"), covariates: r.covariates.map(column) };
    });
  const fitsOf = (result: Imputation): PathFit[] =>
    studies(result).map((study) => {
      const fit = fitPaths(study);
      if (fit === null) throw new Error("not fitted");
      return fit;
    });
  const expectPaths = (fits: readonly PathFit[]) => {
    const column = (pick: (fit: PathFit) => number) => fits.map(pick);
    expectSame(
      column(({ a }) => a),
      r.a,
      r.imputations,
    );
    expectSame(
      column(({ b }) => b),
      r.b,
      r.imputations,
    );
    expectWithin(mean(column(({ seA }) => seA * seA)), {
      truth: r.varianceA.mean,
      mcse: Math.sqrt((r.varianceA.variance * 2) / r.imputations),
    });
    expectWithin(mean(column(({ seB }) => seB * seB)), {
      truth: r.varianceB.mean,
      mcse: Math.sqrt((r.varianceB.variance * 2) / r.imputations),
    });
  };
  const result = run(columns);

  it("pooled paths: mean and variance between data sets, mean squared standard error", () => {
    const fits = fitsOf(result);
    expect(fits[0].dfA).toBe(r.dfA);
    expect(fits[0].dfB).toBe(r.dfB);
    expectPaths(fits);
    const { a, b, paths } = poolPaths(fits);
    expect(paths).toEqual({ a: a.estimate, seA: a.se, dfA: a.df, b: b.estimate, seB: b.se, dfB: b.df });
    // Pooled standard errors from R's 400 data sets, by Rubin's rules.
    const rubin = ({ mean: within }: OverSets, { variance: between }: OverSets) =>
      Math.sqrt(within + (1 + 1 / r.imputations) * between);
    expect(relativeError(a.se, rubin(r.varianceA, r.a))).toBeLessThan(0.1);
    expect(relativeError(b.se, rubin(r.varianceB, r.b))).toBeLessThan(0.1);
  });

  it("imputed values: mean, spread, correlations with outcome and mediator, data set by data set", () => {
    const at = (column: string) => r.names.indexOf(column);
    for (const [column, statistics] of Object.entries(r.columns)) {
      const missing = (data.get(column) ?? new Float64Array()).map((v) => (Number.isNaN(v) ? 1 : 0));
      const imputed = result.completed.map((set) => set[at(column)].filter((_, row) => missing[row] === 1));
      expect(result.nMissing[at(column)]).toBe(imputed[0].length);
      expectSame(imputed.map(mean), statistics.mean, r.imputations);
      expectSame(
        imputed.map((values) => Math.sqrt(variance(values))),
        statistics.sd,
        r.imputations,
      );
      for (const [other, statistic] of [
        ["y", statistics.withY],
        ["m", statistics.withM],
      ] as const)
        if (other !== column)
          expectSame(
            result.completed.map((set) => correlation(set[at(column)], set[at(other)])),
            statistic,
            r.imputations,
          );
    }
    expect(result.dropped).toEqual([]);
  });

  it("observed values are left alone, and donors give values that were observed", () => {
    for (const set of result.completed.slice(0, 5))
      for (const [j, { values, method }] of columns.entries()) {
        const seen = new Set(values.filter((v) => !Number.isNaN(v)));
        for (const [row, value] of set[j].entries()) {
          if (!Number.isNaN(values[row])) expect(value).toBe(values[row]);
          else if (method !== "normal") expect(seen.has(value)).toBe(true);
        }
      }
  });

  if (name === "mar")
    it("would notice values imputed without the outcome, or copied from the observed ones", () => {
      const without = run(columns.filter((_, j) => r.names[j] !== "y"));
      const y = result.completed.map((set) => set[r.names.indexOf("y")]);
      const restored = without.completed.map((set, j) => set.toSpliced(r.names.indexOf("y"), 0, y[j]));
      expect(() => expectPaths(fitsOf({ ...without, completed: restored }))).toThrow("MCSE");
      const matched = columns.map(({ values }): IncompleteColumn => ({ values, method: "predictiveMeanMatching" }));
      const oneRound = imputeChained(matched, null, { ...options, iterations: 1, donors: 200 }, keyOf("oracle", 0));
      if (!oneRound.ok) throw new Error(oneRound.kind);
      expect(() => expectPaths(fitsOf(oneRound))).toThrow("MCSE");
    });

  it("Rubin's rules with the degrees of freedom of Barnard and Rubin: mice's pool.scalar", () => {
    for (const [theirs, dfComplete] of [
      [r.pooledA, r.dfA],
      [r.pooledB, r.dfB],
    ] as const) {
      const own = pool(theirs.estimates, theirs.ses, dfComplete);
      for (const field of ["estimate", "se", "df", "within", "between", "fractionMissing"] as const)
        expect(relativeError(own[field], theirs[field]), field).toBeLessThan(1e-10);
      expect(relativeError(own.shareMissing, theirs.increase / (1 + theirs.increase))).toBeLessThan(1e-10);
    }
  });
});
