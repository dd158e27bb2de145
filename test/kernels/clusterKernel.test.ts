// Has the cluster bootstrap kernel the bits of its plain twin, and are its draws uniform?
import { describe, expect, it } from "vitest";
import { createClusterBootstrapKernel } from "../../sim/kernels/clusterBootstrapKernel.ts";
import { referenceClusterResample, referenceClusters } from "../../sim/kernels/referenceClusters.ts";
import { keyOf, normalAt } from "../../sim/random/address.ts";

const column = (key: readonly [number, number], what: number, n: number) =>
  Float64Array.from({ length: n }, (_, i) => normalAt(key, i, what, 0));

function study(nCovariates: number, n: number): Float64Array[] {
  const key = keyOf("clusters", nCovariates);
  const x = column(key, 1, n);
  const m = column(key, 2, n).map((value, i) => 1e6 + 0.4 * x[i] + value);
  const y = column(key, 3, n).map((value, i) => 0.3 * m[i] + 100 * value);
  return [...Array.from({ length: nCovariates }, (_, j) => column(key, 10 + j, n)), x, m, y];
}

describe("the cluster bootstrap kernel has the bits of the plain reference", () => {
  for (const nCovariates of [0, 1, 4, 9])
    it(`${nCovariates} covariates, 2 to 600 clusters, some of one client`, () => {
      const kernel = createClusterBootstrapKernel();
      const columns = study(nCovariates, 700);
      for (const nClusters of [2, 3, 14, 17, 100, 512, 513, 600]) {
        // Squares pile up at small remainders: unequal sizes; the first rows see to it that none is empty.
        const index = Int32Array.from({ length: 700 }, (_, i) => (i < nClusters ? i : (i * i) % nClusters));
        kernel.load(columns, index, nClusters);
        const out = new Float64Array(3);
        kernel.resample([5, 6], 1023, 3, out);
        const reference = Array.from(out, (_, k) =>
          referenceClusterResample([5, 6], 1023 + k, columns, index, nClusters),
        );
        expect([...out]).toEqual(reference);
        expect(reference.some((value) => Number.isNaN(value))).toBe(false);
      }
    });

  it("a resample does not depend on how many are drawn or in how many calls", () => {
    const kernel = createClusterBootstrapKernel();
    kernel.load(
      study(1, 60),
      Int32Array.from({ length: 60 }, (_, i) => i % 7),
      7,
    );
    const whole = new Float64Array(3000);
    kernel.resample([5, 6], 0, 3000, whole);
    const part = new Float64Array(9);
    kernel.resample([5, 6], 1501, 9, part);
    expect([...part]).toEqual([...whole.subarray(1501, 1510)]);
  });
});

describe("clusters are drawn uniformly", () => {
  for (const nClusters of [3, 14, 311, 700])
    it(`${nClusters} clusters`, () => {
      const counts = new Float64Array(nClusters);
      const nResamples = Math.ceil(300_000 / nClusters);
      for (let k = 0; k < nResamples; k++)
        for (const cluster of referenceClusters([1, 2], k, nClusters)) counts[cluster]++;
      const chiSquare = counts.reduce((sum, count) => sum + (count - nResamples) ** 2 / nResamples, 0);
      // χ² with G − 1 df: mean G − 1, SD √(2(G − 1)); 6 SD covers its skewness at α = 1e-6.
      expect(Math.abs(chiSquare - (nClusters - 1))).toBeLessThan(6 * Math.sqrt(2 * (nClusters - 1)) + 12);
    });
});
