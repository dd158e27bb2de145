// Does the published study, simulated a thousand times with its bootstrap, take minutes or hours?
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { record, saveRecords } from "./measure.ts";

const main = join(import.meta.dirname, "..", "..", "dist", "bin", "main.js");
const directory = mkdtempSync(join(tmpdir(), "caseload-bench-"));

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
  saveRecords("servicePower");
});

/** Seconds of a whole process; the cache keeps the truths, so that a second run need not find them. */
function secondsOf(args: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: "utf8",
    env: { ...process.env, CASELOAD_CACHE: directory },
  });
  if (status !== 0) throw new Error(`caseload ${args.join(" ")}: exit ${status}\n${stderr}`);
  return (performance.now() - start) / 1000;
}

describe("roebuck-2021, joint significance and percentile bootstrap (1,000 resamples, curtailed), two workers", () => {
  const study = [
    "power",
    "roebuck-2021",
    ...["--set", "power.conditions=", "--grid", "nClients=311", "--tests", "jointSignificance,percentileBootstrap"],
    ...["--resamples", "1000", "--workers", "2", "--quiet"],
  ];

  it("1,000 replications", { timeout: 1_200_000 }, () => {
    const truths = secondsOf([...study, "--replications", "2"]);
    const seconds = secondsOf([...study, "--replications", "1000"]);
    record("service-power-truth", truths, "seconds for the truth of four models, found once");
    record("service-power-1000-replications", seconds, "seconds", "≤ 120");
    expect(seconds).toBeGreaterThan(0);
  });
});
