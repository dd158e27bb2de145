import type { FlowName, ServiceHistory } from "../service/history.ts";
import { DAYS_PER_YEAR } from "../service/time.ts";

/** Days that clients were in service since day 0, summed over clients, to the step. */
export function clientDays({ clientSteps, daysPerStep }: ServiceHistory): number {
  return clientSteps * daysPerStep;
}

export function clientYears(history: ServiceHistory): number {
  return clientDays(history) / DAYS_PER_YEAR;
}

/** A flow since day 0, over all teams. */
export function total({ weeks, nTeams, nWeeks }: ServiceHistory, flow: FlowName): number {
  return sum(weeks.flows[flow].subarray((nWeeks - 1) * nTeams));
}

export function sum(values: Iterable<number>): number {
  let all = 0;
  for (const value of values) all += value;
  return all;
}

export function count(values: Float64Array, isOne: (value: number) => boolean): number {
  let n = 0;
  for (const value of values) if (isOne(value)) n++;
  return n;
}

/** Mean of a value over the rows that have one; NaN if none has. */
export function meanOver(n: number, valueIn: (row: number) => number | null): number {
  let all = 0;
  let nValues = 0;
  for (let row = 0; row < n; row++) {
    const value = valueIn(row);
    if (value === null) continue;
    all += value;
    nValues++;
  }
  return all / nValues;
}

/** Mean over the tenth of the values that is lowest, its size rounded up; NaN of none. */
export function lowestTenth(values: readonly number[]): number {
  const lowest = [...values].sort((one, other) => one - other).slice(0, Math.ceil(values.length / 10));
  return sum(lowest) / lowest.length;
}
