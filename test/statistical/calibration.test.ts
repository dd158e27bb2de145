// Do the bundled services still show what was published? Twin: the same with one effect taken away.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { calibrationBlock } from "../../models/calibration/calibrationBlock.ts";
import {
  type CalibrationSummary,
  type PatternResult,
  summariseCalibration,
} from "../../models/calibration/summarise.ts";
import type { ServiceScenario } from "../../models/scenario/types.ts";
import { type ServiceChanges, serviceParameters } from "../../models/service/parameters.ts";
import { seedKeyOf } from "../../sim/random/address.ts";
import { anyScenarioOf } from "../scenario/parse.ts";
import { LIMIT, seedFor } from "./expectStatistics.ts";

const REPLICATES = 60;

async function summaryOf(name: string, changes: ServiceChanges = {}, count = REPLICATES): Promise<CalibrationSummary> {
  const read = (file: string) =>
    readFileSync(join(import.meta.dirname, "..", "..", "scenarios", `${file}.yaml`), "utf8");
  const scenario = await anyScenarioOf(read(name), {
    fileName: `${name}.yaml`,
    findBase: async (base) => ({ text: read(base), fileName: `${base}.yaml` }),
  });
  const { service, study, seed } = scenario as ServiceScenario;
  const candidate = { service: serviceParameters(changes, service), study };
  const block = { conditionIndex: 0, firstReplication: 0, count };
  return summariseCalibration(calibrationBlock(candidate, seedKeyOf(seedFor(seed)), block));
}

/** Patterns whose simulated value lies further outside its limits than Monte-Carlo error explains. */
function surelyOutside(patterns: readonly PatternResult[]): string[] {
  return patterns
    .filter(
      ({ simulated, mcse, tolerance: [low, high] }) =>
        simulated < low - LIMIT * mcse || simulated > high + LIMIT * mcse,
    )
    .map(({ name }) => name);
}

const published = summaryOf("roebuck-2021");

describe("roebuck-2021", { timeout: 300_000 }, () => {
  it("shows every published number, less the one that another published number contradicts", async () => {
    const { targets, heldOut, nFailed } = await published;
    expect(nFailed).toBeLessThan(3);
    expect(targets.length + heldOut.length).toBeGreaterThan(100);
    expect(surelyOutside(targets)).toEqual(["rSquared.qoli9"]);
    expect(surelyOutside(heldOut)).toEqual([]);
  });

  it("without an effect of fidelity does not", async () => {
    const { targets } = await summaryOf("roebuck-2021", { effects: { fidelityOnAlliance: 0 } });
    expect(surelyOutside(targets)).toEqual(expect.arrayContaining(["a.4_5", "a.13_5"]));
  });

  it("with a large direct effect of fidelity does not hide the total effect", async () => {
    const { heldOut } = await summaryOf("roebuck-2021", { outcomes: { qoli: { fidelityDirect: 3 } } }, 12);
    expect(surelyOutside(heldOut)).toEqual(
      expect.arrayContaining(["totalMixedRejects.qoli9", "totalMixedRejects.qoli18"]),
    );
  });
});

describe("roebuck-2021-shrunken", { timeout: 300_000 }, () => {
  it("has smaller effects, and the published means, spreads and correlations", async () => {
    const { targets } = await summaryOf("roebuck-2021-shrunken");
    const inTable2 = targets.filter(({ name }) => /^(mean|sd|r)\./.test(name));
    expect(inTable2.length).toBeGreaterThan(35);
    expect(surelyOutside(inTable2)).toEqual([]);
    for (const effect of ["a.4_5", "a.13_5", "b.qoli9", "b.mcas9", "b.pgi18", "b.ths18", "b.qoli18"]) {
      const valueIn = (patterns: readonly PatternResult[]) => patterns.find(({ name }) => name === effect)?.simulated;
      expect(valueIn(targets), effect).toBeLessThan(valueIn((await published).targets) ?? Number.NaN);
    }
  });
});
