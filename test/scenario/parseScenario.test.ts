// Right: what a file says is what the scenario holds. Messages are read in problems.test.ts.
import { describe, expect, it } from "vitest";
import { conditionsOfPaths } from "../../models/scenario/conditions.ts";
import { parseScenario } from "../../models/scenario/parseScenario.ts";
import { GOOD, scenarioOf } from "./parse.ts";

describe("defaults", () => {
  it("are those of the documented scenario format", async () => {
    expect(await scenarioOf(GOOD)).toEqual({
      name: "good",
      title: "",
      source: "",
      seed: "good",
      paths: {
        a: 0.3,
        b: 0.2,
        cPrime: 0,
        standardized: false,
        x: { distribution: "normal" },
        residualSd: { m: 1, y: 1 },
        covariates: { n: 0, rSquaredM: 0, rSquaredY: 0 },
        reliability: { x: 1, m: 1, y: 1 },
        residualSkew: { m: 0, y: 0 },
        teams: {
          count: 0,
          sizeCv: 0,
          managers: 0,
          iccM: 0,
          iccY: 0,
          managerIccM: 0,
          managerIccY: 0,
          xBetween: 0,
        },
        waves: { count: 0, stability: { x: 0.5, m: 0.5, y: 0.5 }, yOnM: 0, mOnX: 0, yOnX: 0 },
        missing: { mechanism: "mcar", on: "x", slope: 1, x: 0, m: 0, y: 0, dropout: 0 },
      },
      generator: "paths",
      analysis: {
        tests: ["jointSignificance", "sobel", "monteCarlo", "percentileBootstrap"],
        level: 0.95,
        estimators: ["ols"],
        bootstrap: { resamples: 5000, curtail: true },
        imputation: { count: 20, iterations: 10, method: "normal" },
        lags: "first",
      },
      power: { conditions: [{ nClients: 100 }, { nClients: 200 }], replications: 1000, target: 0.8 },
    });
  });

  it("take the name from the file's name, and the seed from the name", async () => {
    const { name, seed } = await scenarioOf(GOOD.replace("name: good\n", ""), { fileName: "dir/My-Study.yml" });
    expect([name, seed]).toEqual(["My-Study", "My-Study"]);
  });

  it("an empty value is a value left out", async () => {
    expect((await scenarioOf(`title:\nsource: ~\n${GOOD}`)).title).toBe("");
  });

  it("a seed is text, as it was written", async () => {
    for (const seed of ["007", "1e3", '"007"', "0x1F", "yes", "1234567890123456789012"]) {
      expect((await scenarioOf(`seed: ${seed}\n${GOOD}`)).seed).toBe(seed.replaceAll('"', ""));
    }
  });

  it("a byte-order mark and CRLF line ends change nothing", async () => {
    expect(await scenarioOf(`\ufeff${GOOD.replaceAll("\n", "\r\n")}`)).toEqual(await scenarioOf(GOOD));
  });
});

describe("values with notes", () => {
  it("hold the value; unit, range and source are kept beside it", async () => {
    const a = 'a: { value: "0.65 * 4.5 / 17.8", unit: points per point, range: [0, 0.3], source: "Study, p. 3" }';
    const reading = await parseScenario(GOOD.replace("a: 0.3", a), { fileName: "my.yaml" });
    if (!reading.ok) throw new Error(reading.problems.join("\n"));
    expect(reading.file.paths?.a).toBe((0.65 * 4.5) / 17.8);
    expect(reading.annotations.get("paths.a")).toEqual({
      unit: "points per point",
      range: [0, 0.3],
      source: "Study, p. 3",
    });
  });

  it("may stand at any value: lists, switches, text, grid", async () => {
    const scenario = await scenarioOf(`
title: { value: T, source: me }
paths: { a: 0.1, b: 0.1, standardized: { value: true, source: x } }
analysis: { tests: { value: [sobel], source: y }, level: { value: 0.9, unit: "1" } }
power: { grid: { nClients: { value: "50:50:100", unit: clients, range: [10, 200] } }, replications: 5 }
`);
    expect(scenario.title).toBe("T");
    expect(scenario.paths.standardized).toBe(true);
    expect(scenario.analysis).toMatchObject({ tests: ["sobel"], level: 0.9 });
    expect(scenario.power.conditions).toEqual([{ nClients: 50 }, { nClients: 100 }]);
  });
});

describe("grid and conditions", () => {
  const power = async (text: string) => (await scenarioOf(`paths: { a: 0.1, b: 0.2 }\npower: ${text}`)).power;

  it("the sample size varies fastest, wherever it is written; the first factor slowest", async () => {
    const { conditions } = await power("{ grid: { nClients: [50, 60], b: [0.1, 0.2], paths.cPrime: [0, 0.3] } }");
    expect(conditions.map((one) => [one["paths.b"], one["paths.cPrime"], one.nClients])).toEqual([
      [0.1, 0, 50],
      [0.1, 0, 60],
      [0.1, 0.3, 50],
      [0.1, 0.3, 60],
      [0.2, 0, 50],
      [0.2, 0, 60],
      [0.2, 0.3, 50],
      [0.2, 0.3, 60],
    ]);
    expect(Object.keys(conditions[0])).toEqual(["nClients", "paths.b", "paths.cPrime"]);
  });

  it("listed conditions are crossed with the grid and keep their labels", async () => {
    const { conditions, labels } = await power(
      "{ grid: { nClients: [50, 60] }, conditions: [{ label: one, a: 0.1 }, { label: two, a: 0.3, b: 0.4 }] }",
    );
    expect(conditions).toEqual([
      { nClients: 50, "paths.a": 0.1, "paths.b": 0.2 },
      { nClients: 60, "paths.a": 0.1, "paths.b": 0.2 },
      { nClients: 50, "paths.a": 0.3, "paths.b": 0.4 },
      { nClients: 60, "paths.a": 0.3, "paths.b": 0.4 },
    ]);
    expect(labels).toEqual(["one", "one", "two", "two"]);
  });

  it("coefficients that every condition gives may be left out of paths", async () => {
    const scenario = await scenarioOf("power: { conditions: [{ nClients: 50, a: 0.1, b: 0.2 }] }");
    expect(conditionsOfPaths(scenario)[0].paths).toMatchObject({ a: 0.1, b: 0.2 });
  });

  it.each([
    ['"100:50:250"', [100, 150, 200, 250]],
    ["100:50:249", [100, 150, 200]],
    ['"100:250:50"', [100, 150, 200, 250]],
    ['"98:100"', [98, 99, 100]],
    ['"250:-50:100"', [250, 200, 150, 100]],
    ['["60:10:80", 200]', [60, 70, 80, 200]],
    ['"25*4:50:2*100"', [100, 150, 200]],
    ["77", [77]],
  ])("nClients: %s", async (written, expected) => {
    const { conditions } = await power(`{ grid: { nClients: ${written} } }`);
    expect(conditions.map((one) => one.nClients)).toEqual(expected);
  });

  it("a sweep of fractions has no rounding debris", async () => {
    const { conditions } = await power('{ grid: { nClients: 50, a: "0.1:0.1:0.7" } }');
    expect(conditions.map((one) => one["paths.a"])).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
  });

  it("factors reach the values of their condition, below paths and analysis", async () => {
    const scenario = await scenarioOf(`
paths: { a: 0.1, b: 0.2, x: { distribution: binary } }
power: { grid: { nClients: 50, paths.x.share: [0.5, 0.25], analysis.bootstrap.resamples: [99, 199] } }`);
    const conditions = conditionsOfPaths(scenario);
    expect(conditions.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(conditions.map(({ paths }) => paths.x)).toEqual(
      [0.5, 0.5, 0.25, 0.25].map((share) => ({ distribution: "binary", share })),
    );
    expect(conditions.map(({ analysis }) => analysis.bootstrap.resamples)).toEqual([99, 199, 99, 199]);
    expect(scenario.paths.x).toEqual({ distribution: "binary", share: 0.5 });
  });
});

describe("extends", () => {
  const files: Record<string, string> = {
    base: `name: base\ntitle: Base\nseed: shared\npaths: { a: 0.1, b: 0.2, x: { distribution: binary, share: 0.3 } }
analysis: { level: 0.9, tests: [sobel] }
power: { grid: { nClients: [50, 60] } }`,
    middle: "extends: base\npaths: { b: 0.5 }",
    loop: "extends: round",
    round: "extends: loop",
  };
  const findBase = async (name: string) =>
    name in files ? { text: files[name], fileName: `${name}.yaml` } : { problem: `no scenario "${name}"` };

  it("holds only what changes; lists and choices are replaced, names are not passed on", async () => {
    const scenario = await scenarioOf(
      "extends: middle\nanalysis: { tests: [aroian, goodman] }\npaths: { x: { distribution: normal } }",
      { findBase },
    );
    expect(scenario).toMatchObject({ name: "my", title: "", seed: "shared" });
    expect(scenario.paths).toMatchObject({ a: 0.1, b: 0.5, x: { distribution: "normal" } });
    expect(scenario.analysis).toMatchObject({ level: 0.9, tests: ["aroian", "goodman"] });
    expect(scenario.power.conditions).toHaveLength(2);
  });

  it("an empty value takes back what the base says", async () => {
    const scenario = await scenarioOf("extends: base\nanalysis: { level: }", { findBase });
    expect(scenario.analysis.level).toBe(0.95);
  });

  it("circles and unknown bases are refused at the place of extends", async () => {
    const { problems } = (await parseScenario("extends: loop", { fileName: "my.yaml", findBase })) as never;
    expect(problems).toEqual([
      "round.yaml:1:10: scenarios extend each other in a circle: my.yaml → loop.yaml → round.yaml → loop.yaml",
    ]);
    const unknown = await parseScenario("title: x\nextends: bse", { fileName: "my.yaml", findBase });
    expect(unknown).toEqual({ ok: false, problems: ['my.yaml:2:10: no scenario "bse"'] });
  });

  it("a problem in a base names the base's file", async () => {
    const bad = async () => ({ text: "paths: { a: 0.1, b: x y }", fileName: "base.yaml" });
    const reading = await parseScenario("extends: base\npower: { grid: { nClients: 50 } }", {
      fileName: "my.yaml",
      findBase: bad,
    });
    expect(reading).toMatchObject({
      ok: false,
      problems: [expect.stringMatching(/^base\.yaml:1:21: paths\.b must be/)],
    });
  });
});

describe("flags win over the file", () => {
  it("each flag changes its value", async () => {
    const overrides = {
      set: ["paths.a=0.25", "b=2 * 0.1", "paths.x={ distribution: binary }", "title=A title: with a colon?"].slice(
        0,
        3,
      ),
      grid: ["nClients=60,70"],
      tests: "sobel, bcaBootstrap",
      seed: "007",
      replications: "10",
      level: "0.9",
      resamples: "99",
      target: "0.9",
    };
    expect(await scenarioOf(GOOD, { overrides })).toMatchObject({
      seed: "007",
      paths: { a: 0.25, b: 0.2, x: { distribution: "binary", share: 0.5 } },
      analysis: { tests: ["sobel", "bcaBootstrap"], level: 0.9, bootstrap: { resamples: 99, curtail: true } },
      power: { conditions: [{ nClients: 60 }, { nClients: 70 }], replications: 10, target: 0.9 },
    });
  });

  it("a flag for a factor replaces it in the grid and in listed conditions", async () => {
    const text = "power: { grid: { b: [0.1, 0.2] }, conditions: [{ a: 0.1, nClients: 50 }, { a: 0.1, nClients: 60 }] }";
    const grid = await scenarioOf(text, { overrides: { grid: ["nClients=90"] } });
    expect(grid.power.conditions).toEqual([
      { nClients: 90, "paths.a": 0.1, "paths.b": 0.1 },
      { nClients: 90, "paths.a": 0.1, "paths.b": 0.2 },
    ]);
    const set = await scenarioOf(text, { overrides: { set: ["paths.b=0.4"] } });
    expect(conditionsOfPaths(set).map(({ paths, nClients }) => [paths.a, paths.b, nClients])).toEqual([
      [0.1, 0.4, 50],
      [0.1, 0.4, 60],
    ]);
    const n = await scenarioOf(GOOD, { overrides: { set: ["nClients=300"] } });
    expect(n.power.conditions).toEqual([{ nClients: 300 }]);
  });

  it("a sweep and a bracketed list work in --grid", async () => {
    for (const [flag, sizes] of [
      ["nClients=100:50:200", [100, 150, 200]],
      ["nClients=[100, 2*75]", [100, 150]],
    ] as const) {
      const { power } = await scenarioOf(GOOD, { overrides: { grid: [flag] } });
      expect(power.conditions.map(({ nClients }) => nClients)).toEqual(sizes);
    }
  });
});
