// A power study of a panel in teams with dropout, as a user goes it; and what is wrong with one, in words.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { caseload, hashesOf } from "./runCli.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "caseload-panel-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const SMALL = ["--quiet", "--set", "nClients=120"];
const FEW = [...SMALL, "--replications", "12"];

describe("teaching-panel", () => {
  it("gives the same bytes on any number of workers and says what it assumed", { timeout: 120_000 }, () => {
    const [one, seven] = [1, 7].map((workers) => {
      const out = join(directory, `workers-${workers}`);
      const { status, stdout } = caseload(["power", "teaching-panel", ...FEW, "--workers", `${workers}`, "--out", out]);
      expect(status).toBe(0);
      return { out, stdout, hashes: hashesOf(out) };
    });
    expect(seven.hashes).toEqual(one.hashes);
    expect(caseload(["report", one.out, "--quiet"]).stdout).toBe(one.stdout);
    expect(one.stdout).toContain("Joint significance, CR2, imputed");
    expect(one.stdout).toContain("analysed");
    const methods = readFileSync(join(one.out, "methods.md"), "utf8");
    for (const words of [
      "teams whose sizes are drawn in every study",
      "X, M and Y are measured at 3 waves; a, b and c′ act from one wave to the next",
      "X is allocated at the first wave and stays",
      "Values are missing at random: the log odds rise by −1 per SD of Y (for dropout, at the wave before)",
      "for the indirect effect of X at wave 1 on M at wave 2 on Y at wave 3",
      "after multiple imputation",
      "These N are clients enrolled; missing values are part of the simulation",
    ])
      expect(methods).toContain(words);
  });

  it("finds more with both intervals together", { timeout: 120_000 }, () => {
    const powerWith = (lags: string) => {
      const set = ["--set", `analysis.lags=${lags}`, "--set", "analysis.estimators=[mixed]", "--set", "a=0.5"];
      const { stdout } = caseload(["power", "teaching-panel", ...SMALL, ...set, "--replications", "100", "--json"]);
      return JSON.parse(stdout).conditions[0].tests["jointSignificance:mixed"].power;
    };
    expect(powerWith("equal")).toBeGreaterThan(powerWith("first") + 0.1);
  });

  it.each<[string[], string]>([
    [["--tests", "percentileBootstrap"], "percentileBootstrap cannot be run with waves"],
    [["--set", "analysis.estimators=[withinBetween]"], "withinBetween is a model of one occasion, but there are waves"],
    [["--set", "analysis.estimators=[mixedManagers]"], "mixedManagers needs at least 2 case managers in a team"],
    [["--set", "paths.missing.y=0.1"], "missing.y = 0.1, but under mar missing values depend on Y"],
    [["--set", "paths.waves.count=1"], "waves.count must be 0 (one occasion) or at least 2, got 1"],
    [["--set", "paths.waves.count=0"], "missing.dropout = 0.1 needs waves that clients can leave before"],
    [["--set", "paths.missing.mechanism=nmar"], 'unknown paths.missing.mechanism "nmar"; did you mean "mar"?'],
    [["--set", "analysis.estimators=[imputedcr2]"], 'did you mean "imputedCr2"?'],
    [["--set", "paths.teams.sizeCv=3"], "paths.teams.sizeCv must be in [0, 2]"],
    [
      ["--set", "paths.teams.count=3"],
      "cr2, imputedCr2 need at least 4 teams for the 4 coefficients of the regression of Y",
    ],
    [["--set", "nClients=4"], "nClients must be at least 5 to regress Y on X, M and Y a wave earlier, got 4"],
  ])("%j is refused with the way out", (args, message) => {
    const { status, stdout, stderr } = caseload(["power", "teaching-panel", ...args]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});
