// Are the hierarchical regression and the cross-lagged panel model those of R (lm, anova, lavaan)?
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { crossLagged } from "../../../models/estimators/crossLagged.ts";
import type { CrossLagged, LagEquation } from "../../../models/estimators/panel/types.ts";
import { type Reciprocal, reciprocal } from "../../../models/estimators/reciprocal.ts";
import { sobel } from "../../../models/estimators/sobel.ts";
import { readColumns, relativeError } from "../mediation/cases.ts";

const cases = JSON.parse(readFileSync(new URL("cases.json", import.meta.url), "utf8"));
const panel311 = JSON.parse(readFileSync(new URL("panel311.json", import.meta.url), "utf8"));

function columnsOf(file: string, names: readonly string[]): Float64Array[] {
  const columns = readColumns(file);
  return names.map((name) => {
    const column = columns.get(name);
    if (column === undefined) throw new Error(`no column ${name}`);
    return column;
  });
}

function close(actual: number, expected: number, bar: number, what: string): void {
  const error = relativeError(actual, expected);
  if (!(error <= bar)) expect.fail(`${what}: ${actual}, R says ${expected}: relative error ${error.toExponential(1)}`);
}

describe.each(["asPublished", "two", "withoutCovariates", "nothingThere"])("hierarchical regression: %s", (name) => {
  const r = cases.regressions[name];
  const list = (value: unknown) => [value].flat() as number[];
  const file = name === "withoutCovariates" ? "likert.csv" : "cohort311.csv";
  const [response, ...others] = columnsOf(`../mediation/${file}`, [...r.response, ...r.covariates, ...r.added]);
  const q = r.covariates.length;
  const data = { n: response.length, response, covariates: others.slice(0, q), added: others.slice(q) };
  const own = reciprocal(data, r.level) as Reciprocal;

  it("R², ΔR², F, p", () => {
    expect(own.ok).toBe(true);
    expect([own.n, own.df1, own.df2]).toEqual([data.n, r.df1, r.df2]);
    expect(Math.abs(own.rSquaredCovariates - r.rSquaredCovariates)).toBeLessThan(1e-12);
    close(own.rSquared, r.rSquared, 1e-10, "R²");
    close(own.deltaRSquared, r.deltaRSquared, 1e-10, "ΔR²");
    close(own.partialRSquared, r.deltaRSquared / (1 - r.rSquaredCovariates), 1e-10, "partial R²");
    close(own.f, r.f, 1e-9, "F");
    close(own.p, r.p, 1e-9, "p");
  });

  // R's pf stops its series at 1e-9; the distribution itself is tested against 40 digits.
  it("intervals by the noncentral F distribution", () => {
    for (const side of [0, 1]) {
      expect(Math.abs(own.ci[side] - r.ci[side])).toBeLessThan(1e-8);
      expect(Math.abs(own.partialCi[side] - r.partialCi[side])).toBeLessThan(1e-8);
    }
    expect(own.ci[0]).toBeLessThanOrEqual(own.deltaRSquared);
    expect(own.ci[1]).toBeGreaterThan(own.deltaRSquared);
  });

  it("slopes of the second step", () => {
    expect(own.coefficients).toHaveLength(r.added.length);
    for (const [i, { estimate, se, df, t, p, ci }] of own.coefficients.entries()) {
      expect(df).toBe(r.df2);
      close(estimate, list(r.estimate)[i], 1e-9, "estimate");
      close(se, list(r.se)[i], 1e-9, "se");
      close(t, list(r.t)[i], 1e-9, "t");
      close(p, list(r.coefficientP)[i], 1e-9, "p");
      close(ci[0], list(r.lower)[i], 1e-9, "lower limit");
      close(ci[1], list(r.upper)[i], 1e-9, "upper limit");
    }
  });
});

/** Equations of a panel of R's variable names, as the slope of `predictor` in the equation of `response`. */
function slopeIn(result: CrossLagged, variables: readonly string[], response: string, predictor: string) {
  const wave = Number(response.slice(-1));
  const equation = result.equations[wave - 2][variables.indexOf(response.slice(0, -1))] as LagEquation;
  const index = variables.indexOf(predictor.slice(0, -1));
  expect(equation.ok).toBe(true);
  return { slope: predictor === "z" ? equation.covariates[0] : equation.lags[index], df: equation.df };
}

describe("cross-lagged panel: lavaan's maximum likelihood, to the precision of its iterations", () => {
  const wavesOf = (file: string, variables: readonly string[], nWaves: number) =>
    Array.from({ length: nWaves }, (_, t) =>
      columnsOf(
        `../longitudinal/${file}`,
        variables.map((v) => `${v}${t + 1}`),
      ),
    );

  it("311 made-up clients, two variables, three waves", () => {
    const waves = wavesOf("panel311.csv", ["x", "y"], 3);
    const result = crossLagged({ n: 311, waves, covariates: [] }, { x: 0, m: 1, y: 0 }, 0.95) as CrossLagged;
    for (const [name, { estimate, se }] of Object.entries<{ estimate: number; se: number }>(panel311.slopes)) {
      const [response, predictor] = name.split("~");
      const { slope, df } = slopeIn(result, ["x", "y"], response, predictor);
      close(slope.estimate, estimate, 1e-6, name);
      close(slope.se * Math.sqrt(df / 311), se, 1e-6, `${name} se`);
    }
    expect(result.indirect).toHaveLength(1);
    const [indirect] = result.indirect;
    if (!indirect.ok) throw new Error("no indirect effect");
    expect([indirect.design, indirect.wave, indirect.correlation]).toEqual(["sequential", 0, 0]);
    close(indirect.estimate, panel311.ab.estimate, 1e-6, "ab");
    const { a, seA, dfA, b, seB, dfB } = indirect.paths;
    const maximumLikelihood = {
      ...indirect.paths,
      seA: seA * Math.sqrt(dfA / 311),
      seB: seB * Math.sqrt(dfB / 311),
    };
    close(a * b, panel311.ab.estimate, 1e-6, "a·b");
    close(sobel(maximumLikelihood, 0.95)?.se ?? 0, panel311.ab.sobelSe, 1e-6, "Sobel se");
  });

  it.each(["four", "three", "two"])("three variables, %s waves; lm as well", (name) => {
    const r = cases.panels[name];
    const [z] = columnsOf("../longitudinal/panel.csv", ["z"]);
    const waves = wavesOf("panel.csv", ["x", "m", "y"], r.waves);
    const panel = { n: z.length, waves, covariates: r.covariate === 1 ? [z] : [] };
    const result = crossLagged(panel, { x: 0, m: 1, y: 2 }, 0.95) as CrossLagged;
    expect(r.response.length).toBe((r.waves - 1) * (9 + 3 * r.covariate));
    for (const [i, response] of r.response.entries()) {
      const { slope, df } = slopeIn(result, ["x", "m", "y"], response, r.predictor[i]);
      const what = `${response}~${r.predictor[i]}`;
      close(slope.estimate, r.olsEstimate[i], 1e-10, `${what} by lm`);
      close(slope.se, r.olsSe[i], 1e-10, `${what} se by lm`);
      // lavaan stops iterating up to 2.3e-5 standard errors from the maximum (four waves; two waves: 2.3e-7).
      expect(Math.abs(slope.estimate - r.estimate[i]) / r.se[i]).toBeLessThan(5e-5);
      close(slope.se * Math.sqrt(df / z.length), r.se[i], 1e-6, `${what} se`);
    }
    const starts = result.indirect.map(({ wave }) => wave);
    expect(starts).toEqual(name === "four" ? [0, 1] : [0]);
    for (const indirect of result.indirect) {
      if (!indirect.ok) throw new Error("no indirect effect");
      const slope = (response: string, predictor: string) =>
        r.estimate[r.response.findIndex((lhs: string, i: number) => lhs === response && r.predictor[i] === predictor)];
      const half = name === "two";
      const from = indirect.wave + 1;
      expect(indirect.design).toBe(half ? "halfLongitudinal" : "sequential");
      const b = half ? slope("y2", "m1") : slope(`y${from + 2}`, `m${from + 1}`);
      close(indirect.estimate, slope(`m${from + 1}`, `x${from}`) * b, 1e-5, "ab");
      if (half)
        close(indirect.correlation ?? Number.NaN, cases.panels.half.correlation, 1e-5, "correlation of a and b");
    }
  });
});
