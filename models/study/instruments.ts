import { type Key, normalAt } from "../../sim/random/address.ts";
import { OUTCOMES } from "../service/outcomeParameters.ts";
import { WHAT } from "../what.ts";
import { occasionOf } from "./occasion.ts";
import type { StudyParameters } from "./parameters.ts";

/** The client's own scales and the case manager's rating. Append only: the position addresses the draws. */
export const INSTRUMENTS = ["rprs", ...OUTCOMES, "managerRating"] as const;
export type InstrumentName = (typeof INSTRUMENTS)[number];
export type ScaleName = Exclude<InstrumentName, "managerRating">;

/** Instruments have room for 16: draws of one occasion have addresses occasion · 16 + instrument. */
const MAX_INSTRUMENTS = 16;
const SELF_RATED: readonly ScaleName[] = ["rprs", "qoli", "pgi", "ths"];

type Scale = StudyParameters["instruments"][ScaleName];

/** Where the draws of an instrument at an interview are. */
export function scaleOccasion(instrument: InstrumentName, months: number): number {
  return occasionOf(months) * MAX_INSTRUMENTS + INSTRUMENTS.indexOf(instrument);
}

/** SD of measured scores at the reliability's own SD of true ones: SD/√ρ. */
export function measuredSd({ trueSd, reliability }: Pick<Scale, "trueSd" | "reliability">): number {
  return trueSd / Math.sqrt(reliability);
}

/** The nearest score that the items allow. */
export function onScale(score: number, { low, high, step }: Pick<Scale, "low" | "high" | "step">): number {
  const rounded = step > 0 ? low + step * Math.floor((score - low) / step + 0.5) : score;
  return Math.min(high, Math.max(low, rounded));
}

/**
 * A measured score: onScale(true + error). The error has variance (1 − ρ)·V with V = SD²/ρ; of self-rated scales the
 * part s·V of it is the client's style of rating, the same at all interviews and in all such scales.
 *
 * @param who    the client's identity
 * @param months planned time of the interview
 */
export function measuredScore(
  key: Key,
  who: number,
  scale: ScaleName,
  months: number,
  truth: number,
  p: StudyParameters,
): number {
  const instrument = p.instruments[scale];
  const sd = measuredSd(instrument);
  const style = SELF_RATED.includes(scale) ? p.ratingStyle.share : 0;
  const error =
    Math.sqrt(1 - instrument.reliability - style) * normalAt(key, who, WHAT.scaleError, scaleOccasion(scale, months)) +
    Math.sqrt(style) * normalAt(key, who, WHAT.ratingStyle, 0);
  return onScale(truth + sd * error, instrument);
}

/**
 * The case manager's rating of the alliance,
 *
 *   mean + SD·(λ·z_A + √(1 − λ²)·ε) − caseload·max(0, load − 1) + severity·z_MCAS,   λ = agreement/√ρ_RPRS,
 *
 * so that at the usual caseload, before severity, it correlates with the client's rating as parameters say.
 *
 * @param load caseload over cap; NaN if there is no case manager, and then there is no rating
 */
export function managerRating(
  key: Key,
  who: number,
  months: number,
  truth: { readonly alliance: number; readonly functioning: number; readonly load: number },
  { managerRating: p, instruments }: StudyParameters,
): number {
  const { rprs, mcas } = instruments;
  const loading = p.agreement / Math.sqrt(rprs.reliability);
  const own = normalAt(key, who, WHAT.scaleError, scaleOccasion("managerRating", months));
  const zAlliance = (truth.alliance - rprs.mean) / rprs.trueSd;
  const score =
    p.mean +
    p.sd * (loading * zAlliance + Math.sqrt(1 - loading * loading) * own) -
    p.caseload * Math.max(0, truth.load - 1) +
    (p.severity * (truth.functioning - mcas.mean)) / mcas.trueSd;
  // Math.max would hide that nobody is there to rate.
  return Number.isNaN(score) ? Number.NaN : onScale(score, rprs);
}
