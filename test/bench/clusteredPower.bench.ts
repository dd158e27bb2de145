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

const SCENARIO = `name: clustered
paths:
  a: 0.3
  b: 0.3
  covariates: { n: 9, rSquaredM: 0.1, rSquaredY: 0.1 }
  teams: { count: 14, iccM: 0.05, iccY: 0.05, xBetween: 1 }
analysis:
  estimators: [ols, hc3, cr1s, cr2, mixed]
power:
  grid: { nClients: 311 }
  replications: 1000
`;

/** Seconds of a whole process. */
function secondsOf(tests: string): number {
  const file = join(directory, "clustered.yaml");
  writeFileSync(file, SCENARIO);
  const start = performance.now();
  const args = [main, "power", file, "--workers", "2", "--quiet", "--resamples", "2000", "--tests", tests];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`exit ${status}\n${stderr}`);
  return (performance.now() - start) / 1000;
}

describe("1,000 studies of 311 clients in 14 teams, 9 covariates, five estimators, two workers", () => {
  it.each([
    ["joint", "jointSignificance", "≤ 30"],
    ["normal-theory", "jointSignificance,sobel,monteCarlo,productDistribution", "≤ 30"],
    ["cluster-bootstrap", "jointSignificance,monteCarlo,clusterBootstrap", "≤ 30"],
    ["both-bootstraps", "jointSignificance,monteCarlo,percentileBootstrap,clusterBootstrap", "≤ 30"],
  ])("%s", { timeout: 300_000 }, (name, tests, bar) => {
    const seconds = secondsOf(tests);
    record(`clustered-power-1000-${name}`, seconds, "seconds", bar);
    expect(seconds).toBeGreaterThan(0);
  });
});
