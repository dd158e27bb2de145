// Are paired intervals, Holm's p values and numbers of replications those of R?
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pairedDifference } from "../../../models/compare/pairedDifference.ts";
import { holm, rank } from "../../../models/compare/ranking.ts";
import { checkpointsOf, runsNeeded } from "../../../models/compare/stoppingRule.ts";

type PairedCase = {
  readonly name: string;
  readonly base: readonly (number | null)[];
  readonly other: readonly (number | null)[];
  readonly nPairs: number;
  readonly nUndefined: number;
  readonly meanBase: number;
  readonly meanOther: number;
  readonly difference: number;
  readonly mcse: number;
  readonly ci: readonly [number, number];
  readonly sd: number;
  readonly p: number;
  readonly varianceRatio: number;
};
const cases: {
  readonly looks: readonly number[];
  readonly paired: readonly PairedCase[];
  readonly runs: readonly { readonly sd: number; readonly tolerance: number; readonly runs: number }[];
  readonly holm: readonly { readonly p: readonly number[]; readonly adjusted: readonly number[] }[];
  readonly coverage: readonly { readonly coverage: number }[];
} = JSON.parse(readFileSync(join(import.meta.dirname, "cases.json"), "utf8"));

const valuesOf = (values: readonly (number | null)[]) => Float64Array.from(values, (value) => value ?? Number.NaN);
const near = (value: number, truth: number) => expect(Math.abs(value / truth - 1)).toBeLessThan(1e-9);

describe("a paired difference is that of t.test(paired = TRUE)", () => {
  it.each(cases.paired)("$name", (of) => {
    const found = pairedDifference(valuesOf(of.base), valuesOf(of.other));
    expect([found.nPairs, found.nUndefined]).toEqual([of.nPairs, of.nUndefined]);
    near(found.base, of.meanBase);
    near(found.value, of.meanOther);
    near(found.difference, of.difference);
    near(found.mcse, of.mcse);
    near(found.ci[0], of.ci[0]);
    near(found.ci[1], of.ci[1]);
    near(found.sd, of.sd);
    near(found.varianceRatio, of.varianceRatio);
    const figure = { name: "x", label: "x", unit: "1", definition: "", headline: true, better: "higher" } as const;
    near(rank(figure, ["base", "other"], [valuesOf(of.base), valuesOf(of.other)]).againstBase[0].p, of.p);
  });
});

it("replications needed are the smallest number that is enough, found by trying all", () => {
  for (const { sd, tolerance, runs } of cases.runs)
    expect(runsNeeded({ sd, nPairs: 30, nUndefined: 0 }, tolerance)).toBe(runs);
});

it("Holm's p values are those of p.adjust, and one that is not defined does not count", () => {
  for (const { p, adjusted } of cases.holm) {
    for (const [i, value] of holm(p).entries()) near(value, adjusted[i]);
    const [first, undefinedOne, ...rest] = holm([p[0], Number.NaN, ...p.slice(1)]);
    expect(undefinedOne).toBeNaN();
    expect([first, ...rest]).toEqual(holm(p));
  }
});

it("the looks whose coverage R simulated are those that are taken", () => {
  const { looks, coverage } = cases;
  expect(checkpointsOf(looks[looks.length - 1])).toEqual(looks);
  // What the documentation says of them.
  for (const { coverage: share } of coverage) expect(Math.abs(share - 0.948)).toBeLessThan(0.004);
});
