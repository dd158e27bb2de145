// A panel with teams: what is refused, and what is said where an equation has no estimates?
import { describe, expect, it } from "vitest";
import { analyzePanel, type PanelOptions } from "../../models/estimators/analyzePanel.ts";
import { clustersOf } from "../../models/estimators/cluster/clusters.ts";
import { keyOf, normalAt } from "../../sim/random/address.ts";

const N = 60;
const key = keyOf("panel of teams", 0);
const column = (what: number) => Float64Array.from({ length: N }, (_, i) => normalAt(key, i, what, 0));
const NAMES = {
  waves: [
    ["x1", "m1", "y1"],
    ["x2", "m2", "y2"],
  ],
  covariates: ["site"],
};
const grouping = (name: string, label: (i: number) => number) => ({
  name,
  clusters: clustersOf(Array.from({ length: N }, (_, i) => label(i))),
  labels: [],
});
const teams = (label: (i: number) => number) => ({ ...grouping("team", label), managers: null });
const OPTIONS: PanelOptions = { tests: [], level: 0.95, draws: 2, seed: "s", estimator: "cr2", method: "REML" };

function run(
  estimator: PanelOptions["estimator"],
  clustering: Parameters<typeof analyzePanel>[3],
  change: { readonly m2?: Float64Array; readonly site?: Float64Array } = {},
) {
  const waves = [
    [column(1), column(2), column(3)],
    [column(4), change.m2 ?? column(5), column(6)],
  ];
  const data = { n: N, waves, covariates: [change.site ?? column(7)] };
  return analyzePanel(data, NAMES, { ...OPTIONS, estimator }, clustering);
}

describe("refused, whatever the equations", () => {
  it.each(["ols", "hc3", "cr2", "mixed"] as const)("%s: teams that are one, or one for each client", (estimator) => {
    expect(
      run(
        estimator,
        teams(() => 1),
      ),
    ).toEqual({
      ok: false,
      because: "team takes 1 value: clustered standard errors need at least 2",
    });
    expect(
      run(
        estimator,
        teams((i) => i),
      ),
    ).toEqual({
      ok: false,
      because: "team takes a value of its own in each of 60 cases: its variance cannot be told from the residual's",
    });
  });

  it("fewer teams than coefficients for robust errors, not for mixed models", () => {
    const four = teams((i) => i % 4);
    expect(run("cr0", four)).toEqual({
      ok: false,
      because:
        "4 values of team are fewer than the 5 coefficients of each equation: " +
        "cluster-robust errors need more clusters; use fewer covariates or a mixed model",
    });
    expect(run("mixed", four)).toMatchObject({ estimator: "mixed", method: "REML", clusters: { n: 4 } });
    expect(
      run(
        "cr1",
        teams((i) => i % 5),
      ),
    ).toMatchObject({ estimator: "cr1", method: null, clusters: { n: 5 } });
  });

  it("case managers that do not divide their teams; no clusters at all", () => {
    const clustering = { ...teams((i) => i % 6), managers: grouping("manager", (i) => i % 6) };
    expect(run("mixed", clustering)).toMatchObject({
      because: "case managers do not divide the 6 values of team: their variances cannot be told apart",
    });
    expect(() => run("cr2", null)).toThrow("this estimator needs clusters");
  });
});

describe("said where the equation would stand", () => {
  it("a mixed model without variance within teams", () => {
    const result = run(
      "mixed",
      teams((i) => i % 6),
      { m2: Float64Array.from({ length: N }, (_, i) => i % 6) },
    );
    expect(result).toMatchObject({
      equations: [
        { response: "x2" },
        { failure: expect.stringContaining("determine m2 exactly within each team") },
        {},
      ],
      indirect: [{ failure: expect.stringContaining("determine m2 exactly within each team") }],
    });
  });

  it("slopes of team-level predictors that as many teams determine: no errors, and no indirect effect", () => {
    const names = {
      waves: [
        ["x1", "m1"],
        ["x2", "m2"],
      ],
      covariates: [],
    };
    const ofTeam = (values: readonly number[]) => Float64Array.from({ length: N }, (_, i) => values[i % 3]);
    const waves = [
      [ofTeam([1, 2, 4]), ofTeam([0, 5, 1])],
      [column(4), column(5)],
    ];
    const own = analyzePanel(
      { n: N, waves, covariates: [] },
      names,
      OPTIONS,
      teams((i) => i % 3),
    );
    if ("ok" in own) throw new Error(own.because);
    for (const equation of own.equations) {
      if ("failure" in equation) throw new Error(equation.failure);
      expect(equation.coefficients.map(({ estimate, se }) => [Number.isFinite(estimate), se])).toEqual([
        [true, Number.NaN],
        [true, Number.NaN],
      ]);
    }
    expect(own.indirect).toMatchObject([
      { failure: "3 values of team determine the coefficient of x1 exactly: it has no standard error" },
    ]);
  });
});
