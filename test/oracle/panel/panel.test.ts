// Is a panel with teams, by every estimator, R's; and is a panel with missing values mice's?
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  analyzePanel,
  type NamedEquation,
  type PanelAnalysis,
  type PanelAnalysisFailure,
  type PanelOptions,
} from "../../../models/estimators/analyzePanel.ts";
import { ESTIMATOR_NAMES } from "../../../models/estimators/analysis/types.ts";
import { clustersOf } from "../../../models/estimators/cluster/clusters.ts";
import { analyzePanelImputed } from "../../../models/imputation/analyzePanelImputed.ts";
import { expectWithin } from "../../statistical/expectStatistics.ts";
import { close } from "../cluster/cases.ts";

type Vector = readonly number[];
type RMixed = {
  readonly estimate: Vector;
  readonly se: Vector;
  readonly df: Vector;
  readonly p: Vector;
  readonly team: number;
  readonly residual: number;
  readonly logLik: number;
  readonly singular: boolean;
};
type REquation = {
  readonly estimate: Vector;
  readonly ols: { readonly se: Vector };
  readonly robust: Readonly<Record<string, { readonly se: Vector; readonly df?: Vector }>>;
} & Readonly<Record<"REML" | "ML" | "nested", RMixed>>;
type OverSets = { readonly mean: number; readonly variance: number; readonly kurtosis: number | null };
type RPooled = Readonly<Record<"estimate" | "squaredSe", OverSets>>;
type Cases = {
  readonly equations: Readonly<Record<string, REquation>>;
  readonly half: Readonly<Record<string, number>>;
  readonly sequential: Readonly<Record<string, number>>;
  readonly missing: {
    readonly imputations: number;
    readonly iterations: number;
    readonly pooled: Readonly<Record<string, Readonly<Record<string, RPooled>>>>;
  };
};

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const R: Cases = JSON.parse(read("cases.json"));
/** The worst found: errors and df 5e-15, correlations 5e-15. */
const [ROBUST, CORRELATION] = [1e-8, 1e-10];
/** lme4's search stops a little before the maximum. The worst found: estimates 2e-7, errors 4e-9, df 2e-8, variances 2e-7. */
const [MIXED, DF, VARIANCE, LOG_LIK] = [1e-6, 1e-3, 1e-5, 1e-10];

function columnsOf(file: string): (name: string) => Float64Array {
  const [header, ...lines] = read(file).trim().split(/\r?\n/);
  const rows = lines.map((line) => line.split(",").map((cell) => (cell === "" ? Number.NaN : Number(cell))));
  return (name) => Float64Array.from(rows, (row) => row[header.split(",").indexOf(name)]);
}

function panelOf(column: (name: string) => Float64Array, nWaves: number) {
  const waves = Array.from({ length: nWaves }, (_, t) => ["x", "m", "y"].map((variable) => `${variable}${t + 1}`));
  const z = column("z");
  return {
    names: { waves, covariates: ["z"] },
    data: { n: z.length, waves: waves.map((wave) => wave.map(column)), covariates: [z] },
  };
}

const OPTIONS: PanelOptions = {
  tests: ["jointSignificance", "sobel"],
  level: 0.95,
  draws: 2,
  seed: "oracle",
  estimator: "cr2",
  method: "REML",
};
const column = columnsOf("teams.csv");
const grouping = (name: string) => ({ name, clusters: clustersOf(column(name)), labels: [] });
const TEAMS = { ...grouping("team"), managers: null };

function fitted<Result extends PanelAnalysis>(result: Result | PanelAnalysisFailure): Result {
  if ("ok" in result) throw new Error(result.because);
  return result;
}

function analysis(options: Partial<PanelOptions>, nWaves = 3, clustering: Parameters<typeof analyzePanel>[3] = TEAMS) {
  const { names, data } = panelOf(column, nWaves);
  return fitted(analyzePanel(data, names, { ...OPTIONS, ...options }, clustering));
}

function coefficientsOf(equation: NamedEquation) {
  if ("failure" in equation) throw new Error(equation.failure);
  return equation.coefficients;
}

/** Every slope of every equation; the intercept is R's first coefficient. */
function eachSlope(
  { equations }: PanelAnalysis,
  compare: (own: ReturnType<typeof coefficientsOf>[number], r: REquation, j: number, what: string) => void,
): void {
  expect(equations.map(({ response }) => response)).toEqual(Object.keys(R.equations));
  for (const equation of equations)
    for (const [index, slope] of coefficientsOf(equation).entries())
      compare(slope, R.equations[equation.response], index + 1, `${slope.name} → ${equation.response}`);
}

describe("200 made-up clients in 12 teams, three waves: every equation", () => {
  it.each(["ols", "hc0", "hc1", "hc2", "hc3", "hc4"] as const)("%s: sandwich, residual df", (estimator) => {
    eachSlope(analysis({ estimator }, 3, null), (own, { estimate, ols, robust }, j, what) => {
      close(own.estimate, estimate[j], ROBUST, what);
      close(own.se, (estimator === "ols" ? ols : robust[estimator.toUpperCase()]).se[j], ROBUST, `${what} se`);
      expect(own.df).toBe(200 - 5);
    });
  });

  it.each(["cr0", "cr1", "cr1s"] as const)("%s: clubSandwich, clusters − 1 df", (estimator) => {
    eachSlope(analysis({ estimator }), (own, { robust }, j, what) => {
      close(own.se, robust[estimator.toUpperCase()].se[j], ROBUST, `${what} se`);
      expect(own.df).toBe(11);
    });
  });

  it("cr2: clubSandwich, Satterthwaite's df", () => {
    eachSlope(analysis({ estimator: "cr2" }), (own, { robust: { CR2 } }, j, what) => {
      close(own.se, CR2.se[j], ROBUST, `${what} se`);
      close(own.df, CR2.df?.[j] ?? null, ROBUST, `${what} df`);
    });
  });

  it.each([
    ["REML", "REML", TEAMS],
    ["ML", "ML", TEAMS],
    ["case managers in teams", "nested", { ...TEAMS, managers: grouping("manager") }],
  ] as const)("mixed, %s: lmerTest", (_, name, clustering) => {
    const method = name === "ML" ? "ML" : "REML";
    const own = analysis({ estimator: "mixed", method }, 3, clustering);
    eachSlope(own, (slope, r, j, what) => {
      close(slope.estimate, r[name].estimate[j], MIXED, what);
      close(slope.se, r[name].se[j], MIXED, `${what} se`);
      close(slope.df, r[name].df[j], DF, `${what} df`);
      close(slope.p, r[name].p[j], DF, `${what} p`);
    });
    for (const equation of own.equations) {
      if ("failure" in equation || equation.mixed === null) throw new Error(equation.response);
      const r = R.equations[equation.response][name];
      close(equation.intercept, r.estimate[0], MIXED, "intercept");
      close(equation.mixed.teamVariance, r.team, VARIANCE, "team variance");
      close(equation.mixed.residualVariance, r.residual, VARIANCE, "residual variance");
      close(equation.mixed.logLik, r.logLik, LOG_LIK, "log likelihood");
      expect(equation.mixed.singular).toBe(r.singular);
    }
    expect(own.method).toBe(method);
  });

  it("the indirect effect's paths are those of its equations, and its tests feed on them", () => {
    for (const estimator of ESTIMATOR_NAMES) {
      if (estimator === "withinBetween") continue;
      const own = analysis({ estimator });
      const [indirect] = own.indirect;
      if ("failure" in indirect) throw new Error(indirect.failure);
      const slope = (response: string, predictor: string) => {
        const found = own.equations.find((equation) => equation.response === response);
        return coefficientsOf(found as NamedEquation).find(({ name }) => name === predictor);
      };
      const { a, b } = indirect.paths;
      expect(slope("m2", "x1")).toEqual({ name: "x1", ...a });
      expect(slope("y3", "m2")).toEqual({ name: "m2", ...b });
      const { jointSignificance, sobel } = indirect.tests;
      expect(jointSignificance?.p).toBe(Math.max(a.p, b.p));
      close(sobel?.se ?? Number.NaN, Math.hypot(a.estimate * b.se, b.estimate * a.se), 1e-12, "Sobel's se");
    }
  });
});

describe("the correlation of the estimates of a and b", () => {
  const correlationOf = ({ indirect: [one] }: PanelAnalysis) => ("failure" in one ? Number.NaN : one.correlation);
  const correlation = (estimator: PanelOptions["estimator"], nWaves: number) =>
    correlationOf(analysis({ estimator }, nWaves));

  it.each(Object.entries(R.half))("two waves, %s: R's multivariate regression", (name, expected) => {
    const own = correlation(name.toLowerCase() as PanelOptions["estimator"], 2);
    close(own ?? Number.NaN, expected, CORRELATION, name);
  });

  it.each(Object.entries(R.sequential))("three waves, %s: the sandwich of both equations stacked", (name, expected) => {
    const own = correlation(name.toLowerCase() as PanelOptions["estimator"], 3);
    close(own ?? Number.NaN, expected, CORRELATION, name);
  });

  it("is 0 by ordinary regression over three waves, and not known of mixed models", () => {
    expect(correlation("ols", 3)).toBe(0);
    expect([2, 3].map((nWaves) => correlation("mixed", nWaves))).toEqual([null, null]);
  });
});

describe("missing values at random: mice's pooled estimates and errors", () => {
  const { imputations: theirs, iterations, pooled } = R.missing;
  const own = 250;
  const incomplete = panelOf(columnsOf("missing.csv"), 3);
  const run = (which: typeof incomplete) =>
    fitted(
      analyzePanelImputed(
        which.data,
        which.names,
        { ...OPTIONS, estimator: "ols" },
        { imputations: own, iterations, method: "normal" },
      ),
    );
  const compare = (equations: readonly NamedEquation[]) => {
    for (const equation of equations)
      for (const { name, estimate, se } of coefficientsOf(equation)) {
        const { estimate: q, squaredSe: u } = pooled[equation.response][name];
        if (q.variance === 0) {
          close(estimate, q.mean, 1e-8, `${name} → ${equation.response}`);
          close(se * se, u.mean, 1e-8, `${name} → ${equation.response} se²`);
          continue;
        }
        // Monte-Carlo error of both sides: of a mean, and of T = W + (1 + 1/m)B, B a variance with kurtosis κ.
        const both = 1 / own + 1 / theirs;
        expectWithin(estimate, { truth: q.mean, mcse: Math.sqrt(q.variance * both) });
        const between = (Math.max(q.kurtosis ?? 3, 3) - 1) * q.variance * q.variance;
        const total = u.mean + (1 + 1 / own) * q.variance;
        expectWithin(se * se, { truth: total, mcse: Math.sqrt((u.variance + between) * both) });
      }
  };

  it("of every equation", () => {
    const result = run(incomplete);
    compare(result.equations);
    expect(result.imputation).toMatchObject({ imputations: own, iterations, method: "normal", nComplete: 75 });
  });

  it("would notice an analysis of complete cases, or errors without the part between data sets", () => {
    const { names, data } = incomplete;
    const columns = [...data.waves.flat(), ...data.covariates];
    const isKept = (_: number, row: number) => columns.every((values) => !Number.isNaN(values[row]));
    const kept = columns.map((values) => values.filter(isKept));
    const waves = data.waves.map((_, t) => kept.slice(3 * t, 3 * t + 3));
    const listwise = { n: kept[0].length, waves, covariates: kept.slice(9) };
    const { equations } = fitted(analyzePanel(listwise, names, { ...OPTIONS, estimator: "ols" }));
    expect(() => compare(equations.filter(({ wave }) => wave === 3))).toThrow("MCSE");
    const { estimate, squaredSe } = pooled.y3.m2;
    const total = squaredSe.mean + estimate.variance;
    const mcse = Math.sqrt((squaredSe.variance + 2 * estimate.variance ** 2) * (1 / own + 1 / theirs));
    expect(() => expectWithin(squaredSe.mean, { truth: total, mcse })).toThrow("MCSE");
  });
});
