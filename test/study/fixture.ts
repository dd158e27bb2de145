import { keyOf } from "../../sim/random/address.ts";
import { columnNamed } from "../../models/study/columns.ts";
import type { ObservedStudy } from "../../models/study/observe.ts";
import { simulateStudy } from "../../models/study/observe.ts";
import { type StudyChanges, studyParameters } from "../../models/study/parameters.ts";
import { smallService } from "../service/fixture.ts";

export const KEY = keyOf("study", 0);

/** A small service long enough for enrolment in 20 weeks and 18 months of follow-up. */
export const SERVICE = smallService({
  time: { weeks: 160 },
  referrals: { cohort: { on: true, perTeam: 12, window: 20 } },
});

export function observed(changes: StudyChanges = {}): ObservedStudy {
  return simulateStudy(SERVICE, studyParameters(changes), KEY).observed;
}

export function wideColumn(study: ObservedStudy, name: string): Float64Array {
  return columnNamed(study.wide, name).values;
}

export function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

export function covariance(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const [mx, my] = [mean(x), mean(y)];
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] - mx) * (y[i] - my);
  return sum / (x.length - 1);
}

export function correlation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return covariance(x, y) / Math.sqrt(covariance(x, x) * covariance(y, y));
}

/** Clients 0 … n − 1. */
export function identities(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}
