import type { MathNode } from "mathjs";
import { exp, log } from "../../sim/numerics/elementary.ts";
import { shortened, shown } from "./shown.ts";

/** A number, or why the text does not give one (completes "paths.a …"). */
export type Calculated = { readonly value: number } | { readonly fault: string };
export type Calculate = (text: string) => Calculated;

const MAX_LENGTH = 200;
const MAX_NODES = 100;
const NUMBER = /^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/;
const ARITHMETIC = /[^-+*/^().,\w\s]/u;
const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ["pi", Math.PI],
  ["e", Math.E],
]);

/** name → smallest and largest number of arguments, and the function. */
const FUNCTIONS: ReadonlyMap<string, readonly [number, number, (...x: number[]) => number]> = new Map([
  ["sqrt", [1, 1, Math.sqrt]],
  ["exp", [1, 1, exp]],
  ["log", [1, 1, log]],
  ["abs", [1, 1, Math.abs]],
  ["min", [1, 20, Math.min]],
  ["max", [1, 20, Math.max]],
]);
const ALLOWED = `numbers, + - * / ^ ( ), ${[...CONSTANTS.keys(), ...FUNCTIONS.keys()].join(", ")}`;

/** A number written as text, or undefined: "0.14", "1e3". */
export function plainNumber(text: string): number | undefined {
  return NUMBER.test(text.trim()) ? Number(text) : undefined;
}

/**
 * A calculator for the formulas of scenario files: "0.65 * 4.5 / 17.8".
 * mathjs parses; what it parsed is then walked here, and nothing but arithmetic is computed: no assignment, no
 * definition, no property, no index, no string, no symbol but pi and e, no function but sqrt, exp, log, abs, min, max.
 * exp, log and powers are this project's own, so that every engine gives the same bits.
 *
 * mathjs takes a third of a second to load, so it is loaded only when a formula is met.
 */
export async function loadCalculator(): Promise<Calculate> {
  const { create, parseDependencies } = await import("mathjs/number");
  const { parse } = create({ parseDependencies }, {});
  return (text) => calculate(text, parse as (text: string) => MathNode);
}

function calculate(text: string, parse: (text: string) => MathNode): Calculated {
  const plain = plainNumber(text);
  if (plain !== undefined) return finite(plain, text);
  if (text.length > MAX_LENGTH) return { fault: `is a formula of ${text.length} characters; at most ${MAX_LENGTH}` };
  const strange = text.search(ARITHMETIC);
  if (strange >= 0) return refused(text, `${shown([...text.slice(strange)][0])} at character ${strange + 1}`);
  let tree: MathNode;
  try {
    tree = parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { fault: `must be a number or a formula, got ${shown(text)} (${shortened(reason)})` };
  }
  let nNodes = 0;
  tree.traverse(() => {
    nNodes++;
  });
  if (nNodes > MAX_NODES) return { fault: `is a formula of ${nNodes} terms; at most ${MAX_NODES}` };
  const result = evaluate(tree);
  return typeof result === "number" ? finite(result, text) : refused(text, result.notAllowed);
}

function refused(text: string, what: string): Calculated {
  return {
    fault: `must be a number or arithmetic, got ${shown(text)}: ${what} is not allowed; allowed are ${ALLOWED}`,
  };
}

function finite(value: number, text: string): Calculated {
  return Number.isFinite(value) ? { value } : { fault: `must be a finite number, got ${shown(text)} = ${value}` };
}

type NotAllowed = { readonly notAllowed: string };
/** The shape of the mathjs nodes that arithmetic is made of. */
type ArithmeticNode = {
  readonly type: string;
  readonly value?: unknown;
  readonly name?: string;
  readonly op?: string;
  readonly implicit?: boolean;
  readonly content?: MathNode;
  readonly args?: readonly MathNode[];
  readonly fn?: unknown;
};

function evaluate(mathNode: MathNode): number | NotAllowed {
  const node = mathNode as unknown as ArithmeticNode;
  switch (node.type) {
    case "ConstantNode":
      return typeof node.value === "number" ? node.value : { notAllowed: shown(node.value) };
    case "SymbolNode":
      return CONSTANTS.get(node.name ?? "") ?? { notAllowed: `the name "${shortened(node.name ?? "")}"` };
    case "ParenthesisNode":
      return evaluate(node.content as MathNode);
    case "OperatorNode":
      if (node.implicit) return { notAllowed: "a product without *" };
      return onNumbers(node.args ?? [], (values) => operate(node.op ?? "", values));
    case "FunctionNode": {
      const name = isNamed(node.fn) ? node.fn.name : "";
      const known = FUNCTIONS.get(name);
      if (!known) return { notAllowed: `the function "${shortened(name)}"` };
      const [least, most, apply] = known;
      return onNumbers(node.args ?? [], (values) =>
        values.length < least || values.length > most
          ? { notAllowed: `${name} of ${values.length} values` }
          : apply(...values),
      );
    }
    default:
      return { notAllowed: node.type.replace(/Node$/, "").toLowerCase() };
  }
}

function isNamed(fn: unknown): fn is { name: string } {
  const candidate = fn as { type?: unknown; name?: unknown } | null;
  return candidate?.type === "SymbolNode" && typeof candidate.name === "string";
}

function onNumbers(nodes: readonly MathNode[], apply: (values: number[]) => number | NotAllowed): number | NotAllowed {
  const values: number[] = [];
  for (const node of nodes) {
    const value = evaluate(node);
    if (typeof value !== "number") return value;
    values.push(value);
  }
  return apply(values);
}

function operate(operator: string, values: readonly number[]): number | NotAllowed {
  const [x, y] = values;
  if (values.length === 1 && operator === "-") return -x;
  if (values.length === 1 && operator === "+") return x;
  if (values.length === 2) {
    switch (operator) {
      case "+":
        return x + y;
      case "-":
        return x - y;
      case "*":
        return x * y;
      case "/":
        return x / y;
      case "^":
        return power(x, y);
    }
  }
  return { notAllowed: `the operator "${shortened(operator)}"` };
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
