// A panel with missing values: is what is pooled Rubin's rules on the panels of the completed data sets, whatever the estimator?
import { describe, expect, it } from "vitest";
import { analyzePanel, type PanelAnalysis, type PanelOptions } from "../../models/estimators/analyzePanel.ts";
import { clustersOf } from "../../models/estimators/cluster/clusters.ts";
import { analyzePanelImputed } from "../../models/imputation/analyzePanelImputed.ts";
import { pool } from "../../models/imputation/pool.ts";
import { poolPanels } from "../../models/imputation/poolPanels.ts";
import { crossLagged } from "../../models/estimators/crossLagged.ts";
import { keyOf, normalAt, uniformAt } from "../../sim/random/address.ts";

const N = 90;
const key = keyOf("imputed panel", 0);
const NAMES = {
  waves: [
    ["x1", "m1", "y1"],
    ["x2", "m2", "y2"],
    ["x3", "m3", "y3"],
  ],
  covariates: [],
};
const CLUSTERING = {
  name: "team",
  clusters: clustersOf(Array.from({ length: N }, (_, i) => i % 9)),
  labels: [],
  managers: null,
};
const OPTIONS: PanelOptions = {
  tests: ["sobel", "monteCarlo"],
  level: 0.95,
  draws: 100,
  seed: "s",
  estimator: "cr2",
  method: "REML",
};
const IMPUTED = { imputations: 4, iterations: 2, method: "normal" } as const;

/** Each variable is partly what it was a wave before; `share` of the values of later waves are missing. */
function panel(share: number) {
  let before = [1, 2, 3].map((what) => Float64Array.from({ length: N }, (_, i) => normalAt(key, i, what, 0)));
  const waves = [before];
  for (let t = 1; t < 3; t++) {
    before = before.map((values, v) =>
      values.map((value, i) => 0.5 * value + 0.3 * before[(v + 2) % 3][i] + normalAt(key, i, v + 1, t)),
    );
    waves.push(before);
  }
  const holes = (values: Float64Array, t: number, v: number) =>
    values.map((value, i) => (t > 0 && uniformAt(key, i, 10 + v, t) < share ? Number.NaN : value));
  return { n: N, waves: waves.map((wave, t) => wave.map((values, v) => holes(values, t, v))), covariates: [] };
}

function fitted(result: ReturnType<typeof analyzePanel>): PanelAnalysis {
  if ("ok" in result) throw new Error(result.because);
  return result;
}
const coefficients = ({ equations }: PanelAnalysis) =>
  equations.flatMap((equation) => ("failure" in equation ? [] : equation.coefficients));

describe("Rubin's rules", () => {
  it.each(["ols", "hc3", "cr2", "mixed"] as const)(
    "%s: with nothing missing the analysis itself, df after Barnard and Rubin",
    (estimator) => {
      const options = { ...OPTIONS, estimator };
      const own = fitted(analyzePanelImputed(panel(0), NAMES, options, IMPUTED, CLUSTERING));
      const plain = coefficients(fitted(analyzePanel(panel(0), NAMES, options, CLUSTERING)));
      expect(plain).toHaveLength(18);
      for (const [j, { name, estimate, se, df }] of coefficients(own).entries()) {
        expect(name).toBe(plain[j].name);
        expect(estimate).toBeCloseTo(plain[j].estimate, 12);
        expect(se).toBeCloseTo(plain[j].se, 12);
        expect(df / (((plain[j].df + 1) / (plain[j].df + 3)) * plain[j].df)).toBeCloseTo(1, 10);
      }
      expect(own).toMatchObject({ estimator, cluster: "team", imputation: { missing: {}, nComplete: N } });
    },
  );

  it("estimate, error and correlation of both paths from three panels", () => {
    const roles = { x: 0, m: 1, y: 2 };
    const panels = [0, 0.4, 0.8].map((shift) => {
      const { n, waves, covariates } = panel(0);
      const moved = waves.map((wave, t) =>
        wave.map((values, v) => values.map((value, i) => value + shift * ((i * (t + v + 2)) % 7))),
      );
      const result = crossLagged({ n, waves: moved, covariates }, roles, 0.95, {
        kind: "robust",
        errors: { type: "CR1", clusters: CLUSTERING.clusters, df: "clusters" },
      });
      if (!result.ok) throw new Error(result.kind);
      return result;
    });
    const each = panels.map(({ indirect: [one] }) => {
      if (!one.ok || one.correlation === null) throw new Error("no indirect effect");
      return { ...one.paths, covariance: one.correlation * one.paths.seA * one.paths.seB };
    });
    const [one] = poolPanels(panels, 0.95).indirect;
    if (!one.ok) throw new Error("no indirect effect");
    const column = (name: "a" | "seA" | "b" | "seB" | "covariance") => each.map((path) => path[name]);
    const a = pool(column("a"), column("seA"), 8);
    const b = pool(column("b"), column("seB"), 8);
    expect(one.paths).toEqual({ a: a.estimate, seA: a.se, dfA: a.df, b: b.estimate, seB: b.se, dfB: b.df });
    expect(one.fractionMissing).toEqual({ a: a.fractionMissing, b: b.fractionMissing });
    // Total covariance: the mean within, and 4/3 of that between three data sets (divisor 2).
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / 3;
    const between = mean(each.map((path) => (path.a - a.estimate) * (path.b - b.estimate))) * (3 / 2);
    const covariance = mean(column("covariance")) + (4 / 3) * between;
    expect(Math.abs(between)).toBeGreaterThan(1e-4);
    expect(one.correlation).toBeCloseTo(covariance / (a.se * b.se), 12);
  });

  it("by mixed models: the correlation stays unknown; variances are means", () => {
    const own = fitted(analyzePanelImputed(panel(0.2), NAMES, { ...OPTIONS, estimator: "mixed" }, IMPUTED, CLUSTERING));
    expect(own.indirect[0]).toMatchObject({ correlation: null, tests: { monteCarlo: { nDraws: 100 } } });
    for (const equation of own.equations) expect(equation).toMatchObject({ mixed: { managerVariance: null } });
    expect(Object.keys(own.imputation?.missing ?? {})).toEqual(["x2", "m2", "y2", "x3", "m3", "y3"]);
  });
});

describe("what cannot be", () => {
  it("an equation that fails in a data set has none; an unusable column ends it", () => {
    const { n, waves, covariates } = panel(0.2);
    const still = [waves[0], [waves[0][0], ...waves[1].slice(1)], waves[2]];
    const own = fitted(analyzePanelImputed({ n, waves: still, covariates }, NAMES, OPTIONS, IMPUTED, CLUSTERING));
    expect(own.equations[0]).toEqual({
      wave: 2,
      response: "x2",
      failure: "the wave before determines x2 exactly: with residuals of zero nothing can be tested",
    });
    expect("failure" in own.equations[1]).toBe(false);
    expect(own.imputation?.dropped.length).toBeGreaterThan(0);
    const gone = [waves[0], waves[1], [new Float64Array(N).fill(Number.NaN), ...waves[2].slice(1)]];
    expect(analyzePanelImputed({ n, waves: gone, covariates }, NAMES, OPTIONS, IMPUTED, CLUSTERING)).toEqual({
      ok: false,
      because: "x3 has no values: it cannot be imputed",
    });
  });
});
