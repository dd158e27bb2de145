// Do the kernels of the service model have the bits of their plain TypeScript twins, process by process?
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createWorld } from "../../models/service/createWorld.ts";
import { createTeamWeeks, recordWeek } from "../../models/service/history.ts";
import { referenceMemory } from "../../models/service/kernels/reference.ts";
import { type ServiceMemory, withServiceMemory } from "../../models/service/kernels/wasmMemory.ts";
import { type ServiceParameters, serviceParameters } from "../../models/service/parameters.ts";
import { SCHEDULE } from "../../models/service/schedule.ts";
import { simulateService } from "../../models/service/simulateService.ts";
import { DAYS_PER_WEEK } from "../../models/service/time.ts";
import { keyOf } from "../../sim/random/address.ts";
import { anyService, bitsOf, differences, smallService } from "../service/fixture.ts";

/** Plays two worlds side by side, one in WebAssembly, one in plain arrays; fails at the first process that differs. */
function compareTwins(parameters: ServiceParameters, replication: number, nSteps: number): void {
  const key = keyOf("twins", replication);
  const { stepsPerWeek, weeks: nWeeks } = parameters.time;
  withServiceMemory((memory) => {
    const worlds = [memory, referenceMemory].map((place: ServiceMemory) => createWorld(parameters, key, place));
    const weeks = worlds.map((world) => createTeamWeeks(world, nWeeks));
    const days = DAYS_PER_WEEK / stepsPerWeek;
    const mustAgree = (moment: string) => {
      const [kernel, twin] = worlds.map(({ clients, managers, teams }) => bitsOf({ clients, managers, teams }));
      expect(
        [...kernel].filter(([name, bits]) => twin.get(name) !== bits).map(([name]) => name),
        moment,
      ).toEqual([]);
    };
    mustAgree("day 0");
    for (let index = 0; index < Math.min(nSteps, nWeeks * stepsPerWeek); index++) {
      for (const { process, run } of SCHEDULE) {
        for (const world of worlds) run(world, { index, day: index * days, days });
        mustAgree(`${process} of step ${index}`);
      }
      if ((index + 1) % stepsPerWeek !== 0) continue;
      for (const [i, world] of worlds.entries()) recordWeek(world, weeks[i], (index + 1) / stepsPerWeek - 1);
    }
    expect(bitsOf(weeks[0])).toEqual(bitsOf(weeks[1]));
  });
}

describe("the service kernels have the bits of their twins", () => {
  it("random services", () => {
    fc.assert(
      fc.property(anyService, fc.nat(1000), (parameters, replication) => compareTwins(parameters, replication, 20)),
      { numRuns: 60, seed: 20260103 },
    );
  });

  it("everything switched on, over batches of draws: 700 clients in service", () => {
    compareTwins(smallService({ teams: { count: 30 } }), 0, 30);
  });

  it("events that are not rare, a large effect of alliance on hospital", () => {
    const perYear = 20;
    const events = { hospital: { perYear, alliance: -2 }, housing: { lossPerYear: 30, gainPerYear: 60 } };
    compareTwins(smallService({ events, setbacks: { crisesPerYear: perYear } }), 1, 30);
  });
});

describe("worlds in one thread", () => {
  it("a history outlives the next world, in the same memory, and worlds within worlds", () => {
    const parameters = smallService();
    const first = simulateService(parameters, keyOf("lives", 0));
    const before = bitsOf(first);
    simulateService(smallService({ teams: { count: 9 } }), keyOf("lives", 1), {
      afterStep: (_, { index }) => {
        if (index === 5) simulateService(parameters, keyOf("lives", 2));
      },
    });
    expect(bitsOf(first)).toEqual(before);
    expect(differences(first, simulateService(parameters, keyOf("lives", 0)))).toEqual([]);
  });

  it("a world that cannot be drawn leaves nothing behind", () => {
    const crowded = serviceParameters({ referrals: { perWeek: 300 } });
    const parameters = smallService();
    const history = simulateService(parameters, keyOf("lives", 0));
    expect(() => simulateService(crowded, keyOf("lives", 0))).toThrow(/referrals in week/);
    expect(differences(history, simulateService(parameters, keyOf("lives", 0)))).toEqual([]);
  });
});
