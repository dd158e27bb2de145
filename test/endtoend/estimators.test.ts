// Estimators compared, as a user goes it: a scenario with teams in, every file and the JSON by each estimator out.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { caseload, hashesOf } from "./runCli.ts";

let directory: string;
const scenario = () => join(directory, "teams.yaml");

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "caseload-estimators-"));
  writeFileSync(
    scenario(),
    `name: teams
paths: { a: 0.3, b: 0.5, teams: { count: 8, iccM: 0.1, iccY: 0.1, xBetween: 1 } }
analysis:
  tests: [jointSignificance, sobel, clusterBootstrap]
  estimators: [cr2, mixed]
  bootstrap: { resamples: 100 }
power:
  grid: { a: [0, 0.3], paths.teams.count: [8, 16], nClients: [64, 160] }
  replications: 150
`,
  );
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe("a comparison of estimators", () => {
  it("is the same on any number of workers, when it goes on, and when it is read again", { timeout: 120_000 }, () => {
    const [one, two] = [1, 2].map((workers) => {
      const out = join(directory, `workers-${workers}`);
      const { status, stdout } = caseload(["power", scenario(), "--workers", String(workers), "--out", out, "--quiet"]);
      expect(status).toBe(0);
      return { out, stdout, hashes: hashesOf(out) };
    });
    expect(two.hashes).toEqual(one.hashes);
    expect(one.hashes).toHaveProperty(["charts/clients-or-teams.png"]);
    expect(one.stdout.replace(/\s+/g, " ")).toMatch(/rejects a true null .* its tests are not to be trusted; CR2 /);
    expect(caseload(["report", one.out, "--quiet"]).stdout).toBe(one.stdout);

    const resumed = join(directory, "resumed");
    mkdirSync(resumed);
    writeFileSync(join(resumed, "run.json"), readFileSync(join(one.out, "run.json")));
    writeFileSync(join(resumed, "rows.csv.partial"), readFileSync(join(one.out, "rows.csv")).subarray(0, 30_000));
    expect(caseload(["power", scenario(), "--out", resumed, "--quiet", "--resume"]).status).toBe(0);
    expect(hashesOf(resumed)).toEqual(one.hashes);
  });

  it("leaves what ordinary regression says as it is", { timeout: 60_000 }, () => {
    const conditionsOf = (args: readonly string[]) =>
      JSON.parse(caseload(["power", scenario(), "--replications", "20", "--json", "--quiet", ...args]).stdout)
        .conditions;
    const compared = conditionsOf([]);
    const alone = conditionsOf(["--set", "analysis.estimators=[ols]"]);
    for (const [index, { tests, ...rest }] of alone.entries()) {
      const { tests: all, pathA, ...same } = compared[index];
      expect(same).toEqual(rest);
      expect(all).toMatchObject(tests);
      expect(Object.keys(all)).toEqual([
        ...Object.keys(tests),
        ...["cr2", "mixed"].flatMap((name) => [`jointSignificance:${name}`, `sobel:${name}`]),
      ]);
      expect(Object.keys(pathA)).toEqual(["ols", "cr2", "mixed"]);
    }
  });
});

describe("a sample size by an estimator that knows of teams", () => {
  const seek = (...args: string[]) =>
    caseload(["sample-size", scenario(), "--tests", "jointSignificance", "--set", "paths.teams.count=8", ...args]);

  it("is a number of clients by each, or none where power levels off with the teams there are", {
    timeout: 60_000,
  }, () => {
    const few = ["--set", "a=0.3", "--replications", "60", "--json", "--quiet"];
    const { tests } = JSON.parse(seek(...few).stdout);
    expect(Object.keys(tests)).toEqual(["jointSignificance", "jointSignificance:cr2", "jointSignificance:mixed"]);
    expect(tests.jointSignificance).toMatchObject({ exact: false, n: expect.any(Number) });
    const none = tests["jointSignificance:cr2"];
    expect(none.n).toBeNull();
    expect(none.reason).toMatch(/^not even 1600 clients in 8 teams are enough: .*more teams do \(--per-team\)$/);
  });

  it("is a number of teams, as many as theory says", { timeout: 60_000 }, () => {
    // Path b is certain, so that power is that of path a: the regression of team means, with the variance of their residuals.
    const common = ["--set", "a=0.3", "--set", "b=50", "--json", "--quiet"];
    const sd = Math.sqrt(0.1 + 0.9 / 20);
    const exact = JSON.parse(
      caseload([
        "sample-size",
        "teaching-simple",
        "--tests",
        "jointSignificance",
        ...common,
        "--set",
        `paths.residualSd.m=${sd}`,
      ]).stdout,
    ).tests.jointSignificance;
    expect(exact.exact).toBe(true);
    const { tests, perTeam } = JSON.parse(
      seek(...common, "--set", "analysis.estimators=[withinBetween]", "--replications", "500", "--per-team", "20")
        .stdout,
    );
    expect(perTeam).toBe(20);
    const { n, teams, ci } = tests["jointSignificance:withinBetween"];
    expect(n).toBe(20 * teams);
    expect(exact.n).toBeGreaterThanOrEqual(ci[0] / 20 - 1);
    expect(exact.n).toBeLessThanOrEqual(ci[1] / 20 + 1);
    // Clients taken as independent would need a third of that.
    expect(tests.jointSignificance.teams).toBeLessThan(0.6 * teams);
  });

  it("is not sought without teams, or beside an effect", () => {
    const { status, stderr } = caseload(["sample-size", "teaching-simple", "--per-team", "1"]);
    expect(status).toBe(2);
    expect(stderr).toContain("--per-team must be a whole number from 2 to 200, got 1");
    expect(stderr).toContain("--per-team seeks the number of teams, but the scenario has none");
    expect(seek("--detect", "ab", "--n", "8").stderr).toContain("--n must be a whole number from 9 to");
    expect(seek("--per-team", "9", "--detect", "ab", "--n", "99").stderr).toContain("leave one out");
  });

  it("by ordinary regression alone comes with a warning", { timeout: 60_000 }, () => {
    const naive = seek("--set", "analysis.estimators=[ols]", "--set", "a=0.3", "--replications", "50", "--quiet");
    expect(naive.stdout).toContain("take clients of a team as independent");
  });
});
