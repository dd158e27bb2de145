// Would the checks of limits notice? Each limit is broken on purpose in a running service.
import { describe, expect, it } from "vitest";
import type { ProcessName } from "../../models/service/schedule.ts";
import { simulateService } from "../../models/service/simulateService.ts";
import { STATUS, type World } from "../../models/service/world.ts";
import { keyOf } from "../../sim/random/address.ts";
import { checkAfter, checkScores } from "./checkLimits.ts";
import { smallService } from "./fixture.ts";

/** A service with waiting lists, full of events. */
const BUSY = smallService({ time: { weeks: 30 }, referrals: { perWeek: 2, givingUp: { on: false } } });

/** Runs the checks after a process of one step in which the world has been tampered with. */
function checkBroken(process: ProcessName, tamper: (world: World) => void): void {
  let tampered = false;
  simulateService(BUSY, keyOf("twins", 0), {
    afterProcess(done, world, { index }) {
      if (index !== 20 || done !== process) return;
      checkAfter(done, world);
      checkScores(world);
      tamper(world);
      tampered = true;
      checkAfter(done, world);
      checkScores(world);
    },
  });
  expect(tampered).toBe(true);
}

const someone = ({ served }: World) => served.rows[0];

describe("a broken limit is noticed", () => {
  it.each([
    [
      "someone gone, but still on a caseload",
      "events",
      (world) => {
        world.clients.status[someone(world)] = STATUS.left;
      },
      /only clients in service have a case manager/,
    ],
    [
      "someone waiting, but on no list",
      "events",
      ({ clients }) => {
        clients.status[clients.status.indexOf(STATUS.expected)] = STATUS.waiting;
      },
      /the waiting list is counted right/,
    ],
    [
      "an exit without a client",
      "events",
      ({ teams }) => {
        teams.total.left[0]++;
      },
      /clients are conserved/,
    ],
    [
      "a client with two case managers",
      "staffing",
      ({ managers }) => {
        managers.caseload[managers.present.indexOf(1)]++;
      },
      /caseloads are counted right/,
    ],
    [
      "one client too many",
      "fidelity",
      ({ managers }) => {
        const seat = managers.present.indexOf(1);
        managers.cap[seat] = managers.caseload[seat] - 1;
      },
      /caseload within the cap/,
    ],
    [
      "a place that nobody was given",
      "referrals",
      ({ managers }) => {
        for (let seat = 0; seat < managers.n; seat++) managers.cap[seat]++;
      },
      /no one waits while there is room/,
    ],
    [
      "more contacts than hours",
      "contacts",
      ({ clients, served }) => {
        for (let i = 0; i < served.n; i++) clients.dose[served.rows[i]] = 4;
      },
      /contacts within hours/,
    ],
    [
      "an alliance above 100",
      "alliance",
      (world) => {
        world.clients.alliance[someone(world)] = 100.1;
      },
      /alliance in 0 to 100/,
    ],
    [
      "an outcome below its scale",
      "outcomes",
      (world) => {
        world.clients.outcome[3][someone(world)] = 16.9;
      },
      /mcas in its range/,
    ],
  ] as [string, ProcessName, (world: World) => void, RegExp][])("%s", (_, process, tamper, rule) => {
    expect(() => checkBroken(process, tamper)).toThrow(rule);
  });

  it("nothing is noticed where nothing is broken", () => {
    expect(() => checkBroken("events", () => {})).not.toThrow();
  });
});
