import { describe, expect, it } from "vitest";
import { studyParameters } from "../../models/study/parameters.ts";
import { type Candidate, sampleClients } from "../../models/study/sampling.ts";
import { keyOf, normalAt } from "../../sim/random/address.ts";
import { expectWithin } from "../statistical/expectStatistics.ts";
import { covariance, mean } from "./fixture.ts";

const key = keyOf("sampling", 0);
/** 200 teams of 100 clients; alliance 70, SD 14. */
const candidates: Candidate[] = Array.from({ length: 20_000 }, (_, who) => ({
  row: who,
  identity: who,
  team: Math.floor(who / 100),
  alliance: 70 + 14 * normalAt(keyOf("alliance", 0), who, 1, 0),
}));
const scheme = (name: "all" | "random" | "managerSelected", perTeam = 2, managerBias = 1.2) =>
  studyParameters({ clientsPerTeam: perTeam, sampling: { scheme: name, managerBias } });
const allianceOf = (sample: readonly Candidate[]) => sample.map(({ alliance }) => alliance);

describe("sampling", () => {
  it("takes everyone, or so many per team", () => {
    expect(sampleClients(candidates, scheme("all"), key)).toHaveLength(20_000);
    const sample = sampleClients(candidates, scheme("random", 5), key);
    for (let team = 0; team < 200; team++) expect(sample.filter((client) => client.team === team)).toHaveLength(5);
    expect(sampleClients(candidates.slice(0, 3), scheme("random", 5), key)).toHaveLength(3);
  });

  it("at random is unbiased", () => {
    const sample = allianceOf(sampleClients(candidates, scheme("random", 10), key));
    expectWithin(mean(sample), { truth: 70, mcse: 14 / Math.sqrt(sample.length) });
  });

  it("by case managers is about one SD higher, and the random sample at bias 0", () => {
    const chosen = allianceOf(sampleClients(candidates, scheme("managerSelected"), key));
    const shift = (mean(chosen) - 70) / 14;
    const mcse = Math.sqrt(covariance(chosen, chosen) / chosen.length) / 14;
    // Exponential tilting moves the mean by 1.2; two of a finite team of 100 by a little less.
    expect(shift).toBeGreaterThan(1 - 4.9 * mcse);
    expect(shift).toBeLessThan(1.2 + 4.9 * mcse);
    expect(sampleClients(candidates, scheme("managerSelected", 2, 0), key)).toEqual(
      sampleClients(candidates, scheme("random", 2), key),
    );
  });

  it("does not depend on the order of clients, and a further client displaces at most one", () => {
    const sample = sampleClients(candidates, scheme("managerSelected"), key);
    expect(sampleClients([...candidates].reverse(), scheme("managerSelected"), key)).toEqual(sample);
    const more = sampleClients(
      [...candidates, { row: 1e6, identity: 1e6, team: 0, alliance: 95 }],
      scheme("managerSelected"),
      key,
    );
    expect(sample.filter((client) => !more.includes(client)).length).toBeLessThanOrEqual(1);
  });
});
