import { log } from "../../sim/numerics/elementary.ts";
import { normalQuantile } from "../../sim/numerics/normalQuantile.ts";
import { type Key, normalAt, uniformAt } from "../../sim/random/address.ts";
import { DAYS_PER_YEAR } from "../service/time.ts";
import { WHAT } from "../what.ts";
import { type InstrumentName, scaleOccasion } from "./instruments.ts";
import { occasionOf } from "./occasion.ts";
import type { StudyParameters } from "./parameters.ts";

/** Days from the baseline interview until the client drops out of the study: exponential, Infinity at hazard 0. */
export function dropoutDay(key: Key, who: number, { dropout }: StudyParameters): number {
  return (-log(uniformAt(key, who, WHAT.studyDropout, 0)) / dropout.perYear) * DAYS_PER_YEAR;
}

/**
 * Whether a scale is missing at an interview that the client came to: a probit of a liability,
 *
 *   √r·z_age + √n·z_true + √(1 − r − n)·(√w·ε_interview + √(1 − w)·ε_scale) > Φ⁻¹(1 − share),
 *
 * with r missing at random (given age, which is always known), n not at random (given the true score), w common to the
 * interview. z_age and z_true count from the parameters' means and rise with youth and with low scores; where clients
 * have those means and SD the share missing is the parameter, and otherwise near it.
 *
 * @param who   the client's identity
 * @param zTrue the true score, (score − mean)/SD
 */
export function isMissing(
  key: Key,
  who: number,
  instrument: InstrumentName,
  months: number,
  { age, zTrue }: { readonly age: number; readonly zTrue: number },
  { missing: p }: StudyParameters,
): boolean {
  if (p.share === 0 || p.share === 1) return p.share === 1;
  const interview = normalAt(key, who, WHAT.interviewMissing, occasionOf(months));
  const scale = normalAt(key, who, WHAT.scaleMissing, scaleOccasion(instrument, months));
  const chance = Math.sqrt(p.wholeInterview) * interview + Math.sqrt(1 - p.wholeInterview) * scale;
  const liability =
    (Math.sqrt(p.atRandom) * (p.meanAge - age)) / p.ageSd -
    Math.sqrt(p.notAtRandom) * zTrue +
    Math.sqrt(1 - p.atRandom - p.notAtRandom) * chance;
  return liability > normalQuantile(1 - p.share);
}
