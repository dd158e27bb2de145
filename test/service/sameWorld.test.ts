// Same world? Who is who, and who has which luck, depends on nothing that a scenario changes.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clientIdentity } from "../../models/service/identity.ts";
import type { ServiceHistory } from "../../models/service/history.ts";
import { parameterEntries, type ServiceChanges, serviceParameters } from "../../models/service/parameters.ts";
import { DECISIONS_AT_START } from "../../models/service/decisions.ts";
import { SCHEDULE } from "../../models/service/schedule.ts";
import { simulateService } from "../../models/service/simulateService.ts";
import { serviceProblems } from "../../models/service/serviceProblems.ts";
import { WHAT } from "../../models/what.ts";
import { keyOf } from "../../sim/random/address.ts";
import { anyService, bitsOf, changeAt, differences, smallService } from "./fixture.ts";

const key = keyOf("same world", 0);
const base = smallService();
const history = simulateService(base, key);

/** All that is known of the clients of some teams, by identity. */
function livesIn({ clients }: ServiceHistory, nTeams: number): Map<number, string> {
  const columns = Object.values(clients).flat();
  const lives = new Map<number, string>();
  for (let row = 0; row < clients.n; row++)
    if (clients.team[row] < nTeams)
      lives.set(
        clients.identity[row],
        columns.map((column) => (typeof column === "number" ? "" : String((column as Float64Array)[row]))).join(" "),
      );
  return lives;
}

/** The weekly series of the first teams. */
function seriesOf({ weeks, nWeeks, nTeams }: ServiceHistory, nFirst: number): number[][] {
  const series = [weeks.inService, weeks.waiting, weeks.fidelity, weeks.alliance, ...weeks.outcome, weeks.meanCaseload];
  return series.map((values) =>
    Array.from({ length: nWeeks * nFirst }, (_, i) => values[Math.floor(i / nFirst) * nTeams + (i % nFirst)]),
  );
}

describe("common random numbers", () => {
  it("the same parameters and key give the same bits; another key does not", () => {
    expect(differences(history, simulateService(smallService(), key))).toEqual([]);
    expect(differences(history, simulateService(base, keyOf("same world", 1)))).toContain("weeks.alliance");
  });

  it("an observer changes nothing, whatever it looks at and draws on the side", () => {
    const seen: number[] = [];
    const watched = simulateService(base, key, {
      atStart: (world) => seen.push(bitsOf(world.clients).size),
      afterProcess: (_, world) => seen.push(world.clients.alliance[0]),
      afterStep: (world, step) => {
        simulateService(smallService({ time: { weeks: 1 } }), key);
        seen.push(world.served.n + step.day);
      },
    });
    expect(seen.length).toBeGreaterThan(100);
    expect(differences(history, watched)).toEqual([]);
  });

  it("an added team changes nobody elsewhere", () => {
    const more = simulateService(smallService({ teams: { count: 5 } }), key);
    expect(livesIn(more, 4)).toEqual(livesIn(history, 4));
    expect(seriesOf(more, 4)).toEqual(seriesOf(history, 4));
  });

  it("an added client who is not admitted changes nobody else", () => {
    const full = { referrals: { perWeek: 0.5, initialCaseload: 1, cohort: { start: 75, window: 1 } } };
    const without = simulateService(smallService(full), key);
    const added = simulateService(
      smallService({ ...full, referrals: { ...full.referrals, cohort: { start: 75, window: 1, perTeam: 6 } } }),
      key,
    );
    const others = livesIn(added, 4);
    let nAdded = 0;
    for (let team = 0; team < 4; team++) {
      const row = added.clients.identity.indexOf(clientIdentity(team, 16, 5));
      expect(added.clients.dyads[row]).toBe(0);
      if (others.delete(added.clients.identity[row])) nAdded++;
    }
    expect(nAdded).toBe(4);
    expect(others).toEqual(livesIn(without, 4));
  });

  it("more referrals are the same referrals and some more", () => {
    const more = simulateService(smallService({ referrals: { perWeek: 0.8 } }), key);
    const identities = new Set(more.clients.identity);
    expect([...history.clients.identity].every((who) => identities.has(who))).toBe(true);
    expect(identities.size).toBeGreaterThan(history.clients.n);
  });

  it("a longer play begins with the same weeks", () => {
    const longer = simulateService(smallService({ time: { weeks: 100 } }), key);
    const n = history.nWeeks * history.nTeams;
    expect([...longer.weeks.alliance.subarray(0, n)]).toEqual([...history.weeks.alliance]);
  });

  it("an intervention shows in those it reaches, on the same luck: fitter staff, same people", () => {
    const better = simulateService(smallService({ effects: { fidelityOnAlliance: 1.5 } }), key);
    expect([...better.clients.age]).toEqual([...history.clients.age]);
    expect([...better.clients.need]).toEqual([...history.clients.need]);
    expect([...better.weeks.flows.managersLeft.slice(0, 40)]).toEqual([
      ...history.weeks.flows.managersLeft.slice(0, 40),
    ]);
    expect(differences(history, better)).toContain("weeks.alliance");
  });
});

describe("off equals absent, bit for bit", () => {
  const switches = parameterEntries().filter(({ parameter }) => parameter.kind === "switch");

  for (const { path } of switches.filter(({ path }) => path.endsWith(".on"))) {
    const section = path.slice(0, -".on".length);
    const off = changeAt(path, false);
    // Parameters of the mechanism itself, not of others that only stand under the same heading.
    const own = parameterEntries().filter(
      ({ path: other, parameter }) => other.startsWith(`${section}.`) && other !== path && parameter.kind !== "switch",
    );
    if (section === "fidelity" || section === "contacts" || own.length === 0) continue;
    it(`${section}: its parameters change nothing while it is off, and something while it is on`, () => {
      // Where being off hides behind another switch, that one is on in the small service.
      let wild: ServiceChanges = off;
      for (const { path: other, parameter } of own) {
        if (parameter.kind !== "number" && parameter.kind !== "count") continue;
        const value = Math.min(parameter.most, Math.max(parameter.least, parameter.value * 0.6));
        wild = merge(wild, changeAt(other, parameter.kind === "count" ? Math.round(value) : value));
      }
      const plain = simulateService(smallService(off), key);
      expect(differences(plain, simulateService(smallService(wild), key))).toEqual([]);
      const on = serviceParameters(changeAt(path, true), smallService());
      expect(differences(plain, simulateService(on, key)).length).toBeGreaterThan(0);
    });
  }

  const zeros: [section: string, zero: ServiceChanges][] = [
    ["referrals.givingUp", { referrals: { givingUp: { perYear: 0 } } }],
    ["referrals.cohort", { referrals: { cohort: { perTeam: 0 } } }],
    ["staffing.turnover", { staffing: { turnover: { perYear: 0 } } }],
    ["staffing.turnover.overload", { staffing: { turnover: { overload: { effect: 0 } } } }],
    ["staffing.turnover.monitoring", { staffing: { turnover: { monitoring: { hazardRatio: 1 } } } }],
    ["contacts.neverEngages", { contacts: { neverEngages: { share: 0, substanceUse: 0 } } }],
    ["contacts.attendance", { contacts: { attendance: { mean: 1 } } }],
    ["fidelity.drift", { fidelity: { drift: { perYear: 0 } } }],
    ["fidelity.turnoverLoss", { fidelity: { turnoverLoss: { points: 0 } } }],
    ["fidelity.abandonment", { fidelity: { abandonment: { perYear: 0 } } }],
    ["alliance.skill", { alliance: { skill: { sd: 0 } } }],
    ["alliance.dyadFit", { alliance: { dyadFit: { sd: 0 } } }],
    ["selfWorth", { selfWorth: { share: 0 } }],
    ["events.hospital", { events: { hospital: { perYear: 0 } } }],
    ["events.leaving", { events: { leaving: { perYear: 0 } } }],
    ["events.graduation", { events: { graduation: { perYear: 0 } } }],
  ];
  for (const [section, zero] of zeros)
    it(`${section}: on at zero is off`, () => {
      const off = simulateService(smallService(changeAt(`${section}.on`, false)), key);
      const atZero = simulateService(smallService(zero), key);
      // States that only the mechanism itself reads may differ: nobody else can see them.
      const hidden = ["clients.selfWorth", "managers.overloadMemory", "clients.setback"];
      expect(differences(off, atZero).filter((name) => !hidden.includes(name))).toEqual([]);
    });

  it("contacts off: hours and paperwork change nothing", () => {
    const hours = {
      hoursPerWeek: 1,
      directShare: 0.1,
      hoursPerContact: 5,
      travelHours: 3,
      crisisHours: 9,
      paperworkShare: 0.9,
    };
    const off = simulateService(smallService({ contacts: { on: false } }), key);
    expect(differences(off, simulateService(smallService({ contacts: { on: false, ...hours } }), key))).toEqual([]);
    expect(differences(off, history)).toContain("weeks.alliance");
  });

  it("fidelity off: what would move it changes nothing", () => {
    const movers = { rise: 1, training: { months: 1 }, drift: { perYear: 9 }, turnoverLoss: { points: 30 } };
    const off = simulateService(smallService({ fidelity: { on: false } }), key);
    const moved = simulateService(
      smallService({ fidelity: { on: false, ...movers, abandonment: { perYear: 9 } } }),
      key,
    );
    expect(differences(off, moved)).toEqual([]);
    expect(differences(off, history)).toContain("weeks.alliance");
  });

  it("feedback off is every feedback at 0", () => {
    const none = { feedback: 0 };
    const zero = simulateService(smallService({ outcomes: { qoli: none, pgi: none, ths: none, mcas: none } }), key);
    expect(differences(simulateService(smallService({ alliance: { feedback: 0 } }), key), zero)).toEqual([]);
  });
});

describe("the schedule", () => {
  const decisions = [...DECISIONS_AT_START, ...SCHEDULE.flatMap((process) => process.decisions)];

  it("names every stream of the service once, and no stream that does not exist", () => {
    const streams = decisions.map(({ stream }) => stream);
    expect(new Set(streams).size).toBe(streams.length);
    const ofService = Object.entries(WHAT)
      .filter(([, number]) => number >= WHAT.referralCount && number <= WHAT.graduation)
      .map(([name]) => name);
    expect(new Set<string>(streams)).toEqual(new Set(ofService));
  });

  it("is the order of the model", () => {
    expect(SCHEDULE.map(({ process }) => process)).toEqual([
      "referrals",
      "staffing",
      "contacts",
      "fidelity",
      "alliance",
      "goals",
      "outcomes",
      "events",
    ]);
  });
});

describe("identities", () => {
  it("are unique over teams, periods and slots", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.nat(4095), fc.integer({ min: 32, max: 4095 }), fc.nat(255)), {
          minLength: 2,
          maxLength: 50,
          selector: (place) => place.join(),
        }),
        (places) => {
          expect(new Set(places.map((place) => clientIdentity(...place))).size).toBe(places.length);
        },
      ),
    );
    expect(() => clientIdentity(0, 40, 256)).toThrow(/no identity/);
    expect(clientIdentity(0, 0, 4095)).toBe(4095);
    expect(() => clientIdentity(0, 0, 4096)).toThrow(/no identity/);
  });
});

describe("random services", () => {
  it("repeat bit for bit, and finish with finite numbers", () => {
    fc.assert(
      fc.property(anyService, fc.nat(1000), (parameters, replication) => {
        expect(serviceProblems(parameters)).toEqual([]);
        const one = simulateService(parameters, keyOf("random", replication));
        expect(differences(one, simulateService(parameters, keyOf("random", replication)))).toEqual([]);
        expect(one.clients.alliance.every(Number.isFinite)).toBe(true);
        expect(one.weeks.fidelity.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 50, seed: 20260102 },
    );
  });
});

function merge(one: ServiceChanges, other: ServiceChanges): ServiceChanges {
  const result: Record<string, unknown> = { ...one };
  for (const [name, value] of Object.entries(other))
    result[name] =
      typeof value === "object" ? merge((result[name] ?? {}) as ServiceChanges, value as ServiceChanges) : value;
  return result;
}
