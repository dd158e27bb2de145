import type { MathNode } from "mathjs";
import { type Arithmetic, FUNCTIONS, isOperator, valueOfArithmetic } from "./arithmetic.ts";
import { suggestion } from "./nearestName.ts";
import { shortened, shown } from "./shown.ts";

/** A number, or why the text does not give one (completes "paths.a …"). */
export type Calculated = { readonly value: number } | { readonly fault: string };
export type Calculate = (text: string) => Calculated;
/** A formula, or why the text is none (completes "kpis.… formula …"). */
export type ReadFormula = { readonly formula: Arithmetic } | { readonly fault: string };

const MAX_LENGTH = 200;
const MAX_NODES = 100;
const NUMBER = /^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/;
const ARITHMETIC = /[^-+*/^().,\w\s]/u;
const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ["pi", Math.PI],
  ["e", Math.E],
]);

const ALLOWED = `numbers, + - * / ^ ( ), ${[...CONSTANTS.keys(), ...FUNCTIONS.keys()].join(", ")}`;

/** A number written as text, or undefined: "0.14", "1e3". */
export function plainNumber(text: string): number | undefined {
  return NUMBER.test(text.trim()) ? Number(text) : undefined;
}

/**
 * A calculator for the formulas of scenario files: "0.65 * 4.5 / 17.8".
 * mathjs parses; what it parsed is then made into `Arithmetic`, and nothing but arithmetic is taken: no assignment, no
 * definition, no property, no index, no string, no symbol but pi and e, no function but sqrt, exp, log, abs, min, max.
 * exp, log and powers are this project's own, so that every engine gives the same bits.
 *
 * mathjs takes a third of a second to load, so it is loaded only when a formula is met.
 */
export async function loadCalculator(): Promise<Calculate> {
  const read = await loadFormulaReader();
  return (text) => {
    const plain = plainNumber(text);
    if (plain !== undefined) return finite(plain, text);
    const found = read(text, []);
    return "fault" in found
      ? found
      : finite(
          valueOfArithmetic(found.formula, () => Number.NaN),
          text,
        );
  };
}

/**
 * A reader of formulas over named values, as strict as the calculator; names that are not `known` are refused with the
 * nearest that is.
 */
export async function loadFormulaReader(): Promise<(text: string, known: readonly string[]) => ReadFormula> {
  const { create, parseDependencies } = await import("mathjs/number");
  const { parse } = create({ parseDependencies }, {});
  return (text, known) => readFormula(text, known, parse as (text: string) => MathNode);
}

function readFormula(text: string, known: readonly string[], parse: (text: string) => MathNode): ReadFormula {
  const names = known.length > 0 ? ", names of key figures" : "";
  const allowed = `${ALLOWED}${names}`;
  const refused = (what: string) => ({
    fault: `must be a number or arithmetic, got ${shown(text)}: ${what} is not allowed; allowed are ${allowed}`,
  });
  if (text.length > MAX_LENGTH) return { fault: `is a formula of ${text.length} characters; at most ${MAX_LENGTH}` };
  const strange = text.search(ARITHMETIC);
  if (strange >= 0) return refused(`${shown([...text.slice(strange)][0])} at character ${strange + 1}`);
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
  const formula = arithmeticOf(tree, known);
  if (!isFault(formula)) return { formula };
  return "notAllowed" in formula
    ? refused(formula.notAllowed)
    : { fault: `has the name ${shown(formula.unknown)}, which is no key figure${suggestion(formula.unknown, known)}` };
}

function finite(value: number, text: string): Calculated {
  return Number.isFinite(value) ? { value } : { fault: `must be a finite number, got ${shown(text)} = ${value}` };
}

/** What a formula must not have: something that is no arithmetic, or a name without a value. */
type Fault = { readonly notAllowed: string } | { readonly unknown: string };
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

function arithmeticOf(mathNode: MathNode, known: readonly string[]): Arithmetic | Fault {
  const node = mathNode as unknown as ArithmeticNode;
  switch (node.type) {
    case "ConstantNode":
      return typeof node.value === "number" ? node.value : { notAllowed: shown(node.value) };
    case "SymbolNode":
      return symbolOf(node.name ?? "", known);
    case "ParenthesisNode":
      return arithmeticOf(node.content as MathNode, known);
    case "OperatorNode": {
      const { op = "", args = [] } = node;
      if (node.implicit) return { notAllowed: "a product without *" };
      return applied(op, args, known, () =>
        isOperator(op, args.length) ? null : { notAllowed: `the operator "${shortened(op)}"` },
      );
    }
    case "FunctionNode": {
      const name = isNamed(node.fn) ? node.fn.name : "";
      const [least, most] = FUNCTIONS.get(name) ?? [1, 0];
      if (most === 0) return { notAllowed: `the function "${shortened(name)}"` };
      const { args = [] } = node;
      return applied(name, args, known, () =>
        args.length < least || args.length > most ? { notAllowed: `${name} of ${args.length} values` } : null,
      );
    }
    default:
      return { notAllowed: node.type.replace(/Node$/, "").toLowerCase() };
  }
}

function symbolOf(name: string, known: readonly string[]): Arithmetic | Fault {
  if (known.includes(name)) return { name };
  return (
    CONSTANTS.get(name) ?? (known.length > 0 ? { unknown: name } : { notAllowed: `the name "${shortened(name)}"` })
  );
}

function isNamed(fn: unknown): fn is { name: string } {
  const candidate = fn as { type?: unknown; name?: unknown } | null;
  return candidate?.type === "SymbolNode" && typeof candidate.name === "string";
}

/** The faults of what it is applied to come first. */
function applied(
  apply: string,
  nodes: readonly MathNode[],
  known: readonly string[],
  fault: () => Fault | null,
): Arithmetic | Fault {
  const to: Arithmetic[] = [];
  for (const node of nodes) {
    const part = arithmeticOf(node, known);
    if (isFault(part)) return part;
    to.push(part);
  }
  return fault() ?? { apply, to };
}

function isFault(part: Arithmetic | Fault): part is Fault {
  return typeof part === "object" && ("notAllowed" in part || "unknown" in part);
}
