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

  it("is refused where a sample size is sought", () => {
    const { status, stderr } = caseload(["sample-size", scenario()]);
    expect(status).toBe(2);
    expect(stderr).toContain("sample-size searches by ordinary regression; leave analysis.estimators out");
  });
});
