// Right: formulas compute what they say, with this project's exp and log. Refused: all that is not arithmetic.
import { beforeAll, describe, expect, it } from "vitest";
import { type Calculate, loadCalculator, plainNumber } from "../../models/scenario/formula.ts";

let calculate: Calculate;
beforeAll(async () => {
  calculate = await loadCalculator();
});

describe("arithmetic", () => {
  it.each([
    ["0.65 * 4.5 / 17.8", (0.65 * 4.5) / 17.8],
    ["-2^2", -4],
    ["2^-2", 0.25],
    ["2^3^2", 512],
    ["1 - 0.3^2 - 0.07", 0.84],
    ["sqrt(2)", Math.SQRT2],
    ["abs(-3) + min(1, 2) + max(3, 4, 5)", 9],
    ["(1 + 2) * -(3 - +4)", 3],
    ["0.5 * pi", Math.PI / 2],
    ["1e-3", 0.001],
    ["  .5 ", 0.5],
    ["0 ^ 2", 0],
    ["0 ^ 0.5", 0],
  ])("%s", (formula, expected) => {
    const calculated = calculate(formula);
    expect(calculated).toHaveProperty("value");
    expect((calculated as { value: number }).value).toBeCloseTo(expected, 15);
  });

  it.each([
    ["exp(1)", Math.E],
    ["log(10)", Math.LN10],
    ["2^0.5", Math.SQRT2],
    ["e^-1", 1 / Math.E],
  ])("%s to 4 ulp", (formula, expected) => {
    const { value } = calculate(formula) as { value: number };
    expect(Math.abs(value / expected - 1)).toBeLessThan(4 * Number.EPSILON);
  });

  it("a plain number needs no calculator", () => {
    expect([plainNumber(" -1.5e2"), plainNumber("0x10"), plainNumber("1_000"), plainNumber("")]).toEqual([
      -150,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("anything else is refused", () => {
  it.each([
    ["x", 'the name "x"'],
    ["import(1)", 'the function "import"'],
    ["a = 3", '"=" at character 3'],
    ["f(x) = x", '"=" at character 6'],
    ["evaluate(1)", 'the function "evaluate"'],
    ["parse(2)", 'the function "parse"'],
    ["random()", 'the function "random"'],
    ["sin(1)", 'the function "sin"'],
    ["cos.constructor", "accessor"],
    ["sqrt.constructor(1)", 'the function ""'],
    ["(sqrt)(2)", "not allowed"],
    ["[1, 2]", '"[" at character 1'],
    ["{a: 1}", '"{" at character 1'],
    ["x[0]", '"[" at character 2'],
    ["1; 2", '";" at character 2'],
    ['"text"', '"\\"" at character 1'],
    ["2 pi", "a product without *"],
    ["3 mod 2", 'the operator "mod"'],
    ["1 to 2", "not allowed"],
    ["1 and 2", 'the operator "and"'],
    ["not 1", 'the operator "not"'],
    ["true", "true"],
    ["5!", '"!" at character 2'],
    ["50%", '"%" at character 3'],
    ["i", 'the name "i"'],
    ["sqrt(1, 2)", "sqrt of 2 values"],
    ["min()", "min of 0 values"],
    ["sqrt", 'the name "sqrt"'],
    ["toString()", 'the function "toString"'],
    ["__proto__", 'the name "__proto__"'],
    ["constructor", 'the name "constructor"'],
  ])("%s", (formula, reason) => {
    const calculated = calculate(formula);
    expect(calculated).toHaveProperty("fault");
    expect((calculated as { fault: string }).fault).toContain(reason);
  });

  it.each(["1/0", "log(0)", "log(-1)", "sqrt(-1)", "(-8)^(1/3)", "10^400", "1e999", "Infinity", "NaN"])(
    "%s is not finite",
    (formula) => {
      expect((calculate(formula) as { fault: string }).fault).toContain("must be a finite number");
    },
  );

  it.each(["1 +", "(1", "1 2", "", "..", "1,2"])("syntax: %s", (formula) => {
    expect(calculate(formula)).toHaveProperty("fault");
  });

  it("very long and very deep formulas", () => {
    expect(calculate("1+".repeat(200))).toHaveProperty("fault");
    expect(calculate(`${"1+".repeat(60)}1`)).toHaveProperty("fault");
    expect(calculate("(".repeat(200))).toHaveProperty("fault");
  });
});
