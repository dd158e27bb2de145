import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { regularizedGammaQ } from "../../sim/numerics/gamma.ts";
import { poissonQuantile } from "../../sim/numerics/poissonQuantile.ts";

describe("poissonQuantile", () => {
  it("is where the distribution function Q(k + 1, λ) passes u", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }),
        fc.double({ min: 1e-6, max: 700, noNaN: true }),
        (u, mean) => {
          const k = poissonQuantile(u, mean);
          expect(regularizedGammaQ(k + 1, mean)).toBeGreaterThan(u - 1e-11);
          if (k > 0) expect(regularizedGammaQ(k, mean)).toBeLessThan(u + 1e-11);
        },
      ),
    );
  });

  it("rises with λ at the same luck; a mean of 0 gives 0; u next to 1 ends", () => {
    for (let u = 0.01; u < 1; u += 0.07)
      for (let mean = 0; mean < 20; mean += 0.5)
        expect(poissonQuantile(u, mean + 0.5)).toBeGreaterThanOrEqual(poissonQuantile(u, mean));
    expect(poissonQuantile(0.999, 0)).toBe(0);
    expect(poissonQuantile(1 - 2 ** -53, 3)).toBeLessThan(40);
    expect(() => poissonQuantile(0.5, -1)).toThrow(/\[0, 700\]/);
  });
});
