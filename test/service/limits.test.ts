// Limits that must hold in any scenario: random valid parameters, every step of every process watched.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { serviceParameters } from "../../models/service/parameters.ts";
import { simulateService } from "../../models/service/simulateService.ts";
import { STATUS } from "../../models/service/world.ts";
import { keyOf } from "../../sim/random/address.ts";
import { checkAfter, checkScores } from "./checkLimits.ts";
import { anyService, smallService } from "./fixture.ts";

describe("limits that hold in any service", () => {
  it("places, states, scores, hours", () => {
    fc.assert(
      fc.property(anyService, fc.nat(1000), (parameters, replication) => {
        simulateService(parameters, keyOf("limits", replication), {
          afterProcess: checkAfter,
          afterStep: checkScores,
        });
      }),
      { numRuns: 150, seed: 20260101 },
    );
  });

  it("redistribution alone lifts a caseload above the cap, and nobody is admitted to such a caseload", () => {
    let above = 0;
    const parameters = smallService({
      staffing: { handOver: "redistribute", turnover: { perYear: 3 } },
      referrals: { perWeek: 2 },
    });
    let before = new Int32Array(0);
    simulateService(parameters, keyOf("above", 0), {
      afterProcess(process, { managers }) {
        const { caseload, cap } = managers;
        if (process === "referrals" && before.length > 0)
          for (let seat = 0; seat < managers.n; seat++)
            if (caseload[seat] > cap[seat]) expect(caseload[seat]).toBeLessThanOrEqual(before[seat]);
        for (let seat = 0; seat < managers.n; seat++) if (caseload[seat] > cap[seat]) above++;
        before = caseload.slice();
      },
    });
    expect(above).toBeGreaterThan(0);
  });

  it("a higher hazard of leaving never lets fewer go from the same state", () => {
    const exits = (changes: { perYear?: number; afterChange?: number; alliance?: number }) => {
      const parameters = serviceParameters({
        time: { weeks: 1 },
        events: { leaving: { perYear: 5, ...changes }, graduation: { on: false } },
      });
      const { clients } = simulateService(parameters, keyOf("hazard", 1));
      return new Set([...clients.status.keys()].filter((row) => clients.status[row] === STATUS.left));
    };
    let fewer = exits({});
    expect(fewer.size).toBeGreaterThan(50);
    for (const perYear of [6, 12, 50, 800]) {
      const more = exits({ perYear });
      expect([...fewer].every((row) => more.has(row))).toBe(true);
      expect(more.size).toBeGreaterThan(fewer.size);
      fewer = more;
    }
  });

  it("turnover: the same from the same state", () => {
    const leavers = (perYear: number) => {
      const parameters = serviceParameters({ time: { weeks: 1 }, staffing: { turnover: { perYear } } });
      const { managers } = simulateService(parameters, keyOf("hazard", 2));
      return [...managers.present.keys()].filter((seat) => managers.present[seat] === 0);
    };
    const few = leavers(8);
    const many = leavers(16);
    expect(few.length).toBeGreaterThan(3);
    expect(few.every((seat) => many.includes(seat))).toBe(true);
  });

  it("a world that empties is a result, and says so", () => {
    const noStaff = simulateService(
      smallService({ time: { weeks: 200 }, staffing: { turnover: { perYear: 50 }, vacancy: 520 } }),
      keyOf("empty", 0),
    );
    expect(noStaff.flags).toContain("noStaff");
    const nobody = simulateService(
      smallService({ time: { weeks: 80 }, referrals: { perWeek: 0, initialCaseload: 0, cohort: { on: false } } }),
      keyOf("empty", 1),
    );
    expect(nobody.flags).toEqual(["noClients"]);
    expect(nobody.weeks.alliance.every(Number.isNaN)).toBe(true);
    expect(nobody.weeks.fidelity.every(Number.isFinite)).toBe(true);
  });
});
