// A service that empties while a study observes it is a result like any other: flagged, complete, within its codebook.
import { describe, expect, it } from "vitest";
import { type ServiceChanges, serviceParameters } from "../../models/service/parameters.ts";
import { STATUS } from "../../models/service/world.ts";
import { simulateStudy } from "../../models/study/observe.ts";
import { columnsOf, toStudyData } from "../../models/study/studyData.ts";
import { studyParameters } from "../../models/study/parameters.ts";
import { KEY, SERVICE, wideColumn } from "./fixture.ts";

const STUDY = studyParameters();
const WITHIN = { x: "fid4_5", m: "rprs4_5", y: "qoli9", covariates: ["qoli0", "age"] };

function observedWith(changes: ServiceChanges) {
  const { history, observed } = simulateStudy(serviceParameters(changes, SERVICE), STUDY, KEY);
  for (const { name, range, values } of [...observed.wide, ...observed.long])
    for (const value of values)
      if (range !== null && !Number.isNaN(value)) {
        expect(value, name).toBeGreaterThanOrEqual(range[0]);
        expect(value, name).toBeLessThanOrEqual(range[1]);
      }
  for (const series of [history.weeks.fidelity, history.weeks.meanCaseload, history.weeks.waiting])
    expect(series.every(Number.isFinite)).toBe(true);
  for (const values of [history.clients.alliance, ...history.clients.outcome])
    expect(values.every(Number.isFinite)).toBe(true);
  return { history, observed };
}

const inService = (status: Uint8Array) => status.filter((s) => s >= STATUS.active && s <= STATUS.notEngaging).length;

describe("a service that empties under observation", () => {
  it("all case managers gone: clients stay on hold, nobody rates the alliance for them, the study goes on", () => {
    const { history, observed } = observedWith({ staffing: { turnover: { perYear: 20 }, vacancy: 520 } });
    expect(history.flags).toEqual(["noStaff"]);
    expect(inService(history.clients.status)).toBeGreaterThan(0);
    expect(observed.nClients).toBeGreaterThan(0);
    expect(wideColumn(observed, "cmal13_5").every(Number.isNaN)).toBe(true);
    expect(wideColumn(observed, "rprs13_5").every(Number.isNaN)).toBe(false);
  });

  it("all clients gone: means of nobody are missing, those interviewed before keep their data", () => {
    const { history, observed } = observedWith({ referrals: { perWeek: 0 }, events: { leaving: { perYear: 60 } } });
    expect(history.flags).toEqual(["noClients"]);
    expect(inService(history.clients.status)).toBe(0);
    expect(history.weeks.alliance.subarray(-history.nTeams).every(Number.isNaN)).toBe(true);
    expect(observed.nClients).toBeGreaterThan(0);
    expect(toStudyData(columnsOf(observed), WITHIN).n).toBeGreaterThan(0);
  });

  it("an ordinary service has no flag, and its means are there", () => {
    const { history } = observedWith({});
    expect(history.flags).toEqual([]);
    expect(history.weeks.alliance.some(Number.isNaN)).toBe(false);
  });
});
