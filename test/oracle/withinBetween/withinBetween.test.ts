// Is the 2-1-1 model that of R: least squares on team means, meta-regression where teams differ in size, the mixed model?
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { clustersOf } from "../../../models/estimators/cluster/clusters.ts";
import { type WithinBetween, withinBetween } from "../../../models/estimators/withinBetween.ts";
import type { StudyData } from "../../../models/estimators/types.ts";
import { relativeError } from "../mediation/cases.ts";

type RRow = readonly [estimate: number, se: number, df: number];
type RCase = {
  readonly covariates: readonly string[];
  readonly balanced: number;
  readonly a: RRow;
  readonly b: RRow;
  readonly cPrime: RRow;
  readonly within: RRow;
  readonly tau2: readonly [number, number];
  readonly sigma2: readonly [number, number];
  readonly mixed?: Readonly<Record<"a" | "b" | "within", readonly [number, number]>>;
};
const cases = JSON.parse(readFileSync(new URL("cases.json", import.meta.url), "utf8"));

function read(name: string, covariates: readonly string[]) {
  const [header, ...rows] = readFileSync(new URL(`${name}.csv`, import.meta.url), "utf8")
    .trim()
    .split(/\r?\n/);
  const names = header.split(",");
  const column = (wanted: string) => Float64Array.from(rows, (row) => Number(row.split(",")[names.indexOf(wanted)]));
  const data: StudyData = {
    n: rows.length,
    x: column("x"),
    m: column("m"),
    y: column("y"),
    covariates: covariates.map(column),
  };
  return { data, clusters: clustersOf(column("team")) };
}

function close(actual: number, expected: number, bar: number, what: string): void {
  const error = relativeError(actual, expected);
  if (!(error <= bar)) expect.fail(`${what}: ${actual}, R says ${expected}: relative error ${error.toExponential(1)}`);
}

describe.each(["balanced", "balancedBoundary", "unequal", "unequalCovariates", "unequalBoundary"])("%s", (name) => {
  const r: RCase = cases[name];
  const { data, clusters } = read(name, r.covariates);
  const own = withinBetween(data, clusters, 0.95) as WithinBetween;
  // metafor iterates τ² to its own tolerance.
  const bar = r.balanced === 1 ? 1e-9 : 1e-7;

  it("a, b between, b within, c′: estimates, standard errors, degrees of freedom", () => {
    expect(own.ok).toBe(true);
    for (const [path, rRow, limit] of [
      ["a", r.a, bar],
      ["bBetween", r.b, bar],
      ["cPrime", r.cPrime, bar],
      ["bWithin", r.within, 1e-9],
    ] as const) {
      close(own[path].estimate, rRow[0], limit, path);
      close(own[path].se, rRow[1], limit, `${path} se`);
      expect(own[path].df, `${path} df`).toBe(rRow[2]);
    }
    const { paths, indirect } = own;
    expect(indirect).toBe(paths.a * paths.b);
    expect([paths.a, paths.seA, paths.dfA]).toEqual([own.a.estimate, own.a.se, own.a.df]);
    expect([paths.b, paths.seB, paths.dfB]).toEqual([own.bBetween.estimate, own.bBetween.se, own.bBetween.df]);
  });

  it("variances between and within teams", () => {
    for (const [i, variance] of [own.mediatorVariance, own.outcomeVariance].entries()) {
      close(variance.within, r.sigma2[i], 1e-9, "σ²");
      if (r.tau2[i] === 0) expect(variance.between).toBe(0);
      else close(variance.between, r.tau2[i], 10 * bar, "τ²");
    }
  });

  it("contextual effect: the difference, its standard error from both, df between theirs", () => {
    const { contextual, bBetween, bWithin } = own;
    close(contextual.estimate, r.b[0] - r.within[0], 1e-6, "contextual");
    close(contextual.se, Math.sqrt(r.b[1] ** 2 + r.within[1] ** 2), bar, "contextual se");
    expect(contextual.df).toBeGreaterThan(bBetween.df);
    expect(contextual.df).toBeLessThan(bBetween.df + bWithin.df);
  });

  if (r.mixed !== undefined) {
    const { a, b, within } = r.mixed;
    it("lme4's REML, all teams of one size", () => {
      for (const [coefficient, mixed] of [
        [own.a, a],
        [own.bBetween, b],
        [own.bWithin, within],
      ] as const) {
        close(coefficient.estimate, mixed[0], 1e-6, "estimate");
        close(coefficient.se, mixed[1], 1e-5, "se");
      }
    });
  }
});
