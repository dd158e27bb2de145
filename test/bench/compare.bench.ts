// How long does a program manager wait for five what-ifs of an ordinary agency, known to ± 1 % of the base's value?
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { record, saveRecords } from "./measure.ts";

const MAIN = join(import.meta.dirname, "..", "..", "dist", "bin", "main.js");
const SCENARIOS = ["caseload-15", "caseload-20", "turnover-halved", "training-intensive", "monitoring-stopped"];

afterAll(() => saveRecords("compare"));

describe("smcm-program and five other scenarios, three years, ± 1 %, two workers", () => {
  it("< 30 s", { timeout: 600_000 }, () => {
    const start = performance.now();
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [MAIN, "compare", "smcm-program", ...SCENARIOS, "--workers", "2", "--json", "--quiet"],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(`exit ${status}\n${stderr}`);
    const scenarios = JSON.parse(stdout).scenarios as { replications: number; isPrecise: boolean }[];
    record("compare-5-scenarios", (performance.now() - start) / 1000, "s", "< 30");
    const longest = Math.max(...scenarios.map(({ replications }) => replications));
    record("compare-5-scenarios-replications", longest, "replications of the scenario that takes most");
    expect(scenarios.every(({ isPrecise }) => isPrecise)).toBe(true);
  });
});
