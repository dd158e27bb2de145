import { describe, expect, it } from "vitest";
import { calibrate, type CalibrationRun, fitCalibration } from "../../models/calibration/calibrate.ts";
import { calibrationBlock, STATISTICS, type StatisticRows } from "../../models/calibration/calibrationBlock.ts";
import { DEFAULT_FIT } from "../../models/calibration/fit.ts";
import type { CandidateBlock } from "../../models/calibration/worker.ts";
import { serviceParameters } from "../../models/service/parameters.ts";
import { studyParameters } from "../../models/study/parameters.ts";
import { type BlockRunner, inThisThread } from "../../sim/montecarlo/replicate.ts";
import { seedKeyOf } from "../../sim/random/address.ts";

const START = {
  service: serviceParameters({ time: { weeks: 192 } }),
  study: studyParameters({ sampling: { from: "everyone" } }),
};
const FREE = [
  { path: "service.outcomes.qoli.entry", low: 70, high: 95 },
  { path: "study.missing.share", low: 0, high: 0.4 },
];

/** A world that needs no simulation: statistics that follow parameters directly, and a little noise by replication. */
function simpleRows({ candidate, firstReplication, count }: CandidateBlock): StatisticRows {
  return Array.from({ length: count }, (_, i) => {
    const noise = ((firstReplication + i) % 5) / 10 - 0.2;
    const found: Record<string, number> = {
      "mean.qoli0": candidate.service.outcomes.qoli.entry + noise,
      missing: candidate.study.missing.share * 0.9 + noise / 100,
    };
    return Float64Array.from(STATISTICS, (name) => found[name] ?? 1);
  });
}

function runOf(runner: BlockRunner<StatisticRows>, counts: number[] = []): CalibrationRun {
  return { runner, onReplicates: (count) => counts.push(count), signal: new AbortController().signal };
}

const simple = () => inThisThread((block) => simpleRows(block as CandidateBlock));

describe("calibrate", () => {
  it("simulates every replicate once, in order, whatever the width of the runner", async () => {
    const counts: number[] = [];
    const narrow = await calibrate(START, 21, runOf(simple(), counts));
    expect(counts).toEqual([8, 8, 5]);
    // Later blocks answer first.
    const late: BlockRunner<StatisticRows> = {
      width: 3,
      close: async () => {},
      run: async (block) => {
        await new Promise((resolve) => setTimeout(resolve, 30 - block.firstReplication));
        return simpleRows(block as CandidateBlock);
      },
    };
    expect(await calibrate(START, 21, runOf(late))).toEqual(narrow);
  });

  it("agrees with the block function on a real service", async () => {
    const service = serviceParameters({
      time: { weeks: 192 },
      teams: { perAgency: [2, 2], count: 4, seats: 3 },
      referrals: { perWeek: 0.4, initialCaseload: 0.6 },
    });
    const study = studyParameters({ clientsPerTeam: 15, sampling: { from: "everyone", scheme: "random" } });
    const seed = seedKeyOf("calibrate");
    const runner = inThisThread((block) => calibrationBlock({ service, study }, seed, block));
    const summary = await calibrate({ service, study }, 3, runOf(runner));
    const rows = calibrationBlock({ service, study }, seed, { firstReplication: 0, count: 3 });
    const column = STATISTICS.indexOf("mean.rprs4_5");
    const mean = (rows[0][column] + rows[1][column] + rows[2][column]) / 3;
    expect(summary.targets.find(({ name }) => name === "mean.rprs4_5")!.simulated).toBeCloseTo(mean, 12);
  });
});

describe("fitCalibration", () => {
  it("finds the values that hit the targets: 82.9 at entry, .116 missing", async () => {
    const { candidate, start, settled } = await fitCalibration(START, FREE, 10, runOf(simple()), {
      ...DEFAULT_FIT,
      pull: 0,
    });
    expect(settled).toBe(true);
    expect(candidate.service.outcomes.qoli.entry).toBeCloseTo(82.9, 3);
    expect(candidate.study.missing.share).toBeCloseTo(0.116 / 0.9, 4);
    expect(start).toBe(START);
  });

  it("does not simulate what the model refuses, and walks around studies that fail", async () => {
    const seen: number[] = [];
    const runner = inThisThread<StatisticRows>((block) => {
      const { candidate, count } = block as CandidateBlock;
      const { entry } = candidate.service.outcomes.qoli;
      seen.push(candidate.service.outcomes.mcas.feedback);
      const rows = simpleRows(block as CandidateBlock);
      return entry > 90 ? Array.from({ length: count }, () => rows[0].map(() => Number.NaN)) : rows;
    });
    // Feedback of 80 makes a loop gain above 1.
    const free = [...FREE, { path: "service.outcomes.mcas.feedback", low: 0, high: 100 }];
    const base = { ...START, service: serviceParameters({ outcomes: { qoli: { entry: 89.9 } } }, START.service) };
    const { candidate } = await fitCalibration(base, free, 4, runOf(runner), { ...DEFAULT_FIT, pull: 0.001 });
    expect(candidate.service.outcomes.qoli.entry).toBeCloseTo(82.9, 0);
    expect(Math.max(...seen)).toBeLessThan(80);
  });
});
