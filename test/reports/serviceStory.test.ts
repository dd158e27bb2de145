import { describe, expect, it } from "vitest";
import { simulateService } from "../../models/service/simulateService.ts";
import { traceClient } from "../../models/service/traceClient.ts";
import type { TracedInterview } from "../../models/study/traceInterviews.ts";
import { clientStory, storyLines } from "../../reports/clientStory.ts";
import { eventWords, interviewWords } from "../../reports/eventWords.ts";
import { keyOf } from "../../sim/random/address.ts";
import { quietService, smallService } from "../service/fixture.ts";

const COHORT_CLIENT = 16 * 256;

/** One place, one client of a study's enrolment, nothing left to chance but the sex and the rest of who it is. */
const quiet = quietService({
  time: { weeks: 40 },
  contacts: { needLogSd: 0 },
  alliance: { feedback: 0 },
  referrals: { initialCaseload: 0, cohort: { on: true, perTeam: 1, start: 2, window: 0 } },
});

function traceIn(parameters: typeof quiet, identity: number) {
  const { observer, trace } = traceClient(identity);
  simulateService(parameters, keyOf("story", 0), observer);
  return trace();
}

describe("a story that can be checked by hand", () => {
  const interviews: TracedInterview[] = [
    { months: 0, day: 14.5, held: true, scores: [{ instrument: "qoli", label: "QOLI-20", value: 88 }] },
    { months: 4.5, day: 24 * 7 + 1, held: true, scores: [{ instrument: "rprs", label: "RPRS", value: Number.NaN }] },
  ];
  const lines = storyLines(traceIn(quiet, COHORT_CLIENT), interviews, quiet);

  it("begins with the referral, folds quiet weeks by the quarter, and stops for interviews", () => {
    expect(lines.map(({ from, to }) => [from, to])).toEqual([
      [3, 3],
      [4, 16],
      [17, 24],
      [25, 25],
      [26, 38],
      [39, 40],
    ]);
  });

  it("says what happened: every contact is held, 4 a month", () => {
    // 13 weeks of 4 contacts in 30.4375 days.
    const contacts = ((13 * 7 * 4) / 30.4375).toFixed(1);
    expect(lines[0].text).toMatch(
      /^referred, by the study's own enrolment; admitted at once; begins with the case manager of seat 1, its 1st holder \(skill 0\.0, fit 0\.0, competence 1\.00\); baseline interview: QOLI-20 88; comes \(0\.9 contacts\), alliance \d+ → \d+$/,
    );
    expect(lines[1].text).toMatch(new RegExp(`^comes 13 of 13 times \\(${contacts} contacts\\), alliance \\d+ → \\d+`));
    expect(lines[3].text).toMatch(/^interview at 4.5 months: RPRS missing; comes/);
  });

  it("alliance in the story is A + (T − A)·(1 − e^{−t/τ}): 3.5 weeks at full dose without paperwork, entry 15 below", () => {
    // 71.9 is the set-point: 14 weeks in service at the end of week 16.
    const truth = 71.9 - 15 * Math.exp(-14 / 3.5);
    expect(lines[1].text).toContain(`→ ${Math.round(truth)}`);
    expect(lines[0].text).toContain(`alliance 57 → ${Math.round(71.9 - 15 * Math.exp(-1 / 3.5))}`);
  });

  it("as text: who it is, then lines that fit 100 columns", () => {
    const text = clientStory(traceIn(quiet, COHORT_CLIENT), interviews, quiet);
    expect(text).toMatch(/^Client 4096, team 1, in replication 0\. A (wo)?man of \d\d: /);
    const { qoli, pgi, ths, mcas } = quiet.outcomes;
    const [q, p, t, m] = [qoli, pgi, ths, mcas].map(({ entry }) => entry.toFixed(0));
    expect(text.replaceAll("\n", " ")).toContain(
      `alliance 57, quality of life ${q}, personal goals ${p}, hope ${t} and functioning ${m}`,
    );
    for (const line of text.split("\n")) expect([...line].length).toBeLessThanOrEqual(100);
    expect(text.split("\n")).toContainEqual(expect.stringMatching(/^weeks 4–16 +comes 13 of 13 times/));
  });
});

describe("stories of a busy service", () => {
  const parameters = smallService();

  it("tell a week once, in order, and end with the exit unless an interview follows", () => {
    for (const identity of [0, 1, 5, 4096, 4097, 1048576, 1048576 + 4096]) {
      const lines = storyLines(traceIn(parameters, identity), null, parameters);
      for (let i = 1; i < lines.length; i++) expect(lines[i].from).toBeGreaterThan(lines[i - 1].to);
      for (const { text } of lines) expect(text).not.toMatch(/NaN|undefined|Infinity/);
      const exit = lines.findIndex(({ text }) => /leaves the service|graduates|never engaged|gives up/.test(text));
      expect(exit === -1 || exit === lines.length - 1).toBe(true);
    }
  });

  it("a client who waits is told so in one line, however long", () => {
    const full = quietService({
      time: { weeks: 30 },
      referrals: { initialCaseload: 1, cohort: { on: true, perTeam: 1, window: 0 } },
    });
    expect(storyLines(traceIn(full, COHORT_CLIENT), null, full)).toEqual([
      { from: 1, to: 1, text: "referred, by the study's own enrolment" },
      { from: 2, to: 30, text: "waits" },
    ]);
  });
});

describe("words", () => {
  it("of events", () => {
    const manager = { seat: 2, holder: 22 };
    const draw = { stream: "leaving", u: 0.00312 } as const;
    expect(eventWords({ kind: "left", day: 7, draw })).toBe("leaves the service (draw .0031)");
    expect(eventWords({ kind: "managerLeft", day: 7, manager, draw })).toBe(
      "the case manager of seat 2, its 22nd holder, leaves (draw .0031)",
    );
    expect(eventWords({ kind: "goalAttained", day: 7, nAttained: 11 })).toBe("attains a goal, the 11th");
    expect(eventWords({ kind: "admitted", day: 21, waitedDays: 12.4 })).toBe("admitted after 12.4 days of waiting");
    expect(eventWords({ kind: "referred", day: -7, origin: "initial" })).toBe(
      "with the service for 1 week before day 0",
    );
    expect(
      eventWords({
        kind: "managerBegan",
        day: 7,
        manager,
        pairing: "redistributed",
        skill: 1.25,
        fit: -3,
        competence: 1,
        alliance: { before: 70.6, after: 60 },
      }),
    ).toBe(
      "handed over at once to the case manager of seat 2, its 22nd holder (skill +1.3, fit −3.0, competence 1.00), alliance 71 → 60",
    );
  });

  it("of interviews", () => {
    expect(interviewWords({ months: 9, day: 300, held: false, scores: [] })).toBe(
      "interview at 9 months: not held, the client no longer takes part",
    );
    expect(interviewWords({ months: 0, day: 3, held: true, scores: [] })).toBe("baseline interview: no scale is given");
  });
});
