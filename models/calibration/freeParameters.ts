import { exp, log } from "../../sim/numerics/elementary.ts";
import { changeAt, valueAt } from "../registry/registry.ts";
import { type ServiceChanges, serviceParameters } from "../service/parameters.ts";
import { type StudyChanges, studyParameters } from "../study/parameters.ts";
import type { CalibrationCandidate } from "./calibrationBlock.ts";

/** A parameter that a fit may change: "service.alliance.traitSd" or "study.audits.visitErrorSd", and its bounds. */
export type FreeParameter = { readonly path: string; readonly low: number; readonly high: number };

/** Bounds at least this many times apart, above 0, are searched on a logarithmic scale. */
const LOGARITHMIC_FROM = 10;

/** Where the candidate's values lie between the bounds, 0 to 1; a value beyond a bound counts as at it. */
export function pointOf(candidate: CalibrationCandidate, free: readonly FreeParameter[]): number[] {
  return free.map(({ path, low, high }) => {
    const value = Math.min(high, Math.max(low, valueAt(candidate, path) as number));
    return isLogarithmic(low, high) ? log(value / low) / log(high / low) : (value - low) / (high - low);
  });
}

/** The candidate with its free parameters at a point of the unit cube. */
export function candidateAt(
  base: CalibrationCandidate,
  free: readonly FreeParameter[],
  point: readonly number[],
): CalibrationCandidate {
  return free.reduce(
    (candidate, parameter, j) => withValue(candidate, parameter, valueInRange(parameter, point[j])),
    base,
  );
}

/** The value at a share of the way from one bound to the other. */
export function valueInRange({ low, high }: FreeParameter, share: number): number {
  const value = isLogarithmic(low, high) ? low * exp(share * log(high / low)) : low + share * (high - low);
  return Math.min(high, Math.max(low, value));
}

function isLogarithmic(low: number, high: number): boolean {
  return low > 0 && high / low >= LOGARITHMIC_FROM;
}

function withValue(candidate: CalibrationCandidate, { path }: FreeParameter, value: number): CalibrationCandidate {
  const [section, ...rest] = path.split(".");
  const changes = changeAt(rest.join("."), value);
  return section === "service"
    ? { ...candidate, service: serviceParameters(changes as ServiceChanges, candidate.service) }
    : { ...candidate, study: studyParameters(changes as StudyChanges, candidate.study) };
}
