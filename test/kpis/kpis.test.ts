import { describe, expect, it } from "vitest";
import type { ServiceHistory, TeamWeeks } from "../../models/service/history.ts";
import { kpiDefinitionsOf, kpiValuesOf } from "../../models/kpis/kpiDefinitions.ts";
import { HIGH_FIDELITY } from "../../models/kpis/serviceKpis.ts";
import { summariseKpis } from "../../models/kpis/summariseKpis.ts";
import { serviceParameters } from "../../models/service/parameters.ts";
import { type PlayedService, playService } from "../../models/service/playService.ts";
import { simulateService } from "../../models/service/simulateService.ts";
import { createClients, createManagers, NEVER, STATUS } from "../../models/service/world.ts";
import { studyParameters } from "../../models/study/parameters.ts";
import { keyOf } from "../../sim/random/address.ts";
import { differences, quietService, smallService } from "../service/fixture.ts";

const key = keyOf("kpis", 0);
const KPIS = kpiDefinitionsOf({ study: studyParameters(), costs: null, kpis: [] });

/** Two teams of one seat over two weeks, every number chosen by hand. */
function handMade(): PlayedService {
  const clients = createClients(5);
  // In service on day 0; admitted after 10 days of waiting; after 4; never engaged after 0; still waiting.
  clients.referralDay.set([-70, 0, 1, 2, 5]);
  clients.admissionDay.set([-70, 10, 5, 2, NEVER]);
  clients.exitDay.set([NEVER, 14, NEVER, 14, NEVER]);
  clients.status.set([STATUS.active, STATUS.left, STATUS.onHold, STATUS.neverEngaged, STATUS.waiting]);
  clients.neverEngages.set([0, 0, 0, 1, 0]);
  clients.alliance.set([55, 10, 45, 5, 1]);
  const flow = (...values: number[]) => Float64Array.from(values);
  const weeks: TeamWeeks = {
    inService: Int32Array.of(1, 2, 3, 0),
    waiting: Int32Array.of(2, 1, 1, 0),
    onHold: Int32Array.of(0, 0, 1, 0),
    managersPresent: Int32Array.of(1, 1, 1, 0),
    meanCaseload: Float64Array.of(1, 2, 3, 0),
    largestCaseload: Int32Array.of(1, 2, 3, 0),
    fidelity: Float64Array.of(30, 33, 36, 28),
    domain: new Float64Array(32),
    abandoned: new Uint8Array(4),
    alliance: Float64Array.of(60, 70, 80, Number.NaN),
    outcome: Array.from({ length: 4 }, () => Float64Array.of(50, 50, 50, Number.NaN)),
    inHospital: Int32Array.of(0, 1, 0, 0),
    flows: {
      referred: flow(2, 2, 3, 2),
      admitted: flow(1, 2, 3, 2),
      left: flow(0, 0, 1, 1),
      graduated: flow(0, 0, 0, 1),
      neverEngaged: flow(0, 0, 0, 1),
      gaveUp: flow(0, 0, 0, 0),
      managersLeft: flow(0, 0, 0, 1),
      managersHired: flow(0, 0, 0, 0),
      managerChanges: flow(0, 1, 2, 1),
      hospitalAdmissions: flow(0, 1, 0, 1),
      crises: flow(0, 0, 0, 0),
      goalsAttained: flow(0, 1, 1, 1),
      contactsPlanned: flow(1, 2, 5, 3),
      contactsHeld: flow(1, 1, 3, 2),
      hospitalDays: flow(0, 7, 0, 7),
    },
  };
  const history: ServiceHistory = {
    nWeeks: 2,
    nTeams: 2,
    daysPerStep: 7,
    weeks,
    clients,
    origin: Uint8Array.of(0, 1, 2, 2, 2),
    managers: createManagers(2),
    flags: [],
    clientSteps: 8,
  };
  const empty = () => new Float64Array(5).fill(Number.NaN);
  return {
    parameters: serviceParameters({ contacts: { hoursPerContact: 1.5 } }),
    history,
    tenure: {
      nMonths: 1,
      values: [[[], [], [], [], []]],
      entry: Array.from({ length: 4 }, empty),
      followUp: Array.from({ length: 4 }, empty),
      firstContactDay: Float64Array.of(Number.NaN, 14, 7, Number.NaN, Number.NaN),
    },
    staffWeeks: { present: 3, overCap: 1, fte: 3, fteInTraining: 2, teamsInTraining: 3, teamsMonitored: 4 },
  };
}

function valuesOf(played: PlayedService): Record<string, number> {
  const values = kpiValuesOf(KPIS, played);
  return Object.fromEntries(KPIS.map(({ name }, k) => [name, values[k]]));
}

describe("key figures of a service made by hand", () => {
  const values = valuesOf(handMade());
  const months = (8 * 7) / (365.25 / 12);
  const years = (8 * 7) / 365.25;

  // Each number reckoned here from the two weeks above.
  for (const [name, truth] of Object.entries({
    clientsServed: 4,
    waiting: (2 + 1 + 1 + 0) / 2,
    withoutManager: (0 + 0 + 1 + 0) / 2,
    waitDays: (10 + 4 + 0) / 3,
    firstContactDays: (14 + 6) / 2,
    contactsPerMonth: 5 / months,
    contactHoursPerMonth: (5 * 1.5) / months,
    dose: 5 / 8,
    caseload: (1 + 2 + 3) / 3,
    highestCaseload: 3,
    overCap: 1 / 3,
    vacancies: 1 / 4,
    managerChanges: 3 / years,
    fidelity: (36 + 28) / 2,
    highFidelityTeams: 1 / 2,
    monthsToHighFidelity: 14 / (365.25 / 12),
    alliance: (60 + 2 * 70 + 3 * 80) / 6,
    goalsAttained: 2 / years,
    unplannedExits: 200 / years,
    graduations: 100 / years,
    neverEngaged: 1 / 3,
    hospitalDays: 7 / years,
    waitDaysWorstTeam: (10 + 4 + 0) / 3,
    fidelityWorstTeam: 28,
    allianceWorstTeam: (2 * 70) / 2,
    allianceWorstTenth: 45,
  }))
    it(name, () => {
      expect(values[name]).toBeCloseTo(truth, 10);
    });

  it("has no outcome change where nobody could be followed for 18 months", () => {
    expect(values.qoliChange).toBeNaN();
  });

  it("has names that are unique, and says of each what it is", () => {
    expect(new Set(KPIS.map(({ name }) => name)).size).toBe(KPIS.length);
    for (const { label, unit, definition } of KPIS) expect([label, unit, definition].includes("")).toBe(false);
  });
});

describe("key figures of a simulated service", () => {
  it("change nothing in it", () => {
    expect(differences(playService(smallService(), key).history, simulateService(smallService(), key))).toEqual([]);
  });

  it("outcomes change by gain·(1 − e^{−kt}) where nothing else is at work: the closed form at 18 months", () => {
    const rate = 0.2;
    const shape = { gain: 6, delay: 0, rate, alliance: 0, goal: 0, setback: 0 };
    const parameters = quietService({
      time: { weeks: 100 },
      teams: { seats: 1 },
      staffing: { caseloadCap: 20 },
      referrals: { initialCaseload: 0, cohort: { on: true, perTeam: 15, window: 12 } },
      effects: { allianceOnOutcomes: 0 },
      outcomes: { qoli: shape, pgi: shape, ths: shape, mcas: { ...shape, gain: -3 } },
    });
    const { qoliChange, mcasChange } = valuesOf(playService(parameters, key));
    // Followed up at the end of the step that reaches 18 months: 79 steps of 7 days where admission is within a step.
    const gained = (days: number, gain: number) => gain * (1 - Math.exp((-rate * days) / (365.25 / 12)));
    expect(qoliChange).toBeGreaterThan(gained(78 * 7, 6));
    expect(qoliChange).toBeLessThan(gained(80 * 7, 6));
    expect(mcasChange / qoliChange).toBeCloseTo(-1 / 2, 10);
  });

  it("waiting and places: a full team admits nobody", () => {
    const parameters = quietService({
      time: { weeks: 52 },
      referrals: { initialCaseload: 1, cohort: { on: true, perTeam: 3, window: 0 } },
    });
    const values = valuesOf(playService(parameters, key));
    expect(values.clientsServed).toBe(1);
    expect(values.waiting).toBe(3);
    expect(values.waitDays).toBeNaN();
    expect(values.caseload).toBe(1);
    expect(values.vacancies).toBe(0);
    expect(values.overCap).toBe(0);
    expect(values.dose).toBe(1);
  });

  it("counts weeks over the cap where clients are redistributed at once", () => {
    const parameters = smallService({ staffing: { handOver: "redistribute", turnover: { perYear: 2 } } });
    let over = 0;
    let present = 0;
    const played = playService(parameters, key, [
      {
        afterStep: ({ managers }) => {
          for (let seat = 0; seat < managers.n; seat++) {
            if (managers.present[seat] === 0) continue;
            present++;
            over += managers.caseload[seat] > 8 ? 1 : 0;
          }
        },
      },
    ]);
    expect(over).toBeGreaterThan(20);
    expect(valuesOf(played).overCap).toBe(over / present);
  });

  it("client-time is that of the weekly series: 1 week per client in service or leaving in it", () => {
    const { history } = playService(smallService(), key);
    const inService = history.weeks.inService.reduce((sum, n) => sum + n, 0);
    const exits = ["left", "graduated", "neverEngaged"] as const;
    const last = (history.nWeeks - 1) * history.nTeams;
    const left = exits.reduce(
      (sum, flow) => sum + history.weeks.flows[flow].subarray(last).reduce((s, n) => s + n, 0),
      0,
    );
    expect(history.clientSteps).toBe(inService + left);
  });

  it("mean fidelity reaches the threshold, or never does", () => {
    const still = (start: number) =>
      valuesOf(playService(quietService({ time: { weeks: 3 }, fidelity: { start } }), key));
    expect(still(HIGH_FIDELITY - 0.1).monthsToHighFidelity).toBeNaN();
    expect(still(HIGH_FIDELITY + 0.1).monthsToHighFidelity).toBeCloseTo(7 / 30.4375, 10);
    expect(still(HIGH_FIDELITY + 0.1).highFidelityTeams).toBe(1);
  });
});

describe("summariseKpis", () => {
  const rows = [1, 2, 3, 4].map((value) =>
    KPIS.map((_, k) => (k === 0 ? value : k === 1 && value > 1 ? Number.NaN : 7)),
  );
  const [first, second, third] = summariseKpis(KPIS, rows);

  it("mean, standard error and Student's interval: 2.5 ± 3.182·√(5/3)/2 (t table, 3 degrees of freedom)", () => {
    expect(first.mean).toBe(2.5);
    expect(first.sd).toBeCloseTo(Math.sqrt(5 / 3), 12);
    expect(first.mcse).toBeCloseTo(Math.sqrt(5 / 3) / 2, 12);
    expect(first.ci[0]).toBeCloseTo(2.5 - (3.182446 * Math.sqrt(5 / 3)) / 2, 5);
    expect(first.ci[1]).toBeCloseTo(2.5 + (3.182446 * Math.sqrt(5 / 3)) / 2, 5);
    expect(first.nUndefined).toBe(0);
  });

  it("counts what is not defined and leaves it out", () => {
    expect(second.nUndefined).toBe(3);
    expect(second.mean).toBe(7);
    expect(second.mcse).toBeNaN();
    expect(second.ci).toEqual([Number.NaN, Number.NaN]);
    expect(third).toMatchObject({ mean: 7, mcse: 0, ci: [7, 7] });
    expect(summariseKpis(KPIS, [])[0].mean).toBeNaN();
  });
});
