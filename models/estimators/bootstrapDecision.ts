import { correctedProbabilities, equalTails, interpolate, quantilePosition } from "./bootstrapPositions.ts";

export type BootstrapTestName = "percentileBootstrap" | "biasCorrectedBootstrap" | "bcaBootstrap";

/**
 * What a power study wants of an interval: does it exclude 0, does it contain the estimand (null: not asked)?
 * The whole is null where the interval is not defined.
 */
export type BootstrapDecision = { readonly rejects: boolean; readonly contains: boolean | null } | null;

/**
 * Takes resamples in batches and says when no decision can change any more.
 * A container for counts: `add` is the only thing that changes it.
 */
export type CurtailedDecision = {
  /** The next `count` ab* (NaN: singular), in any order; RangeError past the full number of resamples. */
  add(values: Float64Array, count: number): void;
  /** True when every decision is the one that all resamples would give; always true when all are in. */
  settled(): boolean;
  /** One per test, in their order. RangeError before `settled()`. */
  decisions(): readonly BootstrapDecision[];
  /** Resamples taken so far, singular ones among them. */
  counts(): { readonly done: number; readonly degenerate: number };
};

/** Values below, at and above a threshold, and its two neighbours: all that is needed to compare a quantile with it. */
type Threshold = {
  readonly at: number;
  below: number;
  equal: number;
  above: number;
  nextBelow: number;
  nextAbove: number;
};

type ProbabilityRange = { readonly min: number; readonly max: number };

/** Positions are compared with this margin, far above their rounding error and far below 1. */
const MARGIN = 1e-8;

/**
 * Exact curtailment of a bootstrap that is wanted for its decisions only. Equal to the decision from the sorted full set in every case, ties, interpolation and singular
 * resamples included.
 *
 * A quantile is above a threshold when its position (count + 1)p is at least the number of values at or below the
 * threshold plus 1. With r resamples to come, that number grows by at most r; the probabilities of the corrected
 * intervals move only with the share of ab* below ab, and monotonely, so that its two extremes bound them. A decision
 * is settled when it is the same at both ends. What is still open when the last resample is in (the quantile lies
 * between the threshold's two neighbours) is read from these two values.
 *
 * @param tests        the tests to decide
 * @param level        confidence level in (0, 1)
 * @param resamples    full number of resamples B, ≥ 1
 * @param estimate     ab of the data
 * @param estimand     true indirect effect; null: only rejection is wanted, which settles sooner (at power .5 the percentile
 *                     interval saves 31–34 % of the resamples without the estimand, 25–28 % with it)
 * @param acceleration of the BCa interval; null: not defined
 */
export function createCurtailedDecision({
  tests,
  level,
  resamples,
  estimate,
  estimand,
  acceleration,
}: {
  readonly tests: readonly BootstrapTestName[];
  readonly level: number;
  readonly resamples: number;
  readonly estimate: number;
  readonly estimand: number | null;
  readonly acceleration: number | null;
}): CurtailedDecision {
  const zero = thresholdAt(0);
  const truth = estimand === null ? null : thresholdAt(estimand);
  let done = 0;
  let degenerate = 0;
  let below = 0;
  let ties = 0;
  const open = new Set(tests);
  const settledDecisions = new Map<BootstrapTestName, BootstrapDecision>();

  function add(values: Float64Array, count: number): void {
    if (done + count > resamples) throw new RangeError(`${done + count} resamples are more than the full ${resamples}`);
    for (let i = 0; i < count; i++) {
      const value = values[i];
      if (Number.isNaN(value)) {
        degenerate++;
        continue;
      }
      if (value < estimate) below++;
      else if (value === estimate) ties++;
      take(zero, value);
      if (truth !== null) take(truth, value);
    }
    done += count;
  }

  function settled(): boolean {
    for (const test of open) {
      const decision = done === resamples ? finalDecision(test) : earlyDecision(test);
      if (decision === undefined) continue;
      settledDecisions.set(test, decision);
      open.delete(test);
    }
    return open.size === 0;
  }

  function decisions(): readonly BootstrapDecision[] {
    if (!settled()) throw new RangeError(`decisions are open after ${done} of ${resamples} resamples`);
    return tests.map((test) => settledDecisions.get(test) ?? null);
  }

  /** From the full set. */
  function finalDecision(test: BootstrapTestName): BootstrapDecision {
    const count = done - degenerate;
    if (count === 0) return null;
    const corrected = test !== "percentileBootstrap";
    const limits = corrected ? probabilitiesAt(test, (below + ties / 2) / count) : equalTails(level);
    if (limits === null) return null;
    const [lower, upper] = limits;
    return {
      rejects: compareQuantile(lower, zero) > 0 || compareQuantile(upper, zero) < 0,
      contains: truth && compareQuantile(lower, truth) <= 0 && compareQuantile(upper, truth) >= 0,
    };
  }

  /** Before the last resample: undefined while anything is open. */
  function earlyDecision(test: BootstrapTestName): BootstrapDecision | undefined {
    if (test === "bcaBootstrap" && acceleration === null) return null;
    const ranges = probabilityRanges(test);
    if (ranges === null) return undefined;
    const [lower, upper] = ranges;
    const rejects = either(isAbove(lower, zero), isBelow(upper, zero));
    if (rejects === undefined) return undefined;
    if (truth === null) return { rejects, contains: null };
    const misses = either(isAbove(lower, truth), isBelow(upper, truth));
    return misses === undefined ? undefined : { rejects, contains: !misses };
  }

  /** Between which probabilities each limit of the full set will be read; null where it may turn out not to be defined. */
  function probabilityRanges(test: BootstrapTestName): readonly [ProbabilityRange, ProbabilityRange] | null {
    if (test === "percentileBootstrap") {
      const [lower, upper] = equalTails(level);
      return [
        { min: lower, max: lower },
        { min: upper, max: upper },
      ];
    }
    const most = resamples - degenerate;
    const counted = below + ties / 2;
    const least = probabilitiesAt(test, counted / most);
    const greatest = probabilitiesAt(test, (counted + resamples - done) / most);
    if (least === null || greatest === null) return null;
    return [
      { min: least[0], max: greatest[0] },
      { min: least[1], max: greatest[1] },
    ];
  }

  function probabilitiesAt(test: BootstrapTestName, shareBelow: number) {
    if (test === "bcaBootstrap") {
      return acceleration === null ? null : correctedProbabilities(shareBelow, level, acceleration);
    }
    return correctedProbabilities(shareBelow, level, 0);
  }

  /**
   * Will the quantile be above the threshold? Resamples to come count worst when all fall on the wrong side of it;
   * singular ones among them only soften that.
   */
  function isAbove({ min, max }: ProbabilityRange, { below, equal }: Threshold): boolean | undefined {
    const most = resamples - degenerate;
    const notAbove = below + equal;
    if (min * (most + 1) >= notAbove + (resamples - done) + 1 + MARGIN) return true;
    return notAbove > 0 && max * (most + 1) <= notAbove - MARGIN ? false : undefined;
  }

  /** Will the quantile be below the threshold? */
  function isBelow({ min, max }: ProbabilityRange, threshold: Threshold): boolean | undefined {
    const most = resamples - degenerate;
    if (threshold.below > 0 && max * (most + 1) <= threshold.below - MARGIN) return true;
    return min * (most + 1) >= threshold.below + (resamples - done) + 1 + MARGIN ? false : undefined;
  }

  return { add, settled, decisions, counts: () => ({ done, degenerate }) };
}

function thresholdAt(at: number): Threshold {
  const { NEGATIVE_INFINITY, POSITIVE_INFINITY } = Number;
  return { at, below: 0, equal: 0, above: 0, nextBelow: NEGATIVE_INFINITY, nextAbove: POSITIVE_INFINITY };
}

function take(threshold: Threshold, value: number): void {
  if (value < threshold.at) {
    threshold.below++;
    if (value > threshold.nextBelow) threshold.nextBelow = value;
  } else if (value > threshold.at) {
    threshold.above++;
    if (value < threshold.nextAbove) threshold.nextAbove = value;
  } else {
    threshold.equal++;
  }
}

/** Sign of (p-quantile of all values − threshold), the quantile formed as `quantileOfSorted` does. */
function compareQuantile(p: number, { at, below, equal, above, nextBelow, nextAbove }: Threshold): number {
  const position = quantilePosition(p, below + equal + above);
  const last = position.share === 0 ? position.below : position.below + 1;
  const orderStatistic = (index: number) => (index <= below ? nextBelow : index <= below + equal ? at : nextAbove);
  // Where both order statistics lie on one side, the neighbours stand in for them: the sign is the same.
  return Math.sign(interpolate(orderStatistic(position.below), orderStatistic(last), position.share) - at);
}

/** Three-valued or: undefined is "not known yet". */
function either(first: boolean | undefined, second: boolean | undefined): boolean | undefined {
  if (first === true || second === true) return true;
  return first === undefined || second === undefined ? undefined : false;
}
