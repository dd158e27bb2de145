// What does a replication cost, and what do curtailment and a second worker save?
import { cpus } from "node:os";
import { afterAll, describe, expect, it } from "vitest";
import { createBlockSimulator } from "../../dist/models/simulateBlock.js";
import { inWorkers } from "../../dist/sim/montecarlo/pool.js";
import { blocksOf, replicate } from "../../dist/sim/montecarlo/replicate.js";
import { seedKeyOf } from "../../dist/sim/random/address.js";
import type { RowBlock } from "../../models/powerTypes.ts";
import type { Condition } from "../../models/scenario/types.ts";
import { conditionWith } from "../scenarioFixture.ts";
import { record, saveRecords, timeOf } from "./measure.ts";

const seed = seedKeyOf("bench");
afterAll(() => saveRecords("power"));

describe("tests that need only the paths (joint significance, Sobel, product), one thread", () => {
  const COUNT = 20_000;
  const secondsAt = (n: number) => {
    const condition = conditionWith(n, ["jointSignificance", "sobel", "productDistribution"], { a: 0.14, b: 0.14 });
    const simulate = createBlockSimulator(condition, seed);
    let first = 0;
    return timeOf(() => {
      simulate({ conditionIndex: 0, firstReplication: first, count: COUNT });
      first += COUNT;
    }, 15).median;
  };

  it("≤ 1 µs a replication, coverage included; N = 1,000,000 no dearer than N = 100", () => {
    const small = secondsAt(100);
    const medium = secondsAt(311);
    const large = secondsAt(1_000_000);
    record("ols-tests-n100", (small / COUNT) * 1e6, "µs a replication", "≤ 1");
    record("ols-tests-n311", (medium / COUNT) * 1e6, "µs a replication", "≤ 1");
    record("ols-tests-n1000000", (large / COUNT) * 1e6, "µs a replication", "≤ 1");
    expect(large / small).toBeLessThan(1.25);
  });
});

describe("curtailment of the percentile bootstrap, B = 5,000", () => {
  it("saves at least 30 % of the resamples at power .5", () => {
    // At a = b = .14 the power is about .50 at N = 336.
    const condition = conditionWith(
      336,
      ["percentileBootstrap"],
      { a: 0.14, b: 0.14 },
      { bootstrap: { resamples: 5000, curtail: true } },
    );
    const rows = createBlockSimulator(condition, seed)({ conditionIndex: 0, firstReplication: 0, count: 1000 });
    const power = rows.decisions[0].reduce((sum, said) => sum + (said & 1), 0) / 1000;
    const share = rows.resamples.reduce((sum, drawn) => sum + drawn, 0) / (1000 * 5000);
    record("curtailment-power", power, "power");
    record("curtailment-saves", 100 * (1 - share), "% of resamples", "≥ 30");
    expect(share).toBeLessThan(0.7);
  });
});

describe.skipIf(cpus().length < 2)("two workers", () => {
  it("≥ 1.8 times one worker", { timeout: 300_000 }, async () => {
    const condition = conditionWith(
      311,
      ["percentileBootstrap"],
      { a: 0.14, b: 0.14 },
      { bootstrap: { resamples: 2000, curtail: false } },
    );
    const conditions: Condition[] = [condition];
    const run = async (nWorkers: number) => {
      const worker = new URL("../../dist/models/powerWorker.js", import.meta.url);
      const runner = inWorkers<RowBlock>(worker, { conditions, seed }, nWorkers);
      await replicate(blocksOf(40, [10]), runner, () => {});
      const start = performance.now();
      await replicate(blocksOf(1600, [20]), runner, () => {});
      const seconds = (performance.now() - start) / 1000;
      await runner.close();
      return seconds;
    };
    const ratios: number[] = [];
    for (let round = 0; round < 5; round++) ratios.push((await run(1)) / (await run(2)));
    const ratio = ratios.sort((a, b) => a - b)[2];
    record("two-workers", ratio, "× one worker", "≥ 1.8");
    expect(ratio).toBeGreaterThanOrEqual(1.8);
  });
});

describe("memory", () => {
  it("is flat in the number of replications", async () => {
    const condition = conditionWith(200, ["jointSignificance", "sobel"]);
    const simulate = createBlockSimulator(condition, seed);
    const heapAfter = async (replications: number) => {
      const runner = { run: simulate, width: 1, close: async () => {} };
      await replicate(blocksOf(replications, [20_000]), runner, () => {});
      global.gc?.();
      return process.memoryUsage().rss / 2 ** 20;
    };
    await heapAfter(400_000);
    const before = await heapAfter(400_000);
    const after = await heapAfter(8_000_000);
    record("memory-growth", after - before, "MiB from 400,000 to 8,000,000 replications");
    expect(after - before).toBeLessThan(64);
  });
});
