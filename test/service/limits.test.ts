// Limits that must hold in any scenario: random valid parameters, every step of every process watched.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leastLoaded } from "../../models/service/assign.ts";
import { OUTCOMES } from "../../models/service/outcomeParameters.ts";
import { serviceParameters } from "../../models/service/parameters.ts";
import { simulateService } from "../../models/service/simulateService.ts";
import { N_DOMAINS, NOBODY, STATUS, type World } from "../../models/service/world.ts";
import { keyOf } from "../../sim/random/address.ts";
import { anyService, smallService } from "./fixture.ts";

const HOUR_ROUNDING = 1e-9;

/** As expect, without its cost: these run for every client and step. */
function must(holds: boolean, rule: string): void {
  if (!holds) expect.fail(rule);
}

function checkPlaces({ clients, managers, teams, parameters, roster }: World): void {
  const counted = new Int32Array(managers.n);
  const pooled = new Int32Array(teams.n);
  for (let row = 0; row < clients.n; row++) {
    const seat = clients.manager[row];
    switch (clients.status[row]) {
      case STATUS.active:
      case STATUS.notEngaging:
        must(managers.present[seat] === 1, "clients are with someone present, or on hold");
        counted[seat]++;
        break;
      case STATUS.onHold:
        if (seat === NOBODY) pooled[clients.team[row]]++;
        else {
          must(managers.present[seat] === 0, "clients are with someone present, or on hold");
          counted[seat]++;
        }
        break;
      default:
        must(seat === NOBODY, "only clients in service have a case manager");
    }
    must(
      seat === NOBODY || Math.floor(seat / parameters.teams.seats) === clients.team[row],
      "clients stay in their team",
    );
  }
  must(
    counted.every((n, seat) => n === managers.caseload[seat]),
    "caseloads are counted right",
  );
  must(
    pooled.every((n, team) => n === teams.nPooled[team]),
    "the pool is counted right",
  );
  const inState = (team: number, ...states: number[]) => {
    let n = 0;
    for (let row = roster.firstRow[team]; row < roster.firstRow[team + 1]; row++)
      if (states.includes(clients.status[row])) n++;
    return n;
  };
  for (let team = 0; team < teams.n; team++) {
    const { referred, admitted, left, graduated, neverEngaged, gaveUp } = teams.total;
    const inService = inState(team, STATUS.active, STATUS.onHold, STATUS.notEngaging);
    must(inState(team, STATUS.waiting) === teams.nWaiting[team], "the waiting list is counted right");
    must(referred[team] === teams.nWaiting[team] + gaveUp[team] + admitted[team], "referrals are conserved");
    must(admitted[team] === inService + left[team] + graduated[team] + neverEngaged[team], "clients are conserved");
  }
}

function checkScores({ clients, managers, teams, parameters, served }: World): void {
  for (let i = 0; i < served.n; i++) {
    const row = served.rows[i];
    must(clients.alliance[row] >= 0 && clients.alliance[row] <= 100, "alliance in 0 to 100");
    must(clients.dose[row] >= 0 && clients.dose[row] <= 1, "dose in 0 to 1");
    OUTCOMES.forEach((name, o) => {
      const { low, high } = parameters.outcomes[name];
      must(clients.outcome[o][row] >= low && clients.outcome[o][row] <= high, `${name} in its range`);
    });
  }
  for (let at = 0; at < teams.n * N_DOMAINS; at++)
    must(teams.domain[at] >= 1 && teams.domain[at] <= 5, "domains in 1 to 5");
  for (let seat = 0; seat < managers.n; seat++) {
    must(managers.fidelity[seat] >= 8 && managers.fidelity[seat] <= 40, "fidelity in 8 to 40");
    must(managers.competence[seat] > 0 && managers.competence[seat] <= 1, "competence in 0 to 1");
  }
}

describe("limits that hold in any service", () => {
  it("places, states, scores, hours", () => {
    fc.assert(
      fc.property(anyService, fc.nat(1000), (parameters, replication) => {
        const { teams: size, staffing, contacts } = parameters;
        simulateService(parameters, keyOf("limits", replication), {
          afterProcess(process, world) {
            const { managers, teams, clients, served } = world;
            if (process === "referrals" || process === "staffing" || process === "events") checkPlaces(world);
            if (process === "referrals")
              for (let team = 0; team < teams.n; team++)
                must(
                  teams.nWaiting[team] === 0 || leastLoaded(world, team, true) === NOBODY,
                  "no one waits while there is room",
                );
            if (staffing.handOver !== "redistribute")
              for (let seat = 0; seat < managers.n; seat++)
                must(
                  managers.present[seat] === 0 || managers.caseload[seat] <= managers.cap[seat],
                  "caseload within the cap",
                );
            if (process === "contacts" && contacts.on) {
              const hours = new Float64Array(teams.n);
              const capacity = new Float64Array(teams.n);
              const { stepsPerWeek } = parameters.time;
              const planned = (contacts.perMonth * 7) / stepsPerWeek / (365.25 / 12);
              for (let i = 0; i < served.n; i++) {
                const row = served.rows[i];
                hours[clients.team[row]] +=
                  clients.dose[row] * clients.need[row] * planned * (contacts.hoursPerContact + contacts.travelHours);
              }
              for (let seat = 0; seat < managers.n; seat++)
                if (managers.present[seat] === 1)
                  capacity[Math.floor(seat / size.seats)] += managers.capacityHours[seat];
              for (let team = 0; team < teams.n; team++)
                must(hours[team] <= capacity[team] * (1 + HOUR_ROUNDING) + HOUR_ROUNDING, "contacts within hours");
            }
          },
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
