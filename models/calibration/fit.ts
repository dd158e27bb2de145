import { solveDamped } from "./solveDamped.ts";

/** Residual vectors of several points at once, so that threads can share the work. Points lie in the unit cube. */
export type ResidualsOf = (points: readonly (readonly number[])[]) => Promise<readonly (readonly number[])[]>;

export type FitOptions = {
  /** The search stops before it would evaluate more points than this. */
  readonly mostEvaluations: number;
  /** Step of the finite differences, as a share of a parameter's range: wide enough to rise above what chance events do. */
  readonly differenceStep: number;
  /** Weight of the squared distance from the start in the sum: keeps parameters that nothing determines where evidence put them. */
  readonly pull: number;
  /** The search ends when a fresh Jacobian promises no step that lowers the sum by more than this share. */
  readonly tolerance: number;
};

export const DEFAULT_FIT: FitOptions = { mostEvaluations: 400, differenceStep: 0.05, pull: 0.1, tolerance: 0.005 };

/** One line of the trace: what was done, how many points had been evaluated by then, the least sum so far. */
export type FitStep = {
  readonly did: "start" | "jacobian" | "step" | "rejected";
  readonly evaluations: number;
  readonly damping: number;
  readonly sum: number;
};

export type FitResult = {
  readonly point: readonly number[];
  readonly residuals: readonly number[];
  /** Σ residual² + pull·Σ(u − u₀)². */
  readonly sum: number;
  readonly evaluations: number;
  /** Whether it ended because nothing better was found, not because evaluations ran out. */
  readonly settled: boolean;
  readonly trace: readonly FitStep[];
};

const FIRST_DAMPING = 0.1;
/** Dampings tried at once, relative to the present one. */
const TRIALS = [0.1, 1, 10];
/** Misfits change by less than 10³ over a range: so much damping keeps the equations regular. */
const LOWEST_DAMPING = 1e-5;
const HIGHEST_DAMPING = 1e6;

/**
 * Least squares in a box without derivatives: Levenberg's damped Gauss–Newton method, with the Jacobian by finite differences
 * and Broyden's rank-one updates between. Chosen because misfit is a sum of squares of many nearly linear
 * statistics: each residual tells every parameter where to go, which a simplex or a compass search, looking at the sum only,
 * would have to find one parameter at a time. Under common random numbers the same point always has the same residuals,
 * so that the search is deterministic and differences are hardly noisy; noise that is left is met by wide differences, by accepting
 * a step only if it lowers the sum, and by a fresh Jacobian before giving up.
 *
 * @param start point in the unit cube, length p
 * @returns the best point found; never worse than the start
 * @throws RangeError if the start leaves no finite sum
 * @source Levenberg (1944), doi:10.1090/qam/10666; Broyden (1965), doi:10.1090/S0025-5718-1965-0198670-6
 */
export async function fitInBox(
  start: readonly number[],
  residualsOf: ResidualsOf,
  options: FitOptions = DEFAULT_FIT,
): Promise<FitResult> {
  const { mostEvaluations, differenceStep, pull, tolerance } = options;
  const sumOf = (point: readonly number[], residuals: readonly number[]) => {
    const sum = squares(residuals) + pull * squares(point.map((u, j) => u - start[j]));
    return Number.isFinite(sum) ? sum : Number.POSITIVE_INFINITY;
  };
  let [residuals] = await residualsOf([start]);
  let point = start;
  let sum = sumOf(point, residuals);
  if (sum === Number.POSITIVE_INFINITY) throw new RangeError("the misfit at the start is not finite");
  let evaluations = 1;
  let damping = FIRST_DAMPING;
  let jacobian: number[][] | null = null;
  let isFresh = false;
  let settled = false;
  const trace: FitStep[] = [{ did: "start", evaluations, damping, sum }];

  while (true) {
    if (jacobian === null) {
      if (evaluations + 2 * point.length + TRIALS.length > mostEvaluations) break;
      const fresh = await differences(point, residuals, residualsOf, differenceStep);
      jacobian = fresh.jacobian;
      evaluations += fresh.evaluations;
      isFresh = true;
      trace.push({ did: "jacobian", evaluations, damping, sum });
    }
    if (evaluations + TRIALS.length > mostEvaluations) break;
    const [at, from, slopes, best] = [point, residuals, jacobian, sum];
    const towardStart = at.map((u, j) => pull * (start[j] - u));
    const trials = TRIALS.map((factor) => boxedStep(at, from, slopes, towardStart, pull, damping * factor));
    const found = await residualsOf(trials);
    evaluations += trials.length;
    const sums = trials.map((trial, i) => sumOf(trial, found[i]));
    const winner = sums.indexOf(Math.min(...sums));
    for (const [i, trial] of trials.entries())
      if (Number.isFinite(sums[i])) updateJacobian(jacobian, at, from, trial, found[i]);
    if (sums[winner] < best) {
      point = trials[winner];
      residuals = found[winner];
      sum = sums[winner];
      damping = Math.max(LOWEST_DAMPING / TRIALS[0], damping * TRIALS[winner]);
    }
    const gained = (best - sum) / best;
    trace.push({ did: sum < best ? "step" : "rejected", evaluations, damping, sum });
    if (gained > tolerance) {
      isFresh = false;
      continue;
    }
    if (isFresh && damping >= HIGHEST_DAMPING) {
      settled = true;
      break;
    }
    if (!isFresh) jacobian = null;
    else if (gained === 0) damping *= 100;
    else {
      settled = true;
      break;
    }
  }
  return { point, residuals, sum, evaluations, settled, trace };
}

/**
 * Rows: residuals; columns: parameters. Differences go inwards where a bound is near, and the other way where a point cannot be
 * simulated; a parameter that can be moved neither way stays where it is (column of 0).
 */
async function differences(
  point: readonly number[],
  residuals: readonly number[],
  residualsOf: ResidualsOf,
  step: number,
): Promise<{ readonly jacobian: number[][]; readonly evaluations: number }> {
  const steps = point.map((u) => (u + step <= 1 ? step : -step));
  const moved = (j: number) => point.map((u, k) => (k === j ? u + steps[j] : u));
  const found = [...(await residualsOf(steps.map((_, j) => moved(j))))];
  const failed = steps.map((_, j) => j).filter((j) => !found[j].every(Number.isFinite) && point[j] - steps[j] >= 0);
  for (const j of failed) steps[j] = -steps[j];
  const again = failed.length > 0 ? await residualsOf(failed.map(moved)) : [];
  for (const [i, j] of failed.entries()) found[j] = again[i];
  const slope = (i: number, j: number) =>
    found[j].every(Number.isFinite) ? (found[j][i] - residuals[i]) / steps[j] : 0;
  return {
    jacobian: residuals.map((_, i) => steps.map((_, j) => slope(i, j))),
    evaluations: steps.length + failed.length,
  };
}

/**
 * The damped step, kept in the box: parameters that it would carry across a bound stop there, and the others are
 * solved for again.
 */
function boxedStep(
  point: readonly number[],
  residuals: readonly number[],
  jacobian: readonly (readonly number[])[],
  towardStart: readonly number[],
  pull: number,
  damping: number,
): number[] {
  const step = new Array<number>(point.length).fill(0);
  let free = point.map((_, j) => j);
  while (free.length > 0) {
    // What the parameters that stopped at a bound have done already.
    const left = residuals.map(
      (r, i) => r + jacobian[i].reduce((s, d, j) => s + (free.includes(j) ? 0 : d * step[j]), 0),
    );
    const solved = solveDamped(
      jacobian.map((row) => free.map((j) => row[j])),
      left,
      free.map((j) => towardStart[j]),
      pull,
      damping,
    );
    const stopped = free.filter((j, k) => point[j] + solved[k] < 0 || point[j] + solved[k] > 1);
    free.forEach((j, k) => {
      step[j] = Math.min(1 - point[j], Math.max(-point[j], solved[k]));
    });
    if (stopped.length === 0) break;
    free = free.filter((j) => !stopped.includes(j));
  }
  return point.map((u, j) => Math.min(1, Math.max(0, u + step[j])));
}

/** Broyden's update: the least change after which the Jacobian explains what the step did. */
function updateJacobian(
  jacobian: number[][],
  from: readonly number[],
  before: readonly number[],
  to: readonly number[],
  after: readonly number[],
): void {
  const step = to.map((u, j) => u - from[j]);
  const length = squares(step);
  if (length === 0) return;
  jacobian.forEach((row, i) => {
    const unexplained = after[i] - before[i] - row.reduce((s, d, j) => s + d * step[j], 0);
    for (let j = 0; j < row.length; j++) row[j] += (unexplained * step[j]) / length;
  });
}

function squares(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
