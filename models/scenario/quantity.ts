import { shown } from "./shown.ts";

/** A number in the unit asked for, or why the text does not give one (completes "staffing.vacancy …"). */
export type Converted = { readonly value: number } | { readonly fault: string };
/** Converts an amount between two units of time: `convert(2, "months", "weeks")`. */
export type ConvertTime = (amount: number, from: string, to: string) => number;

const TIMES = ["hour", "day", "week", "month", "year"];
/** Number or formula, then a unit in words: "0.30 per year", "0.3/year", "8 weeks", "1.5 hours/week". */
const QUANTITY = /^(?<amount>.*?[\d)])\s*(?<unit>\/\s*(?:hour|day|week|month|year)s?|[a-z].*)$/i;

/** The text cut into amount and unit; undefined where no unit is written. */
export function splitQuantity(text: string): { readonly amount: string; readonly unit: string } | undefined {
  const groups = QUANTITY.exec(text.trim())?.groups;
  return groups === undefined ? undefined : { amount: groups.amount, unit: groups.unit.trim() };
}

/**
 * mathjs' conversion between units of time (a year has 365.25 days, a month a twelfth of it). It takes a second to load, so
 * it is loaded only when a quantity is met whose unit is not the parameter's own.
 */
export async function loadConverter(): Promise<ConvertTime> {
  const { create, unitDependencies } = await import("mathjs");
  const { unit } = create({ unitDependencies }, {});
  if (unit === undefined) throw new Error("mathjs has no units");
  return (amount, from, to) => unit(amount, from).toNumber(to);
}

/** A unit as a parameter has it or as people write it: what is counted, and the times it is multiplied with or divided by. */
type Unit = { readonly counted: string; readonly time: string; readonly perTime: string };

/**
 * "8 weeks" for a parameter in months, "0.30 per year" for one in 1/year, "3 clients per month" for one in clients/week.
 *
 * @param amount  the number before the unit
 * @param written the unit as it was written
 * @param wanted  the parameter's unit
 * @param convert needed only where the two differ
 */
export async function inUnit(
  amount: number,
  written: string,
  wanted: string,
  convert: () => Promise<ConvertTime>,
): Promise<Converted> {
  if (written === wanted) return { value: amount };
  const from = readUnit(written);
  const to = readUnit(wanted);
  const takes = wanted === "1" ? "no unit" : `"${wanted}"`;
  const fault = { fault: `takes ${takes}, got ${shown(written)}; ${wayOut(to)}` };
  if (from === undefined || to === undefined) return fault;
  const sameKind =
    (from.time === "") === (to.time === "") &&
    (from.perTime === "") === (to.perTime === "") &&
    (from.counted === "" || from.counted === to.counted);
  if (!sameKind) return fault;
  if (from.time !== to.time) return { value: (await convert())(amount, from.time, to.time) };
  // So many per old time are so many over (one old time in new times).
  if (from.perTime !== to.perTime) return { value: amount / (await convert())(1, from.perTime, to.perTime) };
  return { value: amount };
}

function wayOut(to: Unit | undefined): string {
  if (to === undefined || (to.time === "" && to.perTime === "")) return "leave the unit out";
  return `times are in ${TIMES.map((time) => `${time}s`).join(", ")}, rates like "0.3 per year"`;
}

/** Undefined for a unit with a time that is not known, such as fortnights. */
function readUnit(text: string): Unit | undefined {
  const [above, below, more] = text.split(/\s*\/\s*|(?:^|\s+)per\s+/i).map((part) => part.trim());
  if (more !== undefined) return undefined;
  const perTime = below === undefined ? "" : timeOf(below);
  if (perTime === undefined) return undefined;
  const time = timeOf(above);
  if (time !== undefined && below === undefined) return { counted: "", time, perTime };
  return { counted: above === "1" ? "" : above.toLowerCase(), time: "", perTime };
}

/** "weeks", "week" → "week". */
function timeOf(word: string): string | undefined {
  const singular = word.toLowerCase().replace(/s$/, "");
  return TIMES.includes(singular) ? singular : undefined;
}
