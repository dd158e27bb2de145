import { describe, expect, it } from "vitest";
import { calibrationBlock, hasFailed, STATISTICS } from "../../models/calibration/calibrationBlock.ts";
import { simulateReplicate } from "../../models/calibration/replicateStudy.ts";
import { serviceParameters } from "../../models/service/parameters.ts";
import { columnNamed } from "../../models/study/columns.ts";
import { simulateStudy } from "../../models/study/observe.ts";
import { studyParameters } from "../../models/study/parameters.ts";
import { keyOf, seedKeyOf } from "../../sim/random/address.ts";

const SERVICE = serviceParameters({
  time: { weeks: 192 },
  teams: { perAgency: [2, 2], count: 4, seats: 3 },
  referrals: { perWeek: 0.4, initialCaseload: 0.6 },
});
const STUDY = studyParameters({ clientsPerTeam: 15, sampling: { from: "everyone", scheme: "random" } });
const CANDIDATE = { service: SERVICE, study: STUDY };
const SEED = seedKeyOf("calibration");

describe("calibrationBlock", () => {
  it("gives a finite row per replicate, whatever the block that it is in", () => {
    const together = calibrationBlock(CANDIDATE, SEED, { firstReplication: 0, count: 3 });
    expect(together).toHaveLength(3);
    for (const row of together) for (const [i, value] of row.entries()) expect(value, STATISTICS[i]).not.toBeNaN();
    expect(calibrationBlock(CANDIDATE, SEED, { firstReplication: 2, count: 1 })).toEqual([together[2]]);
    expect(together[0]).not.toEqual(together[1]);
  });

  it("gives a row of NaN for a study that found too few clients", () => {
    const greedy = { service: SERVICE, study: studyParameters({ clientsPerTeam: 60 }, STUDY) };
    const rows = calibrationBlock(greedy, SEED, { firstReplication: 4, count: 1 });
    expect(rows[0].every(Number.isNaN)).toBe(true);
    expect(hasFailed(rows[0])).toBe(true);
  });
});

describe("simulateReplicate", () => {
  const key = keyOf(SEED, 0);
  const { complete, withNonresponse, selected } = simulateReplicate(SERVICE, STUDY, key);
  const plain = simulateStudy(SERVICE, STUDY, key).observed;

  it("sees with nonresponse what the plain study sees, although more interviews are recorded", () => {
    for (const { name, values } of plain.wide)
      expect(columnNamed(withNonresponse.wide, name).values, name).toEqual(values);
  });

  it("sees the same values before nonresponse, and all of them", () => {
    let missing = 0;
    for (const { name, values } of plain.wide) {
      const before = columnNamed(complete.wide, name).values;
      for (const [i, value] of values.entries())
        if (Number.isNaN(value)) missing++;
        else expect(before[i], name).toBe(value);
    }
    expect(missing).toBeGreaterThan(0);
    for (const name of ["rprs4_5", "rprs13_5", "qoli18", "mcas0", "fid13_5", "rprs2", "rprs14"])
      expect(columnNamed(complete.wide, name).values.some(Number.isNaN), name).toBe(false);
  });

  it("lets case managers choose 20 clients in all", () => {
    expect(selected.nClients).toBe(20);
  });
});
