// From a CSV file to the table and the JSON, as a user goes it; what is refused, and that nothing is written then.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { caseload } from "./runCli.ts";

const COHORT = join(import.meta.dirname, "..", "oracle", "mediation", "cohort311.csv");
const COLUMNS = ["--x", "fidelity", "--m", "rpr", "--y", "qol", "--covariates", "qol0,age,gender,stable"];

let directory: string;
const file = (name: string, text: string | Uint8Array) => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "caseload-analyze-"));
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe("caseload analyze", () => {
  it("prints the contract's JSON and nothing else, the same bytes every time", () => {
    const first = caseload(["analyze", COHORT, ...COLUMNS, "--json"]);
    expect(first.stderr).toBe("");
    expect(first.status).toBe(0);
    expect(caseload(["analyze", COHORT, ...COLUMNS, "--json"]).stdout).toBe(first.stdout);
    const result = JSON.parse(first.stdout);
    expect(result).toMatchObject({
      n: 311,
      level: 0.95,
      x: "fidelity",
      m: "rpr",
      y: "qol",
      covariates: ["qol0", "age", "gender", "stable"],
      cluster: null,
    });
    for (const path of ["a", "b", "cPrime", "c"]) {
      expect(Object.keys(result.paths[path])).toEqual(["estimate", "se", "df", "t", "p", "ci"]);
    }
    expect(Object.keys(result.rSquared)).toEqual(["m", "y"]);
    const { tests } = result.indirect;
    expect(Object.keys(tests).sort()).toEqual([
      "bcaBootstrap",
      "biasCorrectedBootstrap",
      "jointSignificance",
      "monteCarlo",
      "percentileBootstrap",
      "productDistribution",
      "sobel",
    ]);
    expect(Object.keys(tests.sobel)).toEqual(["se", "z", "p", "ci", "significant"]);
    expect(tests.percentileBootstrap).toMatchObject({ nResamples: 5000, significant: true });
    expect(tests.monteCarlo.nDraws).toBe(20000);
    // R: 0.0472158147522994.
    expect(result.indirect.estimate).toBeCloseTo(0.0472158147522994, 14);
  });

  it("another seed moves the random limits only", () => {
    const run = (seed: string) =>
      JSON.parse(caseload(["analyze", COHORT, ...COLUMNS, "--json", "--seed", seed]).stdout);
    const [one, two] = [run("one"), run("two")];
    expect(one.paths).toEqual(two.paths);
    expect(one.indirect.tests.productDistribution).toEqual(two.indirect.tests.productDistribution);
    expect(one.indirect.tests.percentileBootstrap.ci).not.toEqual(two.indirect.tests.percentileBootstrap.ci);
    expect(one.indirect.tests.monteCarlo.ci).not.toEqual(two.indirect.tests.monteCarlo.ci);
  });

  it("prints what a PROCESS user looks for", () => {
    const { stdout, status } = caseload(["analyze", COHORT, ...COLUMNS]);
    expect(status).toBe(0);
    for (const text of ["Mediator: rpr", "Outcome: qol", "total c", "direct c′", "BootLLCI", "Percentile bootstrap"]) {
      expect(stdout).toContain(text);
    }
    // coeff, se, t, p of a, as R rounds them.
    expect(stdout).toMatch(/fidelity +0\.6268 +0\.2112 +2\.9676 +\.0032 +0\.2112 +1\.0425/);
    expect(stdout).toContain('cohort311.csv, n = 311. Seed "caseload"');
  });

  it("reads a European export like the plain file, and says what it left out", () => {
    const [header, ...rows] = readFileSync(COHORT, "utf8").trim().split("\n");
    const european = [header, ...rows, "1,1,2,,3,4,5,0,1"].map((line) =>
      line.replaceAll(",", ";").replaceAll(".", ","),
    );
    const path = file("european.csv", `\uFEFF${european.join("\r\n")}\r\n`);
    const result = caseload(["analyze", path, ...COLUMNS, "--json"]);
    const plain = JSON.parse(caseload(["analyze", COHORT, ...COLUMNS, "--json"]).stdout);
    const parsed = JSON.parse(result.stdout);
    expect(parsed.indirect).toEqual(plain.indirect);
    expect(parsed).toMatchObject({ nRows: 312, nDropped: 1, missing: { rpr: 1 } });
    expect(result.stderr).toBe(`${path}: 1 of 312 rows left out (listwise): missing values in rpr 1\n`);
    expect(caseload(["analyze", path, ...COLUMNS, "--json", "--quiet"]).stderr).toBe("");
  });

  it("--out writes the file whole, and never over another", () => {
    const out = join(directory, "result.json");
    const { stdout, status } = caseload(["analyze", COHORT, ...COLUMNS, "--json", "--out", out]);
    expect([stdout, status]).toEqual(["", 0]);
    expect(JSON.parse(readFileSync(out, "utf8")).n).toBe(311);
    const again = caseload(["analyze", COHORT, ...COLUMNS, "--out", out]);
    expect([again.status, again.stderr]).toEqual([2, `--out ${out} exists already; name a new file or remove it\n`]);
    expect(readdirSync(directory).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it.each([
    [["--tests", "sobol,bcaBootstrap"], '--tests: unknown test "sobol"; did you mean "sobel"?'],
    [["--level", "95"], "--level must be in (0, 1), got 95; 95 % is 0.95"],
    [["--resamples", "0"], "--resamples must be a whole number from 2 to 10000000, got 0"],
    [["--draws", "many"], "--draws must be a whole number from 2 to 10000000, got many"],
    [["--x", "rpr"], "--x: given 2 times; give it once"],
    [["--covariates", "fidelty"], 'no column "fidelty" (--covariates); did you mean "fidelity"?'],
    [["--clusters", "team"], 'unknown flag --clusters; did you mean "--cluster"?'],
  ])("refuses %j with exit 2 and one message", (flags, message) => {
    const out = join(directory, "never.json");
    const { status, stdout, stderr } = caseload(["analyze", COHORT, ...COLUMNS, "--out", out, ...flags]);
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect([status, stdout, existsSync(out)]).toEqual([2, "", false]);
  });

  it("reports the flags' and the file's problems together", () => {
    const path = file("bad.csv", "fidelity,rpr,qol\n1,2,3\n2,x,4\n3,4,Inf\n");
    const { status, stderr } = caseload(["analyze", path, ...COLUMNS.slice(0, 6), "--level", "2", "--tests", "t"]);
    expect(status).toBe(2);
    expect(stderr.trim().split("\n")).toEqual([
      expect.stringContaining('--tests: unknown test "t"'),
      "--level must be in (0, 1), got 2; 95 % is 0.95",
      `${path}:3: column "rpr" (column 2) must be a number, got "x"`,
      `${path}:4: column "qol" (column 3) must be a finite number, got Inf; leave a missing value empty or write NA`,
    ]);
  });

  it.each([
    ["a missing file", "nowhere.csv", "no such file"],
    ["a directory", ".", "is a directory"],
  ])("refuses %s", (_, name, message) => {
    const { status, stderr } = caseload(["analyze", join(directory, name), ...COLUMNS]);
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it("refuses designs that cannot be fitted, by the column's name", () => {
    const rows = Array.from({ length: 12 }, (_, i) => `${i},${(i * 7) % 5},${(i * i) % 7},${3 * i + 1}`).join("\n");
    const path = file("collinear.csv", `x,m,y,again\n${rows}\n`);
    const { status, stderr } = caseload(["analyze", path, "--x", "x", "--m", "m", "--y", "y", "--covariates", "again"]);
    expect([status, stderr]).toEqual([
      2,
      `${path}: singular design matrix: again is a linear combination of the other predictors\n`,
    ]);
  });
});
