// Same world? What must not change when something else does: interventions without effect, observers, more teams, order.
import { describe, expect, it } from "vitest";
import type { ServiceHistory } from "../../models/service/history.ts";
import { type ServiceChanges, serviceParameters } from "../../models/service/parameters.ts";
import { type ServiceObserver, simulateService } from "../../models/service/simulateService.ts";
import type { World } from "../../models/service/world.ts";
import { recordInterviews } from "../../models/study/interviews.ts";
import { type StudyChanges, studyParameters } from "../../models/study/parameters.ts";
import { keyOf } from "../../sim/random/address.ts";
import { bitsOf, differences, smallService } from "./fixture.ts";

const key = keyOf("invariances", 0);

function differing(one: Map<string, string>, other: Map<string, string>): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((name) => one.get(name) !== other.get(name));
}

describe("a null intervention", () => {
  /**
   * Fidelity touches clients in five ways. Four are cut here (abandoning the model ends its monitoring, which retains staff),
   * the fifth, past alliance to outcomes, is 0 by default.
   */
  const withoutEffect = {
    effects: { fidelityOnAlliance: 0 },
    goals: { planFidelity: 0 },
    setbacks: { softening: 0 },
    staffing: { turnover: { monitoring: { on: false } } },
  };
  const better = { asymptote: 38, rise: 6, start: 30, turnoverLoss: { points: 1 }, abandonment: { perYear: 0 } };

  it("changes no bit of any client or case manager: far better training, where fidelity has no effect", () => {
    const plain = simulateService(smallService(withoutEffect), key);
    const trained = simulateService(smallService({ ...withoutEffect, fidelity: better }), key);
    const changed = differences(plain, trained);
    expect(changed).toEqual(expect.arrayContaining(["weeks.fidelity", "managers.fidelity"]));
    const ofFidelity = ["weeks.fidelity", "weeks.domain", "weeks.abandoned", "managers.fidelity"];
    expect(changed.filter((name) => !ofFidelity.includes(name))).toEqual([]);
  });

  it.each([
    ["alliance set-point", { effects: { fidelityOnAlliance: 0.01 } }],
    ["goals", { goals: { planFidelity: 0.3 } }],
    ["setbacks", { setbacks: { softening: 0.5 } }],
    ["outcomes", { outcomes: { ths: { fidelityDirect: 0.01 } } }],
  ] as [string, ServiceChanges][])("shows as soon as fidelity has an effect on %s", (_, effect) => {
    const changes = { ...withoutEffect, ...effect };
    const plain = simulateService(smallService(changes), key);
    const trained = simulateService(smallService({ ...changes, fidelity: better }), key);
    expect(differences(plain, trained)).toContain("weeks.alliance");
  });

  it("changes nothing before it begins, and something after", () => {
    const parameters = { time: { weeks: 104 }, fidelity: { abandonment: { on: false } } };
    const seriesUntil = ({ weeks, nTeams }: ServiceHistory, week: number) =>
      [weeks.alliance, weeks.fidelity, ...weeks.outcome].map((series) => [...series.subarray(0, week * nTeams)]);
    const short = simulateService(smallService(parameters), key);
    const training = { ...parameters.fidelity, training: { months: 12 } };
    const stopped = simulateService(smallService({ ...parameters, fidelity: training }), key);
    expect(seriesUntil(stopped, 52)).toEqual(seriesUntil(short, 52));
    expect(seriesUntil(stopped, 54)).not.toEqual(seriesUntil(short, 54));
  });
});

/** Every array of the world at the end of each of some steps; what only serves a step is left out. */
function worldBits({ teams, managers, clients, roster, gain, served, queue, arrived }: World): Map<string, string> {
  const listed = {
    rows: served.rows.slice(0, served.n),
    first: served.first,
    identities: served.identities.slice(0, served.n),
  };
  const waiting = Array.from({ length: teams.n }, (_, team) =>
    queue.slice(roster.firstRow[team], roster.firstRow[team] + teams.nWaiting[team]),
  );
  return bitsOf({ teams, managers, clients, roster, gain, served: listed, waiting, arrived });
}

function watched(service: ReturnType<typeof smallService>, other?: ServiceObserver): Map<string, string>[] {
  const seen: Map<string, string>[] = [];
  simulateService(service, key, {
    atStart: (world) => {
      other?.atStart?.(world);
      seen.push(worldBits(world));
    },
    afterProcess: (process, world, step) => other?.afterProcess?.(process, world, step),
    afterStep: (world, step) => {
      other?.afterStep?.(world, step);
      if (step.index % 20 === 19) seen.push(worldBits(world));
    },
  });
  return seen;
}

describe("an observer", () => {
  const service = smallService({ time: { weeks: 120 } });
  const alone = watched(service);
  const interviews = (changes: StudyChanges) => recordInterviews(studyParameters(changes), key).observer;

  it.each([
    ["interviews", {}],
    ["another wave of interviews", { interviews: { months: [0, 2, 4.5, 9, 13.5, 18] } }],
    ["interviews of everyone", { sampling: { from: "everyone" } }],
  ] as [string, StudyChanges][])("changes no array of the world: %s", (_, changes) => {
    const seen = watched(service, interviews(changes));
    expect(seen).toHaveLength(alone.length);
    for (const [moment, bits] of seen.entries()) expect(differing(bits, alone[moment])).toEqual([]);
    expect(alone[0].size).toBeGreaterThan(80);
  });

  it("that touched one number of one client would be noticed", () => {
    const seen = watched(service, {
      afterStep: ({ clients, served }, { index }) => {
        if (index === 30) clients.alliance[served.rows[0]] += 1e-9;
      },
    });
    expect(differing(seen[1], alone[1])).toEqual([]);
    expect(differing(seen[2], alone[2])).toContain("clients.alliance");
  });
});

/** All that a history holds of its first teams. */
function ofFirstTeams({ weeks, clients, managers, origin, nWeeks, nTeams }: ServiceHistory, nFirst: number) {
  const nClients = clients.team.filter((team) => team < nFirst).length;
  const perTeam = (name: string, series: unknown): [string, unknown][] => {
    if (!ArrayBuffer.isView(series))
      return Object.entries(series as object).flatMap(([key, inner]) => perTeam(`${name}.${key}`, inner));
    const values = series as Float64Array;
    const width = values.length / (nWeeks * nTeams);
    return [[name, Array.from(values).filter((_, i) => Math.floor(i / width) % nTeams < nFirst)]];
  };
  const first = (values: unknown, n: number) => (values as Float64Array).subarray(0, n);
  return {
    weeks: new Map(perTeam("weeks", weeks)),
    clients: Object.entries(clients).map(([name, values]) => [
      name,
      typeof values === "number"
        ? nClients
        : name in { setPoint: 0, outcome: 0 }
          ? (values as Float64Array[]).map((column) => first(column, nClients))
          : first(values, nClients),
    ]),
    origin: origin.subarray(0, nClients),
    managers: Object.entries(managers).map(([name, values]) => [
      name,
      typeof values === "number" ? values / nTeams : first(values, (managers.n / nTeams) * nFirst),
    ]),
  };
}

describe("more teams", () => {
  const cohort = { referrals: { cohort: { on: true } } };
  const program = simulateService(serviceParameters(cohort), key);

  it("28 in place of 14 change nothing in the first 14: staff, clients, weeks", () => {
    const twice = simulateService(serviceParameters({ ...cohort, teams: { count: 28 } }), key);
    expect(twice.clients.n).toBeGreaterThan(1.8 * program.clients.n);
    expect(ofFirstTeams(twice, 14)).toEqual(ofFirstTeams(program, 14));
  });

  it("with teams in other agencies it would be another world", () => {
    const perAgency = [2, 1, 1, 4, 2, 2, 2];
    const other = simulateService(serviceParameters({ ...cohort, teams: { count: 28, perAgency } }), key);
    expect(ofFirstTeams(other, 14)).not.toEqual(ofFirstTeams(program, 14));
  });
});

describe("the order of clients", () => {
  const service = smallService({ referrals: { perWeek: 1 }, staffing: { partTimeShare: 0.3 } });

  /** Turns the clients of every team round once it is settled who has which contact. */
  const turnRound = (people: boolean): ServiceObserver => ({
    afterProcess: (process, { served, teams }) => {
      if (process !== "contacts") return;
      for (let team = 0; team < teams.n; team++) {
        const [from, to] = [served.first[team], served.first[team + 1]];
        served.rows.subarray(from, to).reverse();
        if (people) served.identities.subarray(from, to).reverse();
      }
    },
  });
  const plain = simulateService(service, key);

  it("does not matter where they do not compete: alliance, goals, outcomes, events", () => {
    const turned = simulateService(service, key, turnRound(true));
    // Weekly means are sums in another order; no client and no case manager sees them.
    expect(differences(plain, turned).filter((name) => !name.startsWith("weeks."))).toEqual([]);
    for (const [at, mean] of turned.weeks.alliance.entries()) expect(mean).toBeCloseTo(plain.weeks.alliance[at], 9);
  });

  it("would matter if luck went by turn: identities left behind", () => {
    expect(differences(plain, simulateService(service, key, turnRound(false)))).toContain("clients.alliance");
  });
});
