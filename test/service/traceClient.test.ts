import { describe, expect, it } from "vitest";
import type { ClientEvent, ClientTrace } from "../../models/service/clientEvents.ts";
import type { FlowName, ServiceHistory } from "../../models/service/history.ts";
import { offeredShare } from "../../models/service/offers.ts";
import type { ServiceParameters } from "../../models/service/parameters.ts";
import { drawRoster } from "../../models/service/roster.ts";
import { simulateService } from "../../models/service/simulateService.ts";
import { traceClient } from "../../models/service/traceClient.ts";
import { watchTogether } from "../../models/service/watchTogether.ts";
import { recordInterviews } from "../../models/study/interviews.ts";
import { observeStudy } from "../../models/study/observe.ts";
import { studyParameters } from "../../models/study/parameters.ts";
import { traceInterviews } from "../../models/study/traceInterviews.ts";
import { WHAT } from "../../models/what.ts";
import { keyOf, uniformAt } from "../../sim/random/address.ts";
import { differences, lastSum, smallService } from "./fixture.ts";

const key = keyOf("trace", 0);

/** Every client of a service, traced at once. */
function traceAll(parameters: ServiceParameters): { readonly history: ServiceHistory; readonly traces: ClientTrace[] } {
  const tracers = [...drawRoster(parameters, key).identity].map(traceClient);
  const history = simulateService(parameters, key, watchTogether(tracers.map(({ observer }) => observer)));
  return { history, traces: tracers.map(({ trace }) => trace()) };
}

function eventsOf(trace: ClientTrace): ClientEvent[] {
  return trace.weeks.flatMap(({ events }) => events);
}

/** Everything switched on, each way of handing clients over, and staff that come and go within a step. */
const SERVICES = (["hold", "redistribute", "pool"] as const).flatMap((handOver) =>
  [1.5, 25].map((perYear) => ({
    name: `${handOver}, ${perYear} departures a year`,
    parameters: smallService({ staffing: { handOver, turnover: { perYear }, vacancy: 2 } }),
  })),
);

describe("the stories of all clients together", () => {
  for (const { name, parameters } of SERVICES) {
    const { history, traces } = traceAll(parameters);
    const all = traces.flatMap(eventsOf);

    it(`${name}: change no bit of the history`, () => {
      expect(differences(history, simulateService(parameters, key))).toEqual([]);
    });

    it(`${name}: hold as many events as the service counted`, () => {
      const total = (flow: FlowName) => lastSum(history, history.weeks.flows[flow]);
      const count = (is: (event: ClientEvent) => boolean) => all.filter(is).length;
      const kind = (name: ClientEvent["kind"]) => count((event) => event.kind === name);
      expect(kind("referred")).toBe(total("referred"));
      expect(kind("admitted") + count((e) => e.kind === "managerBegan" && e.pairing === "onDay0")).toBe(
        total("admitted"),
      );
      expect(kind("gaveUp")).toBe(total("gaveUp"));
      expect(kind("left")).toBe(total("left"));
      expect(kind("graduated")).toBe(total("graduated"));
      expect(kind("neverEngaged")).toBe(total("neverEngaged"));
      expect(kind("crisis")).toBe(total("crises"));
      expect(kind("goalAttained")).toBe(total("goalsAttained"));
      expect(count((e) => e.kind === "hospital" && e.admitted)).toBe(total("hospitalAdmissions"));
      const firstOnes = ["onDay0", "admission"];
      expect(count((e) => e.kind === "managerBegan" && !firstOnes.includes(e.pairing)) + kind("brieflyPlaced")).toBe(
        total("managerChanges"),
      );
      expect(total("managerChanges")).toBeGreaterThan(50);
    });

    it(`${name}: events follow one another as they can, and a case manager who leaves had begun`, () => {
      for (const trace of traces) {
        let last = "start";
        let present: unknown;
        for (const event of eventsOf(trace)) {
          if (!(event.kind in FOLLOWS)) continue;
          expect(FOLLOWS[last], `${event.kind} after ${last}`).toContain(event.kind);
          if (event.kind === "managerLeft") expect(event.manager).toEqual(present);
          if (event.kind === "managerBegan") present = event.manager;
          last = event.kind;
        }
      }
    });

    it(`${name}: agree with what is known of each client at the end`, () => {
      const { clients } = history;
      for (const trace of traces) {
        const { row, weeks } = trace;
        const events = eventsOf(trace);
        const contacts = weeks.reduce((sum, week) => sum + week.contacts, 0);
        expect(contacts).toBeCloseTo(clients.contacts[row], 9);
        const began = events.filter(({ kind }) => kind === "managerBegan" || kind === "brieflyPlaced");
        expect(began).toHaveLength(clients.dyads[row]);
        const exit = events.find(({ kind }) => ["left", "graduated", "neverEngaged", "gaveUp"].includes(kind));
        expect(exit?.day ?? Number.POSITIVE_INFINITY).toBe(clients.exitDay[row]);
        const last = weeks[weeks.length - 1];
        expect(last.alliance).toBe(clients.alliance[row]);
        expect(last.outcome).toEqual(clients.outcome.map((column) => column[row]));
        const steps = events.reduce((sum, event) => (event.kind === "goalSteps" ? sum + event.steps : sum), 0);
        expect(steps).toBe(clients.goalSteps[row] + 3 * clients.goalsAttained[row]);
      }
    });
  }
});

/** What may come after what, of events that tell who cares for a client. */
const FOLLOWS: Readonly<Record<string, readonly string[]>> = {
  start: ["referred"],
  referred: ["admitted", "managerBegan", "gaveUp"],
  admitted: ["managerBegan"],
  managerBegan: ["managerLeft", "left", "graduated", "neverEngaged"],
  managerLeft: ["onHold", "managerBegan"],
  onHold: ["managerBegan", "brieflyPlaced", "left", "graduated", "neverEngaged"],
  brieflyPlaced: ["onHold", "managerBegan"],
  left: [],
  graduated: [],
  neverEngaged: [],
  gaveUp: [],
};

describe("draws behind events", () => {
  const parameters = smallService();
  const { traces, history } = traceAll(parameters);

  it("a crisis comes in exactly the weeks whose draw is below 1 − e^{−hΔ}", () => {
    const p = 1 - Math.exp((-0.8 * 7) / 365.25);
    const { clients } = history;
    let nCrises = 0;
    for (const { identity, row, weeks } of traces) {
      for (const { week, events } of weeks) {
        const wasServed = clients.admissionDay[row] < (week + 1) * 7 && clients.exitDay[row] > week * 7;
        const u = uniformAt(key, identity, WHAT.crisis, week);
        const crisis = events.find(({ kind }) => kind === "crisis");
        expect(crisis !== undefined).toBe(wasServed && clients.dyads[row] > 0 && u < p);
        if (crisis?.kind === "crisis") expect(crisis.draw).toEqual({ stream: "crisis", u });
        if (crisis !== undefined) nCrises++;
      }
    }
    expect(nCrises).toBeGreaterThan(30);
  });

  it("leaving has a small draw, below the highest hazard that alliance 0 allows", () => {
    const left = traces.flatMap(eventsOf).flatMap((event) => (event.kind === "left" ? [event] : []));
    expect(left.length).toBeGreaterThan(5);
    for (const { draw } of left)
      expect(draw.u).toBeLessThan(1 - Math.exp(((-0.12 * 7) / 365.25) * 1.5 * 0.6 ** (-71.9 / 14)));
  });
});

describe("what is offered", () => {
  it("is what clients get when they come, in every step", () => {
    let nKept = 0;
    for (const { parameters } of SERVICES)
      simulateService(parameters, key, {
        afterProcess: (process, world) => {
          if (process !== "contacts") return;
          const { served, clients } = world;
          for (let i = 0; i < served.n; i++) {
            const row = served.rows[i];
            if (clients.dose[row] === 0) continue;
            nKept++;
            expect(clients.dose[row]).toBe(offeredShare(world, row));
          }
        },
      });
    expect(nKept).toBeGreaterThan(5000);
  });
});

describe("interviews of a client", () => {
  const parameters = smallService({
    time: { weeks: 160 },
    referrals: { cohort: { on: true, perTeam: 6, window: 20 } },
  });
  const study = studyParameters({ missing: { share: 0.3 }, dropout: { perYear: 0.5 } });
  const recorder = recordInterviews(study, key);
  const history = simulateService(parameters, key, recorder.observer);
  const truth = recorder.truth();
  const observed = observeStudy(history, truth, study, key);

  it("are those of the data, score by score", () => {
    let nMissing = 0;
    let nNotHeld = 0;
    observed.rows.forEach((row, client) => {
      for (const interview of traceInterviews(observed, truth, study, row)!) {
        const name = String(interview.months).replace(".", "_");
        const wide = (column: string) => observed.wide.find((one) => one.name === column + name)!.values[client];
        expect(interview.held).toBe(!Number.isNaN(wide("day")));
        if (!interview.held) nNotHeld++;
        for (const { instrument, value } of interview.scores) {
          expect(value).toBe(wide(instrument === "managerRating" ? "cmal" : instrument));
          if (Number.isNaN(value)) nMissing++;
        }
        if (interview.held) expect(interview.scores.length).toBe([0, 9, 18].includes(interview.months) ? 4 : 2);
      }
    });
    expect(nMissing).toBeGreaterThan(10);
    expect(nNotHeld).toBeGreaterThan(3);
  });

  it("there are none of a client whom the study does not follow", () => {
    expect(traceInterviews(observed, truth, study, 0)).toBeNull();
  });
});

describe("traceClient", () => {
  it("says that there is no such client", () => {
    expect(() => simulateService(smallService(), key, traceClient(4_000_000).observer)).toThrow(
      "there is no client 4000000",
    );
    expect(() => traceClient(1).trace()).toThrow("no service has been simulated");
  });
});
