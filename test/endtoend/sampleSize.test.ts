// caseload sample-size as a user meets it.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { caseload } from "./runCli.ts";

let directory: string;
const file = () => join(directory, "study.yaml");
const run = (...args: string[]) => caseload(["sample-size", ...args]);
const json = (...args: string[]) => JSON.parse(run(...args, "--json", "--quiet").stdout);

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "caseload-sample-size-"));
  writeFileSync(
    file(),
    `name: study
paths: { a: 0.39, b: 0.39 }
analysis: { tests: [jointSignificance, percentileBootstrap], bootstrap: { resamples: 199 } }
power: { grid: { nClients: [50, 100] }, replications: 400 }
`,
  );
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe("caseload sample-size", () => {
  it("answers exactly, with the fields of the contract", () => {
    const { target, tests, conditions } = json(file(), "--tests", "jointSignificance,sobel,monteCarlo");
    expect(target).toBe(0.8);
    expect(conditions).toBeUndefined();
    expect(tests).toMatchObject({
      jointSignificance: { n: 74, exact: true, ci: null },
      sobel: { n: 90, exact: true, ci: null },
      monteCarlo: { n: 74, exact: true, ci: null },
    });
    expect(tests.jointSignificance.power).toBeCloseTo(0.801496055, 8);
  });

  it("searches on simulated power for the bootstrap, the same on any number of workers", { timeout: 120_000 }, () => {
    const one = run(file(), "--json", "--workers", "1");
    expect([one.status, one.stderr]).toEqual([0, ""]);
    const { n, power, exact, ci } = JSON.parse(one.stdout).tests.percentileBootstrap;
    expect(exact).toBe(false);
    expect(power).toBeGreaterThan(0.79);
    expect(power).toBeLessThan(0.83);
    // Fritz & MacKinnon (2007): 78, with power .822 there.
    expect(ci[0]).toBeLessThanOrEqual(n);
    expect(n).toBeLessThanOrEqual(ci[1]);
    expect(n).toBeGreaterThan(65);
    expect(n).toBeLessThan(90);
    for (const workers of ["2", "7"]) expect(run(file(), "--json", "--workers", workers).stdout).toBe(one.stdout);
    expect(json(file(), "--tests", "percentileBootstrap", "--seed", "another").tests).not.toEqual(
      json(file(), "--tests", "percentileBootstrap").tests,
    );
  });

  it("gives several series in order, the first one also on top", () => {
    const { tests, conditions } = json("teaching-simple", "--tests", "jointSignificance");
    expect(conditions.map(({ label }: { label: string }) => label)).toEqual(["small effects", "medium effects"]);
    expect(
      conditions.map((one: { tests: { jointSignificance: { n: number } } }) => one.tests.jointSignificance.n),
    ).toEqual([532, 74]);
    expect(tests).toEqual(conditions[0].tests);
  });

  it("prints a table for people", () => {
    const { stdout, stderr, status } = run("teaching-simple", "--tests", "jointSignificance,sobel", "--target", "0.9");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("medium effects: smallest number of clients (N) for 90\u00a0% power to detect ab");
    expect(stdout).toMatch(/Sobel +\d+ +\.9\d{3} {2}exact calculation/);
  });

  it("inverts: the effect that the N detects needs that N", () => {
    const { detect, n, tests } = json(file(), "--tests", "jointSignificance,sobel", "--detect", "ab", "--n", "311");
    expect([detect, n]).toEqual(["ab", 311]);
    for (const test of ["jointSignificance", "sobel"]) {
      const { a, b, power, exact, ci } = tests[test];
      expect(a).toBe(b);
      expect(power).toBeCloseTo(0.8, 6);
      expect([exact, ci]).toEqual([true, null]);
      expect(json(file(), "--tests", test, "--set", `a=${a + 1e-9}`, "--set", `b=${b + 1e-9}`).tests[test].n).toBe(311);
    }
    const forB = json(file(), "--tests", "jointSignificance", "--detect", "b", "--n", "74").tests.jointSignificance;
    expect(forB.a).toBe(0.39);
    expect(forB.b).toBeGreaterThan(0.38);
    expect(forB.b).toBeLessThan(0.39);
  });

  it("detects with the bootstrap, by simulation", { timeout: 60_000 }, () => {
    const { a, b, exact, ci } = json(file(), "--tests", "percentileBootstrap", "--detect", "ab", "--n", "100").tests
      .percentileBootstrap;
    expect(exact).toBe(false);
    expect(a).toBe(b);
    expect(ci[0]).toBeLessThan(a);
    expect(ci[1]).toBeGreaterThan(a);
    expect(Math.abs(a - 0.335)).toBeLessThan(0.04);
  });

  it("says in words when there is no answer", () => {
    const nothing = json(file(), "--tests", "sobel", "--set", "a=0").tests.sobel;
    expect(nothing).toMatchObject({ n: null, reason: expect.stringContaining("a·b is 0") });
    const huge = json(file(), "--tests", "sobel,percentileBootstrap", "--set", "a=0.0001").tests;
    expect(huge.sobel.reason).toContain("not even 10000000 clients are enough: power there is 0.0");
    expect(huge.percentileBootstrap.reason).toContain("too many to simulate");
    const limited = json(file(), "--tests", "sobel", "--set", "a=0.1", "--detect", "b", "--n", "100").tests.sobel;
    expect(limited).toMatchObject({ b: null, reason: expect.stringContaining("because a limits it") });
    const { stdout, status } = run(file(), "--tests", "sobel", "--set", "a=0");
    expect(status).toBe(0);
    expect(stdout).toContain("Sobel: none; a·b is 0: there is no effect to find");
  });
});

describe("caseload sample-size refuses", () => {
  it.each([
    [["--detect", "ab"], "--detect seeks the effect that a number of clients detects; name it with --n"],
    [["--n", "100"], "--n goes with --detect ab, a or b"],
    [["--detect", "c", "--n", "100"], "--detect must be ab, a or b, got c"],
    [["--detect", "ab", "--n", "3"], "--n must be a whole number from 4 to 10000000, got 3"],
    [["--detect", "ab", "--n", "1e3"], "--n must be a whole number from 4 to 10000000, got 1e3"],
    [["--workers", "0"], "--workers must be a whole number from 1"],
    [["--target", "1"], "--target 1"],
    [["--tests", "sobol"], "sobel"],
  ])("%j", (args, message) => {
    const { status, stdout, stderr } = run(file(), ...args);
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  it("everything at once", () => {
    const { stderr } = run(file(), "--detect", "c", "--workers", "0", "--target", "2");
    expect(stderr.trim().split("\n")).toHaveLength(4);
  });
});
