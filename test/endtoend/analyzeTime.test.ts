// Across time: are the hierarchical regression and the cross-lagged panel of the command line R's, and what is refused?
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseWaves } from "../../cli/waves.ts";
import { close } from "../oracle/cluster/cases.ts";
import { caseload } from "./runCli.ts";

const ORACLE = join(import.meta.dirname, "..", "oracle");
const COHORT = join(ORACLE, "mediation", "cohort311.csv");
const PANEL = join(ORACLE, "longitudinal", "panel.csv");
const R = JSON.parse(readFileSync(join(ORACLE, "longitudinal", "cases.json"), "utf8"));
const R311 = JSON.parse(readFileSync(join(ORACLE, "longitudinal", "panel311.json"), "utf8"));

function json(file: string, ...flags: string[]) {
  const { stdout, stderr, status } = caseload(["analyze", file, "--json", "--quiet", ...flags]);
  expect([stderr, status]).toEqual(["", 0]);
  return JSON.parse(stdout);
}

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "caseload-time-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe("--reciprocal", () => {
  const COLUMNS = ["--x", "fidelity", "--m", "rpr", "--y", "qol", "--covariates", "age,gender,stable"];

  it("is R's hierarchical regression, as published, beside the mediation analysis as it was", () => {
    const r = R.regressions.asPublished;
    const own = json(COHORT, ...COLUMNS, "--reciprocal", "qol0", "--tests", "sobel");
    const { reciprocal } = own;
    expect(reciprocal).toMatchObject({
      response: "rpr",
      covariates: r.covariates,
      added: ["qol0"],
      n: 311,
      df1: 1,
      df2: 305,
    });
    for (const name of ["rSquaredCovariates", "rSquared", "deltaRSquared", "f", "p"])
      close(reciprocal[name], r[name], 1e-9, name);
    for (const side of [0, 1]) expect(Math.abs(reciprocal.ci[side] - r.ci[side])).toBeLessThan(1e-8);
    const [slope] = reciprocal.coefficients;
    expect(slope.name).toBe("qol0");
    close(slope.estimate, r.estimate, 1e-9, "slope");
    close(slope.se, r.se, 1e-9, "its se");
    const { reciprocal: none, ...without } = json(COHORT, ...COLUMNS, "--tests", "sobel");
    expect(none).toBeNull();
    expect(own).toMatchObject(without);
  });

  it("prints what the second step adds, and keeps rows that lack only its column", () => {
    const [header, ...rows] = readFileSync(COHORT, "utf8").trim().split("\n");
    const path = join(directory, "later.csv");
    writeFileSync(
      path,
      [`${header},later`, ...rows.map((row, i) => `${row},${i < 11 ? "" : (i * 7) % 13}`)].join("\n"),
    );
    const { stdout, stderr, status } = caseload(["analyze", path, ...COLUMNS, "--reciprocal", "later"]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("does later predict rpr? Ordinary regression in two steps, n = 300, 11 rows left out");
    expect(stdout).toContain("n: 311");
    const clustered = caseload(["analyze", COHORT, ...COLUMNS, "--reciprocal", "qol0", "--cluster", "team"]).stdout;
    expect(clustered).toContain("Takes no notice of clusters.");
    const published = caseload(["analyze", COHORT, ...COLUMNS, "--reciprocal", "qol0"]).stdout;
    // R: R² .1098, ΔR² .0165, F 5.661 on 1 and 305, p .0180.
    expect(published).toMatch(/and qol0 +0\.1098 +0\.0165 .* 5\.6610 +1 +305 +\.0180/);
  });

  it.each([
    ["age", '--reciprocal: column "age" is already --covariates; each column can have one role'],
    ["qol9", 'no column "qol9" (--reciprocal); did you mean "qol0"?'],
  ])("refuses %s", (column, message) => {
    const { status, stderr } = caseload(["analyze", COHORT, ...COLUMNS, "--reciprocal", column]);
    expect([status, stderr.trim().split("\n").length]).toEqual([2, 1]);
    expect(stderr).toContain(message);
  });
});

/** Slope of `predictor` in the equation of `response`. */
function slopeOf(analysis: { equations: { response: string; df: number; coefficients: { name: string }[] }[] }) {
  return (response: string, predictor: string) => {
    const equation = analysis.equations.find((one) => one.response === response);
    const slope = equation?.coefficients.find(({ name }) => name === predictor);
    if (equation === undefined || slope === undefined) throw new Error(`${predictor} → ${response}`);
    return { ...(slope as unknown as { estimate: number; se: number }), df: equation.df };
  };
}

describe("--waves", () => {
  it("of two variables, three waves: lavaan's estimates and the lagged indirect effect", () => {
    const file = join(ORACLE, "longitudinal", "panel311.csv");
    const own = json(file, "--waves", "x1,y1;x2,y2;x3,y3");
    const slope = slopeOf(own);
    for (const [name, { estimate, se }] of Object.entries<{ estimate: number; se: number }>(R311.slopes)) {
      const [response, predictor] = name.split("~");
      const found = slope(response, predictor);
      close(found.estimate, estimate, 1e-6, name);
      close(found.se * Math.sqrt(found.df / 311), se, 1e-6, `${name} se`);
    }
    const [indirect] = own.indirect;
    expect([indirect.design, indirect.through]).toEqual(["sequential", ["x1", "y2", "x3"]]);
    close(indirect.estimate, R311.ab.estimate, 1e-6, "ab");
    expect(Object.keys(indirect.tests)).toEqual(["jointSignificance", "sobel", "monteCarlo", "productDistribution"]);
  });

  it.each([
    ["four", 4, ["--covariates", "z"]],
    ["three", 3, []],
    ["two", 2, []],
  ] as const)("of three variables, %s waves: lm", (name, nWaves, flags) => {
    const r = R.panels[name];
    const waves = Array.from({ length: nWaves }, (_, t) => ["x", "m", "y"].map((v) => `${v}${t + 1}`).join());
    const own = json(PANEL, "--waves", waves.join(";"), ...flags);
    const slope = slopeOf(own);
    for (const [i, response] of r.response.entries()) {
      const found = slope(response, r.predictor[i]);
      close(found.estimate, r.olsEstimate[i], 1e-9, `${r.predictor[i]} → ${response}`);
      close(found.se, r.olsSe[i], 1e-9, `${r.predictor[i]} → ${response} se`);
    }
    expect(own.indirect).toHaveLength(Math.max(1, nWaves - 2));
    if (nWaves === 2) close(own.indirect[0].correlation, R.panels.half?.correlation ?? R.half.correlation, 1e-6, "r");
  });

  it("prints every equation and the indirect effects, and says what two waves cannot", () => {
    const { stdout, status } = caseload(["analyze", PANEL, "--waves", "x1,m1,y1;x2,m2,y2;x3,m3,y3"]);
    expect(status).toBe(0);
    for (const text of [
      "3 waves",
      "Wave 2 on wave 1",
      "b: m2 → y3",
      "Indirect effect x1 → m2 → y3",
      "Joint significance",
    ])
      expect(stdout).toContain(text);
    const two = caseload(["analyze", PANEL, "--waves", "x1,m1,y1;x2,m2,y2"]).stdout;
    expect(two).toContain("b: m1 → y2");
    expect(two.replace(/\s+/g, " ")).toContain("both paths are of the same interval (half-longitudinal)");
  });

  it("an X that does not change says so where its equation would stand", () => {
    const [header, ...rows] = readFileSync(PANEL, "utf8").trim().split(/\r?\n/);
    const path = join(directory, "constant.csv");
    writeFileSync(path, [`${header},k1,k2`, ...rows.map((row, i) => `${row},${i % 5},${i % 5}`)].join("\n"));
    const { stdout, status } = caseload(["analyze", path, "--waves", "k1,m1,y1;k2,m2,y2"]);
    expect(status).toBe(0);
    expect(stdout).toContain("k2: not estimated; the wave before determines k2 exactly");
  });

  it.each([
    ["x1,m1,y1;x3,m3,y3;x2,m2,y2", "--waves: x3 comes before x2; list waves from the first to the last"],
    ["x1,m1,y1;x2,m2", "--waves: wave 2 has 2 of the variables, wave 1 has 3"],
    ["x1,m1,y1;m2,x2,y2", "--waves: wave 2 lists m2, x2, y2, wave 1 x1, m1, y1; keep one order"],
    ["x1,m1,y1", "--waves: at least two waves are needed, separated by semicolons"],
    ["x1;x2", "--waves: a wave needs two variables or more"],
    ["x1,m1;x2,m1", '--waves: column "m1" is already --waves'],
    ["x1,m1;x2,n2", 'no column "n2" (--waves); did you mean "x2"?'],
  ])("refuses %s", (waves, message) => {
    const { status, stdout, stderr } = caseload(["analyze", PANEL, "--waves", waves]);
    expect(stderr).toContain(message);
    expect([status, stdout, stderr.trim().split("\n").length]).toEqual([2, "", 1]);
  });

  it.each([
    [["--x", "x1", "--resamples", "9"], "--waves is an analysis of its own: leave out --x, --resamples"],
    [["--tests", "bcaBootstrap"], '--tests: no test "bcaBootstrap" of a lagged indirect effect'],
  ])("refuses %j beside it", (flags, message) => {
    const { status, stderr } = caseload(["analyze", PANEL, "--waves", "x1,m1;x2,m2", ...flags]);
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it("or x, m and y: one of the two", () => {
    const { status, stderr } = caseload(["analyze", PANEL, "--x", "x1"]);
    expect([status, stderr]).toEqual([2, expect.stringContaining("missing: --m, --y, or --waves for a panel")]);
  });
});

describe("the order of waves is read from the last number of a name", () => {
  it.each([
    ["qol0,rpr0;qol9,rpr9;qol18,rpr18", []],
    ["t1_x,t1_m;t2_x,t2_m", []],
    ["before,m;after,n", []],
    ["qol18,rpr18;qol9,rpr9", ["--waves: qol18 comes before qol9; list waves from the first to the last"]],
  ])("%s", (text, problems) => {
    expect(parseWaves(text).problems).toEqual(problems);
  });
});
