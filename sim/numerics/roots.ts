const EPSILON = 2.220446049250313e-16;

/**
 * Root of a continuous function between two points where its signs differ: Brent's method, which takes secant and inverse
 * quadratic steps while they help and bisects when they don't.
 *
 * @param f         function of one number
 * @param low       one end of the bracket
 * @param high      the other end
 * @param tolerance absolute width of the final bracket, ≥ 0; never less than a few units in the last place of the root
 * @returns x with f(x) = 0 or a change of sign within `tolerance` of x; NaN if f gives NaN at an end
 * @throws RangeError if f has the same sign at both ends
 * @source Brent (1973), Algorithms for Minimization without Derivatives, chapter 4
 */
export function findRoot(f: (x: number) => number, low: number, high: number, tolerance = 0): number {
  let a = low;
  let b = high;
  let fa = f(a);
  let fb = f(b);
  if (Number.isNaN(fa) || Number.isNaN(fb)) return Number.NaN;
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (fa > 0 === fb > 0) {
    throw new RangeError(`findRoot: f must change sign between ${low} and ${high}, got ${fa} and ${fb}`);
  }
  // b is the best estimate, c the other end of the bracket, a the estimate before b.
  let c = a;
  let fc = fa;
  let step = b - a;
  let stepBefore = step;
  for (let iteration = 0; iteration < 300; iteration++) {
    if (Math.abs(fc) < Math.abs(fb)) {
      a = b;
      b = c;
      c = a;
      fa = fb;
      fb = fc;
      fc = fa;
    }
    const accuracy = 2 * EPSILON * Math.abs(b) + 0.5 * tolerance;
    const half = 0.5 * (c - b);
    if (Math.abs(half) <= accuracy || fb === 0) return b;
    let isInterpolated = false;
    if (Math.abs(stepBefore) >= accuracy && Math.abs(fa) > Math.abs(fb)) {
      const s = fb / fa;
      let p = 2 * half * s;
      let q = 1 - s;
      if (a !== c) {
        const r = fb / fc;
        const t = fa / fc;
        p = s * (2 * half * t * (t - r) - (b - a) * (r - 1));
        q = (t - 1) * (r - 1) * (s - 1);
      }
      if (p > 0) q = -q;
      p = Math.abs(p);
      if (2 * p < Math.min(3 * half * q - Math.abs(accuracy * q), Math.abs(stepBefore * q))) {
        stepBefore = step;
        step = p / q;
        isInterpolated = true;
      }
    }
    if (!isInterpolated) {
      step = half;
      stepBefore = half;
    }
    a = b;
    fa = fb;
    b += Math.abs(step) > accuracy ? step : half > 0 ? accuracy : -accuracy;
    fb = f(b);
    if (fb > 0 === fc > 0) {
      c = a;
      fc = fa;
      step = b - a;
      stepBefore = step;
    }
  }
  return b;
}

/**
 * Smallest integer for which a predicate holds that is false up to some point and true from there on: bisection, at most
 * log₂(high − low) + 1 calls.
 *
 * @param predicate monotone on low … high; not checked
 * @param low       integer, first candidate
 * @param high      integer ≥ low, last candidate
 * @returns the smallest such integer, or undefined if the predicate fails at `high`
 * @throws RangeError if low or high is not an integer, or low > high
 */
export function smallestInteger(predicate: (n: number) => boolean, low: number, high: number): number | undefined {
  if (!Number.isSafeInteger(low)) throw new RangeError(`smallestInteger: low must be an integer, got ${low}`);
  if (!Number.isSafeInteger(high)) throw new RangeError(`smallestInteger: high must be an integer, got ${high}`);
  if (low > high) throw new RangeError(`smallestInteger: low must be <= high, got ${low} and ${high}`);
  if (!predicate(high)) return undefined;
  let from = low;
  let to = high;
  while (from < to) {
    const middle = from + Math.floor((to - from) / 2);
    if (predicate(middle)) to = middle;
    else from = middle + 1;
  }
  return to;
}
