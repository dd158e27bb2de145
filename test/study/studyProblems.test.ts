import { describe, expect, it } from "vitest";
import { serviceParameters } from "../../models/service/parameters.ts";
import { type StudyChanges, studyParameterEntries, studyParameters } from "../../models/study/parameters.ts";
import { studyProblems } from "../../models/study/studyProblems.ts";

const service = serviceParameters({ time: { weeks: 200 }, referrals: { cohort: { on: true } } });
const problemsOf = (changes: StudyChanges) => studyProblems(studyParameters(changes), service).join("\n");

describe("study parameters", () => {
  it("each have a description and a source, and defaults that can be observed", () => {
    for (const { parameter } of studyParameterEntries()) expect(parameter.description && parameter.source).not.toBe("");
    expect(problemsOf({})).toBe("");
  });

  it.each<[StudyChanges, RegExp]>([
    [{ audits: { months: [0, 6, 6] } }, /study\.audits\.months must be a rising list .* got \[0,6,6\]/],
    [{ audits: { months: [] } }, /study\.audits\.months must be a rising list/],
    [
      { audits: { months: [0, 60] } },
      /study\.audits\.months must end within time\.weeks \(200\).*raise time\.weeks to 261/,
    ],
    [{ audits: { assessors: 1.5 } }, /study\.audits\.assessors must be a whole number from 1 to 16/],
    [{ interviews: { months: [1, 4.5, 9, 13.5, 18] } }, /study\.interviews\.months must begin with 0/],
    [{ interviews: { months: [0, 9, 18] } }, /study\.instruments\.rprs\.months must be among .* got 4\.5, 13\.5/],
    // 97 weeks of enrolment, 6 to baseline, 4 of jitter and 156.5 make 263.5.
    [{ interviews: { months: [0, 4.5, 9, 13.5, 18, 36] } }, /the interviews at 36 months .* raise it to 264/],
    [
      { instruments: { pgi: { reliability: 0.98 } } },
      /study\.instruments\.pgi\.reliability and study\.ratingStyle\.share/,
    ],
    [{ missing: { atRandom: 0.7, notAtRandom: 0.7 } }, /must sum to at most 1, got 0\.7 and 0\.7/],
    [{ instruments: { rprs: { reliability: 0.04 } } }, /study\.managerRating\.agreement must be at most/],
    [
      { clientsPerTeam: 40, sampling: { scheme: "random" } },
      /must be at most referrals\.cohort\.perTeam.*\(22\), got 40/,
    ],
    [
      { sampling: { scheme: "some" as "all" } },
      /study\.sampling\.scheme must be one of all, random, managerSelected, got "some"/,
    ],
  ])("%j is refused", (changes, message) => {
    expect(problemsOf(changes)).toMatch(message);
  });

  it("need a cohort to sample from one", () => {
    const without = serviceParameters({ time: { weeks: 200 } });
    expect(studyProblems(studyParameters(), without).join()).toMatch(/referrals\.cohort\.on is false/);
    expect(studyProblems(studyParameters({ sampling: { from: "everyone" } }), without)).toEqual([]);
  });
});
