// From a scenario of a service to the table, the JSON and the files of a calibration, as a user goes it; and what is refused.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { caseload } from "./runCli.ts";

const SCENARIO = `
name: small-service
title: Four small teams
source: assumption
seed: small-service
service:
  time: { weeks: 192 }
  teams: { perAgency: [2, 2], count: 4, seats: 3 }
  referrals: { perWeek: 0.4, initialCaseload: 0.6 }
study:
  clientsPerTeam: 15
  sampling: { from: everyone, scheme: random }
analysis: { tests: [jointSignificance], x: fid4_5, m: rprs4_5, y: qoli9, covariates: [qoli0] }
power: { replications: 10 }
calibration:
  replications: 3
  free:
    service.outcomes.qoli.entry: [70, 95]
    study.missing.share: [0, 0.4]
`;

let directory: string;
let scenario: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "caseload-calibrate-"));
  scenario = join(directory, "small.yaml");
  writeFileSync(scenario, SCENARIO);
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe("caseload calibrate", () => {
  it("prints the contract's JSON, the same on one thread and two", () => {
    const [one, two] = ["1", "2"].map((workers) =>
      caseload(["calibrate", scenario, "--json", "--quiet", "--workers", workers]),
    );
    expect(one.stderr).toBe("");
    expect(one.status).toBe(0);
    expect(two.stdout).toBe(one.stdout);
    const result = JSON.parse(one.stdout);
    expect(result).toMatchObject({ scenario: "small-service", seed: "small-service", replications: 3, nFailed: 0 });
    for (const key of ["name", "published", "tolerance", "simulated", "mcse", "z", "weight", "within"])
      expect(result.targets[0]).toHaveProperty(key);
    expect(result.targets[0]).toMatchObject({ name: "mean.fid4_5", published: 28.1, tolerance: [27.6, 28.6] });
    expect(result.heldOut.map(({ name }: { name: string }) => name)).toContain("r.severity");
  });

  it("prints the table, and writes table, JSON and charts", () => {
    const out = join(directory, "out");
    const { status, stdout, stderr } = caseload(["calibrate", scenario, "--replications", "2", "--out", out]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^small-service: 2 replicate studies\n\nA, to be matched: \d+ of \d+ within\n/);
    expect(stdout).toContain("Held out, never fitted");
    expect(stderr).toContain(`written: ${join(out, "calibration.txt")}, and charts`);
    expect(readdirSync(out).sort()).toEqual(["calibration.json", "calibration.txt", "charts", "run.json"]);
    expect(readFileSync(join(out, "calibration.txt"), "utf8")).toBe(stdout);
    const again = caseload(["calibrate", scenario, "--replications", "2", "--out", out]);
    expect(again.status).toBe(2);
    expect(again.stderr).toContain("this run is there already; --force to run it again");
  });

  it("--fit moves the free parameters towards the targets and writes them", () => {
    const out = join(directory, "fit");
    const { status, stdout } = caseload([
      "calibrate",
      scenario,
      "--fit",
      "--replications",
      "2",
      "--evaluations",
      "11",
      "--out",
      out,
      "--quiet",
    ]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/Weighted misfit [\d.,]+ at the start, [\d.,]+ fitted, after \d+ parameter sets/);
    const fitted = parse(readFileSync(join(out, "fitted.yaml"), "utf8"));
    expect(fitted.service.outcomes.qoli.entry).toBeGreaterThan(75);
    expect(fitted.service.outcomes.qoli.entry).toBeLessThan(90);
    expect(fitted.study.missing.share).toBeGreaterThan(0);
    const { fit } = JSON.parse(readFileSync(join(out, "calibration.json"), "utf8"));
    expect(fit.sum).toBeLessThan(fit.startSum);
    expect(fit.evaluations).toBeLessThanOrEqual(11);
  });

  it("refuses what cannot be calibrated, with everything that is wrong", () => {
    const paths = caseload(["calibrate", "teaching-simple", "--replications", "1", "--evaluations", "5"]);
    expect(paths.status).toBe(2);
    expect(paths.stderr).toContain("--replications must be a whole number from 2 to 1000000, got 1");
    expect(paths.stderr).toContain("--evaluations is for --fit; give both or neither");
    expect(paths.stderr).toContain('teaching-simple: generator is "paths"; calibrate holds a service model');
    const other = caseload(["calibrate", scenario, "--set", "study.audits.months=[0,6,12]"]);
    expect(other.stderr).toContain("the published study audited fidelity at 24, 36 months, this one does not");
    const oneAgency = caseload(["calibrate", scenario, "--set", "service.teams.perAgency=[4]", "--workers", "1"]);
    expect(oneAgency.status).toBe(2);
    expect(oneAgency.stderr).toContain("of 3 replicate studies 3 could not be analysed");
    const fixed = join(directory, "fixed.yaml");
    writeFileSync(fixed, SCENARIO.slice(0, SCENARIO.indexOf("calibration:")));
    const nothing = caseload(["calibrate", fixed, "--fit", "--out", join(directory, "none")]);
    expect(nothing.status).toBe(2);
    expect(nothing.stderr).toContain("--fit has nothing to move; name parameters and bounds in calibration.free");
    expect(existsSync(join(directory, "none"))).toBe(false);
  });
});
