import type { OutcomeName } from "../service/outcomeParameters.ts";
import type { Target, Weight } from "./targetTypes.ts";

/** Where in Roebuck 2021 a target is from. */
export const TABLE_2 = "Roebuck 2021, Table 2";
export const RESULTS = "Roebuck 2021, Results";
export const DERIVED = "derived from Roebuck 2021";

/** What every target says of itself. */
export type Given = Pick<Target, "name" | "label" | "unit" | "source"> &
  Partial<Pick<Target, "over" | "note" | "statistic">>;

/** A published value with a tolerance. */
export function near(weight: Weight, published: number, tolerance: number, given: Given): Target {
  return {
    statistic: given.name,
    over: "mean",
    ...given,
    weight,
    published,
    interval: [rounded(published - tolerance), rounded(published + tolerance)],
    fitScale: tolerance,
  };
}

/** A published estimate with its own confidence interval. */
export function estimated(
  weight: Weight,
  published: number,
  interval: readonly [number, number],
  given: Given,
): Target {
  return {
    statistic: given.name,
    over: "mean",
    ...given,
    weight,
    published,
    interval,
    fitScale: (interval[1] - interval[0]) / 8,
  };
}

/** A band, with the value if there is one. */
export function band(
  weight: Weight,
  interval: readonly [number, number],
  given: Given,
  published: number | null = null,
): Target {
  return {
    statistic: given.name,
    over: "mean",
    ...given,
    weight,
    published,
    interval,
    fitScale: (interval[1] - interval[0]) / 2,
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

/** The outcomes as people call them. */
export const NAMES: Readonly<Record<OutcomeName, string>> = { qoli: "QOLI-20", pgi: "PGI", ths: "THS", mcas: "MCAS" };

/** "qoli18" → "QOLI-20, 18 months". */
export function scaleAt(name: string): string {
  const [, scale, months] = /^([a-z]+)([\d_]+)$/.exec(name)!;
  const label = scale === "rprs" ? "RPRS" : NAMES[scale as OutcomeName];
  return `${label}, ${months.replace("_", ".")} months`;
}
