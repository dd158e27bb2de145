// Does the search on simulated power find the true N, and does its interval cover it as often as it says?
import { describe, expect, it } from "vitest";
import { type Dial, searchSimulated } from "../../models/sampleSize/simulatedSearch.ts";
import { normalCdf } from "../../sim/numerics/normal.ts";
import { smallestInteger } from "../../sim/numerics/roots.ts";
import { LIMIT } from "./expectStatistics.ts";

const RUNS = 400;

/** Splitmix-like hash to [0, 1): independent of the program's own random numbers. */
function uniform(...parts: readonly number[]): number {
  let h = 0x9e3779b9;
  for (const part of parts) {
    h = Math.imul(h ^ part, 0x85ebca6b);
    h ^= h >>> 13;
    h = Math.imul(h, 0xc2b2ae35);
    h ^= h >>> 16;
  }
  return (h >>> 0) / 4294967296;
}

const clients: Dial = { least: 4, most: 1_000_000, whole: true, toScale: Math.sqrt, fromScale: (x) => x * x };

/** Both paths must be significant: a curve that is not a probit line. */
const twoPaths = (a: number, b: number) => (n: number) =>
  normalCdf(a * Math.sqrt(n) - 1.96) * normalCdf(b * Math.sqrt(n) - 1.96);

const curves = {
  "two equal small paths": twoPaths(0.14, 0.14),
  "two equal large paths": twoPaths(0.59, 0.59),
  "one weak path": twoPaths(0.2, 2),
} as const;

/** How the luck of one replication goes over to another N. */
const lucks = {
  "the same uniform at every N": (run: number, replication: number, _n: number) => uniform(run, replication),
  "half the luck shared": (run: number, replication: number, n: number) => {
    const shared = normalQuantileRough(uniform(run, replication));
    const own = normalQuantileRough(uniform(run, replication, n));
    return normalCdf((shared + own) / Math.SQRT2);
  },
  "no luck shared": (run: number, replication: number, n: number) => uniform(run, replication, n, 7),
} as const;
type Luck = (run: number, replication: number, n: number) => number;

/** Quantile by bisection: test code only. */
function normalQuantileRough(p: number): number {
  let low = -8;
  let high = 8;
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
  return low;
}

type Setting = { readonly target?: number; readonly replications?: number; readonly startFactor?: number };

async function runs(curve: (n: number) => number, luck: Luck, setting: Setting = {}) {
  const { target = 0.8, replications = 400, startFactor = 1 } = setting;
  const truth = smallestInteger((n) => curve(n) >= target, 4, 100_000) as number;
  const answers: number[] = [];
  let covered = 0;
  let coveredByHalf = 0;
  for (let run = 0; run < RUNS; run++) {
    const simulate = async (n: number, first: number, count: number) => {
      const p = curve(n);
      return Uint8Array.from({ length: count }, (_, i) => (luck(run, first + i, n) < p ? 1 : 0));
    };
    const plan = { target, level: 0.95, replications, start: Math.round(truth * startFactor) };
    const answer = await searchSimulated(simulate, clients, plan);
    if (!answer.ok) throw new Error(`run ${run}: ${answer.reason} at ${answer.setting}`);
    const [low, high] = answer.ci;
    answers.push(answer.setting);
    if (low <= truth && truth <= high) covered++;
    if ((low + answer.setting) / 2 <= truth && truth <= (answer.setting + high) / 2) coveredByHalf++;
  }
  answers.sort((left, right) => left - right);
  return { truth, median: answers[RUNS / 2], covered: covered / RUNS, coveredByHalf: coveredByHalf / RUNS };
}

/** .95 ± 4.9 SE of a share of 400 runs, and 1 point for what the probit line and the t quantile approximate. */
const SLACK = LIMIT * Math.sqrt((0.05 * 0.95) / RUNS) + 0.01;

describe(`the interval covers the true N, ${RUNS} searches`, () => {
  for (const [curveName, curve] of Object.entries(curves))
    for (const [luckName, luck] of Object.entries(lucks))
      it(`${curveName}, ${luckName}`, async () => {
        const { truth, median, covered, coveredByHalf } = await runs(curve, luck);
        expect(Math.abs(covered - 0.95)).toBeLessThan(SLACK);
        expect(Math.abs(median / truth - 1)).toBeLessThan(0.02);
        if (truth > 100) expect(coveredByHalf, "an interval half as wide would be noticed").toBeLessThan(0.95 - SLACK);
      });

  it.each([
    ["a start six times too large", { startFactor: 6 }],
    ["a start ten times too small", { startFactor: 0.1 }],
    ["target .95", { target: 0.95 }],
    ["target .5", { target: 0.5 }],
    ["2,000 replications", { replications: 2000 }],
  ] as const)("%s", async (_, setting) => {
    const { truth, median, covered } = await runs(
      curves["two equal small paths"],
      lucks["the same uniform at every N"],
      setting,
    );
    expect(Math.abs(covered - 0.95)).toBeLessThan(SLACK);
    expect(Math.abs(median / truth - 1)).toBeLessThan(0.02);
  });
});
