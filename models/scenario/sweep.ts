import type { Calculated } from "./formula.ts";
import { shown } from "./shown.ts";

/** Values of one factor, conditions of one study: more is a slip of the pen, not a plan. */
export const MAX_CONDITIONS = 100_000;

export type Swept = { readonly values: readonly number[] } | { readonly fault: string };

/**
 * The values of a sweep. "start:step:stop" (mathjs' order), "start:stop" (step 1); the stop is included when a step
 * lands on it. Where that order gives nothing at all, "start:stop:step" is meant: 100:600:50 is 100, 150, … 600.
 * Values are rounded to 12 significant figures, so that 0.1:0.1:0.3 ends in 0.3.
 *
 * @param parts the two or three numbers between the colons
 * @returns at most 100,000 values, or why there are none
 */
export function sweepValues(parts: readonly number[], written: string): Swept {
  if (parts.length < 2 || parts.length > 3) {
    return { fault: `must be a sweep start:step:stop, got ${shown(written)}; e.g. 100:50:600` };
  }
  const [start, middle, last] = parts.length === 2 ? [parts[0], 1, parts[1]] : parts;
  const asWritten = countSteps(start, middle, last);
  const [step, stop] = asWritten > 0 ? [middle, last] : [last, middle];
  const nValues = asWritten > 0 ? asWritten : countSteps(start, step, stop);
  if (!(nValues > 0)) {
    return { fault: `must be a sweep start:step:stop, got ${shown(written)}, which is empty; e.g. 100:50:600` };
  }
  if (nValues > MAX_CONDITIONS) {
    return { fault: `must be a sweep of at most 100,000 values, got ${shown(written)}; widen the step` };
  }
  return { values: Array.from({ length: nValues }, (_, i) => Number((start + i * step).toPrecision(12))) };
}

/** Values from start to stop in steps; the slack of 1e-9 steps takes in a stop that rounding would miss. */
function countSteps(start: number, step: number, stop: number): number {
  if (step === 0) return 0;
  return Math.floor((stop - start) / step + 1e-9) + 1;
}

/** Cuts "100:50:600" at its colons and computes each part. */
export function parseSweep(text: string, calculate: (part: string) => Calculated): Swept {
  const parts: number[] = [];
  for (const part of text.split(":").slice(0, 4)) {
    const calculated = calculate(part.trim());
    if ("fault" in calculated) return calculated;
    parts.push(calculated.value);
  }
  return sweepValues(parts, text);
}
