// What does a client-week of the service model cost, with everything switched on?
import { afterAll, describe, expect, it } from "vitest";
import { serviceParameters } from "../../dist/models/service/parameters.js";
import { simulateService } from "../../dist/models/service/simulateService.js";
import { keyOf } from "../../dist/sim/random/address.js";
import { record, saveRecords, timeOf } from "./measure.ts";

afterAll(() => saveRecords("service"));

/** All switches of the registry on, those that are off by default included. */
const everything = {
  referrals: { givingUp: { on: true }, cohort: { on: true } },
};

describe("client-weeks a second, one thread, weekly steps, the drawing of the world included", () => {
  for (const count of [14, 100])
    it(`${count} teams over three years`, () => {
      const parameters = serviceParameters({ teams: { count }, ...everything });
      let replication = 0;
      let clientWeeks = 0;
      const timing = timeOf(
        () => {
          clientWeeks = simulateService(parameters, keyOf("bench", replication++)).clientSteps;
        },
        count === 14 ? 40 : 12,
      );
      record(`service-${count}-teams`, clientWeeks / timing.median / 1e6, "million client-weeks a second", "≥ 3");
      record(`service-${count}-teams-best-quarter`, clientWeeks / timing.lower / 1e6, "million client-weeks a second");
    });
});

describe("memory", () => {
  it("100,000 clients over five years fit in 1 GB", () => {
    const parameters = serviceParameters({ time: { weeks: 260 }, teams: { count: 415 } });
    const { clients } = simulateService(parameters, keyOf("memory", 0));
    // The peak of the whole process, the bench itself included.
    const mebibytes = process.resourceUsage().maxRSS / 1024;
    record("service-clients", clients.n, "clients");
    record("service-memory", mebibytes, "MiB", "≤ 1024");
    expect(clients.n).toBeGreaterThan(100_000);
    expect(mebibytes).toBeLessThan(1024);
  });
});

describe("common random numbers", () => {
  it("a small training effect needs ≥ 10 times fewer replications than independent seeds", () => {
    const R = 100;
    const base = serviceParameters();
    const trained = serviceParameters({ fidelity: { asymptote: 34 } });
    const kpi = (parameters: typeof base, seed: string, replication: number) => {
      const { weeks, nWeeks, nTeams } = simulateService(parameters, keyOf(seed, replication));
      let sum = 0;
      for (let team = 0; team < nTeams; team++) sum += weeks.alliance[(nWeeks - 1) * nTeams + team];
      return sum / nTeams;
    };
    const variance = (values: number[]) => {
      const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
      return values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1);
    };
    const before = Array.from({ length: R }, (_, r) => kpi(base, "crn", r));
    const paired = variance(before.map((value, r) => kpi(trained, "crn", r) - value));
    const unpaired = variance(before.map((value, r) => kpi(trained, "other", r) - value));
    record("service-common-random-numbers", unpaired / paired, "times fewer replications", "≥ 10");
    expect(unpaired / paired).toBeGreaterThan(10);
  });
});
