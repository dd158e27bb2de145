// Do a thousand studies with teams, by every estimator and every test, take seconds or minutes?
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { record, saveRecords } from "./measure.ts";

const main = join(import.meta.dirname, "..", "..", "dist", "bin", "main.js");
const directory = mkdtempSync(join(tmpdir(), "caseload-bench-"));

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
  saveRecords("clusteredPower");
});

const scenario = (estimators: string, missing: string) => `name: clustered
paths:
  a: 0.3
  b: 0.3
  covariates: { n: 9, rSquaredM: 0.1, rSquaredY: 0.1 }
  teams: { count: 14, managers: 3, iccM: 0.05, iccY: 0.05, managerIccM: 0.03, managerIccY: 0.03, xBetween: 1 }
  missing: { ${missing} }
analysis:
  estimators: [${estimators}]
power:
  grid: { nClients: 311 }
  replications: 1000
`;

/** Seconds of a whole process. */
function secondsOf(tests: string, estimators: string, missing: string): number {
  const file = join(directory, "clustered.yaml");
  writeFileSync(file, scenario(estimators, missing));
  const start = performance.now();
  const args = [main, "power", file, "--workers", "2", "--quiet", "--resamples", "2000", "--tests", tests];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`exit ${status}\n${stderr}`);
  return (performance.now() - start) / 1000;
}

const EACH = "ols, hc3, cr1s, cr2, mixed, mixedManagers, withinBetween";
const IMPUTED = "imputed, imputedCr2, imputedMixed";

describe("1,000 studies of 311 clients in 14 teams, 9 covariates, two workers", () => {
  it.each([
    ["joint", "jointSignificance", EACH, "", "≤ 30"],
    ["normal-theory", "jointSignificance,sobel,monteCarlo,productDistribution", EACH, "", "≤ 30"],
    ["cluster-bootstrap", "jointSignificance,monteCarlo,clusterBootstrap", EACH, "", "≤ 30"],
    ["both-bootstraps", "jointSignificance,monteCarlo,percentileBootstrap,clusterBootstrap", EACH, "", "≤ 30"],
    ["imputed", "jointSignificance,monteCarlo", IMPUTED, "m: 0.15, y: 0.15", ""],
  ])("%s", { timeout: 600_000 }, (name, tests, estimators, missing, bar) => {
    const seconds = secondsOf(tests, estimators, missing);
    record(`clustered-power-1000-${name}`, seconds, "seconds", ...(bar === "" ? [] : [bar]));
    expect(seconds).toBeGreaterThan(0);
  });
});
