// The whole way, as a user goes it: scenario in, run directory out, the same bytes on any number of workers, resumable.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { caseload, hashesOf, startCaseload } from "./runCli.ts";

let directory: string;
const scenario = () => join(directory, "small.yaml");

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "caseload-power-"));
  writeFileSync(
    scenario(),
    `name: small
paths: { a: 0.3, b: 0.3, covariates: { n: 2, rSquaredM: 0.1, rSquaredY: 0.2 } }
analysis:
  tests: [jointSignificance, sobel, monteCarlo, percentileBootstrap, bcaBootstrap]
  bootstrap: { resamples: 400 }
power:
  grid: { nClients: [60, 120] }
  replications: 300
`,
  );
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe("caseload power", () => {
  it("1, 2 and 7 workers write the same bytes, every file", { timeout: 120_000 }, () => {
    const [one, two, seven] = [1, 2, 7].map((workers) => {
      const out = join(directory, `workers-${workers}`);
      const { status, stderr } = caseload(["power", scenario(), "--workers", String(workers), "--out", out, "--quiet"]);
      expect(stderr).toBe("");
      expect(status).toBe(0);
      return hashesOf(out);
    });
    expect(Object.keys(one)).toEqual(
      expect.arrayContaining(["run.json", "rows.csv", "summary.csv", "codebook.csv", "report.html", "methods.md"]),
    );
    expect(two).toEqual(one);
    expect(seven).toEqual(one);
  });

  it("killed at a random moment and resumed, ends in the same bytes", { timeout: 120_000 }, async () => {
    const whole = hashesOf(join(directory, "workers-2"));
    const out = join(directory, "killed");
    const args = ["power", scenario(), "--workers", "2", "--out", out, "--quiet"];
    for (const killAfterBytes of [2_000, 20_000 + Math.floor(Math.random() * 20_000)]) {
      const partial = join(out, "rows.csv.partial");
      const child = startCaseload([...args, "--resume"]);
      await new Promise<void>((resolve) => {
        const timer = setInterval(() => {
          if (existsSync(partial) && statSync(partial).size > killAfterBytes) child.kill("SIGKILL");
        }, 2);
        child.on("exit", () => {
          clearInterval(timer);
          resolve();
        });
      });
    }
    const { status } = caseload([...args, "--resume"]);
    expect(status).toBe(0);
    expect(hashesOf(out)).toEqual(whole);
  });

  it("a torn last line is dropped, not believed", { timeout: 60_000 }, () => {
    const whole = join(directory, "workers-2");
    const out = join(directory, "torn");
    mkdirSync(out);
    const rows = readFileSync(join(whole, "rows.csv"), "utf8");
    writeFileSync(join(out, "run.json"), readFileSync(join(whole, "run.json")));
    writeFileSync(join(out, "rows.csv.partial"), rows.slice(0, rows.indexOf("\n", 9_000) - 1));
    expect(caseload(["power", scenario(), "--out", out, "--quiet", "--resume"]).status).toBe(0);
    expect(hashesOf(out)).toEqual(hashesOf(whole));
  });

  it("Ctrl-C keeps what is finished and says how to go on", { timeout: 60_000 }, async () => {
    const out = join(directory, "interrupted");
    const child = startCaseload(["power", scenario(), "--workers", "1", "--replications", "2000", "--out", out]);
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    const partial = join(out, "rows.csv.partial");
    const status = await new Promise((resolve) => {
      const timer = setInterval(() => {
        if (!existsSync(partial) || statSync(partial).size < 2_000) return;
        clearInterval(timer);
        child.kill("SIGINT");
      }, 5);
      child.on("exit", resolve);
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/--resume/);
    expect(existsSync(partial)).toBe(true);
  });

  it("--json keeps the contract and prints nothing else", { timeout: 60_000 }, () => {
    const { status, stdout } = caseload([
      "power",
      "teaching-simple",
      "--replications",
      "200",
      "--resamples",
      "200",
      "--json",
    ]);
    expect(status).toBe(0);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ scenario: "teaching-simple", replications: 200, version: expect.any(String) });
    expect(result.elapsedSeconds).toBeGreaterThan(0);
    for (const condition of result.conditions) {
      expect(condition).toMatchObject({ factors: { nClients: expect.any(Number) }, nFailed: 0 });
      expect(condition.estimate).toMatchObject({ mean: expect.any(Number), bias: expect.any(Number) });
      for (const test of Object.values<Record<string, unknown>>(condition.tests)) {
        expect(test.power).toBeGreaterThanOrEqual(0);
        expect(test.ci).toHaveLength(2);
        expect("exact" in test && "coverage" in test && "mcse" in test).toBe(true);
      }
    }
  });

  it("curtailment changes no decision", { timeout: 60_000 }, () => {
    const args = ["power", scenario(), "--replications", "100", "--json"];
    const curtailed = JSON.parse(caseload(args).stdout).conditions;
    const full = JSON.parse(caseload([...args, "--set", "analysis.bootstrap.curtail=false"]).stdout).conditions;
    expect(curtailed).toEqual(full);
  });

  it("report draws a saved run again, the same bytes", { timeout: 60_000 }, () => {
    const out = join(directory, "workers-1");
    const before = hashesOf(out);
    rmSync(join(out, "report.html"));
    rmSync(join(out, "charts"), { recursive: true });
    expect(caseload(["report", out, "--quiet"]).status).toBe(0);
    expect(hashesOf(out)).toEqual(before);
  });
});

describe("caseload power refuses", () => {
  const refused = (args: readonly string[]) => {
    const out = join(directory, "never");
    const { status, stderr, stdout } = caseload(["power", ...args, "--out", out]);
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(existsSync(out)).toBe(false);
    return stderr;
  };

  it.each([
    [["no-such-scenario"], /no-such-scenario/],
    [["teaching-simpel"], /teaching-simple/],
    [["teaching-simple", "--workers", "0"], /--workers.*0/],
    [["teaching-simple", "--workers", "two"], /--workers/],
    [["teaching-simple", "--tests", "sobl"], /sobel/],
    [["teaching-simple", "--replications", "0"], /replications/],
    [["teaching-simple", "--level", "1"], /level/],
    [["teaching-simple", "--set", "paths.aa=1"], /unknown key "aa" in paths; did you mean "a"/],
    [["teaching-simple", "--set", "paths.standardized=true", "--set", "paths.a=1"], /paths/],
    [["teaching-simple", "--grid", "nClients=3"], /nClients/],
    [["teaching-simple", "--replicaitons", "5"], /replications/],
  ])("%j", (args, message) => {
    expect(refused(args)).toMatch(message);
  });

  it("a directory that holds another run, and leaves it as it was", () => {
    const out = join(directory, "workers-1");
    const before = hashesOf(out);
    const other = caseload(["power", scenario(), "--seed", "other", "--out", out]);
    expect(other.status).toBe(2);
    expect(other.stderr).toMatch(/another run.*--force/);
    const same = caseload(["power", scenario(), "--out", out]);
    expect(same.status).toBe(2);
    expect(same.stderr).toMatch(/--resume/);
    expect(hashesOf(out)).toEqual(before);
  });

  it("a directory that cannot be made, and none", () => {
    const refusing = existsSync("/proc/self") ? ["/proc/caseload"] : [];
    for (const out of ["", join(scenario(), "below-a-file"), ...refusing]) {
      const { status, stderr } = caseload(["power", scenario(), "--replications", "2", "--out", out]);
      expect([out, status]).toEqual([out, 2]);
      expect(stderr).toMatch(/--out/);
    }
  });

  it("a directory with something else in it, and a file", () => {
    const foreign = join(directory, "foreign");
    mkdirSync(foreign);
    writeFileSync(join(foreign, "thesis.docx"), "mine");
    expect(caseload(["power", scenario(), "--out", foreign]).status).toBe(2);
    expect(caseload(["power", scenario(), "--out", join(foreign, "thesis.docx")]).status).toBe(2);
    expect(readFileSync(join(foreign, "thesis.docx"), "utf8")).toBe("mine");
  });
});
