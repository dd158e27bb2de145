// Does a higher hazard ever give fewer events from the same state? In any service, for every hazard: one draw, u < p.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ServiceHistory } from "../../models/service/history.ts";
import { type ServiceChanges, serviceParameters } from "../../models/service/parameters.ts";
import { serviceProblems } from "../../models/service/serviceProblems.ts";
import { simulateService } from "../../models/service/simulateService.ts";
import { STATUS } from "../../models/service/world.ts";
import { keyOf } from "../../sim/random/address.ts";
import { anyService, changeAt } from "./fixture.ts";

/** Whom an event has met by the end of the first step, by place in an array. */
type Met = (history: ServiceHistory) => number[];

const where = (values: ArrayLike<number>, is: number) =>
  Array.from(values).flatMap((value, at) => (value === is ? [at] : []));

const HAZARDS: readonly (readonly [path: string, met: Met, also?: ServiceChanges])[] = [
  ["referrals.givingUp.perYear", ({ clients }) => where(clients.status, STATUS.gaveUp), { referrals: { perWeek: 8 } }],
  ["staffing.turnover.perYear", ({ managers }) => where(managers.present, 0)],
  ["fidelity.abandonment.perYear", ({ weeks }) => where(weeks.abandoned, 1)],
  ["setbacks.crisesPerYear", ({ clients }) => where(clients.inCrisis, 1)],
  ["events.hospital.perYear", ({ clients }) => where(clients.inHospital, 1)],
  ["events.housing.lossPerYear", ({ clients }) => where(clients.housed, 0)],
  ["events.housing.gainPerYear", ({ clients }) => where(clients.housed, 1)],
  ["events.leaving.perYear", ({ clients }) => where(clients.status, STATUS.left)],
  [
    "events.graduation.perYear",
    ({ clients }) => where(clients.status, STATUS.graduated),
    { events: { leaving: { on: false }, graduation: { months: 0, functioning: 60 } } },
  ],
];

const ON = {
  referrals: { givingUp: { on: true } },
  staffing: { turnover: { on: true } },
  fidelity: { on: true, abandonment: { on: true } },
  setbacks: { on: true },
  events: { hospital: { on: true }, housing: { on: true }, leaving: { on: true }, graduation: { on: true } },
};

/** Random services that can be simulated in weekly steps, eight teams each. */
const SERVICES = fc
  .sample(anyService, { numRuns: 60, seed: 20260103 })
  .map((service) =>
    serviceParameters(
      { time: { weeks: 1, stepsPerWeek: 1 }, teams: { count: 8, seats: 3 } },
      serviceParameters(ON, service),
    ),
  )
  .filter((service) => serviceProblems(service).length === 0);

describe("from the same state", () => {
  it("there are services enough", () => {
    expect(SERVICES.length).toBeGreaterThan(20);
  });

  for (const [path, met, also] of HAZARDS)
    it(`whoever ${path} meets is met at any higher value`, () => {
      let nFewer = 0;
      let nMore = 0;
      let nByOtherLuck = 0;
      for (const [replication, service] of SERVICES.entries()) {
        // One step only: at its beginning all hazards find the same people in the same state.
        const metAt = (hazard: number, luck: string) =>
          new Set(
            met(
              simulateService(
                serviceParameters(changeAt(path, hazard), serviceParameters(also ?? {}, service)),
                keyOf(luck, replication),
              ),
            ),
          );
        let fewer = metAt(1, "hazards");
        for (const hazard of [4, 10]) {
          const more = metAt(hazard, "hazards");
          const missed = [...fewer].filter((who) => !more.has(who));
          expect(missed).toEqual([]);
          nFewer += fewer.size;
          nMore += more.size;
          fewer = more;
        }
        const otherLuck = metAt(10, "other luck");
        nByOtherLuck += [...metAt(4, "hazards")].filter((who) => !otherLuck.has(who)).length;
      }
      // Enough are met to tell, more at higher hazards; and with luck drawn anew some would get away.
      expect(nFewer).toBeGreaterThan(10);
      expect(nMore).toBeGreaterThan(nFewer);
      expect(nByOtherLuck).toBeGreaterThan(0);
    });
});
