import { describe, expect, it } from "vitest";
import { STATISTICS } from "../../models/calibration/calibrationBlock.ts";
import { HELD_OUT } from "../../models/calibration/heldOut.ts";
import { residualsOfRows } from "../../models/calibration/misfit.ts";
import { condense, summariseCalibration } from "../../models/calibration/summarise.ts";
import { TARGETS } from "../../models/calibration/targets.ts";

const target = (name: string) => TARGETS.find((one) => one.name === name)!;

/** Rows in which every statistic has the given value, or 0. */
function rowsOf(replicates: readonly Readonly<Record<string, number>>[]): Float64Array[] {
  return replicates.map((values) => Float64Array.from(STATISTICS, (name) => values[name] ?? 0));
}

describe("targets", () => {
  it("have names of their own, and what is published lies in its interval", () => {
    const names = [...TARGETS, ...HELD_OUT].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, published, interval, fitScale } of TARGETS) {
      expect(interval[0], name).toBeLessThan(interval[1]);
      expect(fitScale, name).toBeGreaterThan(0);
      if (published === null) continue;
      expect(published, name).toBeGreaterThanOrEqual(interval[0]);
      expect(published, name).toBeLessThanOrEqual(interval[1]);
    }
  });

  it("are those of Table 2 and of the text of Roebuck 2021", () => {
    expect(target("mean.fid13_5")).toMatchObject({
      published: 29.7,
      interval: [29.2, 30.2],
      weight: "A",
      fitScale: 0.5,
    });
    expect(target("sd.rprs4_5")).toMatchObject({ published: 17.8, interval: [16.8, 18.8], weight: "A" });
    expect(target("mean.pgi18")).toMatchObject({ published: 37, interval: [34.8, 39.2] });
    expect(target("sd.mcas9")).toMatchObject({ published: 6.1, interval: [5.4, 6.8] });
    expect(target("a.4_5")).toMatchObject({ published: 0.65, interval: [0.22, 1.09] });
    expect(target("b.pgi18")).toMatchObject({ published: 0.21, interval: [0.07, 0.34], fitScale: 0.27 / 8 });
    expect(target("r.rprs")).toMatchObject({ published: 0.48, interval: [0.4, 0.55], weight: "A" });
    expect(target("feedback.mcas").label).toBe("ΔR² by MCAS at 9 months of RPRS at 13.5");
    expect(target("icc.rprs13_5").label).toBe("ICC by team of RPRS, 13.5 months");
  });

  it("share no statistic with what is held out", () => {
    const fitted = TARGETS.map(({ statistic }) => statistic);
    for (const { statistic } of HELD_OUT) expect(fitted).not.toContain(statistic);
  });
});

describe("summariseCalibration", () => {
  const rows = rowsOf([
    { "mean.fid4_5": 27, "aStandardized.4_5": 0.1, "r.severity": 0.3 },
    { "mean.fid4_5": 28, "aStandardized.4_5": 0.2, "r.severity": 0.1 },
    { "mean.fid4_5": 29.6, "aStandardized.4_5": 0.3, "r.severity": 0.2 },
  ]);
  const summary = summariseCalibration(rows);

  it("gives mean, its standard error, z and whether it is within, by hand", () => {
    // Mean 28.2, variance (1.44 + .04 + 1.96)/2 = 1.72, so MCSE √(1.72/3).
    const mcse = Math.sqrt(1.72 / 3);
    const fidelity = summary.targets.find(({ name }) => name === "mean.fid4_5")!;
    expect(fidelity).toMatchObject({ published: 28.1, tolerance: [27.6, 28.6], weight: "A", within: true });
    expect(fidelity.simulated).toBeCloseTo(28.2, 12);
    expect(fidelity.mcse).toBeCloseTo(mcse, 12);
    expect(fidelity.z).toBeCloseTo(0.1 / mcse, 9);
  });

  it("gives the SD over replicates where that is the target, with SD/√(2(R − 1))", () => {
    const spread = summary.targets.find(({ name }) => name === "aSpread.4_5")!;
    expect(spread.simulated).toBeCloseTo(0.1, 12);
    expect(spread.mcse).toBeCloseTo(0.1 / 2, 12);
    expect(spread.z).toBeNull();
    expect(condense(rows, "aStandardized.4_5", "mean").value).toBeCloseTo(0.2, 12);
  });

  it("counts studies that failed, and leaves them out", () => {
    const failed = new Float64Array(STATISTICS.length).fill(Number.NaN);
    const withFailed = summariseCalibration([rows[0], failed, rows[1], rows[2]]);
    expect(withFailed).toEqual({ ...summary, replications: 4, nFailed: 1 });
    expect(residualsOfRows([rows[0], failed])[0]).toBeNaN();
  });

  it("lists what is held out apart", () => {
    expect(summary.replications).toBe(3);
    expect(summary.heldOut.map(({ name }) => name)).toEqual(HELD_OUT.map(({ name }) => name));
    expect(summary.heldOut.find(({ name }) => name === "r.severity")).toMatchObject({ within: false, published: 0 });
  });
});

describe("misfit", () => {
  const residual = (name: string, value: number) =>
    residualsOfRows(rowsOf([{ [name]: value }, { [name]: value }]))[TARGETS.findIndex((one) => one.name === name)];

  it("is the distance in tolerances, twice as much for A as for B", () => {
    expect(residual("mean.fid4_5", 28.6)).toBeCloseTo(2 * 1, 9);
    expect(residual("missing", 0.156)).toBeCloseTo(2, 9);
  });

  it("of limits only, is nothing well inside, and rises from .6 of the half width", () => {
    // .02 to .05: middle .035, half width .015.
    expect(residual("icc.qoli9", 0.042)).toBe(0);
    expect(residual("icc.qoli9", 0.05)).toBeCloseTo(0.4, 9);
    expect(residual("icc.qoli9", 0.005)).toBeCloseTo(-1.4, 9);
  });
});
