import { readFileSync } from "node:fs";
import { expect } from "vitest";

type Case = { readonly name: string; readonly args: readonly number[]; readonly value: number };

/** Reads <topic>.json beside this file: reference values of mpmath, written by generate.py. */
export function readCases(topic: string): readonly Case[] {
  const text = readFileSync(new URL(`./${topic}.json`, import.meta.url), "utf8");
  const { cases } = JSON.parse(text) as { cases: { name: string; args: (number | string)[]; value: string }[] };
  return cases.map(({ name, args, value }) => ({ name, args: args.map(Number), value: Number(value) }));
}

export type Worst = { readonly error: number; readonly args: readonly number[]; readonly count: number };

/** Largest error of `compute` over the cases called `name`; subnormal reference values count as absolute errors. */
export function worstError(
  cases: readonly Case[],
  name: string,
  compute: (...args: number[]) => number,
  kind: "relative" | "absolute",
): Worst {
  let error = 0;
  let worst: readonly number[] = [];
  let count = 0;
  for (const { name: caseName, args, value } of cases) {
    if (caseName !== name) continue;
    count += 1;
    const difference = Math.abs(compute(...args) - value);
    const scaled = kind === "absolute" || Math.abs(value) < 1e-307 ? difference : difference / Math.abs(value);
    if (!(scaled <= error)) {
      error = scaled;
      worst = args;
    }
  }
  return { error, args: worst, count };
}

/** Fails, naming the worst case, when any case called `name` is further than `tolerance` from its reference value. */
export function expectAccurate(
  cases: readonly Case[],
  name: string,
  compute: (...args: number[]) => number,
  tolerance: number,
  kind: "relative" | "absolute" = "relative",
): void {
  const { error, args, count } = worstError(cases, name, compute, kind);
  expect(count, `cases called ${name}`).toBeGreaterThan(0);
  expect(error, `${kind} error of ${name}(${args.join(", ")})`).toBeLessThanOrEqual(tolerance);
}
