// An analytic oracle: one team without feedback, turnover or missed contacts is an M/M/c queue.
import { describe, expect, it } from "vitest";
import { serviceParameters } from "../../models/service/parameters.ts";
import { simulateService } from "../../models/service/simulateService.ts";
import { keyOf } from "../../sim/random/address.ts";

/**
 * Erlang C: in an M/M/c queue with offered load a = λ/μ < c the probability of waiting is
 * C = (aᶜ/c!)·c/(c − a) / (Σ_{k<c} aᵏ/k! + (aᶜ/c!)·c/(c − a)), the mean queue C·a/(c − a), the mean number served a.
 */
function erlangC(c: number, load: number): { served: number; waiting: number } {
  let term = 1;
  let sum = 0;
  for (let k = 0; k < c; k++) {
    sum += term;
    term *= load / (k + 1);
  }
  const full = (term * c) / (c - load);
  return { served: load, waiting: ((full / (sum + full)) * load) / (c - load) };
}

const WARM_UP = 150;
const WEEKS = 500;
const TEAMS = 150;
/** Exits fall on the ends of steps, so that a stay is half a step too long: 0.2 % of four weeks in steps of 1/8 day. */
const STEPS = 56;

/** Means over time, after warming up, of queues that know nothing of each other: one per team. */
function queues(perWeek: number, seats: number, cap: number, weeksInService: number) {
  const parameters = serviceParameters({
    time: { weeks: WEEKS, stepsPerWeek: STEPS },
    teams: { count: TEAMS, seats },
    referrals: { perWeek, initialCaseload: 0 },
    staffing: { caseloadCap: cap, turnover: { on: false } },
    contacts: { on: false, attendance: { on: false }, neverEngages: { on: false } },
    fidelity: { on: false },
    goals: { on: false },
    selfWorth: { on: false },
    setbacks: { on: false },
    events: {
      hospital: { on: false },
      housing: { on: false },
      leaving: { perYear: 365.25 / 7 / weeksInService, alliance: 1 },
      graduation: { on: false },
    },
    alliance: { fluctuation: 0 },
    outcomes: {
      qoli: { fluctuationSd: 0 },
      pgi: { fluctuationSd: 0 },
      ths: { fluctuationSd: 0 },
      mcas: { fluctuationSd: 0 },
    },
  });
  const { weeks, nWeeks } = simulateService(parameters, keyOf("queue", seats));
  const means = (series: Int32Array) =>
    Array.from({ length: TEAMS }, (_, team) => {
      let sum = 0;
      for (let week = WARM_UP; week < nWeeks; week++) sum += series[week * TEAMS + team];
      return sum / (nWeeks - WARM_UP);
    });
  return { served: means(weeks.inService), waiting: means(weeks.waiting) };
}

describe(`a team alone is an M/M/c queue (${TEAMS} of them)`, () => {
  for (const [seats, cap, perWeek, stay] of [
    [2, 3, 1.05, 4],
    [1, 2, 0.3, 4],
    [3, 1, 0.4, 4],
  ])
    it(`c = ${seats * cap} places, ${perWeek} referrals a week, ${stay} weeks in service`, () => {
      const observed = queues(perWeek, seats, cap, stay);
      const truth = erlangC(seats * cap, perWeek * stay);
      for (const name of ["served", "waiting"] as const) {
        const mean = observed[name].reduce((sum, x) => sum + x, 0) / TEAMS;
        const mcse = Math.sqrt(observed[name].reduce((sum, x) => sum + (x - mean) ** 2, 0) / (TEAMS - 1) / TEAMS);
        expect(Math.abs(mean - truth[name]), `${name} ${mean}, formula ${truth[name]}, MCSE ${mcse}`).toBeLessThan(
          4.9 * mcse,
        );
        // Precise enough to notice one place more or less, or a wrong order of arrivals and exits.
        expect(mcse / truth[name]).toBeLessThan(name === "served" ? 0.015 : 0.08);
      }
      const oneMore = erlangC(seats * cap + 1, perWeek * stay);
      const waiting = observed.waiting.reduce((sum, x) => sum + x, 0) / TEAMS;
      expect(Math.abs(waiting - oneMore.waiting)).toBeGreaterThan(0.2 * truth.waiting);
    });
});
