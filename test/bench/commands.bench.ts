// How long does a person wait for the whole process?
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { record, saveRecords, timeOfProcess } from "./measure.ts";

const MAIN = join(import.meta.dirname, "..", "..", "dist", "bin", "main.js");
const caseload = (...args: string[]) => timeOfProcess(process.execPath, [MAIN, ...args], 9).median;

afterAll(() => saveRecords("commands"));

describe("whole processes, beside an empty Node process", () => {
  it("caseload --help < 0.3 s; sample-size on the exact engine < 0.5 s", () => {
    const empty = timeOfProcess(process.execPath, ["-e", "0"], 9).median;
    const help = caseload("--help");
    const sampleSize = caseload(
      "sample-size",
      "teaching-simple",
      "--tests",
      "jointSignificance,sobel,productDistribution",
    );
    record("node-empty", empty, "s");
    record("help", help, "s", "< 0.3");
    record("sample-size-exact", sampleSize, "s", "< 0.5");
    expect(help).toBeLessThan(0.3 * Math.max(1, empty / 0.04));
    expect(sampleSize).toBeLessThan(0.5 * Math.max(1, empty / 0.04));
  });
});
