// Right? Closed forms: the loop gain of alliance and outcomes, exact relaxation, and reciprocity cut on either side.
import { describe, expect, it } from "vitest";
import type { ServiceHistory } from "../../models/service/history.ts";
import { OUTCOMES } from "../../models/service/outcomeParameters.ts";
import { type ServiceChanges, type ServiceParameters, serviceParameters } from "../../models/service/parameters.ts";
import { loopGain } from "../../models/service/serviceProblems.ts";
import { simulateService } from "../../models/service/simulateService.ts";
import { keyOf } from "../../sim/random/address.ts";
import { quietService, smallService } from "./fixture.ts";

const key = keyOf("dynamics", 0);
const forAll = <T>(change: T) => ({ qoli: change, pgi: change, ths: change, mcas: change });
const ofClient = (parameters: ServiceParameters) => simulateService(parameters, key).clients;

describe("the closed loop, without noise", () => {
  const strong = { time: { weeks: 3000 }, outcomes: forAll({ alliance: 0.6, feedback: 3, rate: 0.5 }) };

  it("amplifies a lasting lift of alliance by 1/(1 − L), and passes B of it on to each outcome", () => {
    const parameters = quietService(strong);
    const lifted = quietService({
      ...strong,
      alliance: { mean: 71.9 },
      effects: { fidelityOnAlliance: 0.5 },
      fidelity: { start: 29.1, reference: 28.1 },
    });
    const before = ofClient(parameters);
    const after = ofClient(lifted);
    const gain = loopGain(parameters);
    expect(gain).toBeCloseTo(0.6 * 3 * (1 / 16.9 + 1 / 19.4 + 1 / 8.9 + 1 / 6.1), 12);
    const lift = after.alliance[0] - before.alliance[0];
    expect(lift).toBeCloseTo(0.5 / (1 - gain), 8);
    OUTCOMES.forEach((_, o) => {
      expect(after.outcome[o][0] - before.outcome[o][0]).toBeCloseTo(0.6 * lift, 8);
    });
  });

  it("without feedback the same lift stays what it is; without B no outcome moves", () => {
    for (const [change, passedOn] of [
      [{ alliance: { feedback: 0 } }, 0.6],
      [{ outcomes: forAll({ alliance: 0, feedback: 3, rate: 0.5 }) }, 0],
    ] as [ServiceChanges, number][]) {
      const parameters = serviceParameters(change, quietService(strong));
      const before = ofClient(parameters);
      const after = ofClient(serviceParameters({ fidelity: { start: 29.1 } }, parameters));
      expect(after.alliance[0] - before.alliance[0]).toBeCloseTo(0.5, 8);
      expect(after.outcome[0][0] - before.outcome[0][0]).toBeCloseTo(0.5 * passedOn, 8);
    }
  });

  it("alliance builds up as 1 − e^{−t/τ} at full dose, in any step", () => {
    for (const stepsPerWeek of [1, 4, 7]) {
      const parameters = quietService({
        time: { weeks: 5, stepsPerWeek },
        referrals: { initialCaseload: 0, cohort: { on: true, perTeam: 1, window: 0 } },
        outcomes: forAll({ feedback: 0 }),
        alliance: { buildUp: 3.5, entryDeficit: 20 },
      });
      expect(ofClient(parameters).alliance[0]).toBeCloseTo(71.9 - 20 * Math.exp(-5 / 3.5), 9);
    }
  });

  it("an outcome approaches its set-point as G(1 − e^{−kt})", () => {
    const parameters = quietService({
      time: { weeks: 39 },
      referrals: { initialCaseload: 0, cohort: { on: true, perTeam: 1, window: 0 } },
      outcomes: { ...forAll({ alliance: 0 }), qoli: { alliance: 0, gain: 6.1, rate: 0.147 } },
    });
    const months = (39 * 7) / (365.25 / 12);
    expect(ofClient(parameters).outcome[0][0]).toBeCloseTo(82.9 + 6.1 * (1 - Math.exp(-0.147 * months)), 9);
  });

  it("PGI starts late: 2.0 of its gain by 9 months, 5.2 by 18 (published means, no fit of noise)", () => {
    const gainAfter = (weeks: number) =>
      ofClient(
        quietService({
          time: { weeks },
          referrals: { initialCaseload: 0, cohort: { on: true, perTeam: 1, window: 0 } },
          outcomes: { ...forAll({ alliance: 0 }), pgi: { alliance: 0, gain: serviceParameters().outcomes.pgi.gain } },
        }),
      ).outcome[1][0] - 31.8;
    expect(Math.abs(gainAfter(39) - 2)).toBeLessThan(1.2);
    expect(Math.abs(gainAfter(78) - 5.2)).toBeLessThan(1.2);
  });
});

/** Slope of y on x over clients in service at the end. */
function slope(x: ArrayLike<number>, y: ArrayLike<number>, rows: readonly number[]): { b: number; se: number } {
  const mean = (v: ArrayLike<number>) => rows.reduce((sum, row) => sum + v[row], 0) / rows.length;
  const [mx, my] = [mean(x), mean(y)];
  const sxx = rows.reduce((sum, row) => sum + (x[row] - mx) ** 2, 0);
  const b = rows.reduce((sum, row) => sum + (x[row] - mx) * (y[row] - my), 0) / sxx;
  const rss = rows.reduce((sum, row) => sum + (y[row] - my - b * (x[row] - mx)) ** 2, 0);
  return { b, se: Math.sqrt(rss / (rows.length - 2) / sxx) };
}

describe("reciprocity, with noise: who predicts whom in the same clients", () => {
  const big = (changes: ServiceChanges) =>
    serviceParameters(
      changes,
      serviceParameters({ time: { weeks: 78 }, teams: { count: 60, seats: 6 }, referrals: { perWeek: 0 } }),
    );
  const slopes = (changes: ServiceChanges) => {
    const history: ServiceHistory = simulateService(big(changes), key);
    const { clients } = history;
    const rows = [...clients.status.keys()].filter((row) => clients.status[row] === 2);
    expect(rows.length).toBeGreaterThan(1500);
    return slope(clients.alliance, clients.outcome[0], rows);
  };
  const none = {
    outcomes: forAll({ alliance: 0 }),
    alliance: { feedback: 0 },
    goals: { on: false },
    setbacks: { on: false },
  };

  it("with B and g at 0 (and goals, which lift both) alliance and quality of life are unrelated", () => {
    const { b, se } = slopes(none);
    expect(Math.abs(b)).toBeLessThan(4.9 * se);
  });

  it("with either of them alone, and more with both, they are related", () => {
    const onlyB = slopes({ ...none, outcomes: forAll({ alliance: 0.5 }) });
    const onlyG = slopes({
      ...none,
      alliance: { feedback: 1 },
      outcomes: forAll({ alliance: 0, feedback: 3 }),
    });
    const both = slopes({
      ...none,
      alliance: { feedback: 1 },
      outcomes: forAll({ alliance: 0.5, feedback: 3 }),
    });
    expect(onlyB.b).toBeGreaterThan(4.9 * onlyB.se);
    expect(onlyG.b).toBeGreaterThan(4.9 * onlyG.se);
    expect(both.b).toBeGreaterThan(Math.max(onlyB.b, onlyG.b));
  });

  it("B at 0: alliance no longer moves any outcome, bit for bit; g at 0: outcomes no longer move alliance", () => {
    // Alliance also moves goals, which move outcomes: that way round is closed here.
    const apart = {
      goals: { on: false },
      contacts: { attendance: { on: false } },
      events: { leaving: { alliance: 1 } },
    };
    const noB = { ...apart, outcomes: forAll({ alliance: 0 }) };
    const one = simulateService(smallService({ ...noB, alliance: { mean: 60 } }), key);
    const other = simulateService(smallService({ ...noB, alliance: { mean: 80 } }), key);
    expect(one.clients.outcome).toEqual(other.clients.outcome);
    expect(one.clients.alliance).not.toEqual(other.clients.alliance);

    const noG = {
      ...apart,
      alliance: { feedback: 0 },
      events: { ...apart.events, graduation: { on: false } },
    };
    const low = simulateService(smallService({ ...noG, outcomes: forAll({ gain: 0 }) }), key);
    const high = simulateService(smallService({ ...noG, outcomes: forAll({ gain: 8 }) }), key);
    expect(low.clients.alliance).toEqual(high.clients.alliance);
    expect(low.clients.outcome).not.toEqual(high.clients.outcome);
  });
});

describe("fidelity", () => {
  it("rises with training, falls with turnover, drifts without monitoring, falls back when abandoned", () => {
    const finalFidelity = (changes: ServiceChanges) => {
      const parameters = serviceParameters(
        changes,
        serviceParameters({ teams: { count: 40, seats: 2 }, referrals: { perWeek: 0.1 } }),
      );
      const { weeks, nWeeks, nTeams } = simulateService(parameters, key);
      let sum = 0;
      for (let team = 0; team < nTeams; team++) sum += weeks.fidelity[(nWeeks - 1) * nTeams + team];
      return sum / nTeams;
    };
    const base = finalFidelity({});
    expect(finalFidelity({ fidelity: { training: { months: 6 } } })).toBeLessThan(base - 1);
    expect(finalFidelity({ fidelity: { training: { supervisionHours: 0.75 } } })).toBeLessThan(base - 0.5);
    expect(finalFidelity({ staffing: { turnover: { perYear: 1 } } })).toBeLessThan(base - 1);
    expect(finalFidelity({ fidelity: { monitoring: { months: 0 } } })).toBeLessThan(base - 0.3);
    expect(finalFidelity({ fidelity: { abandonment: { perYear: 1 } } })).toBeLessThan(base - 2);
    expect(finalFidelity({ staffing: { caseloadCap: 40 }, referrals: { perWeek: 3 } })).toBeLessThan(base - 1);
  });
});
