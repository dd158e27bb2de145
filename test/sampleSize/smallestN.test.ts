import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { candidateSizes, smallestEffect, withEffect } from "../../models/sampleSize/effect.ts";
import { approximateN, LARGEST_N, smallestN } from "../../models/sampleSize/smallestN.ts";
import { exactPower } from "../../models/exact/exactPower.ts";
import { populationOf, populationProblem } from "../../models/paths/population.ts";
import { normalCdf } from "../../sim/numerics/normal.ts";
import { pathsWith } from "../scenarioFixture.ts";

describe("smallestN", () => {
  it("equals the walk from below, whatever the curve and the start", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 2, noNaN: true }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.integer({ min: 1, max: 20_000 }),
        (lambda, target, start) => {
          const power = (n: number) => normalCdf(lambda * Math.sqrt(n) - 1.96);
          let walked = 4;
          while (power(walked) < target) walked++;
          expect(smallestN(power, target, 4, start)?.n).toBe(walked);
        },
      ),
      { numRuns: 300, seed: 5 },
    );
  });

  it("is the N from which power stays at the target, where it first falls", () => {
    const power = (n: number) => (n < 8 ? 0.09 : normalCdf(0.1 * Math.sqrt(n) - 1.96));
    expect(power(4)).toBeGreaterThan(0.06);
    const found = smallestN(power, 0.06, 4, 30)?.n as number;
    expect(found).toBeGreaterThan(8);
    expect(power(found) >= 0.06 && power(found - 1) < 0.06).toBe(true);
  });

  it("says when no N is enough, in few steps", () => {
    let calls = 0;
    const power = () => {
      calls++;
      return 0.05;
    };
    expect(smallestN(power, 0.8, 4, 100)).toBeNull();
    expect(calls).toBeLessThan(20);
    expect(smallestN((n) => (n >= LARGEST_N ? 0.9 : 0.1), 0.8, 4, 100)?.n).toBe(LARGEST_N);
  });

  it("takes few steps on a power curve", () => {
    const paths = pathsWith({ a: 0.14, b: 0.14, cPrime: 0 });
    let calls = 0;
    const power = (nClients: number) => {
      calls++;
      return exactPower({ nClients, paths, analysis: { level: 0.95 } }, "sobel") as number;
    };
    expect(smallestN(power, 0.8, 4, approximateN(populationOf(paths), 0.95, 0.8))?.n).toBe(670);
    expect(calls).toBeLessThan(10);
  });

  it("starts near the answer of joint significance", () => {
    expect(approximateN(populationOf(pathsWith({ a: 0.14, b: 0.14 })), 0.95, 0.8)).toBeCloseTo(525, -1);
    expect(approximateN(populationOf(pathsWith({ a: 0 })), 0.95, 0.8)).toBeGreaterThan(0.99 * LARGEST_N);
  });
});

describe("smallestEffect", () => {
  const powerOf = (paths: ReturnType<typeof pathsWith>, sought: "ab" | "a" | "b", n: number) => (size: number) =>
    exactPower(
      { nClients: n, paths: withEffect(paths, sought, size), analysis: { level: 0.95 } },
      "jointSignificance",
    ) as number;

  it("inverts the sample size: the effect that N detects needs N", () => {
    const paths = pathsWith({ cPrime: 0 });
    const found = smallestEffect(powerOf(paths, "ab", 532), 0.8, candidateSizes(paths, "ab", 0.1));
    expect("size" in found && found.size).toBeCloseTo(0.14, 3);
    expect("power" in found && found.power).toBeCloseTo(0.8, 6);
  });

  it("keeps to standardized paths that exist, and finds the first crossing", () => {
    const paths = pathsWith({ standardized: true, b: 0.3, cPrime: 0.2 });
    const sizes = candidateSizes(paths, "a", 1);
    expect(sizes.every((size) => populationProblem(withEffect(paths, "a", size)) === null)).toBe(true);
    expect(sizes[sizes.length - 1]).toBeGreaterThan(0.95);
    const power = powerOf(paths, "a", 120);
    const found = smallestEffect(power, 0.8, sizes);
    if (!("size" in found)) throw new Error("not found");
    expect(power(found.size)).toBeCloseTo(0.8, 6);
    expect(power(found.size - 0.01)).toBeLessThan(0.8);
    expect(power(sizes[sizes.length - 1])).toBeLessThan(0.8);
  });

  it("names the highest power when the other path sets a ceiling", () => {
    const paths = pathsWith({ a: 0.14, cPrime: 0 });
    const found = smallestEffect(powerOf(paths, "b", 100), 0.8, candidateSizes(paths, "b", 0.3));
    expect("highest" in found && found.highest.power).toBeGreaterThan(0.2);
    expect("highest" in found && found.highest.power).toBeLessThan(0.4);
  });

  it("keeps the signs of the paths", () => {
    expect(withEffect(pathsWith({ a: -0.3, b: 0.2 }), "ab", 0.5)).toMatchObject({ a: -0.5, b: 0.5 });
    expect(withEffect(pathsWith({ a: -0.3, b: 0.2 }), "a", 0.5)).toMatchObject({ a: -0.5, b: 0.2 });
    expect(withEffect(pathsWith({ a: -0.3, b: 0 }), "b", 0.5)).toMatchObject({ a: -0.3, b: 0.5 });
  });
});
