import { normalCdf, normalPdf } from "../../sim/numerics/normal.ts";
import { normalQuantile } from "../../sim/numerics/normalQuantile.ts";
import { tQuantile } from "../../sim/numerics/studentT.ts";
import { FAILED, REJECTS } from "../estimators/decisions.ts";
import type { Interval } from "../estimators/types.ts";

/** What a search turns: the number of clients, or the size of an effect. */
export type Dial = {
  readonly least: number;
  readonly most: number;
  /** Whole settings only; the answer is rounded up. */
  readonly whole: boolean;
  /** Scale on which probit(power) is nearly straight and 0 means no effect (√N, or the effect itself), and back. */
  readonly toScale: (setting: number) => number;
  readonly fromScale: (position: number) => number;
};

/**
 * Decisions of the test in replications first … first + count − 1 at a setting, coded as in a RowBlock. The same
 * replication must have the same luck at every setting.
 */
export type Simulate = (setting: number, firstReplication: number, count: number) => Promise<Uint8Array>;

export type SearchPlan = {
  readonly target: number;
  /** Level of the test in (0, 1): where the pilot thinks the power curve starts. */
  readonly level: number;
  readonly replications: number;
  readonly start: number;
};

export type SimulatedAnswer =
  | {
      readonly ok: true;
      readonly setting: number;
      /** Of the fitted curve at the setting. */
      readonly power: number;
      /** 95 % interval of the true setting. */
      readonly ci: Interval;
    }
  | {
      readonly ok: false;
      readonly reason: "belowTarget" | "tooNoisy";
      readonly setting: number;
      readonly power: number;
    };

const PILOT_REPLICATIONS = 200;
const PILOT_STEPS = 16;
const ROUNDS = 8;
/** Settings of a round, relative to its centre on the dial's scale: N from −19 % to +21 %. */
const SPREAD = [-0.1, -0.05, 0, 0.05, 0.1];
const MOST_BLOCKS = 50;
const LEVEL_OF_INTERVAL = 0.95;

/**
 * Setting at which a simulated test reaches its target power.
 *
 * A pilot of up to 200 replications walks to the neighbourhood along the curve Φ(λx − z_crit) through its latest point. Then every
 * replication is analysed at five settings around it, with the same luck at each; a probit line in x through the five
 * rates is solved for the target, and the round is repeated around the solution until the solution lies inside. The
 * interval is x ± t·SE from a delete-a-group jackknife over blocks of consecutive replications, each dropped at all
 * settings at once, so that their common luck is accounted for.
 *
 * Known limits: the probit line is a local model (its bend over ±20 % of N moves the answer by well under 1 %); the interval
 * covers Monte-Carlo error alone, with 95 % coverage measured for 400 replications and more (test/statistical/simulatedSearch);
 * settings next to the dial's least are searched from one side only. The result depends on the replications' numbers, never on
 * how they were spread over workers.
 *
 * @returns the answer, or why there is none: power stays below the target at the dial's end, or does not rise visibly
 */
export async function searchSimulated(simulate: Simulate, dial: Dial, plan: SearchPlan): Promise<SimulatedAnswer> {
  const pilot = await walkToTarget(simulate, dial, plan);
  if (!pilot.ok) return pilot;
  let centre = pilot.setting;
  for (let round = 0; round < ROUNDS; round++) {
    const settings = settingsAround(dial, centre);
    const counts: BlockCounts[] = [];
    for (const setting of settings) counts.push(countBlocks(await simulate(setting, 0, plan.replications)));
    const positions = settings.map(dial.toScale);
    const line = fitProbitLine(positions, counts, -1);
    const first = positions[0];
    const last = positions[positions.length - 1];
    const crossing = line.slope > 0 ? (normalQuantile(plan.target) - line.intercept) / line.slope : Number.NaN;
    if (Number.isNaN(crossing)) {
      return { ok: false, reason: "tooNoisy", setting: centre, power: pilot.power };
    }
    const isBelowAll = crossing < first;
    const isAboveAll = crossing > last;
    if (!(isBelowAll || isAboveAll) || (isBelowAll && settings[0] === dial.least)) {
      return answerAt(dial, plan, positions, counts, crossing);
    }
    if (isAboveAll && centre === dial.most) {
      return {
        ok: false,
        reason: "belowTarget",
        setting: centre,
        power: normalCdf(line.intercept + line.slope * last),
      };
    }
    centre = clamp(dial, dial.fromScale(Math.min(last * 1.2, Math.max(first / 1.2, crossing))));
  }
  return { ok: false, reason: "tooNoisy", setting: centre, power: pilot.power };
}

async function walkToTarget(
  simulate: Simulate,
  dial: Dial,
  { target, level, replications, start }: SearchPlan,
): Promise<{ ok: true; setting: number; power: number } | (SimulatedAnswer & { ok: false })> {
  const critical = -normalQuantile((1 - level) / 2);
  const goal = normalQuantile(target) + critical;
  const count = Math.min(PILOT_REPLICATIONS, replications);
  let setting = clamp(dial, start);
  let power = 0;
  for (let step = 0; step < PILOT_STEPS; step++) {
    const blocks = countBlocks(await simulate(setting, 0, count));
    const { rejected, fitted } = sums(blocks, -1);
    power = (rejected + 0.5) / (fitted + 1);
    // At low power the curve through one point says little: at most double the scale, at least halve it.
    const height = Math.max(0.1, normalQuantile(power) + critical);
    const ratio = Math.min(2, Math.max(0.5, Math.max(0.1, goal) / height));
    const next = clamp(dial, dial.fromScale(dial.toScale(setting) * ratio));
    if (next === setting && setting === dial.most && ratio > 1.3) {
      return { ok: false, reason: "belowTarget", setting, power };
    }
    if (next === setting || Math.abs(ratio - 1) < 0.05) return { ok: true, setting: next, power };
    setting = next;
  }
  return { ok: true, setting, power };
}

function answerAt(
  dial: Dial,
  plan: SearchPlan,
  positions: readonly number[],
  counts: readonly BlockCounts[],
  crossing: number,
): SimulatedAnswer {
  const goal = normalQuantile(plan.target);
  const nBlocks = counts[0].rejected.length;
  const without = Array.from({ length: nBlocks }, (_, block) => {
    const line = fitProbitLine(positions, counts, block);
    return (goal - line.intercept) / line.slope;
  });
  const mean = without.reduce((sum, x) => sum + x, 0) / nBlocks;
  const spread = without.reduce((sum, x) => sum + (x - mean) * (x - mean), 0);
  const se = Math.sqrt(((nBlocks - 1) / nBlocks) * spread);
  const half = tQuantile(1 - (1 - LEVEL_OF_INTERVAL) / 2, nBlocks - 1) * se;
  const round = (position: number) => {
    const setting = dial.fromScale(Math.max(0, position));
    return Math.min(dial.most, Math.max(dial.least, dial.whole ? Math.ceil(setting - 1e-9) : setting));
  };
  const setting = round(crossing);
  const line = fitProbitLine(positions, counts, -1);
  return {
    ok: true,
    setting,
    power: normalCdf(line.intercept + line.slope * dial.toScale(setting)),
    ci: [round(crossing - half), round(crossing + half)],
  };
}

/** Rejections and fitted replications per block of consecutive replications. */
type BlockCounts = { readonly rejected: Float64Array; readonly fitted: Float64Array };

function countBlocks(decisions: Uint8Array): BlockCounts {
  const nBlocks = Math.max(2, Math.min(MOST_BLOCKS, decisions.length));
  const rejected = new Float64Array(nBlocks);
  const fitted = new Float64Array(nBlocks);
  for (let r = 0; r < decisions.length; r++) {
    if (decisions[r] === FAILED) continue;
    const block = Math.floor((r * nBlocks) / decisions.length);
    fitted[block]++;
    rejected[block] += decisions[r] & REJECTS;
  }
  return { rejected, fitted };
}

/** Totals without one block (−1: with all). */
function sums({ rejected, fitted }: BlockCounts, without: number): { rejected: number; fitted: number } {
  let r = 0;
  let f = 0;
  for (let block = 0; block < fitted.length; block++) {
    if (block === without) continue;
    r += rejected[block];
    f += fitted[block];
  }
  return { rejected: r, fitted: f };
}

/**
 * Weighted least squares of probit(rate) on position; rate = (rejections + ½)/(fitted + 1), weight n·φ²/(p(1 − p)), the inverse
 * variance of a probit.
 */
function fitProbitLine(positions: readonly number[], counts: readonly BlockCounts[], without: number) {
  let weight = 0;
  let meanX = 0;
  let meanY = 0;
  const points = counts.map((blocks, i) => {
    const { rejected, fitted } = sums(blocks, without);
    const p = (rejected + 0.5) / (fitted + 1);
    const y = normalQuantile(p);
    const density = normalPdf(y);
    const w = ((fitted + 1) * density * density) / (p * (1 - p));
    weight += w;
    meanX += w * positions[i];
    meanY += w * y;
    return { x: positions[i], y, w };
  });
  meanX /= weight;
  meanY /= weight;
  let xx = 0;
  let xy = 0;
  for (const { x, y, w } of points) {
    xx += w * (x - meanX) * (x - meanX);
    xy += w * (x - meanX) * (y - meanY);
  }
  const slope = xy / xx;
  return { slope, intercept: meanY - slope * meanX };
}

/** The settings of a round, distinct and in rising order; whole ones at least 1 apart. */
function settingsAround(dial: Dial, centre: number): number[] {
  const position = dial.toScale(centre);
  const wanted = SPREAD.map((offset, i) => {
    const setting = dial.fromScale(position * (1 + offset));
    const apart = dial.whole ? centre + (i - (SPREAD.length - 1) / 2) : setting;
    return offset < 0 ? Math.min(setting, apart) : offset > 0 ? Math.max(setting, apart) : centre;
  });
  const shift = Math.max(0, dial.least - Math.min(...wanted)) * (dial.whole ? 1 : 0);
  return [...new Set(wanted.map((setting) => clamp(dial, setting + shift)))].sort((left, right) => left - right);
}

function clamp(dial: Dial, setting: number): number {
  const inside = Math.min(dial.most, Math.max(dial.least, setting));
  return dial.whole ? Math.round(inside) : inside;
}
