import type {
  ConditionSummary,
  ExactCurve,
  PowerResult,
  PowerRun,
  RowBlock,
  TestSummary,
} from "../../models/powerTypes.ts";
import { smallestN } from "../../models/sampleSize/smallestN.ts";
import type { Scenario, TestName } from "../../models/scenario/types.ts";
import { TEST_NAMES } from "../../models/scenario/types.ts";
import { normalCdf } from "../../sim/numerics/normal.ts";
import { normalQuantile } from "../../sim/numerics/normalQuantile.ts";
import { NO_TEAMS, NOTHING_MISSING, ONE_OCCASION, PLAN_DEFAULTS } from "../scenarioFixture.ts";

/** What a made-up run should look like. The numbers are plausible, not true: nothing here was simulated by the program. */
export type FixtureOptions = {
  readonly series?: readonly FixtureSeries[];
  readonly counts?: readonly number[];
  readonly tests?: readonly TestName[];
  readonly replications?: number;
  readonly seed?: string;
  readonly name?: string;
  readonly title?: string;
  readonly cPrime?: number;
};

export type FixtureSeries = { readonly label?: string; readonly a: number; readonly b: number };

const EXACT_TESTS: readonly TestName[] = TEST_NAMES.filter((test) => !test.endsWith("Bootstrap"));

export const FOUR_TESTS: readonly TestName[] = ["jointSignificance", "sobel", "monteCarlo", "percentileBootstrap"];

/** The 16 cells of Fritz & MacKinnon's design: small .14, halfway .26, medium .39, large .59. */
export const SIXTEEN_CELLS: readonly FixtureSeries[] = [0.14, 0.26, 0.39, 0.59].flatMap((a) =>
  [0.14, 0.26, 0.39, 0.59].map((b) => ({ a, b })),
);

/** A PowerRun of made-up numbers that behave like real ones: power rises with N, Sobel lags, intervals fit R. */
export function fixtureRun(options: FixtureOptions = {}): PowerRun {
  const {
    series = [{ a: 0.14, b: 0.14 }],
    counts = [100, 200, 300, 400, 500, 600, 700, 800, 900, 1000],
    tests = FOUR_TESTS,
    replications = 1000,
    seed = "fixture",
    name = "fixture",
    title = "Made-up numbers for tests of the reports",
    cPrime = 0,
  } = options;
  const noise = generator(1);
  const many = series.length > 1;
  const cases = series.flatMap((one) => counts.map((nClients) => ({ ...one, nClients })));
  const factorsOf = (one: { a: number; b: number; nClients?: number }) => ({
    ...(many ? { "paths.a": one.a, "paths.b": one.b } : {}),
    ...(one.nClients === undefined ? {} : { nClients: one.nClients }),
  });
  const conditions = cases.map((one): ConditionSummary & { label?: string } => {
    const nFailed = one.nClients < 50 ? 3 : 0;
    const nFitted = replications - nFailed;
    const se = Math.sqrt((one.a ** 2 + one.b ** 2) / one.nClients + 1 / one.nClients ** 2);
    const bias = noise() * (se / Math.sqrt(nFitted));
    return {
      ...(one.label === undefined ? {} : { label: one.label }),
      factors: factorsOf(one),
      nClients: one.nClients,
      meanAnalysed: one.nClients,
      estimand: one.a * one.b,
      estimandMcse: null,
      isNull: one.a * one.b === 0,
      nFailed,
      nFitted,
      estimate: {
        mean: one.a * one.b + bias,
        bias,
        biasMcse: se / Math.sqrt(nFitted),
        empiricalSe: se * (1 + 0.01 * noise()),
        modelSe: se * (1 + 0.01 * noise()),
      },
      tests: Object.fromEntries(
        tests.map((test) => [test, testSummary(test, one.a, one.b, one.nClients, nFitted, noise)]),
      ),
    };
  });
  const result: PowerResult = { scenario: name, seed, version: "0.1.0", replications, conditions };
  return {
    result,
    scenario: scenario(
      name,
      title,
      seed,
      tests,
      replications,
      cPrime,
      series[0],
      cases.map(factorsOf),
      cases.map((one) => one.label ?? ""),
    ),
    sampleRows: cases.map((one, conditionIndex) => rowBlock(one, conditionIndex, tests, Math.min(2000, replications))),
    exactCurves: series.flatMap((one) => exactCurves(one, factorsOf(one), tests, counts)),
  };
}

function scenario(
  name: string,
  title: string,
  seed: string,
  tests: readonly TestName[],
  replications: number,
  cPrime: number,
  { a, b }: FixtureSeries,
  conditions: readonly Record<string, number>[],
  labels: readonly string[],
): Scenario {
  return {
    name,
    title,
    source: "test fixture; no study",
    seed,
    generator: "paths",
    paths: {
      a,
      b,
      cPrime,
      standardized: false,
      x: { distribution: "normal" },
      residualSd: { m: 1, y: 1 },
      covariates: { n: 0, rSquaredM: 0, rSquaredY: 0 },
      reliability: { x: 1, m: 1, y: 1 },
      residualSkew: { m: 0, y: 0 },
      teams: NO_TEAMS,
      waves: ONE_OCCASION,
      missing: NOTHING_MISSING,
    },
    analysis: {
      tests,
      estimators: ["ols"],
      level: 0.95,
      bootstrap: { resamples: 5000, curtail: true },
      ...PLAN_DEFAULTS,
    },
    power: { conditions, ...(labels.some((label) => label !== "") ? { labels } : {}), replications, target: 0.8 },
  };
}

function testSummary(
  test: TestName,
  a: number,
  b: number,
  nClients: number,
  nFitted: number,
  noise: () => number,
): TestSummary {
  const truth = roughPower(test, a, b, nClients);
  const mcseOfTruth = Math.sqrt((truth * (1 - truth)) / nFitted);
  const power = Math.min(1, Math.max(0, Math.round((truth + noise() * mcseOfTruth) * nFitted) / nFitted));
  const coverage = test === "jointSignificance" ? null : Math.min(1, 0.95 + 0.006 * noise());
  return {
    power,
    mcse: Math.sqrt((power * (1 - power)) / nFitted),
    ci: wilson(power, nFitted),
    coverage,
    coverageMcse: coverage === null ? null : Math.sqrt((coverage * (1 - coverage)) / nFitted),
    exact: EXACT_TESTS.includes(test) ? truth : null,
    disagrees: false,
    nUndefined: 0,
  };
}

function exactCurves(
  { a, b, label }: FixtureSeries,
  factors: Record<string, number>,
  tests: readonly TestName[],
  counts: readonly number[],
): ExactCurve[] {
  const low = Math.min(...counts);
  const high = Math.max(...counts);
  return tests
    .filter((test) => EXACT_TESTS.includes(test))
    .map((test) => ({
      ...(label === undefined ? {} : { label }),
      factors,
      test,
      points: Array.from({ length: 41 }, (_, index): [number, number] => {
        const n = Math.round(low * (high / low) ** (index / 40));
        return [n, roughPower(test, a, b, n)];
      }),
      smallest: a * b === 0 ? null : smallestN((n) => roughPower(test, a, b, n), 0.8, 4, 100),
    }));
}

/** Two z tests with known error, and a penalty per test: near enough for a picture. */
function roughPower(test: TestName, a: number, b: number, n: number): number {
  const shift = [0, 0.32, 0.4, 0.25, 0.02, 0.02, 0.03, -0.12, -0.1][TEST_NAMES.indexOf(test)];
  const tail = (z: number) => normalCdf(z - 1.96 - shift) + normalCdf(-z - 1.96 - shift);
  return tail(Math.abs(a) * Math.sqrt(n - 2)) * tail(Math.abs(b) * Math.sqrt(n - 3));
}

function rowBlock(
  { a, b, nClients }: { a: number; b: number; nClients: number },
  conditionIndex: number,
  tests: readonly TestName[],
  count: number,
): RowBlock {
  const normal = generator(1000 + conditionIndex);
  const block: RowBlock = {
    conditionIndex,
    firstReplication: 0,
    count,
    n: new Uint32Array(count).fill(nClients),
    a: new Float64Array(count),
    seA: new Float64Array(count),
    b: new Float64Array(count),
    seB: new Float64Array(count),
    decisions: tests.map(() => new Uint8Array(count)),
    resamples: new Uint32Array(count),
  };
  const se = 1 / Math.sqrt(nClients);
  for (let row = 0; row < count; row++) {
    if (nClients < 50 && row < 3) {
      for (const column of [block.a, block.seA, block.b, block.seB]) column[row] = Number.NaN;
      for (const decisions of block.decisions) decisions[row] = 255;
      continue;
    }
    block.seA[row] = se * (1 + (0.7 * normal()) / Math.sqrt(nClients));
    block.seB[row] = se * (1 + (0.7 * normal()) / Math.sqrt(nClients));
    block.a[row] = a + se * normal();
    block.b[row] = b + se * normal();
    const weakest = Math.min(Math.abs(block.a[row] / block.seA[row]), Math.abs(block.b[row] / block.seB[row]));
    const miss = Math.abs(block.a[row] * block.b[row] - a * b) > 2 * se * Math.sqrt(a * a + b * b + se * se);
    tests.forEach((test, index) => {
      const rejects = weakest > (test === "sobel" ? 2.25 : 1.96);
      block.decisions[index][row] = (rejects ? 1 : 0) + (miss || test === "jointSignificance" ? 0 : 2);
    });
    block.resamples[row] = tests.some((test) => test.endsWith("Bootstrap")) ? 700 + ((row * 37) % 4300) : 0;
  }
  return block;
}

/** Standard normals from a linear congruential generator: test data need no better. */
function generator(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return normalQuantile((state + 0.5) / 4294967296);
  };
}

function wilson(rate: number, count: number): [number, number] {
  const z = 1.959963984540054;
  const centre = (rate + (z * z) / (2 * count)) / (1 + (z * z) / count);
  const half = ((z / Math.sqrt(count)) * Math.sqrt(rate * (1 - rate) + (z * z) / (4 * count))) / (1 + (z * z) / count);
  return [rate === 0 ? 0 : centre - half, rate === 1 ? 1 : centre + half];
}
