// Refused: every message is read, with its place.
import { describe, expect, it } from "vitest";
import { GOOD, problemsOf } from "./parse.ts";

/** [what is wrong, the text, the one message]. */
const CASES: readonly (readonly [string, string, string])[] = [
  [
    "a value outside its range",
    GOOD.replace("a: 0.3", "a: 1e9"),
    "my.yaml:3:6: paths.a must be a number between -1,000,000 and 1,000,000, got 1000000000",
  ],
  ["an unknown section", `pathes: 3\n${GOOD}`, 'my.yaml:1:1: unknown key "pathes"; did you mean "paths"?'],
  [
    "an unknown key",
    GOOD.replace("b: 0.2", "b: 0.2\n  covariatess: { n: 1 }"),
    'my.yaml:5:3: unknown key "covariatess" in paths; did you mean "covariates"?',
  ],
  [
    "a key at the wrong place",
    `replications: 5\n${GOOD}`,
    'my.yaml:1:1: unknown key "replications"; did you mean power.replications?',
  ],
  [
    "the sample size at the wrong place",
    GOOD.replace("grid:\n    nClients", "grid: { nClients: 50 }\n  nClients"),
    'my.yaml:7:3: unknown key "nClients" in power; did you mean power.grid.nClients?',
  ],
  [
    "an unknown test",
    `${GOOD}analysis: { tests: [sobel, percentilBootstrap] }`,
    'my.yaml:8:28: unknown test "percentilBootstrap"; did you mean "percentileBootstrap"?',
  ],
  ["a test twice", `${GOOD}analysis: { tests: [sobel, sobel] }`, "my.yaml:8:28: analysis.tests lists sobel twice"],
  [
    "no tests",
    `${GOOD}analysis: { tests: [] }`,
    "my.yaml:8:20: analysis.tests must be a list of names, e.g. [sobel], got a list of 0",
  ],
  [
    "an unknown distribution",
    GOOD.replace("a: 0.3", "a: 0.3\n  x: { distribution: binry }"),
    'my.yaml:4:22: unknown paths.x.distribution "binry"; did you mean "binary"?',
  ],
  [
    "a share of a normal X",
    GOOD.replace("a: 0.3", "a: 0.3\n  x: { distribution: normal, share: 0.5 }"),
    "my.yaml:4:30: paths.x.share is for distribution: binary, not normal",
  ],
  [
    "a missing path",
    GOOD.replace("  b: 0.2\n", ""),
    "my.yaml:3:3: paths.b is missing (Path b: M → Y, given X); it has no default",
  ],
  [
    "no sample size",
    GOOD.replace("nClients: [100, 200]", "b: [0.1, 0.2]"),
    "my.yaml:6:3: power.grid.nClients is missing; e.g. grid: { nClients: [100, 200, 400] }",
  ],
  [
    "text for a number",
    GOOD.replace("0.3", "[small]"),
    "my.yaml:3:6: paths.a must be a number between -1,000,000 and 1,000,000, got a list of 1",
  ],
  [
    "not a number",
    GOOD.replace("0.3", ".nan"),
    "my.yaml:3:6: paths.a must be a number between -1,000,000 and 1,000,000, got NaN",
  ],
  [
    "text for a switch",
    GOOD.replace("a: 0.3", "a: 0.3\n  standardized: yes"),
    'my.yaml:4:17: paths.standardized must be true or false, got "yes"',
  ],
  [
    "a section that is a value",
    GOOD.replace("name: good", "name: good\nanalysis: 3"),
    "my.yaml:2:11: analysis must be a mapping (key: value), got 3",
  ],
  ["a scenario that is a list", "- 1\n- 2", "my.yaml:1:1: a scenario must be a mapping (key: value), got a list of 2"],
  [
    "a level outside (0, 1)",
    `${GOOD}analysis: { level: 95 }`,
    "my.yaml:8:20: analysis.level must be between 0 and 1, both excluded, got 95; 95 % is 0.95",
  ],
  [
    "a target outside (0, 1)",
    `${GOOD}  target: 1`,
    "my.yaml:8:11: power.target must be between 0 and 1, both excluded, got 1; 80 % is 0.8",
  ],
  [
    "replications that are no count",
    `${GOOD}  replications: 0.5`,
    "my.yaml:8:17: power.replications must be a whole number from 1 to 1,000,000,000, got 0.5",
  ],
  [
    "half a client",
    GOOD.replace("200", "200.5"),
    "my.yaml:7:21: nClients must be a whole number from 1 to 1,000,000,000, got 200.5",
  ],
  [
    "reliability 0",
    GOOD.replace("a: 0.3", "a: 0.3\n  reliability: { m: 0 }"),
    "my.yaml:4:21: paths.reliability.m must be in (0, 1], got 0; 1 means measured without error",
  ],
  [
    "a residual SD of 0",
    GOOD.replace("a: 0.3", "a: 0.3\n  residualSd: { y: 0 }"),
    "my.yaml:4:20: paths.residualSd.y must be above 0 (and at most 1,000,000), got 0; 1 is the usual choice",
  ],
  [
    "a skewness too far",
    GOOD.replace("a: 0.3", "a: 0.3\n  residualSkew: { y: 2.5 }"),
    "my.yaml:4:22: paths.residualSkew.y must be in [-2, 2], got 2.5; 0 is a normal distribution",
  ],
  [
    "a share of everybody",
    GOOD.replace("a: 0.3", "a: 0.3\n  x: { distribution: binary, share: 1 }"),
    "my.yaml:4:37: paths.x.share must be between 0 and 1, both excluded, got 1; 0.5 is an even allocation",
  ],
  [
    "R² of 1",
    GOOD.replace("a: 0.3", "a: 0.3\n  covariates: { n: 2, rSquaredM: 1 }"),
    "my.yaml:4:34: paths.covariates.rSquaredM must be in [0, 1), got 1; it is a share of variance",
  ],
  [
    "a bad name",
    GOOD.replace("good", "my study"),
    'my.yaml:1:7: name must be letters, digits, dots, dashes and underscores, at most 100, got "my study"; put the words for people into title',
  ],
  [
    "an unknown factor",
    GOOD.replace("nClients:", "nClient: 3\n    nClients:"),
    'my.yaml:7:5: unknown factor "nClient"; did you mean "nClients"?',
  ],
  ["a value twice in the grid", GOOD.replace("200", "100"), "my.yaml:7:21: power.grid lists nClients = 100 twice"],
  ["an empty list", GOOD.replace("[100, 200]", "[]"), "my.yaml:7:15: nClients lists no value"],
  [
    "an empty sweep",
    GOOD.replace("[100, 200]", "100:0:200"),
    'my.yaml:7:15: nClients must be a sweep start:step:stop, got "100:0:200", which is empty; e.g. 100:50:600',
  ],
  [
    "a sweep of four",
    GOOD.replace("[100, 200]", "1:2:3:4"),
    'my.yaml:7:15: nClients must be a sweep start:step:stop, got "1:2:3:4"; e.g. 100:50:600',
  ],
  [
    "an endless sweep",
    GOOD.replace("[100, 200]", "1:1e-9:1e9"),
    'my.yaml:7:15: nClients must be a sweep of at most 100,000 values, got "1:1e-9:1e9"; widen the step',
  ],
  [
    "an endless grid",
    GOOD.replace("[100, 200]", "100:1:1100\n    a: 0.001:0.001:0.5"),
    "my.yaml:6:3: power.grid has 500,500 conditions; at most 100,000: widen the sweeps",
  ],
  [
    "a factor twice",
    GOOD.replace("[100, 200]", "50\n    a: 0.1\n    paths.a: 0.2"),
    "my.yaml:9:5: factor paths.a is given twice in power.grid",
  ],
  [
    "a factor in grid and conditions",
    `${GOOD}  conditions: [{ nClients: 5 }]`,
    "my.yaml:8:28: factor nClients is in power.grid too; give it in one of the two",
  ],
  [
    "the same condition twice",
    `${GOOD}  conditions: [{ a: 0.1 }, { a: 0.1 }]`,
    "my.yaml:8:28: the same condition is listed twice",
  ],
  [
    "an unknown unit",
    GOOD.replace("a: 0.3", 'a: 0.3\n  covariates: { n: 3, rSquaredM: { value: 10, unit: "%" } }').replace(
      "10,",
      "0.1,",
    ),
    'my.yaml:4:54: unit of paths.covariates.rSquaredM: it takes no unit, it is a plain number, got "%"; write "1" or leave it out',
  ],
  [
    "a value outside its own range",
    GOOD.replace("0.3", "{ value: 0.3, range: [0, 0.2] }"),
    "my.yaml:3:15: paths.a must be in its own range [0, 0.2], got 0.3",
  ],
  [
    "a range that is none",
    GOOD.replace("0.3", "{ value: 0.3, range: [2, 1] }"),
    "my.yaml:3:27: range of paths.a must be two numbers [low, high], got a list of 2",
  ],
  [
    "notes without a value",
    GOOD.replace("0.3", "{ source: me }"),
    "my.yaml:3:6: paths.a has notes but no value; write { value: …, source: … }",
  ],
  [
    "an unknown note",
    GOOD.replace("0.3", "{ value: 0.3, sorce: me }"),
    'my.yaml:3:20: unknown key "sorce" in paths.a; did you mean "source"?',
  ],
];

describe("one problem, one message", () => {
  it.each(CASES)("%s", async (_, text, message) => {
    expect(await problemsOf(text)).toEqual([message]);
  });
});

describe("conditions that cannot be simulated", () => {
  const withPaths = (paths: string, power = "{ grid: { nClients: [100] } }") => `paths: ${paths}\npower: ${power}`;

  it("N too small for the predictors says the smallest N", async () => {
    const text = withPaths("{ a: 0.1, b: 0.1, covariates: { n: 9 } }", "{ grid: { nClients: [5, 12, 13, 14] } }");
    expect(await problemsOf(text)).toEqual([
      "my.yaml:2:29: condition 1 (nClients=5): nClients must be at least 13 to regress Y on X, M and 9 covariates, got 5",
      "my.yaml:2:32: condition 2 (nClients=12): nClients must be at least 13 to regress Y on X, M and 9 covariates, got 12",
    ]);
  });

  it("N at the limit is taken", async () => {
    await expect(problemsOf(withPaths("{ a: 0.1, b: 0.1 }", "{ grid: { nClients: [4] } }"))).rejects.toThrow("taken");
    expect(await problemsOf(withPaths("{ a: 0.1, b: 0.1 }", "{ grid: { nClients: [3] } }"))).toHaveLength(1);
  });

  it.each([
    ["|correlation| ≥ 1", "{ a: 1.2, b: 0.1, standardized: true }", /standardized a = 1\.2.*must stay below 1$/],
    [
      "R² ≥ 1 of M",
      "{ a: 0.8, b: 0.1, standardized: true, covariates: { n: 1, rSquaredM: 0.4 } }",
      /explain 1\.04 of the variance of M/,
    ],
    ["R² ≥ 1 of Y", "{ a: 0.5, b: 0.9, cPrime: 0.4, standardized: true }", /of the variance of Y/],
    [
      "R² without covariates",
      "{ a: 0.5, b: 0.9, covariates: { rSquaredY: 0.4 } }",
      /covariates\.n is 0, but rSquaredY is 0\.4/,
    ],
  ])("%s", async (_, paths, message) => {
    const problems = await problemsOf(withPaths(paths));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^my\.yaml:1:\d+: condition 1 \(nClients=100\): /);
    expect(problems[0]).toMatch(message);
  });

  it("a fault of a factor stands at the factor, once for all N", async () => {
    const power = "{ grid: { nClients: [100, 200], a: [0.5, 1.5, 2] } }";
    const problems = await problemsOf(withPaths("{ b: 0.1, standardized: true }", power));
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/^my\.yaml:2:49: condition 3 \(nClients=100, paths\.a=1\.5\): standardized a = 1\.5/);
    expect(problems[1]).toMatch(/^my\.yaml:2:54: condition 5 /);
  });

  it("an arm without clients", async () => {
    const paths = "{ a: 0.1, b: 0.1, x: { distribution: binary, share: 0.01 } }";
    expect(await problemsOf(withPaths(paths, "{ grid: { nClients: [20, 100] } }"))).toEqual([
      "my.yaml:1:60: condition 1 (nClients=20): paths.x.share = 0.01 of 20 clients leaves none with X = 1; move the share towards 0.5",
    ]);
  });

  it("too few resamples for the level", async () => {
    const analysis = "{ level: 0.99, bootstrap: { resamples: 198 } }";
    const text = `${withPaths("{ a: 0.1, b: 0.1 }")}\nanalysis: ${analysis}`;
    expect(await problemsOf(text)).toEqual([
      "my.yaml:3:50: condition 1 (nClients=100): analysis.bootstrap.resamples must be at least 199 at level 0.99, got 198",
    ]);
    await expect(problemsOf(text.replace("198", "199"))).rejects.toThrow("taken");
    await expect(problemsOf(text.replace("level", "tests: [sobel], level"))).rejects.toThrow("taken");
  });

  it("a study too large to be kept row by row, unless no test needs rows", async () => {
    const text = withPaths("{ a: 0.1, b: 0.1 }", "{ grid: { nClients: [20000000] } }");
    expect((await problemsOf(text))[0]).toContain("nClients must be at most 10,000,000");
    await expect(problemsOf(`${text}\nanalysis: { tests: [sobel] }`)).rejects.toThrow("taken");
  });

  it("a share as a factor of a normal X", async () => {
    const power = "{ grid: { nClients: 50, paths.x.share: [0.2, 0.5] } }";
    expect(await problemsOf(withPaths("{ a: 0.1, b: 0.1 }", power))).toEqual([
      "my.yaml:2:48: paths.x.share is a factor, but paths.x is normal; write x: { distribution: binary }",
    ]);
  });
});

describe("YAML", () => {
  it.each([
    ["a syntax error", "paths:\n  a: [1, 2\n  b: 3\n", /^my\.yaml:\d+:\d+: YAML: /],
    ["a tab for indentation", "paths:\n\ta: 1\n", /^my\.yaml:2:1: YAML: Tabs/],
    ["a key twice", "name: x\nname: y\npaths: { a: 1, b: 1 }", /^my\.yaml:2:1: key "name" is given twice$/],
    ["an unknown alias", "name: *x", /^my\.yaml:1:7: .*alias/],
    ["a tag", "name: !!js/function x", /^my\.yaml:1:7: YAML tags are not known here/],
    ["two documents", `${GOOD}---\n${GOOD}`, /^my\.yaml:8:1: a second YAML document begins here/],
    ["nothing", "", /^my\.yaml: empty; `caseload scenarios init my\.yaml` writes a starter$/],
    ["only comments", "# nothing\n", /^my\.yaml: empty/],
    ["a binary file", "PK\x03\x04\0\0", /^my\.yaml: not a UTF-8 text file \(character U\+0003 at position 3\)$/],
    ["a file that is not UTF-8", "name: caf\ufffd", /^my\.yaml: not a UTF-8 text file \(character U\+FFFD/],
    ["a huge file", "x".repeat(200_001), /^my\.yaml: more than 200,000 characters/],
    ["deep nesting", "[".repeat(50_000), /nested too deeply/],
    ["moderate nesting", `${"[".repeat(100)}${"]".repeat(100)}`, /nested more than 32 deep/],
    ["a key that is a list", "[1, 2]: 3", /^my\.yaml:1:1: a key must be a plain word$/],
  ])("%s", async (_, text, message) => {
    const problems = await problemsOf(text);
    expect(problems[0]).toMatch(message);
  });

  it("an alias that grows without bound is refused at once", async () => {
    const bomb = Array.from({ length: 20 }, (_, i) => `k${i}: &k${i} [${`*k${i - 1}, `.repeat(i ? 10 : 0)}1]`).join(
      "\n",
    );
    // 10¹⁹ values: without the refusal this never ends, and the test's own time limit fails it.
    expect(await problemsOf(bomb)).toEqual(
      expect.arrayContaining([expect.stringContaining("more than 100,000 values once aliases are followed")]),
    );
  });

  it("an alias works where it is harmless", async () => {
    await expect(problemsOf(GOOD.replace("a: 0.3", "a: &s 0.3").replace("b: 0.2", "b: *s"))).rejects.toThrow("taken");
  });

  it("control characters in a value do not reach the terminal", async () => {
    const [problem] = await problemsOf(`${GOOD}analysis: { tests: ["\\e[2J\\u202Esobel"] }`);
    expect(problem).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

describe("many problems", () => {
  it("are reported together, in the order of the file", async () => {
    const problems = await problemsOf(
      "paths: { a: x, b: 2e9 }\nanalysis: { level: 2 }\npower: { target: 7, grid: { n: 3 } }",
    );
    expect(problems.map((problem) => problem.split(": ")[0])).toEqual([
      "my.yaml:1:13",
      "my.yaml:1:19",
      "my.yaml:2:20",
      "my.yaml:3:8",
      "my.yaml:3:18",
      "my.yaml:3:29",
    ]);
  });

  it("stop at 50", async () => {
    const keys = Array.from({ length: 80 }, (_, i) => `zzz${i}q: 1`).join("\n");
    const problems = await problemsOf(`${GOOD}${keys}`);
    expect(problems).toHaveLength(51);
    expect(problems[50]).toBe("… and 30 more");
  });
});

describe("flags", () => {
  it.each([
    [
      { set: ["paths.a=1e9"] },
      "--set paths.a=1e9: paths.a must be a number between -1,000,000 and 1,000,000, got 1000000000",
    ],
    [
      { set: ["paths.q=1"] },
      '--set paths.q=1: unknown key "q" in paths; known are a, b, cPrime, standardized, x, residualSd, covariates, reliability, residualSkew, teams, waves, missing',
    ],
    [{ set: ["paths.a"] }, '--set paths.a: --set takes path=value, got "paths.a"; e.g. --set paths.a=0.2'],
    [{ set: ["name.x=1"] }, "--set name.x=1: nothing can be set below a plain value; name a section's key"],
    [{ grid: ["nClient=5"] }, '--grid nClient=5: unknown factor "nClient"; did you mean "nClients"?'],
    [{ grid: ["nClients="] }, '--grid nClients=: nClients must be a whole number from 1 to 1,000,000,000, got ""'],
    [
      { grid: ["nClients=1:2"], level: "0.5" },
      "--grid nClients=1:2: condition 1 (nClients=1): nClients must be at least 4 to regress Y on X and M, got 1",
    ],
    [{ tests: "sobol" }, '--tests sobol: unknown test "sobol"; did you mean "sobel"?'],
    [{ level: "1" }, "--level 1: analysis.level must be between 0 and 1, both excluded, got 1; 95 % is 0.95"],
    [{ target: "80" }, "--target 80: power.target must be between 0 and 1, both excluded, got 80; 80 % is 0.8"],
    [{ replications: "ten" }, /^--replications ten: power\.replications must be a number or arithmetic, got "ten"/],
    [
      { resamples: "" },
      '--resamples : analysis.bootstrap.resamples must be a whole number from 1 to 10,000,000, got ""',
    ],
    [{ seed: "" }, '--seed : seed must be text of 1 to 200 characters, got ""'],
  ])("%j", async (overrides, message) => {
    const [problem] = await problemsOf(GOOD, { overrides });
    if (typeof message === "string") expect(problem).toBe(message);
    else expect(problem).toMatch(message);
  });
});
