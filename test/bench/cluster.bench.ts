// How long do clustered standard errors and a mixed model take on 311 clients, 14 teams and 9 covariates? And beside R?
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { clustersOf } from "../../dist/models/estimators/cluster/clusters.js";
import { fitClusterPaths } from "../../dist/models/estimators/cluster/fitClusterPaths.js";
import { clusterErrors, robustRegression } from "../../dist/models/estimators/cluster/robustRegression.js";
import { fitMediation } from "../../dist/models/estimators/fitMediation.js";
import { fitMixed } from "../../dist/models/estimators/mixed/fitMixed.js";
import { managerIntercepts, teamIntercepts } from "../../dist/models/estimators/mixed/randomIntercepts.js";
import { record, saveRecords, timeOf } from "./measure.ts";

const REPEATS = 2000;
const FILE = join(import.meta.dirname, "../oracle/cluster/cohort.csv");
const [header, ...lines] = readFileSync(FILE, "utf8").trim().split(/\r?\n/);
const names = header.split(",");
const rows = lines.map((line) => line.split(",").map(Number));
const column = (name: string) => Float64Array.from(rows, (row) => row[names.indexOf(name)]);
const covariates = names.filter((name) => /^c\d$/.test(name)).map(column);
const data = { n: rows.length, x: column("x"), m: column("m"), y: column("y"), covariates };
const teams = clustersOf(column("team"));
const managers = clustersOf(column("manager"));
const ofTeams = orThrow(teamIntercepts(teams));
const ofManagers = orThrow(managerIntercepts(teams, managers));

function orThrow<T extends { readonly ok: boolean }>(result: T): Extract<T, { readonly ok: true }> {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result as Extract<T, { readonly ok: true }>;
}

/** What R needs for the same, in milliseconds: medians of CR2 tests of both equations, and of a REML fit with its df. */
function timeR(): { readonly cr2: number; readonly reml: number; readonly lmer: number } | null {
  const script = `
    suppressMessages({ library(clubSandwich); library(lmerTest) })
    d <- read.csv("${FILE}")
    covariates <- paste0("c", 1:9, collapse = "+")
    forms <- lapply(c("m ~ x +", "y ~ x + m +"), function(f) as.formula(paste(f, covariates)))
    mixed <- as.formula(paste("y ~ x + m + (1 | team) +", covariates))
    ms <- function(f, times) median(replicate(times, system.time(f())[[3]])) * 1000
    cr2 <- ms(function() for (f in forms) coef_test(lm(f, d), vcov = "CR2", cluster = d$team, test = "Satterthwaite"), 9)
    reml <- ms(function() coef(summary(lmer(mixed, d))), 9)
    cat(cr2, reml, ms(function() lme4::lmer(mixed, d), 9))`;
  const { status, stdout } = spawnSync("Rscript", ["-e", script], { encoding: "utf8" });
  if (status !== 0) return null;
  const [cr2, reml, lmer] = stdout.trim().split(/\s+/).map(Number);
  return { cr2, reml, lmer };
}

afterAll(() => saveRecords("cluster"));

describe("311 clients, 14 teams, 9 covariates", () => {
  const r = timeR();
  const measure = (name: string, call: () => unknown, bar?: number, inR?: number) => {
    const milliseconds = timeOf(call, REPEATS).median * 1000;
    record(name, milliseconds, "ms", bar === undefined ? undefined : `≤ ${bar}`);
    if (inR !== undefined) record(`${name}-to-r`, milliseconds / inR, "× R");
    if (bar !== undefined) expect(milliseconds).toBeLessThanOrEqual(bar);
  };

  it("both equations by least squares, CR2 standard errors and their df", () => {
    measure("cr2-paths", () => orThrow(fitClusterPaths(data, teams, "CR2", "satterthwaite")), 1, r?.cr2);
  });

  it("both equations as tables: every coefficient with CR2, df, p and interval", () => {
    const errors = clusterErrors("CR2", teams);
    measure("cr2-tables", () => {
      const { mediator, outcome } = orThrow(fitMediation(data));
      for (const equation of [mediator, outcome]) orThrow(robustRegression(equation, errors, 0.95));
    });
  });

  const predictors = [data.x, data.m, ...covariates];
  it("a random intercept for teams by REML, with df", () => {
    measure("reml-teams", () => orThrow(fitMixed(data.y, predictors, ofTeams, "REML")), 0.3, r?.reml);
    if (r) record("lme4-reml-without-df", r.lmer, "ms");
  });

  it("random intercepts for managers in teams by REML, with df", () => {
    measure("reml-managers", () => orThrow(fitMixed(data.y, predictors, ofManagers, "REML")), 1);
  });
});
