// Does the printed schedule tell the order, every draw with its address, and what is off?
import { describe, expect, it } from "vitest";
import { isWithinLimits } from "../../models/registry/registry.ts";
import { DECISIONS_AT_START } from "../../models/service/decisions.ts";
import { parameterEntries, type ServiceChanges, serviceParameters } from "../../models/service/parameters.ts";
import { SCHEDULE } from "../../models/service/schedule.ts";
import { simulateService } from "../../models/service/simulateService.ts";
import { STUDY_DECISIONS } from "../../models/study/decisions.ts";
import { simulateStudy } from "../../models/study/observe.ts";
import { type StudyChanges, studyParameterEntries, studyParameters } from "../../models/study/parameters.ts";
import { WHAT } from "../../models/what.ts";
import { reasonOff, scheduleText } from "../../reports/scheduleText.ts";
import { keyOf } from "../../sim/random/address.ts";
import { bitsOf, changeAt, smallService } from "../service/fixture.ts";

const SERVICE_DECISIONS = [...DECISIONS_AT_START, ...SCHEDULE.flatMap(({ decisions }) => decisions)];
/** A small service in which every random decision is taken. */
const FULL = smallService({
  time: { weeks: 110 },
  staffing: { partTimeShare: 0.4 },
  referrals: { cohort: { perTeam: 8, window: 20 } },
  events: { graduation: { months: 2 } },
});
const STUDY = studyParameters({
  clientsPerTeam: 1,
  sampling: { scheme: "random" },
  audits: { months: [0, 6, 12] },
  dropout: { perYear: 0.5 },
});
const key = keyOf("schedule", 0);

describe("the text of a schedule", () => {
  const text = scheduleText(serviceParameters(), studyParameters());

  it("names the processes in their order, every equation, and every draw with its stream", () => {
    const places = SCHEDULE.map(({ process }, index) => text.indexOf(`\n${index + 1}. ${process}: `));
    expect(places.every((place, index) => place > (places[index - 1] ?? 0))).toBe(true);
    const flat = text.replaceAll(/\n */g, " ");
    for (const { equations, does } of SCHEDULE) for (const line of [does, ...equations]) expect(flat).toContain(line);
    for (const { stream, decision, distribution } of [...SERVICE_DECISIONS, ...STUDY_DECISIONS])
      expect(flat).toContain(`${decision}: ${distribution}; stream ${stream} (${WHAT[stream]})`);
  });

  it("leaves the study out where there is none", () => {
    const alone = scheduleText(serviceParameters());
    expect(text.startsWith(alone)).toBe(true);
    for (const { stream } of STUDY_DECISIONS) expect(alone).not.toContain(`stream ${stream} `);
  });

  it("keeps to 100 columns", () => {
    for (const line of text.split("\n")) expect([...line].length).toBeLessThanOrEqual(100);
  });

  it("marks what is off, with the reason, and nothing else", () => {
    const quiet = scheduleText(
      serviceParameters({ alliance: { dyadFit: { on: false }, feedback: 0 } }),
      studyParameters({ dropout: { perYear: 0 } }),
    ).replaceAll(/\n */g, " ");
    expect(quiet).toContain("[off] alliance.dyadFit.on");
    expect(quiet).toContain("[off] alliance.feedback = 0");
    expect(quiet).toContain(
      "stream dyadFit (19), when: number of case managers so far [off: alliance.dyadFit.on is false]",
    );
    expect(quiet).toContain("stream studyDropout (62), when: once [off: dropout.perYear is 0]");
    expect(quiet).toContain("[on] goals.on");
    expect(quiet).toMatch(/stream goalStep \(49\), when: step(?! \[off)/);
  });

  it("tells the length and the number of steps", () => {
    const daily = scheduleText(serviceParameters({ time: { weeks: 10, stepsPerWeek: 7 } }));
    expect(daily).toContain("Each step of 1 day (70 steps in 10 weeks)");
  });
});

describe("what the schedule says of switches", () => {
  it("names every switch of the service once, and dials", () => {
    const named = SCHEDULE.flatMap(({ switches }) => switches);
    expect(new Set(named).size).toBe(named.length);
    const switches = parameterEntries().flatMap(({ path, parameter }) => (parameter.kind === "switch" ? [path] : []));
    expect(named).toEqual(expect.arrayContaining(switches));
    const dials = named.filter((path) => !switches.includes(path));
    const paths = parameterEntries().map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(dials));
  });

  it.each([
    ["service", SERVICE_DECISIONS, parameterEntries()],
    ["study", STUDY_DECISIONS, studyParameterEntries()],
  ] as const)("%s: a decision is off at values that its parameters can have", (_, decisions, entries) => {
    for (const { offIf = {} } of decisions)
      for (const [path, value] of Object.entries(offIf)) {
        const parameter = entries.find((entry) => entry.path === path)?.parameter;
        expect(parameter, path).toBeDefined();
        if (parameter !== undefined) expect(isWithinLimits(parameter, value), path).toBe(true);
      }
  });
});

/** The results with other luck in one stream: its number is replaced while they are made. */
function withOtherLuck<T>(stream: string, run: () => T): T {
  const numbers = WHAT as Record<string, number>;
  const number = numbers[stream];
  numbers[stream] = number + 1000;
  try {
    return run();
  } finally {
    numbers[stream] = number;
  }
}

/** Whether a decision matters: other luck in its stream changes a result. */
function matters(stream: string, run: () => unknown): boolean {
  const plain = bitsOf(run());
  return [...withOtherLuck(stream, () => bitsOf(run()))].some(([name, bits]) => plain.get(name) !== bits);
}

describe("a decision marked off decides nothing, and others do", () => {
  for (const decision of SERVICE_DECISIONS)
    it(`service: ${decision.stream}`, () => {
      expect(reasonOff(decision, FULL)).toBeUndefined();
      expect(matters(decision.stream, () => simulateService(FULL, key))).toBe(true);
      for (const [path, value] of Object.entries(decision.offIf ?? {})) {
        const off = smallService(changeAt(path, value) as ServiceChanges);
        expect(reasonOff(decision, off)).toBe(`${path} is ${value}`);
        expect(
          matters(decision.stream, () => simulateService(off, key)),
          path,
        ).toBe(false);
      }
    });

  for (const decision of STUDY_DECISIONS)
    it(`study: ${decision.stream}`, () => {
      expect(reasonOff(decision, STUDY)).toBeUndefined();
      expect(matters(decision.stream, () => simulateStudy(FULL, STUDY, key))).toBe(true);
      for (const [path, value] of Object.entries(decision.offIf ?? {})) {
        const off = studyParameters(changeAt(path, value) as StudyChanges, STUDY);
        expect(reasonOff(decision, off)).toBe(`${path} is ${value}`);
        expect(
          matters(decision.stream, () => simulateStudy(FULL, off, key)),
          path,
        ).toBe(false);
      }
    });
});
