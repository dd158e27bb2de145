// A panel with teams or missing values on the command line: is R's number there, does the table say how it was had, what is refused?
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AnalysisRequest } from "../../cli/analysisRequest.ts";
import { Problems } from "../../cli/problems.ts";
import { runAnalysis } from "../../cli/runAnalysis.ts";
import { close } from "../oracle/cluster/cases.ts";
import { caseload } from "./runCli.ts";

const ORACLE = join(import.meta.dirname, "..", "oracle", "panel");
const TEAMS = join(ORACLE, "teams.csv");
const MISSING = join(ORACLE, "missing.csv");
const R = JSON.parse(readFileSync(join(ORACLE, "cases.json"), "utf8"));
const WAVES = "x1,m1,y1;x2,m2,y2;x3,m3,y3";
const PANEL = ["--waves", WAVES, "--covariates", "z"];

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "caseload-panel-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function json(file: string, ...flags: string[]) {
  const { stdout, stderr, status } = caseload(["analyze", file, ...PANEL, "--json", "--quiet", ...flags]);
  expect([stderr, status]).toEqual(["", 0]);
  return JSON.parse(stdout);
}
function table(file: string, ...flags: string[]): string {
  const { stdout, status } = caseload(["analyze", file, ...flags]);
  expect(status).toBe(0);
  return stdout.replace(/\s+/g, " ");
}

describe("--cluster", () => {
  it("CR2 with Satterthwaite's df is the default of every equation, and JSON says so", () => {
    const own = json(TEAMS, "--cluster", "team");
    expect(own).toMatchObject({ cluster: "team", estimator: "cr2", method: null, imputation: null });
    expect(own.clusters).toEqual({ column: "team", n: 12, sizes: { min: 8, median: 15.5, max: 30 }, managers: null });
    for (const { response, coefficients } of own.equations)
      for (const [j, { se, df }] of coefficients.entries()) {
        close(se, R.equations[response].robust.CR2.se[j + 1], 1e-8, `${response} se`);
        close(df, R.equations[response].robust.CR2.df[j + 1], 1e-8, `${response} df`);
      }
    close(own.indirect[0].correlation, R.sequential.CR2, 1e-8, "correlation");
  });

  it("mixed models of case managers in teams; the table says what is not known and what a panel cannot tell", () => {
    const flags = ["--cluster", "team", "--manager", "manager", "--estimator", "mixed", "--method", "reml"];
    const text = table(TEAMS, "--waves", "x1,m1,y1;x2,m2,y2", "--covariates", "z", ...flags);
    for (const part of [
      "Clusters: team, 12 clusters of 8 to 30 clients (median 15.5); manager within them, 36",
      "Estimator: mixed models (REML; intercepts for team and manager in it; Satterthwaite df)",
      "both paths are of the same interval (half-longitudinal)",
      "How the estimates of a and b of x1 → m2 → y2 correlate is not known",
      "does not tell differences between clients that last from change within them",
      "random intercepts are taken to be unrelated to the wave before",
    ])
      expect(text).toContain(part);
    const { estimate, se } = R.equations.m2.nested;
    expect(text).toContain(`a: x1 → m2 ${estimate[1].toFixed(4)} ${se[1].toFixed(4)}`);
  });

  it("errors that take no notice of clusters say so; few degrees of freedom too", () => {
    expect(table(TEAMS, ...PANEL, "--cluster", "team", "--estimator", "hc3")).toContain(
      "heteroskedasticity-robust errors (HC3)",
    );
    expect(table(TEAMS, "--waves", "x1,m1;x2,m2", "--cluster", "team", "--estimator", "ols")).toContain(
      "The errors take no notice of the clusters; --estimator cr2 does.",
    );
    const [header, ...rows] = readFileSync(TEAMS, "utf8").trim().split("\n");
    const path = join(directory, "four.csv");
    writeFileSync(path, [header, ...rows.map((row, i) => row.replace(/^\d+/, String(i % 4)))].join("\n"));
    expect(table(path, "--waves", "x1,m1,y1;x2,m2,y2", "--cluster", "team")).toMatch(
      /Few degrees of freedom for x1 → m2 \(\d\.\d+\)/,
    );
  });
});

describe("--missing imputation", () => {
  it("keeps all rows that have a team, pools, and says what was imputed and what it cost", () => {
    const [header, ...rows] = readFileSync(MISSING, "utf8").trim().split("\n");
    const path = join(directory, "teams.csv");
    writeFileSync(path, [`${header},team`, ...rows.map((row, i) => `${row},${i < 4 ? "" : i % 8}`)].join("\n"));
    const flags = ["--cluster", "team", "--missing", "imputation", "--imputations", "3", "--iterations", "2"];
    const { stdout, stderr, status } = caseload(["analyze", path, ...PANEL, ...flags, "--imputation-method", "pmm"]);
    expect([status, stderr]).toEqual([0, `${path}: 4 of 160 rows left out: missing values in team 4\n`]);
    const text = stdout.replace(/\s+/g, " ");
    expect(text).toContain("n: 156;");
    expect(text).toMatch(/Missing values: \d+ of 156 cases have a missing value imputed of cases .*m2 \d+ /);
    expect(text).toContain("chained equations: 3 data sets of 2 iterations; columns of 0 and 1 by logistic");
    expect(text).toContain("predictive mean matching");
    expect(text).toMatch(/Information lost to missing values, x1 → m2 → y3: a [\d.]+ %, b [\d.]+ %\./);
    expect(text).toMatch(/estimates of a and b of x1 → m2 → y3 correlate −?0\.\d{4}; the tests take this as 0/);
  });
});

/** Refused as the command line would: the messages of the problems, in process. */
function problemsOf(file: string, flags: Partial<AnalysisRequest>): readonly string[] {
  const request = { file, waves: WAVES, covariates: ["z"], json: false, quiet: true, ...flags } as AnalysisRequest;
  try {
    runAnalysis(request);
  } catch (error) {
    if (error instanceof Problems) return error.messages;
    throw error;
  }
  throw new Error("not refused");
}

describe("refused, one message each", () => {
  it.each<[Partial<AnalysisRequest>, string]>([
    [
      { estimator: "withinBetween", cluster: "team" },
      "--estimator withinBetween is for one X that a team's clients share",
    ],
    [{ estimator: "cr3", cluster: "team" }, '--estimator: unknown estimator "cr3"; did you mean "cr0"?'],
    [{ estimator: "cr2" }, "--estimator cr2 needs clusters; name the column of teams with --cluster"],
    [{ manager: "manager" }, "--manager needs --cluster: case managers are nested in teams"],
    [{ manager: "manager", cluster: "team" }, "--manager is for mixed models only; add --estimator mixed"],
    [{ method: "ml", cluster: "team" }, "--method is for mixed models only; add --estimator mixed"],
    [{ cluster: "teem" }, 'no column "teem" (--cluster); did you mean "team"?'],
    [{ cluster: "m2" }, '--cluster: column "m2" is already --waves; each column can have one role'],
    [{ imputations: "5" }, "--imputations: nothing is imputed; add --missing imputation"],
    [{ missing: "imputaton" }, '--missing: unknown treatment "imputaton"; did you mean "imputation"?'],
    [{ tests: "clusterBootstrap", cluster: "team" }, 'no test "clusterBootstrap" of a lagged indirect effect'],
  ])("%j", (flags, message) => expect(problemsOf(TEAMS, flags)).toEqual([expect.stringContaining(message)]));

  it("what is wrong with the flags and with the file, together", () => {
    const problems = problemsOf(TEAMS, { cluster: "teem", method: "ml", level: "95" });
    expect(problems).toEqual(["--level", "--method", "no column"].map((part) => expect.stringContaining(part)));
  });

  const changed = (name: string, change: (row: string, i: number) => string, from = TEAMS) => {
    const [header, ...rows] = readFileSync(from, "utf8").trim().split("\n");
    const path = join(directory, name);
    writeFileSync(path, [header, ...rows.map(change)].join("\n"));
    return path;
  };

  it.each<[string, (i: number) => string, Partial<AnalysisRequest>, string]>([
    ["constant", () => "1", {}, "team takes 1 value: clustered standard errors need at least 2"],
    ["unique", (i) => String(i), { estimator: "mixed" }, "team takes a value of its own in each of 200 cases"],
    ["fewer teams than coefficients", (i) => String(i % 4), {}, "4 values of team are fewer than the 5 coefficients"],
  ])("a cluster column that is %s", (name, label, flags, message) => {
    const path = changed(`${name}.csv`, (row, i) => row.replace(/^\d+/, label(i)));
    expect(problemsOf(path, { cluster: "team", ...flags })).toEqual([expect.stringContaining(message)]);
  });

  it("a column without values; too few complete rows, with the way out", () => {
    const gone = changed("gone.csv", (row) => row.replace(/^[^,]*/, ""), MISSING);
    expect(problemsOf(gone, { missing: "imputation" })).toEqual([
      expect.stringContaining('column "x1" (column 1) is empty in all 160 rows'),
    ]);
    const few = changed(
      "few.csv",
      (row, i) => (i < 4 ? row.replace(/(,[^,]*){2}$/, ",1,0") : row.replace(/^[^,]*/, "")),
      MISSING,
    );
    expect(problemsOf(few, {})).toEqual([
      expect.stringMatching(/10 columns need at least 6 complete rows, got \d .*--missing imputation keeps all rows/),
    ]);
  });

  it("with exit 2 and nothing on stdout", () => {
    const { status, stdout, stderr } = caseload(["analyze", TEAMS, ...PANEL, "--estimator", "withinBetween"]);
    expect([status, stdout, stderr.trim().split("\n").length]).toEqual([2, "", 1]);
  });
});
