// How fast is the bootstrap beside a plain C program that does the same work, with the same random numbers?
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createBootstrapKernel, standardize } from "../../dist/sim/kernels/bootstrapKernel.js";
import { keyOf, normalAt } from "../../dist/sim/random/address.js";
import { buildC, record, saveRecords, timeOf } from "./measure.ts";

const N = 311;
const B = 5000;
const ROUNDS = 5;
const program = buildC("bootstrap");
const directory = mkdtempSync(join(tmpdir(), "caseload-bench-"));

afterAll(() => {
  rmSync(directory, { recursive: true });
  saveRecords("bootstrap");
});

describe.skipIf(program === null)(`percentile bootstrap, N = ${N}, B = ${B}, one thread, against C`, () => {
  for (const [nCovariates, bar] of [
    [0, 1.3],
    [9, 4],
  ])
    it(`${nCovariates} covariates`, () => {
      const key = keyOf("bench", nCovariates);
      const column = (what: number) => Float64Array.from({ length: N }, (_, i) => normalAt(key, i, what, 0));
      const [x, m, y] = [column(1), column(2), column(3)];
      const covariates = Array.from({ length: nCovariates }, (_, j) => column(10 + j));
      const columns = [...covariates, x, m, y].map(standardize);
      const file = join(directory, "columns.bin");
      const bytes = new Float64Array(N * columns.length);
      for (const [j, { values }] of columns.entries()) bytes.set(values, j * N);
      writeFileSync(file, bytes);

      const kernel = createBootstrapKernel();
      kernel.load(x, m, y, covariates);
      const out = new Float64Array(B);
      // Alternate the two, so that a noisy moment meets both.
      const ratios: number[] = [];
      let seconds = 0;
      let sumInC = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const args = [file, N, nCovariates, B, 11].map(String);
        const [cSeconds, cSum] = execFileSync(program as string, args, { encoding: "utf8" })
          .trim()
          .split(" ")
          .map(Number);
        sumInC = cSum;
        seconds = timeOf(() => kernel.resample([1, 2], 0, B, out), 11).median;
        ratios.push(seconds / cSeconds);
      }
      const unit = columns[nCovariates + 2].scale / columns[nCovariates].scale;
      const sum = out.reduce((total, ab) => total + ab / unit, 0);
      expect(Math.abs(sum - sumInC)).toBeLessThan(1e-9 * B);
      const ratio = ratios.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
      record(`bootstrap-${nCovariates}-covariates`, seconds * 1000, "ms");
      record(`bootstrap-${nCovariates}-covariates-to-c`, ratio, "× C", `≤ ${bar}`);
      expect(ratio).toBeLessThanOrEqual(bar);
    });
});
