// With clients in teams: does multiple imputation draw what R's mice draws by 2l.pan at the same settings?
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { clustersOf } from "../../../models/estimators/cluster/clusters.ts";
import { clusterVariation } from "../../../models/estimators/cluster/icc.ts";
import { fitPaths } from "../../../models/estimators/fitPaths.ts";
import { fitPathsBy } from "../../../models/estimators/fitPathsBy.ts";
import type { PathFit, StudyData } from "../../../models/estimators/types.ts";
import { withinBetween } from "../../../models/estimators/withinBetween.ts";
import { imputeChained } from "../../../models/imputation/imputeChained.ts";
import { poolPaths } from "../../../models/imputation/pool.ts";
import { keyOf } from "../../../sim/random/address.ts";
import { factorize, fitResponse } from "../../../sim/numerics/leastSquares.ts";
import { expectWithin } from "../../statistical/expectStatistics.ts";
import { expectSame, mean, type OverSets, readColumns, variance } from "../imputation/overSets.ts";
import { relativeError } from "../mediation/cases.ts";

type RPaths = Readonly<Record<"a" | "varianceA" | "b" | "varianceB", OverSets>>;
type RCase = {
  readonly covariates: readonly string[];
  readonly teamMeans: boolean;
  readonly imputations: number;
  readonly iterations: number;
  readonly ols: RPaths;
  readonly mixed: RPaths;
  readonly columns: Readonly<Record<string, Readonly<Record<"mean" | "sd" | "icc", OverSets>>>>;
  readonly between: OverSets;
  /** Where team means are predictors. */
  readonly within?: OverSets;
};

const cases: Readonly<Record<string, RCase>> = JSON.parse(
  readFileSync(new URL("cases.json", import.meta.url), "utf8"),
).cases;

describe.each(Object.keys(cases))("mice with 2l.pan on %s", (name) => {
  const r = cases[name];
  const data = readColumns(new URL(`${name}.csv`, import.meta.url));
  const columnOf = (column: string) => data.get(column) ?? new Float64Array();
  const clusters = clustersOf(columnOf("team"));
  // In the order of the file, which is mice's order of imputation.
  const names = [...data.keys()].filter((column) => column !== "team");
  const columns = names.map((column) => ({ values: columnOf(column), method: "normal" as const }));
  const { imputations, iterations } = r;
  const run = (teams: typeof clusters | null, teamMeans: boolean): StudyData[] => {
    const options = { imputations, iterations, teamMeans };
    const result = imputeChained(columns, teams, options, keyOf("teams of the oracle", 0));
    if (!result.ok) throw new Error(result.kind);
    expect(result.dropped).toEqual([]);
    return result.completed.map((set) => {
      const column = (wanted: string) => set[names.indexOf(wanted)];
      const covariates = r.covariates.map(column);
      return { n: clusters.index.length, x: column("x"), m: column("m"), y: column("y"), covariates };
    });
  };
  const expectPaths = (fits: readonly (PathFit | null)[], theirs: RPaths) => {
    const own = fits.map((fit) => {
      if (fit === null) throw new Error("not fitted");
      return fit;
    });
    for (const [path, se, variances] of [
      ["a", "seA", "varianceA"],
      ["b", "seB", "varianceB"],
    ] as const) {
      expectSame(
        own.map((fit) => fit[path]),
        theirs[path],
        imputations,
      );
      const squares = own.map((fit) => fit[se] ** 2);
      const mcse = Math.sqrt((theirs[variances].variance + variance(squares)) / imputations);
      expectWithin(mean(squares), { truth: theirs[variances].mean, mcse });
      // The pooled standard error, by Rubin's rules from R's data sets.
      const total = theirs[variances].mean + (1 + 1 / imputations) * theirs[path].variance;
      const pooled = poolPaths(own)[path];
      const ofBetween = theirs[path].variance * Math.sqrt((theirs[path].kurtosis - 1) / imputations);
      expectWithin(pooled.se ** 2, { truth: total, mcse: Math.sqrt(2 * (ofBetween ** 2 + mcse ** 2)) });
      expect(relativeError(pooled.se, Math.sqrt(total))).toBeLessThan(0.1);
    }
  };
  const expectColumns = (sets: readonly StudyData[]) => {
    for (const [column, statistics] of Object.entries(r.columns)) {
      const of = (set: StudyData) =>
        column === "m" || column === "y" ? set[column] : set.covariates[r.covariates.indexOf(column)];
      const missing = columnOf(column).map((value) => (Number.isNaN(value) ? 1 : 0));
      const imputed = sets.map((set) => of(set).filter((_, row) => missing[row] === 1));
      expectSame(imputed.map(mean), statistics.mean, imputations);
      expectSame(
        imputed.map((values) => Math.sqrt(variance(values))),
        statistics.sd,
        imputations,
      );
      const iccs = sets.map((set) => {
        const variation = clusterVariation(of(set), clusters);
        if (!variation.ok) throw new Error(variation.kind);
        return variation.icc;
      });
      expectSame(iccs, statistics.icc, imputations);
    }
  };
  /** Slope of the team means of Y on those of M, given those of X; teams count alike. */
  const between = ({ x, m, y }: StudyData): number => {
    const means = [m, x, y].map((column) => {
      const ofTeams = new Float64Array(clusters.nClusters);
      for (const [i, value] of column.entries())
        ofTeams[clusters.index[i]] += value / clusters.sizes[clusters.index[i]];
      return ofTeams;
    });
    const design = factorize(means.slice(0, 2));
    if (!design.ok) throw new Error(design.kind);
    return fitResponse(design, means[2]).coefficients[0];
  };
  /** Slope of M in Y's deviations from team means, no covariates. */
  const within = (set: StudyData): number => {
    const fit = withinBetween(set, clusters, 0.95);
    if (!fit.ok) throw new Error(fit.kind);
    return fit.bWithin.estimate;
  };
  const sets = run(clusters, r.teamMeans);

  it("pooled paths by ordinary regression and by mixed models, and their errors", () => {
    expectPaths(sets.map(fitPaths), r.ols);
    expectPaths(
      sets.map((set) => fitPathsBy("mixed", set, { teams: clusters, managers: null })),
      r.mixed,
    );
  });

  it("imputed values: mean, spread, ICC of the completed columns; slopes between and within teams", () => {
    expectColumns(sets);
    expectSame(sets.map(between), r.between, imputations);
    if (r.within) expectSame(sets.map(within), r.within, imputations);
  });

  it("would notice an imputation that takes no notice of teams", () => {
    expect(() => expectColumns(run(null, false))).toThrow("MCSE");
  });

  const { within: ofR } = r;
  if (ofR !== undefined)
    it("would notice one without team means", () => {
      const slopes = run(clusters, false).map(within);
      expect(() => expectSame(slopes, ofR, imputations)).toThrow("MCSE");
    });
});
