import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { auditTeams } from "../../models/study/audits.ts";
import { courseOf, meanExposure, type PiecewiseLinear, scoreAt } from "../../models/study/exposure.ts";
import { studyParameters } from "../../models/study/parameters.ts";
import { simulateService } from "../../models/service/simulateService.ts";
import { keyOf } from "../../sim/random/address.ts";
import { smallService } from "../service/fixture.ts";
import { expectWithin } from "../statistical/expectStatistics.ts";
import { covariance, mean } from "./fixture.ts";

/** Interpolates on its own, day by day, at noon. */
function dailyMean({ day, score }: PiecewiseLinear, end: number, days: number): number {
  let sum = 0;
  for (let d = 0; d < days; d++) {
    const noon = end - days + d + 0.5;
    let value = noon <= day[0] ? score[0] : score[score.length - 1];
    for (let i = 1; i < day.length; i++)
      if (noon > day[i - 1] && noon <= day[i])
        value = (score[i - 1] * (day[i] - noon) + score[i] * (noon - day[i - 1])) / (day[i] - day[i - 1]);
    sum += value;
  }
  return sum / days;
}

describe("exposure", () => {
  it("is the mean of daily interpolated scores", () => {
    const courses = fc.array(fc.tuple(fc.integer({ min: 10, max: 300 }), fc.double({ min: 8, max: 40, noNaN: true })), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(courses, fc.integer({ min: 0, max: 1500 }), fc.constantFrom(90, 180, 270), (steps, end, days) => {
        let at = 0;
        const course = {
          day: steps.map(([gap], i) => {
            at += i === 0 ? 0 : gap;
            return at;
          }),
          score: steps.map(([, score]) => score),
        };
        // Audits fall on whole days, between two noons: interpolation is linear within each day, so both are exact.
        expect(meanExposure(course, end, days)).toBeCloseTo(dailyMean(course, end, days), 9);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it("is the audits' own line at single days, flat outside, and nothing without an audit", () => {
    const course = { day: [0, 100], score: [20, 30] };
    expect([-50, 0, 25, 100, 400].map((day) => scoreAt(course, day))).toEqual([20, 20, 22.5, 30, 30]);
    // Half the window at 20, half on the way from 20 to 30.
    expect(meanExposure(course, 100, 200)).toBeCloseTo(22.5, 12);
    expect(meanExposure({ day: [], score: [] }, 100, 180)).toBeNaN();
  });
});

describe("audits", () => {
  const history = simulateService(smallService(), keyOf("audits", 0));
  const months = [0, 6, 12];

  it("without error see what is true, in the week they fall in", () => {
    const exact = studyParameters({ audits: { months, assessorErrorSd: 0, visitErrorSd: 0, afterAbandonment: true } });
    const audits = auditTeams(history, exact, keyOf("audits", 0));
    const at = (week: number) => Array.from(history.weeks.fidelity.subarray(week * 4, week * 4 + 4));
    for (const [audit, week] of [0, 26, 52].entries())
      at(week).forEach((fidelity, team) => {
        expect(audits.total[audit * 4 + team]).toBeCloseTo(fidelity, 10);
      });
  });

  it("are not held after the end, nor in teams that abandoned the model", () => {
    const audits = auditTeams(history, studyParameters({ audits: { months: [0, 12, 24] } }), keyOf("audits", 0));
    for (let team = 0; team < 4; team++) {
      expect(Number.isNaN(audits.total[4 + team])).toBe(history.weeks.abandoned[52 * 4 + team] === 1);
      expect(audits.total[8 + team]).toBeNaN();
      expect(courseOf(audits, team).day).not.toContain(audits.day[2]);
    }
    expect(history.weeks.abandoned.subarray(52 * 4, 53 * 4)).toContain(1);
  });

  it("err by what the visit shares and what assessors average out", () => {
    // Far from the ends of the scale nothing is clipped: Var = visit² + 8·assessor²/assessors.
    const p = studyParameters({
      audits: { months: [0], assessorErrorSd: 0.2, visitErrorSd: 1, afterAbandonment: true },
    });
    const middle = { ...history, weeks: { ...history.weeks, domain: history.weeks.domain.map(() => 3) } };
    const totals = Array.from({ length: 2000 }, (_, r) => auditTeams(middle, p, keyOf("error", r)).total[0]);
    const truth = 1 + (8 * 0.04) / 2;
    expectWithin(mean(totals), { truth: 24, mcse: Math.sqrt(truth / 2000) });
    expectWithin(covariance(totals, totals), { truth, mcse: truth * Math.sqrt(2 / 2000) });
  });

  it("draw by planned time: another audit changes no other", () => {
    const key = keyOf("audits", 0);
    const few = auditTeams(history, studyParameters({ audits: { months: [0, 12] } }), key);
    const more = auditTeams(history, studyParameters({ audits: { months: [0, 3, 6, 12] } }), key);
    expect(more.total.subarray(0, 4)).toEqual(few.total.subarray(0, 4));
    expect(more.total.subarray(12, 16)).toEqual(few.total.subarray(4, 8));
  });
});
