// With missing values: does the command line impute and pool as R's mice does, say what was missing, refuse what it cannot impute?
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyOf } from "../../sim/random/address.ts";
import { clustersOf } from "../../models/estimators/cluster/clusters.ts";
import { fitPaths } from "../../models/estimators/fitPaths.ts";
import type { StudyData } from "../../models/estimators/types.ts";
import { withinBetween } from "../../models/estimators/withinBetween.ts";
import { imputePaths } from "../../models/imputation/imputePaths.ts";
import { close } from "../oracle/cluster/cases.ts";
import { expectWithin } from "../statistical/expectStatistics.ts";
import { caseload } from "./runCli.ts";

const ORACLE = join(import.meta.dirname, "..", "oracle");
const IMPUTATION = join(ORACLE, "imputation");
const COHORT = join(ORACLE, "mediation", "cohort311.csv");
const R = JSON.parse(readFileSync(join(IMPUTATION, "cases.json"), "utf8"));
const COLUMNS = ["--x", "x", "--m", "m", "--y", "y"];

function json(file: string, ...flags: string[]) {
  const { stdout, stderr, status } = caseload(["analyze", file, "--json", "--quiet", ...flags]);
  expect([stderr, status]).toEqual(["", 0]);
  return JSON.parse(stdout);
}

let directory: string;
const file = (name: string, text: string) => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};
/** The cohort with some cells emptied: the column's position by name, every so manieth row. */
function emptied(name: string, holes: Readonly<Record<string, number>>): string {
  const [header, ...rows] = readFileSync(COHORT, "utf8").trim().split("\n");
  const names = header.split(",");
  const cut = rows.map((row, i) =>
    row
      .split(",")
      .map((cell, column) => (names[column] in holes && i % holes[names[column]] === 0 ? "" : cell))
      .join(","),
  );
  return file(name, [header, ...cut].join("\n"));
}

/** Columns of a file by name, NaN where a cell is empty. */
function columnsOf(path: string): (name: string) => Float64Array {
  const [header, ...rows] = readFileSync(path, "utf8").split("\n");
  return (name) => {
    const position = header.split(",").indexOf(name);
    return Float64Array.from(rows, (row) => (row.split(",")[position] === "" ? Number.NaN : +row.split(",")[position]));
  };
}

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "caseload-missing-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe.each([
  ["mcar", "c1,c2", "normal"],
  ["mar", "c1,stable,age", "normal"],
  ["scales", "c1", "pmm"],
])("mice on %s", (name, covariates, method) => {
  const r = R[name];
  const m = 400;
  const flags = ["--missing", "imputation", "--imputations", String(m), "--iterations", String(r.iterations)];

  it("pooled paths and their errors", () => {
    const own = json(
      join(IMPUTATION, `${name}.csv`),
      ...COLUMNS,
      "--covariates",
      covariates,
      ...flags,
      "--imputation-method",
      method,
    );
    expect(own.n).toBe(r.n);
    expect(own.imputation).toMatchObject({ imputations: m, iterations: r.iterations, method });
    for (const path of ["a", "b"] as const) {
      const { mean, variance, kurtosis } = r[path];
      const within = r[path === "a" ? "varianceA" : "varianceB"];
      expectWithin(own.paths[path].estimate, { truth: mean, mcse: Math.sqrt((2 * variance) / m) });
      const total = within.mean + (1 + 1 / m) * variance;
      const mcse = Math.sqrt((2 * (within.variance + variance * variance * (kurtosis - 1))) / m);
      expectWithin(own.paths[path].se ** 2, { truth: total, mcse });
    }
  });
});

describe("what is pooled", () => {
  it("are the paths of `imputePaths`, and the tests that they feed", () => {
    const path = emptied("three.csv", { rpr: 5, qol: 7, stable: 11 });
    const flags = ["--x", "fidelity", "--m", "rpr", "--y", "qol", "--covariates", "stable", "--missing", "imputation"];
    const own = json(path, ...flags, "--imputations", "7", "--iterations", "3", "--seed", "here");
    const column = columnsOf(path);
    const data = { n: 311, x: column("fidelity"), m: column("rpr"), y: column("qol"), covariates: [column("stable")] };
    const imputed = imputePaths({ data }, null, { imputations: 7, iterations: 3 }, keyOf("here", 0), [fitPaths]);
    if (!imputed.ok || !imputed.results[0].ok) throw new Error("not imputed");
    const [expected] = imputed.results;
    for (const name of ["a", "b"] as const) {
      close(own.paths[name].estimate, expected[name].estimate, 1e-9, name);
      close(own.paths[name].se, expected[name].se, 1e-9, `${name} se`);
      close(own.paths[name].df, expected[name].df, 1e-8, `${name} df`);
      close(own.imputation.fractionMissing[name], expected[name].fractionMissing, 1e-8, `${name} lost`);
    }
    expect(Object.keys(own.indirect.tests)).toEqual([
      "jointSignificance",
      "sobel",
      "monteCarlo",
      "productDistribution",
    ]);
    expect(own.imputation.missing).toEqual({ rpr: 63, qol: 45, stable: 29 });
    expect(own).toMatchObject({ n: 311, nRows: 311, nDropped: 0 });
  });

  it("with nothing missing is the analysis of the data, df after Barnard and Rubin", () => {
    const flags = ["--x", "fidelity", "--m", "rpr", "--y", "qol", "--cluster", "team"];
    const own = json(COHORT, ...flags, "--missing", "imputation", "--imputations", "3");
    const plain = json(COHORT, ...flags, "--tests", "sobel");
    for (const path of ["a", "b", "cPrime", "c"]) {
      const { estimate, se, df } = plain.paths[path];
      close(own.paths[path].estimate, estimate, 1e-12, path);
      close(own.paths[path].se, se, 1e-12, `${path} se`);
      close(own.paths[path].df, ((df + 1) / (df + 3)) * df, 1e-12, `${path} df`);
    }
    expect(own.imputation.missing).toEqual({});
  });

  it("clusters and mixed models are, and rows without a team are left out", () => {
    const path = emptied("clustered.csv", { rpr: 6, team: 50 });
    const flags = ["--x", "fidelity", "--m", "rpr", "--y", "qol", "--cluster", "team", "--missing", "imputation"];
    const few = ["--imputations", "4", "--iterations", "2"];
    const { stdout, stderr, status } = caseload(["analyze", path, ...flags, ...few]);
    expect([status, stderr]).toEqual([0, `${path}: 7 of 311 rows left out: missing values in team 7\n`]);
    expect(stdout).toContain("Clusters: team, 14 clusters");
    expect(stdout).toContain("The imputation has a random intercept for each team.");
    expect(stdout).toMatch(/rpr +49 +16\.1/);
    const mixed = json(path, ...flags, ...few, "--estimator", "mixed");
    expect(mixed.mixed.m.teamVariance).toBeGreaterThan(0);
    expect(mixed.n).toBe(304);
    expect(mixed.imputation.clusters).toEqual({ column: "team", teamMeans: false, without: [] });
  });

  it("a 2-1-1 model is, with team means in the imputation; paths are those of `imputePaths`", () => {
    const path = emptied("contextual.csv", { rpr: 5, qol: 7, stable: 11 });
    const flags = ["--x", "fidelity", "--m", "rpr", "--y", "qol", "--covariates", "stable", "--cluster", "team"];
    const few = ["--missing", "imputation", "--imputations", "4", "--iterations", "2", "--seed", "here"];
    const own = json(path, ...flags, ...few, "--estimator", "withinBetween");
    expect(own.imputation.clusters).toEqual({ column: "team", teamMeans: true, without: ["stable"] });
    const column = columnsOf(path);
    const data = { n: 311, x: column("fidelity"), m: column("rpr"), y: column("qol"), covariates: [column("stable")] };
    const clusters = clustersOf(column("team"));
    const options = { imputations: 4, iterations: 2, teamMeans: true };
    const fitBy = (name: "bBetween" | "bWithin") => (study: StudyData) => {
      const fit = withinBetween(study, clusters, 0.95);
      if (!fit.ok) return null;
      const { estimate, se, df } = fit[name];
      return { ...fit.paths, b: estimate, seB: se, dfB: df };
    };
    const imputed = imputePaths({ data }, clusters, options, keyOf("here", 0), [fitBy("bBetween"), fitBy("bWithin")]);
    if (!imputed.ok) throw new Error(imputed.kind);
    for (const [k, found] of [own.paths.b, own.withinBetween.bWithin].entries()) {
      const expected = imputed.results[k];
      if (!expected.ok) throw new Error(expected.kind);
      close(found.estimate, expected.b.estimate, 1e-9, "b");
      close(found.se, expected.b.se, 1e-9, "se");
      close(found.df, expected.b.df, 1e-8, "df");
    }
    const { stdout } = caseload(["analyze", path, ...flags, ...few, "--estimator", "withinBetween"]);
    // The note is wrapped.
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "The imputation has a random intercept for each team, and means by team of the other columns among the predictors; " +
        "stable, of 0 and 1, without regard to team.",
    );
    expect(stdout).toContain("Between and within values of team (2-1-1 model)");
  });

  it("the default leaves rows out, as before", () => {
    const path = emptied("default.csv", { rpr: 10 });
    const flags = ["--x", "fidelity", "--m", "rpr", "--y", "qol", "--tests", "sobel"];
    expect(json(path, ...flags)).toMatchObject({ n: 279, nDropped: 32, imputation: null });
    expect(json(path, ...flags, "--missing", "listwise").n).toBe(279);
  });
});

describe("refused with exit 2 and one message", () => {
  const refused = (path: string, flags: readonly string[], message: string) => {
    const { status, stdout, stderr } = caseload(["analyze", path, ...COLUMNS, ...flags]);
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect([status, stdout]).toEqual([2, ""]);
  };
  const MCAR = join(IMPUTATION, "mcar.csv");
  const IMPUTE = ["--missing", "imputation"];

  it.each([
    [["--missing", "imputaton"], '--missing: unknown treatment "imputaton"; did you mean "imputation"?'],
    [["--imputations", "5"], "--imputations: nothing is imputed; add --missing imputation"],
    [[...IMPUTE, "--imputations", "1"], "--imputations must be a whole number from 2 to 1000, got 1"],
    [[...IMPUTE, "--iterations", "0"], "--iterations must be a whole number from 1 to 1000, got 0"],
    [[...IMPUTE, "--imputation-method", "mean"], "--imputation-method must be normal or pmm, got mean"],
    [[...IMPUTE, "--tests", "bcaBootstrap"], "--tests: bcaBootstrap does not resample imputed data"],
  ])("%j", (flags, message) => refused(MCAR, flags, message));

  it("a column that is all missing, or all one value where it is there", () => {
    const rows = Array.from({ length: 12 }, (_, i) => `${i},,${(i * i) % 7}`);
    refused(file("empty.csv", `x,m,y\n${rows.join("\n")}`), IMPUTE, 'column "m" (column 2) is empty in all 12 rows');
    const constant = Array.from({ length: 12 }, (_, i) => `${i},${i % 3 === 0 ? "" : 2},${(i * i) % 7}`);
    refused(file("constant.csv", `x,m,y\n${constant.join("\n")}`), IMPUTE, 'column "m" (column 2) takes 1 value (2)');
  });

  it("a column with too few values to impute from", () => {
    const rows = Array.from({ length: 12 }, (_, i) => `${i},${i < 3 ? (i * i) % 5 : ""},${(i * i) % 7}`);
    refused(file("few.csv", `x,m,y\n${rows.join("\n")}`), IMPUTE, "m has 3 values: imputing it from the other columns");
  });

  it("a 2-1-1 model whose X has missing values, or with too few teams", () => {
    const rows = Array.from({ length: 24 }, (_, i) =>
      [i % 4, i === 5 ? "" : i % 4, (i * i) % 5, i % 5 === 0 ? "" : (i * i) % 7].join(","),
    );
    const flags = [...IMPUTE, "--cluster", "team", "--estimator", "withinBetween"];
    refused(file("fidelity.csv", `team,x,m,y\n${rows.join("\n")}`), flags, "x has missing values: a 2-1-1 model needs");
    const whole = rows.map((row, i) => (i === 5 ? row.replace(",,", ",1,") : row));
    const three = whole.map((row) => (row.startsWith("3") ? `${row.slice(0, row.lastIndexOf(","))},` : row));
    const message = "y has values in 3 teams: imputing it from team means of the other columns needs at least 4";
    refused(file("teams.csv", `team,x,m,y\n${three.join("\n")}`), flags, message);
  });

  it("too few complete rows, with the way out", () => {
    const rows = Array.from({ length: 9 }, (_, i) => `${i},${i % 3 === 0 ? i : ""},${i % 3 === 1 ? "" : (i * i) % 7}`);
    refused(file("sparse.csv", `x,m,y\n${rows.join("\n")}`), [], "--missing imputation keeps all rows");
  });
});
