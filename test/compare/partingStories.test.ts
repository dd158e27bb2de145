// Where do the stories of one client in two worlds part? By hand, and in real services.
import { describe, expect, it } from "vitest";
import { partingOf } from "../../models/compare/partingStories.ts";
import { storiesOfClient } from "../../models/compare/storiesOfClient.ts";
import type { ClientEvent, ClientTrace, ClientWeek } from "../../models/service/clientEvents.ts";
import { idsOf } from "../../models/traceStory.ts";
import { twoStories } from "../../reports/twoStories.ts";
import { planOf, scenarioWith } from "./fixture.ts";

const draw = { stream: "leaving", u: 0.01 } as const;
const week = (n: number, events: readonly ClientEvent[] = [], nKept = 1, alliance = 70): ClientWeek => ({
  week: n,
  events,
  nOffered: 1,
  nKept,
  contacts: nKept,
  inService: true,
  inHospital: false,
  alliance,
  outcome: [80, 30, 40, 70],
});
const trace = (...weeks: readonly ClientWeek[]) => ({ weeks }) as ClientTrace;

describe("stories part", () => {
  it("never, if only scores differ", () => {
    expect(partingOf(trace(week(0), week(1, [], 1, 71)), trace(week(0), week(1, [], 1, 65)))).toBeNull();
  });

  it("where the client comes in one world and not in the other", () => {
    expect(partingOf(trace(week(0), week(1), week(2)), trace(week(0), week(1, [], 0), week(2, [], 0)))).toEqual({
      week: 1,
      base: { kind: "attendance", nOffered: 1, nKept: 1 },
      other: { kind: "attendance", nOffered: 1, nKept: 0 },
    });
  });

  it("at what comes first in a step: a case manager leaves before a visit is missed, a goal step is missed after it", () => {
    const leaver: ClientEvent = { kind: "managerLeft", day: 7, manager: { seat: 1, holder: 1 }, draw };
    const steps: ClientEvent = { kind: "goalSteps", day: 7, steps: 1, draw };
    const left = partingOf(trace(week(0), week(1, [leaver], 0)), trace(week(0), week(1, [steps])));
    expect(left).toEqual({ week: 1, base: { kind: "event", event: leaver }, other: null });
    const missed = partingOf(trace(week(0, [], 0)), trace(week(0, [steps])));
    expect(missed?.other).toEqual({ kind: "attendance", nOffered: 1, nKept: 1 });
  });

  it("where the same thing happens with another person or on another day, but not with another competence", () => {
    const began = (holder: number, competence: number): ClientEvent => ({
      kind: "managerBegan",
      day: 0,
      manager: { seat: 1, holder },
      pairing: "successor",
      skill: 1,
      fit: 1,
      competence,
      alliance: { before: 70, after: 65 },
    });
    expect(partingOf(trace(week(0, [began(1, 1)])), trace(week(0, [began(1, 0.6)])))).toBeNull();
    expect(partingOf(trace(week(0, [began(1, 1)])), trace(week(0, [began(2, 1)])))?.week).toBe(0);
  });
});

describe("in a service", () => {
  const plan = planOf([
    scenarioWith("base again"),
    scenarioWith("no staff", { staffing: { turnover: { perYear: 50 } } }),
  ]);
  const { ids } = idsOf(plan.base.service, plan.seed);

  it("nothing changed, nobody's story differs; everyone's case manager leaves, everyone's does", () => {
    for (const id of [...ids].slice(0, 4)) {
      const { base, others } = storiesOfClient(plan, id);
      expect(others[0].parting).toBeNull();
      expect(twoStories(base, others[0]).replaceAll("\n", " ")).toContain(
        "Every decision about the client is the same in both.",
      );
      const { parting } = others[1];
      if (parting === null) throw new Error("a difference was expected");
      // Before the week in which they part, every week has the same events and visits.
      const story = (weeks: readonly ClientWeek[] | undefined) =>
        weeks
          ?.slice(0, parting.week)
          .map(({ events, nOffered, nKept }) => [events.map(({ kind }) => kind), nOffered, nKept]);
      expect(story(others[1].story?.trace.weeks)).toEqual(story(base.trace.weeks));
      expect(twoStories(base, others[1])).toContain(`week ${parting.week + 1}`);
    }
  });

  it("a client who is not referred in the other world is said to be missing", () => {
    const fewer = planOf([scenarioWith("nobody new", { referrals: { perWeek: 0 } })]);
    const last = ids[ids.length - 1];
    const { base, others } = storiesOfClient(fewer, last);
    expect(others[0].story).toBeNull();
    expect(twoStories(base, others[0]).replaceAll("\n", " ")).toMatch(/In nobody new the client is never referred\.$/);
  });

  it("both are told from the same week on, side by side", () => {
    const { base, others } = storiesOfClient(plan, ids[0]);
    const [, other] = others;
    const [, words, table] = twoStories(base, other).split("\n\n");
    const from = (other.parting?.week ?? 0) + 1;
    expect(words.replaceAll("\n", " ")).toMatch(
      new RegExp(`The first decision that differs, in week ${from}: in base, .*; in no staff, .*\\.$`),
    );
    const [head, , ...rows] = table.split("\n");
    expect(head).toMatch(/^base +no staff$/);
    const column = head.indexOf("no staff");
    for (const side of [rows[0].slice(0, column), rows[0].slice(column)])
      expect(side).toMatch(new RegExp(`^weeks? ${from}\\b`));
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(2 * 60);
  });
});
