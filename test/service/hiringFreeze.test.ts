// While hiring is frozen nobody is hired, before it nothing differs, and at its end those seats are filled that fell due.
import { describe, expect, it } from "vitest";
import type { ServiceHistory } from "../../models/service/history.ts";
import { type ServiceChanges, serviceParameters } from "../../models/service/parameters.ts";
import { simulateService } from "../../models/service/simulateService.ts";
import { keyOf } from "../../sim/random/address.ts";
import { differences, smallService } from "./fixture.ts";

const key = keyOf("hiring freeze", 0);
const START = 20;
const WEEKS = 30;
const play = (changes: ServiceChanges) =>
  simulateService(serviceParameters(changes, smallService({ staffing: { vacancy: 3 } })), key);
const frozen = (start: number, weeks: number, handOver: "hold" | "pool" = "hold") =>
  play({ staffing: { handOver, hiringFreeze: { on: true, start, weeks } } });

/** Case managers hired by the end of a week, all teams. */
const hiredBy = ({ weeks, nTeams }: ServiceHistory, week: number) =>
  weeks.flows.managersHired.subarray(week * nTeams, (week + 1) * nTeams).reduce((sum, n) => sum + n, 0);

describe("a hiring freeze", () => {
  it.each(["hold", "pool"] as const)(
    "hires nobody from its first to its last week, and then makes up for it (%s)",
    (policy) => {
      const history = frozen(START, WEEKS, policy);
      const before = hiredBy(history, START - 1);
      const last = START + WEEKS - 1;
      for (let week = START; week <= last; week++) expect(hiredBy(history, week)).toBe(before);
      const { weeks, nTeams, managers } = history;
      const vacantIn = (week: number) =>
        managers.n - weeks.managersPresent.subarray(week * nTeams, (week + 1) * nTeams).reduce((sum, n) => sum + n, 0);
      // Vacancies last three weeks on average: nearly all have fallen due.
      expect(vacantIn(last)).toBeGreaterThan(3);
      expect(hiredBy(history, last + 1) - before).toBeGreaterThan(vacantIn(last) / 2);
    },
  );

  it("changes nothing before it begins", () => {
    const [open, shut] = [play({ staffing: { handOver: "hold" } }), frozen(START, WEEKS)];
    const until = ({ weeks, nTeams }: ServiceHistory, week: number) =>
      [weeks.alliance, weeks.fidelity, weeks.waiting].map((series) => [...series.subarray(0, week * nTeams)]);
    expect(until(shut, START)).toEqual(until(open, START));
    expect(until(shut, START + WEEKS)).not.toEqual(until(open, START + WEEKS));
  });

  it("of length 0, after the end or switched off changes no bit", () => {
    const open = play({});
    expect(differences(frozen(START, 0), open)).toEqual([]);
    expect(differences(frozen(78, WEEKS), open)).toEqual([]);
    expect(differences(play({ staffing: { hiringFreeze: { start: 10, weeks: 40 } } }), open)).toEqual([]);
  });
});
