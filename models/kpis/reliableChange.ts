import { measuredSd } from "../study/instruments.ts";
import type { StudyParameters } from "../study/parameters.ts";

/** Two-sided 5 % point of the standard normal distribution. */
const Z = 1.96;

/**
 * The smallest change that measurement error alone rarely brings about: 1.96·S_diff, S_diff = √2·SD·√(1 − ρ), with ρ the
 * instrument's reliability and SD that of measured scores before treatment.
 *
 * @returns points of the instrument; a reliable improvement is a larger rise
 * @source Jacobson & Truax (1991), doi:10.1037/0022-006X.59.1.12
 */
export function reliableChange(
  instrument: Pick<StudyParameters["instruments"]["qoli"], "trueSd" | "reliability">,
): number {
  return Z * Math.sqrt(2 * (1 - instrument.reliability)) * measuredSd(instrument);
}
