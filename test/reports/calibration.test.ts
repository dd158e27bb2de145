import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { STATISTICS } from "../../models/calibration/calibrationBlock.ts";
import { HELD_OUT } from "../../models/calibration/heldOut.ts";
import { summariseCalibration } from "../../models/calibration/summarise.ts";
import { TARGETS } from "../../models/calibration/targets.ts";
import type { CalibrationRun, FittedParameters } from "../../reports/calibrationRun.ts";
import { calibrationTable, fittedTable } from "../../reports/calibrationTable.ts";
import { calibrationCharts } from "../../reports/charts/calibration.ts";
import { escapeMarkup, renderSvg } from "../../reports/render.ts";
import { fittedYaml, writeCalibration } from "../../reports/writeCalibration.ts";
import { textOutside, warningsOf } from "./chartChecks.ts";

/** Every statistic at its published value, or the middle of its band, but for a few. */
function runWith(differing: Readonly<Record<string, number>>): CalibrationRun {
  const values = new Map<string, number>();
  for (const { statistic, over, published, interval } of [...TARGETS, ...HELD_OUT])
    if (over === "mean") values.set(statistic, published ?? (interval[0] + interval[1]) / 2);
  for (const [name, value] of Object.entries(differing)) values.set(name, value);
  const rows = [-1, 1, -1, 1].map((sign) =>
    Float64Array.from(STATISTICS, (name) => values.get(name)! + sign * 0.001 * Math.abs(values.get(name)!)),
  );
  return { scenario: "roebuck-2021", seed: "seed", version: "1.0.0", ...summariseCalibration(rows) };
}

const RUN = runWith({ "mean.rprs4_5": 75.1234, "icc.qoli18": 0.3, "r.hospital": 0.06 });
const FIT: FittedParameters = {
  evaluations: 1234,
  settled: false,
  startSum: 66.6,
  sum: 12.345,
  parameters: [
    { path: "service.alliance.traitSd", low: 3, high: 11, start: 8, fitted: 6.5432198 },
    { path: "service.alliance.mean", low: 60, high: 80, start: 70, fitted: 80 },
    { path: "study.audits.visitErrorSd", low: 1, high: 3, start: 2.35, fitted: 2.5 },
  ],
};

describe("calibrationTable", () => {
  const text = calibrationTable(RUN);
  const line = (start: string) => text.split("\n").find((one) => one.startsWith(start))!;

  it("has a line per pattern, held-out ones apart", () => {
    for (const { label } of [...TARGETS, ...HELD_OUT]) expect(text).toContain(label);
    expect(text.indexOf("Held out, never fitted")).toBeGreaterThan(text.indexOf("Median audit at 36 months"));
    expect(text).toMatch(/^roebuck-2021: 4 replicate studies\n/);
  });

  it("prints published, tolerance, simulated, MCSE, z, within", () => {
    // SD of ∓.1 % of 75.1234 over four is .0867, over √4: .0434; (75.1234 − 71.9)/.0434 = 74.3.
    expect(line("Mean RPRS, 4.5 months").split(/ {2,}/)).toEqual([
      "Mean RPRS, 4.5 months (points)",
      "71.90",
      "69.90 to 73.90",
      "75.12",
      "0.043",
      "74.3",
      "NO",
    ]);
    expect(line("Mean RPRS, 13.5 months")).toMatch(/ yes$/);
    expect(line("ICC by team of QOLI-20, 18")).toMatch(/ – +0\.050 to 0\.120 +0\.300 .* – +NO$/);
  });

  it("counts what is within, and says of what is outside where it comes from and why", () => {
    const nA = TARGETS.filter(({ weight }) => weight === "A").length;
    expect(text).toContain(`A, to be matched: ${nA - 1} of ${nA} within`);
    expect(text).toContain("Held out, never fitted: 12 of 13 within");
    const notes = text.slice(text.indexOf("Outside:")).replaceAll(/\s+/g, " ");
    expect(notes).toContain("Mean RPRS, 4.5 months: Roebuck 2021, Table 2");
    expect(notes).toContain("this one is among those above .05");
    expect(notes).toContain("clients who have a case manager at 18 months");
  });

  it("says how many replicate studies failed", () => {
    expect(calibrationTable({ ...RUN, nFailed: 3 })).toMatch(/^roebuck-2021: 4 replicate studies; 3 of them could not/);
  });
});

describe("fittedTable and fittedYaml", () => {
  it("show start, fitted value and bounds, and what stopped at one", () => {
    const text = fittedTable(FIT);
    expect(text.replaceAll(/\s+/g, " ")).toContain(
      "Weighted misfit 66.6 at the start, 12.35 fitted, after 1,234 parameter sets: the evaluations ran out",
    );
    expect(text).toMatch(/service\.alliance\.traitSd +8 +6\.543 +3 to 11\n/);
    expect(text).toMatch(/service\.alliance\.mean +70 +80 +60 to 80 +at a bound/);
  });

  it("are sections of a scenario file", () => {
    expect(parse(fittedYaml(FIT))).toEqual({
      service: { alliance: { traitSd: 6.54322, mean: 80 } },
      study: { audits: { visitErrorSd: 2.5 } },
    });
  });
});

describe("calibrationCharts", () => {
  const [matched, others] = calibrationCharts(RUN);

  it("count what is within, and name what is outside for readers who cannot see it", () => {
    const nA = TARGETS.filter(({ weight }) => weight === "A").length;
    expect(matched.title).toBe(`${nA - 1} of ${nA} published patterns within tolerance`);
    expect(matched.description).toMatch(/Outside: Mean RPRS, 4\.5 months\.$/);
    expect(others.description).toContain("Outside: ICC by team of QOLI-20, 18 months; ");
    expect(others.description).toMatch(/RPRS at 13\.5 months with days in hospital by 18 months\.$/);
  });

  it("compile without a warning, and no text is cut off", async () => {
    for (const chart of [matched, others]) {
      expect(warningsOf(chart)).toEqual([]);
      const svg = await renderSvg(chart);
      expect(textOutside(svg)).toEqual([]);
      const shown = chart === matched ? TARGETS.filter(({ weight }) => weight === "A") : HELD_OUT;
      for (const { label } of shown) expect(svg.includes(escapeMarkup(label)), label).toBe(true);
    }
  });

  it("draw a value far outside at the edge, with another mark", () => {
    const text = JSON.stringify(calibrationCharts(runWith({ "mean.rprs4_5": 99 }))[0].spec);
    expect(text).toContain('{"label":"Mean RPRS, 4.5 months","at":3}');
  });
});

it("writeCalibration writes table, JSON, chart and fitted values", async () => {
  const directory = mkdtempSync(join(tmpdir(), "caseload-calibration-"));
  try {
    await writeCalibration(RUN, FIT, join(directory, "new"));
    const files = readdirSync(join(directory, "new"), { recursive: true, encoding: "utf8" });
    expect(files.sort()).toEqual([
      "calibration.json",
      "calibration.txt",
      "charts",
      "charts/calibration-bands.png",
      "charts/calibration-bands.svg",
      "charts/calibration.png",
      "charts/calibration.svg",
      "fitted.yaml",
    ]);
    const read = JSON.parse(readFileSync(join(directory, "new", "calibration.json"), "utf8"));
    expect(read).toEqual(JSON.parse(JSON.stringify({ ...RUN, fit: FIT })));
    expect(Object.keys(read.targets[0])).toEqual(
      expect.arrayContaining(["name", "published", "tolerance", "simulated", "mcse", "z", "weight", "within"]),
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
