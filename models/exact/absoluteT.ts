import { exp, log } from "../../sim/numerics/elementary.ts";
import { scaledChiMass } from "./scaledChi.ts";

const INV_SQRT_2PI = 0.3989422804014327;
/** Where T < 0 no longer counts: P(T < 0) = Φ(−δ) ≤ e^(−δ²/2)/2, and f(−t)/f(t) is about e^(−2tδ) for t < δ. */
const NEGATIVE_GONE = 30;
/** Terms below e^−30 of the largest are left out. */
const NEGLIGIBLE_LOG_TERM = 30;

/**
 * Density of |T|, T noncentral t: T = (Z + δ)/R with R = √(χ²_df/df).
 *
 * f(t) = ∫ r·φ(δ − t·r) p(r) dr by the trapezoid rule in ln r. The rule is centred at the integrand's own mode and
 * stepped by its own width, so that no δ, t or df is too sharp for it.
 *
 * @param df   degrees of freedom, ≥ 1
 * @param step spacing of the rule in widths of the integrand
 * @returns (t, δ) → density at t ≥ 0 for δ ≥ 0, relative error below 1e-10 (df up to 1e5; then about 1e-16·df)
 */
export function absoluteTDensity(df: number, step: number): (t: number, delta: number) => number {
  const scale = INV_SQRT_2PI / scaledChiMass(df);
  /** Terms on one side of the mode. */
  const side = (t: number, delta: number, start: number, mode: number, top: number, h: number) => {
    const stretch = exp(h);
    let y = start + h;
    let r = mode * stretch;
    let sum = 0;
    for (;;) {
      const term = logTerm(df, t, delta, y, r);
      if (!(term >= top - NEGLIGIBLE_LOG_TERM)) return sum;
      sum += exp(term);
      y += h;
      r *= stretch;
    }
  };
  const signed = (t: number, delta: number) => {
    const curvature = df + t * t;
    const pull = t * delta;
    const root = Math.sqrt(pull * pull + 4 * curvature * (df + 1));
    const mode = pull >= 0 ? (pull + root) / (2 * curvature) : (2 * (df + 1)) / (root - pull);
    const h = step / Math.sqrt(curvature * mode * mode + df + 1);
    const start = log(mode);
    const top = logTerm(df, t, delta, start, mode);
    if (!(top > -80)) return 0;
    return scale * h * (exp(top) + side(t, delta, start, mode, top, h) + side(t, delta, start, mode, top, -h));
  };
  return (t, delta) => {
    const near = signed(t, delta);
    return near === 0 || Math.min(2 * t, delta / 2) * delta > NEGATIVE_GONE ? near : near + signed(-t, delta);
  };
}

/** Log of r·φ(δ − t·r)·p(r)·dr/dy at y = ln r, less its constant. */
function logTerm(df: number, t: number, delta: number, y: number, r: number): number {
  const miss = delta - t * r;
  return df * (y - ((r - 1) * (r + 1)) / 2) + y - (miss * miss) / 2;
}
