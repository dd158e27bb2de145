import { exp, log } from "../../sim/numerics/elementary.ts";

/** A formula as plain data: a number, a name that has a value, or an operator or function of others. */
export type Arithmetic =
  | number
  | { readonly name: string }
  | { readonly apply: string; readonly to: readonly Arithmetic[] };

/** name → smallest and largest number of arguments, and the function. */
export const FUNCTIONS: ReadonlyMap<string, readonly [number, number, (...x: number[]) => number]> = new Map([
  ["sqrt", [1, 1, Math.sqrt]],
  ["exp", [1, 1, exp]],
  ["log", [1, 1, log]],
  ["abs", [1, 1, Math.abs]],
  ["min", [1, 20, Math.min]],
  ["max", [1, 20, Math.max]],
]);

/** Operators of one value and of two. */
const SIGNS: Readonly<Record<string, (x: number) => number>> = { "-": (x) => -x, "+": (x) => x };
const OPERATORS: Readonly<Record<string, (x: number, y: number) => number>> = {
  "+": (x, y) => x + y,
  "-": (x, y) => x - y,
  "*": (x, y) => x * y,
  "/": (x, y) => x / y,
  "^": power,
};

/** Whether there is an operator that takes so many values. */
export function isOperator(operator: string, nValues: number): boolean {
  return Object.hasOwn(nValues === 1 ? SIGNS : OPERATORS, operator) && nValues <= 2;
}

/**
 * The value of a formula; NaN where a value in it is.
 *
 * @param valueOfName values of the names in it
 */
export function valueOfArithmetic(formula: Arithmetic, valueOfName: (name: string) => number): number {
  if (typeof formula === "number") return formula;
  if ("name" in formula) return valueOfName(formula.name);
  const values = formula.to.map((part) => valueOfArithmetic(part, valueOfName));
  // 1^NaN and NaN^0 would be numbers.
  if (values.some(Number.isNaN)) return Number.NaN;
  const known = FUNCTIONS.get(formula.apply);
  if (known) return known[2](...values);
  const [x, y] = values;
  return values.length === 1 ? SIGNS[formula.apply](x) : OPERATORS[formula.apply](x, y);
}

/** xʸ: repeated squaring for whole |y| ≤ 1024 (error below 11 ulp), else e^(y log x), which is NaN for x < 0. */
function power(x: number, y: number): number {
  if (!Number.isInteger(y) || Math.abs(y) > 1024) return x === 0 && y > 0 ? 0 : exp(y * log(x));
  let result = 1;
  let square = x;
  for (let rest = Math.abs(y); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return y < 0 ? 1 / result : result;
}
