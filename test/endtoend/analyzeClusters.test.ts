// With clusters: are the numbers of the command line R's, does the table say which errors it used, what is refused?
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CASES, close, type RMixed } from "../oracle/cluster/cases.ts";
import { expectWithin } from "../statistical/expectStatistics.ts";
import { caseload } from "./runCli.ts";

const ORACLE = join(import.meta.dirname, "..", "oracle");
const COHORT = join(ORACLE, "mediation", "cohort311.csv");
const readJson = (...path: string[]) => JSON.parse(readFileSync(join(ORACLE, ...path), "utf8"));
const R = readJson("cluster", "cohort311.json");
const COLUMNS = ["--x", "fidelity", "--m", "rpr", "--y", "qol"];
const COVARIATES = { none: [], covariates: ["--covariates", "qol0,age,gender,stable"] } as const;
/** Issue bars: robust errors and their df; estimates and errors of mixed models, their variances, log likelihoods and df. */
const [ROBUST, MIXED, VARIANCE, LOG_LIK, DF] = [1e-8, 1e-6, 1e-5, 1e-6, 1e-3];

function json(file: string, ...flags: string[]) {
  const { stdout, stderr, status } = caseload(["analyze", file, "--json", "--quiet", ...flags]);
  expect([stderr, status]).toEqual(["", 0]);
  return JSON.parse(stdout);
}

/** null where R has no number that can be trusted. */
const rootOf = (square: number | null) => (square === null ? null : Math.sqrt(square));

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "caseload-clusters-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe.each(["none", "covariates"] as const)("311 made-up clients in 14 teams, adjusting for %s", (which) => {
  const r = R[which];
  const run = (...flags: string[]) => json(COHORT, ...COLUMNS, ...COVARIATES[which], "--cluster", "team", ...flags);
  const paths = { a: "a_by_team", b: "b_by_team", cPrime: "c_prime_by_team" } as const;

  it("CR2 with Satterthwaite's df is the default", () => {
    const own = run();
    expect([own.cluster, own.estimator]).toEqual(["team", "cr2"]);
    for (const [path, theirs] of Object.entries(paths)) {
      const { CR2_clubSandwich: se, CR2_test: test } = r.clusterRobust[theirs];
      close(own.paths[path].se, se, ROBUST, `${path} se`);
      close(own.paths[path].t, test.t, ROBUST, `${path} t`);
      close(own.paths[path].df, test.df_satterthwaite, ROBUST, `${path} df`);
      close(own.paths[path].p, test.p_satterthwaite, ROBUST, `${path} p`);
    }
    const { a, b } = own.paths;
    close(own.indirect.tests.sobel.se, Math.hypot(a.estimate * b.se, b.estimate * a.se), 1e-12, "Sobel's se");
  });

  it.each(["cr0", "cr1", "cr1s", "hc0", "hc1", "hc2", "hc3", "hc4"])("%s", (estimator) => {
    const own = run("--estimator", estimator);
    const type = estimator.toUpperCase();
    for (const [path, theirs] of Object.entries(paths)) {
      const isClustered = type.startsWith("CR");
      const row = r.clusterRobust[theirs];
      close(own.paths[path].se, row[isClustered ? `${type}_clubSandwich` : type], ROBUST, `${path} se`);
      if (isClustered) expect(own.paths[path].df).toBe(13);
      if (type === "CR1S") close(own.paths[path].p, row.CR1S_test.p_naive_t_G_minus_1, ROBUST, `${path} p`);
    }
  });

  it.each(["reml", "ml"])("mixed models by %s", (method) => {
    const own = run("--estimator", "mixed", "--method", method);
    for (const model of ["m", "y"] as const) {
      const { fixed, variances, logLik, singular } = r.lmer[`${model}_${method}`];
      for (const coefficient of own.models[model].coefficients) {
        const theirs = fixed[coefficient.name === "constant" ? "(Intercept)" : coefficient.name];
        close(coefficient.estimate, theirs.est, MIXED, `${coefficient.name} estimate`);
        close(coefficient.se, theirs.se, MIXED, `${coefficient.name} se`);
        close(coefficient.df, theirs.df_satterthwaite, DF, `${coefficient.name} df`);
      }
      const part = own.mixed[model];
      close(part.teamVariance, variances.team, VARIANCE, "team variance");
      close(part.residualVariance, variances.Residual, VARIANCE, "residual variance");
      close(part.logLik, logLik, LOG_LIK, "log likelihood");
      expect(part.singular).toBe(singular);
    }
    const [a, b] = [own.paths.a.estimate, own.paths.b.estimate];
    close(own.indirect.estimate, a * b, 1e-14, "ab");
    close(own.paths.b.estimate, r.lmer[`y_${method}`].fixed.rpr.est, MIXED, "b");
  });

  it("cluster bootstrap, beside R's", () => {
    const boot = readJson("clusterBootstrap", "cohort311.json")[which];
    const own = run("--tests", "clusterBootstrap", "--resamples", "20000").indirect.tests.clusterBootstrap;
    for (const [side, limit, mcse] of [
      [0, boot.lo, boot.mcseLo],
      [1, boot.hi, boot.mcseHi],
    ])
      expectWithin(own.ci[side], { truth: limit, mcse: Math.hypot(own.mcse[side], mcse) });
    expect(own).toMatchObject({ nClusters: 14, nResamples: 20000, significant: false });
  });
});

describe("other data", () => {
  it.each(["cohort", "unequal", "badlyScaled", "nested"])("%s: CR2, mixed models, case managers in teams", (name) => {
    const oracle = CASES.find((one) => one.name === name);
    if (oracle === undefined) throw new Error(name);
    const file = join(ORACLE, "cluster", `${name}.csv`);
    const covariates = oracle.r.covariates.flatMap((column) => ["--covariates", column]);
    const run = (...flags: string[]) =>
      json(file, "--x", "x", "--m", "m", "--y", "y", ...covariates, "--cluster", "team", "--tests", "sobel", ...flags);
    const robust = run();
    const mixed = run("--estimator", "mixed");
    const hasManagers = oracle.r.m.nested !== null;
    const nested = hasManagers ? run("--estimator", "mixed", "--manager", "manager") : null;
    const order = { m: [0, 1], y: [0, 1, 2] };
    for (const model of ["m", "y"] as const) {
      const { robust: theirs, team, nested: inTeams } = oracle.r[model];
      const size = robust.models[model].coefficients.length;
      for (const [j, { se, df }] of robust.models[model].coefficients.entries()) {
        close(se, rootOf(theirs.CR2.covariance[j * size + j]), ROBUST, `CR2 se ${j}`);
        close(df, theirs.CR2.df[j], ROBUST, `CR2 df ${j}`);
      }
      const same = (own: typeof mixed, r: RMixed) => {
        for (const j of order[model]) {
          close(own.models[model].coefficients[j].estimate, r.estimate[j], MIXED, `estimate ${j}`);
          close(own.models[model].coefficients[j].se, r.se[j], MIXED, `se ${j}`);
          close(own.models[model].coefficients[j].df, r.df[j], DF, `df ${j}`);
        }
        close(own.mixed[model].logLik, r.logLik, LOG_LIK, "log likelihood");
        expect(own.mixed[model].singular).toBe(r.singular);
      };
      same(mixed, team.REML);
      if (nested !== null && inTeams !== null) same(nested, inTeams.REML);
    }
  });

  it("2-1-1 model", () => {
    const r = readJson("withinBetween", "cases.json").unequalCovariates;
    const flags = ["--x", "x", "--m", "m", "--y", "y", "--covariates", "c1,c2", "--cluster", "team"];
    const own = json(join(ORACLE, "withinBetween", "unequalCovariates.csv"), ...flags, "--estimator", "withinBetween");
    const found = { a: own.paths.a, b: own.paths.b, cPrime: own.paths.cPrime, within: own.withinBetween.bWithin };
    for (const path of ["a", "b", "cPrime", "within"] as const) {
      const { estimate, se, df } = found[path];
      close(estimate, r[path][0], 1e-7, path);
      close(se, r[path][1], 1e-7, `${path} se`);
      expect(df).toBe(r[path][2]);
    }
    expect(own.models).toBeNull();
    expect(Object.keys(own.indirect.tests)).not.toContain("clusterBootstrap");
  });
});

describe("what is said of the clusters", () => {
  const run = (...flags: string[]) => caseload(["analyze", COHORT, ...COLUMNS, "--cluster", "team", ...flags]);

  it("number, sizes, ICC by ANOVA and REML, what ordinary regression would have said", () => {
    const own = json(COHORT, ...COLUMNS, ...COVARIATES.covariates, "--cluster", "team");
    expect(own.clusters).toMatchObject({ column: "team", n: 14, sizes: { min: 17, median: 22.5, max: 29 } });
    for (const [variable, column] of [
      ["m", "rpr_team"],
      ["y", "qol_team"],
    ]) {
      close(own.clusters.icc[variable].anova, R.icc[column].icc1_anova_n0, ROBUST, "ICC by ANOVA");
      close(own.clusters.icc[variable].n0, R.icc[column].n0, ROBUST, "n₀");
      close(own.clusters.icc[variable].reml, R.icc[column].icc_reml_null, VARIANCE, "ICC by REML");
    }
    const plain = json(COHORT, ...COLUMNS, ...COVARIATES.covariates);
    expect(own.ordinary.paths).toEqual(plain.paths);
    expect(own.ordinary.tests.sobel).toEqual(plain.indirect.tests.sobel);
    expect([plain.cluster, plain.ordinary, plain.clusters]).toEqual([null, null, null]);
    expect(Object.keys(own.indirect.tests)).toEqual([
      "jointSignificance",
      "sobel",
      "monteCarlo",
      "productDistribution",
      "clusterBootstrap",
    ]);
  });

  it("text labels are teams as numbers are, whatever their order", () => {
    const [header, ...rows] = readFileSync(COHORT, "utf8").trim().split("\n");
    const path = join(directory, "named.csv");
    const named = rows.map((row) => row.replace(/^(\d+),/, (_, team) => `"Team ${team}, west",`));
    writeFileSync(path, [header, ...named].join("\n"));
    const flags = [...COLUMNS, "--cluster", "team", "--tests", "sobel,clusterBootstrap"];
    const { version: _, ...own } = json(path, ...flags);
    expect(own).toEqual(expect.objectContaining({ paths: json(COHORT, ...flags).paths }));
  });

  it("the table says which errors it used and sets ordinary regression beside them", () => {
    const { stdout, status } = run(...COVARIATES.covariates);
    expect(status).toBe(0);
    expect(stdout).toContain("Clusters: team, 14 clusters of 17 to 29 clients (median 22.5)");
    expect(stdout).toContain("cluster-robust errors (CR2, Satterthwaite df)");
    // R: se .4208, Satterthwaite df 5.73, p .1892; lm: .2112, 305, .0032.
    expect(stdout).toMatch(/a: fidelity → rpr +0\.6268 +0\.4208 +5\.73 +1\.4897 +\.1892/);
    expect(stdout).toMatch(/ordinary regression +0\.6268 +0\.2112 +305 +2\.9676 +\.0032/);
    expect(stdout).toContain("What ordinary regression would have said of the indirect effect");
  });

  it("with ordinary errors asked for, that they take no notice of clusters; nothing stands beside them", () => {
    const { stdout } = run("--estimator", "ols", "--tests", "sobel,percentileBootstrap", "--resamples", "200");
    expect(stdout).toContain("The errors take no notice of the clusters; --estimator cr2 does.");
    expect(stdout).toContain("Bootstraps of cases resample clients one by one and take no notice of clusters.");
    expect(stdout).not.toContain("what ordinary regression would have said");
    const { ordinary, clusters, cluster } = json(COHORT, ...COLUMNS, "--cluster", "team", "--estimator", "ols");
    expect([ordinary, clusters.n, cluster]).toEqual([null, 14, "team"]);
  });

  it("few degrees of freedom, and teams of one size", () => {
    const rows = Array.from({ length: 60 }, (_, i) => `t${i % 6},${(i % 6) % 3},${(i * 7) % 11},${(i * i) % 13}`);
    const path = join(directory, "six.csv");
    writeFileSync(path, `team,x,m,y\n${rows.join("\n")}`);
    const { stdout, status } = caseload(["analyze", path, "--x", "x", "--m", "m", "--y", "y", "--cluster", "team"]);
    expect(status).toBe(0);
    expect(stdout).toContain("Clusters: team, 6 clusters of 10 clients\n");
    // 49/19 = 2.5789, by R from the definition of Satterthwaite's df; the limit of 4 is Tipton's (2015).
    expect(stdout).toContain("Few degrees of freedom for a (2.58): below 4 a t test cannot be trusted.");
  });

  it("a singular fit is a note, not a failure", () => {
    const { stdout, status } = run("--estimator", "mixed", "--manager", "cm", ...COVARIATES.covariates);
    expect(status).toBe(0);
    expect(stdout).toContain("Singular fit for qol: a variance is estimated as 0");
  });

  it("rows without a team are left out and counted", () => {
    const [header, ...rows] = readFileSync(COHORT, "utf8").trim().split("\n");
    const path = join(directory, "without.csv");
    writeFileSync(path, [header, ...rows.map((row, i) => (i < 3 ? row.replace(/^\d+/, "") : row))].join("\n"));
    expect(json(path, ...COLUMNS, "--cluster", "team")).toMatchObject({ n: 308, nDropped: 3, missing: { team: 3 } });
  });
});

describe("refused with exit 2 and one message", () => {
  const refused = (file: string, flags: readonly string[], message: string) => {
    const out = join(directory, "never.json");
    const { status, stdout, stderr } = caseload(["analyze", file, ...COLUMNS, "--out", out, ...flags]);
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect([status, stdout, existsSync(out)]).toEqual([2, "", false]);
  };

  it.each([
    [["--cluster", "teem"], 'no column "teem" (--cluster); did you mean "team"?'],
    [["--cluster", "rpr"], '--cluster: column "rpr" is already --m; each column can have one role'],
    [["--manager", "cm"], "--manager needs --cluster: case managers are nested in teams"],
    [["--cluster", "team", "--manager", "cm"], "--manager is for mixed models only; add --estimator mixed"],
    [["--estimator", "cr2"], "--estimator cr2 needs clusters; name the column of teams with --cluster"],
    [["--estimator", "mixed"], "--estimator mixed needs clusters"],
    [["--estimator", "cr3", "--cluster", "team"], '--estimator: unknown estimator "cr3"; did you mean "cr0"?'],
    [["--estimator", "mixed", "--method", "rml", "--cluster", "team"], "--method must be reml or ml, got rml"],
    [["--method", "ml", "--cluster", "team"], "--method is for mixed models only; add --estimator mixed"],
    [["--tests", "clusterBootstrap"], "clusterBootstrap resamples whole teams; name their column with --cluster"],
    [
      ["--tests", "clusterBootstrap", "--cluster", "team", "--estimator", "withinBetween"],
      "clusterBootstrap resamples ordinary regression's ab",
    ],
  ])("%j", (flags, message) => refused(COHORT, flags, message));

  it.each([
    ["constant", () => 1, [], "team takes 1 value: clustered standard errors need at least 2"],
    ["unique per row", (i: number) => i, [], "team takes a value of its own in each of 311 cases"],
    [
      "fewer teams than coefficients",
      (i: number) => i % 4,
      COVARIATES.covariates,
      "4 values of team are fewer than the 7 coefficients of the regression of qol",
    ],
    [
      "as many case managers as teams",
      (i: number) => `${i % 9},${i % 9}`,
      ["--estimator", "mixed", "--manager", "cm"],
      "case managers do not divide the 9 values of team",
    ],
  ])("a cluster column that is %s", (name, label, flags, message) => {
    const [header, ...rows] = readFileSync(COHORT, "utf8").trim().split("\n");
    const path = join(directory, `${name}.csv`);
    const changed = rows.map((row, i) =>
      String(label(i)).includes(",")
        ? row.replace(/^\d+,\d+/, String(label(i)))
        : row.replace(/^\d+/, String(label(i))),
    );
    writeFileSync(path, [header, ...changed].join("\n"));
    refused(path, ["--cluster", "team", ...flags], message);
  });

  it("a 2-1-1 model of a predictor that varies within a team, by the team's own name", () => {
    const [header, ...rows] = readFileSync(COHORT, "utf8").trim().split("\n");
    const path = join(directory, "varies.csv");
    writeFileSync(
      path,
      [header, ...rows.map((row, i) => (i === 40 ? row.replace(/,\d\.\d+,/, ",9.99,") : row))].join("\n"),
    );
    refused(path, ["--cluster", "team", "--estimator", "withinBetween"], "fidelity takes several values in team 2");
  });
});
