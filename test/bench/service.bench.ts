// What does a client-week of the service model cost, with everything switched on?
import { execFileSync } from "node:child_process";
import { afterAll, describe, expect, it } from "vitest";
import { serviceParameters } from "../../dist/models/service/parameters.js";
import { simulateService } from "../../dist/models/service/simulateService.js";
import { normalQuantile } from "../../dist/sim/numerics/normalQuantile.js";
import { keyOf, uniformInStream } from "../../dist/sim/random/address.js";
import { buildC, record, saveRecords, timeOf } from "./measure.ts";

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
      // The engine compiles the kernels and the hot functions in the background meanwhile.
      while (replication < 12) simulateService(parameters, keyOf("bench", replication++));
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

const program = buildC("service");
const ROUNDS = 7;

// C gets 256-bit vectors and fused multiply-adds where the processor has them, WebAssembly 128 bits and neither; and C's
// clients neither come nor go, nor have they teams.
describe.skipIf(program === null)("a client-week against a plain C program's, one thread", () => {
  it("14 teams over three years", () => {
    const parameters = serviceParameters({ teams: { count: 14 }, ...everything });
    const { weeks } = parameters.time;
    const nServed = Math.round(simulateService(parameters, keyOf("bench", 0)).clientSteps / weeks);
    // Alternate the two, so that a noisy moment meets both.
    const ratios: number[] = [];
    const inC: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const args = [nServed, weeks, 9].map(String);
      const [seconds, , sumOfNormals] = execFileSync(program as string, args, { encoding: "utf8" })
        .trim()
        .split(" ")
        .map(Number);
      let sum = 0;
      for (let who = 0; who < nServed; who++) sum += normalQuantile(uniformInStream([1, 2], who, 0));
      expect(sumOfNormals).toBeCloseTo(sum, 9);
      let clientWeeks = 0;
      const timing = timeOf(() => {
        clientWeeks = simulateService(parameters, keyOf("bench", round)).clientSteps;
      }, 9);
      inC.push((seconds / (nServed * weeks)) * 1e9);
      ratios.push(timing.median / clientWeeks / (seconds / (nServed * weeks)));
    }
    const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
    record("service-client-week-in-c", middle(inC), "ns");
    record("service-client-week-to-c", middle(ratios), "× C", "≤ 2.5");
    expect(middle(ratios)).toBeLessThanOrEqual(2.5);
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
