// Refused, whatever it is: random bytes and random trees into the parser give a scenario or problems, at once, never a
// crash. What is taken holds what the rest of the program relies on.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { conditionsOfPaths } from "../../models/scenario/conditions.ts";
import { nearestName } from "../../models/scenario/nearestName.ts";
import { parseScenario } from "../../models/scenario/parseScenario.ts";
import { resolvedYaml } from "../../models/scenario/resolvedYaml.ts";
import { FACTOR_SCHEMAS } from "../../models/scenario/schemaWalk.ts";
import { TEST_NAMES } from "../../models/scenario/types.ts";

const SEED = 20210515;
const LIMIT_MS = 5_000;

async function judge(text: string, overrides = {}): Promise<boolean> {
  const before = performance.now();
  const reading = await parseScenario(text, { fileName: "random.yaml", overrides });
  expect(performance.now() - before).toBeLessThan(LIMIT_MS);
  if (reading.ok) {
    const { power, analysis } = reading.scenario;
    expect(power.conditions.length).toBeGreaterThan(0);
    expect(analysis.level > 0 && analysis.level < 1).toBe(true);
    if (reading.scenario.generator !== "paths") return true;
    for (const condition of conditionsOfPaths(reading.scenario)) {
      expect(Number.isInteger(condition.nClients)).toBe(true);
      expect(condition.nClients).toBeGreaterThanOrEqual(4 + condition.paths.covariates.n);
      expect(Number.isFinite(condition.paths.a) && Number.isFinite(condition.paths.b)).toBe(true);
    }
  } else {
    expect(reading.problems.length).toBeGreaterThan(0);
    for (const problem of reading.problems) {
      expect(problem).toMatch(/^(random\.yaml(:\d+:\d+)?: |--\w+ |… and \d+ more)/);
      expect(problem).not.toMatch(/undefined|\[object|node_modules|TypeError/);
      expect(problem.length).toBeLessThan(700);
    }
  }
  return reading.ok;
}

/** Keys that the schema knows, and others; values that fit, and others. */
const key = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom("name", "title", "seed", "paths", "analysis", "power", "grid", "conditions"),
  },
  { weight: 5, arbitrary: fc.constantFrom(...FACTOR_SCHEMAS.keys(), "a", "b", "x", "covariates", "tests", "level") },
  { weight: 2, arbitrary: fc.constantFrom("value", "unit", "range", "source", "distribution", "label", "extends") },
  { weight: 1, arbitrary: fc.constantFrom("__proto__", "constructor", "toString", "<<", "") },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
);
const leaf = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, 0.14, 0.5, 1, 2, 100, -1, 1e9, 1e308, Number.NaN, Number.POSITIVE_INFINITY),
  fc.constantFrom<unknown>(
    "normal",
    "binary",
    ...TEST_NAMES,
    "100:50:600",
    "1:1e-9:1e9",
    "0:0:0",
    "a:b:c",
    "::",
    "1/0",
  ),
  fc.constantFrom<unknown>("0.1*2", "sqrt(2)", "import('fs')", "x=1", "constructor", "1e999", "-", "2^1e9"),
  fc.double(),
  fc.string({ maxLength: 30, unit: "binary" }),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 3, arbitrary: leaf },
    { weight: 4, arbitrary: fc.dictionary(key, tie("tree"), { maxKeys: 5 }) },
    { weight: 1, arbitrary: fc.array(tie("tree"), { maxLength: 4 }) },
  ),
}));

/** A scenario that is right, in parts that a random one replaces. */
const nearlyRight = fc.record(
  {
    name: fc.constant("random"),
    paths: fc.record(
      {
        a: fc.oneof(fc.double({ min: -1.2, max: 1.2, noNaN: true }), leaf),
        b: fc.double({ min: -1.2, max: 1.2, noNaN: true }),
        standardized: fc.boolean(),
        x: fc.constantFrom({ distribution: "normal" }, { distribution: "binary", share: 0.1 }, { distribution: "t" }),
        covariates: fc.record({ n: fc.nat(12), rSquaredM: fc.double({ min: 0, max: 1.1, noNaN: true }) }),
        reliability: fc.record({ x: fc.double({ min: 0.01, max: 1, noNaN: true }) }),
      },
      { requiredKeys: ["a", "b"] },
    ),
    analysis: fc.record({ level: fc.double({ min: 0.5, max: 0.999, noNaN: true }) }),
    power: fc.record(
      {
        grid: fc.dictionary(
          fc.constantFrom("nClients", "a", "paths.b", "paths.covariates.n", "analysis.level"),
          fc.oneof(fc.uniqueArray(fc.nat(40), { minLength: 1, maxLength: 3 }), leaf),
          { maxKeys: 3 },
        ),
        conditions: fc.array(fc.record({ nClients: fc.nat(300), b: fc.double({ noNaN: true, min: 0, max: 1 }) }), {
          maxLength: 3,
        }),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ["name", "paths", "power"] },
);

describe("parseScenario", () => {
  it("random characters", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 300, unit: "binary" }), async (text) => {
        await judge(text);
      }),
      { seed: SEED, numRuns: 1_500 },
    );
  });

  it("random bytes, read as UTF-8", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await judge(Buffer.from(bytes).toString("utf8"));
      }),
      { seed: SEED, numRuns: 1_500 },
    );
  });

  it("random YAML punctuation", { timeout: 120_000 }, async () => {
    const word = fc.constantFrom(
      ..."[]{}:,-?|>&*!%#'\"\n \t",
      "  ",
      "a",
      "paths",
      ": ",
      "- ",
      "&x ",
      "*x",
      "---\n",
      "<<",
      "!!int ",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 80 }), async (words) => {
        await judge(words.join(""));
      }),
      { seed: SEED, numRuns: 3_000 },
    );
  });

  it("random YAML trees of known and unknown keys", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(key, tree, { maxKeys: 6 }), async (value) => {
        await judge(stringify(value));
      }),
      { seed: SEED, numRuns: 1_500 },
    );
  });

  it("nearly right scenarios: some are taken, and those survive being shown and read again", {
    timeout: 120_000,
  }, async () => {
    let nTaken = 0;
    await fc.assert(
      fc.asyncProperty(nearlyRight, async (value) => {
        const text = stringify(value);
        if (!(await judge(text))) return;
        nTaken++;
        const reading = await parseScenario(text, { fileName: "random.yaml" });
        if (!reading.ok) throw new Error("taken, then refused");
        const shown = resolvedYaml(reading.file, reading.annotations, reading.written);
        const again = await parseScenario(shown, { fileName: "shown.yaml" });
        expect(again.ok ? again.scenario : again.problems).toEqual(reading.scenario);
      }),
      { seed: SEED, numRuns: 1_500 },
    );
    expect(nTaken).toBeGreaterThan(30);
  });

  it("random flags", { timeout: 120_000 }, async () => {
    const good = "paths: { a: 0.3, b: 0.3 }\npower: { grid: { nClients: [50, 60] } }";
    const text = fc.oneof(fc.string({ maxLength: 20 }), leaf.map(String));
    const assignment = fc.tuple(key, text).map(([name, value]) => `${name}=${value}`);
    const overrides = fc.record(
      {
        set: fc.array(assignment, { maxLength: 3 }),
        grid: fc.array(fc.oneof(assignment, text), { maxLength: 2 }),
        tests: text,
        seed: text,
        level: text,
        replications: text,
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(overrides, async (flags) => {
        await judge(good, flags);
      }),
      { seed: SEED, numRuns: 1_500 },
    );
  });
});

it("nearestName finds a name again after any one slip", () => {
  const names = [...TEST_NAMES];
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.nat(),
      fc.constantFrom("drop", "double", "swap", "x"),
      (name, at, slip) => {
        const i = at % name.length;
        const [before, letter, after] = [name.slice(0, i), name[i], name.slice(i + 1)];
        const slipped = {
          drop: before + after,
          double: before + letter + letter + after,
          swap: before + after.slice(0, 1) + letter + after.slice(1),
          x: `${before}x${after}`,
        }[slip];
        expect(nearestName(slipped, names)).toBe(name);
      },
    ),
    { seed: SEED, numRuns: 500 },
  );
});
