// Right: change, its worst tenth and reliable improvement of clients chosen by hand.
import { describe, expect, it } from "vitest";
import { costParameters } from "../../models/costs/parameters.ts";
import { kpiDefinitionsOf, kpiValuesOf } from "../../models/kpis/kpiDefinitions.ts";
import { reliableChange } from "../../models/kpis/reliableChange.ts";
import { playService } from "../../models/service/playService.ts";
import { NEVER, STATUS } from "../../models/service/world.ts";
import { studyParameters } from "../../models/study/parameters.ts";
import { keyOf } from "../../sim/random/address.ts";
import { quietService } from "../service/fixture.ts";

const DAYS_18_MONTHS = 1.5 * 365.25;

describe("reliable change", () => {
  it("is 1.96 S_diff of Jacobson & Truax, S_diff = √(2·(SD·√(1 − ρ))²): SD 7.5 and reliability .80 give S_diff 4.74, and 15 points are 3.16 of it", () => {
    const limit = reliableChange({ trueSd: 7.5 * Math.sqrt(0.8), reliability: 0.8 });
    expect(limit / 1.96).toBeCloseTo(4.74, 2);
    expect(15 / (limit / 1.96)).toBeCloseTo(3.16, 2);
  });

  it("any change is reliable without measurement error", () => {
    expect(reliableChange({ trueSd: 7.5, reliability: 1 })).toBe(0);
  });
});

describe("outcomes of clients chosen by hand", () => {
  /** Fifteen clients admitted on day 0; the first is of day 0, the second never engages, the third came too late. */
  function byHand() {
    const weeks = 100;
    const parameters = quietService({
      time: { weeks },
      referrals: { initialCaseload: 0, cohort: { on: true, perTeam: 15, window: 0 } },
      staffing: { caseloadCap: 15 },
    });
    const played = playService(parameters, keyOf("outcomes", 0));
    const { clients, origin } = played.history;
    clients.admissionDay.fill(0);
    clients.exitDay.fill(NEVER);
    clients.status.fill(STATUS.active);
    clients.neverEngages.fill(0);
    origin[0] = 0;
    clients.neverEngages[1] = 1;
    clients.admissionDay[2] = weeks * 7 - DAYS_18_MONTHS + 1;
    for (let o = 0; o < 4; o++) {
      played.tenure.entry[o].fill(50);
      played.tenure.followUp[o].fill(50);
    }
    // Twelve are followed up: the changes of rows 3 to 14.
    played.tenure.followUp[0].set([0, 0, 0, 40, 49, 51, 75, 71, 70, 50, 50, 50, 50, 50, Number.NaN]);
    played.tenure.followUp[3].set([99, 99, 99, 57, 56, 50, 57, 50, 50, 50, 50, 50, 50, 50, 50]);
    // The last left after a year at 80.
    clients.outcome[0][14] = 80;
    clients.exitDay[14] = 365.25;
    return played;
  }

  const prices = costParameters();
  const definitions = kpiDefinitionsOf({ study: studyParameters(), costs: prices, kpis: [] });
  const played = byHand();
  const computed = kpiValuesOf(definitions, played);
  const values = Object.fromEntries(definitions.map(({ name }, k) => [name, computed[k]]));

  it("mean over those followed up", () => {
    expect(values.qoliChange).toBeCloseTo((-10 - 1 + 1 + 25 + 21 + 20 + 30) / 12, 12);
    expect(values.mcasChange).toBeCloseTo((7 + 6 + 7) / 12, 12);
    expect(values.thsChange).toBe(0);
  });

  it("the worst tenth of twelve are two", () => {
    expect(values.qoliChangeWorstTenth).toBe((-10 - 1) / 2);
  });

  it("reliable improvement: QOLI-20 above 20.79 points, MCAS above 6.52", () => {
    expect(values.qoliImproved).toBe(3 / 12);
    expect(values.mcasImproved).toBe(2 / 12);
    expect(values.pgiImproved).toBe(0);
    // Row 6 improved in both.
    expect(values.anyImproved).toBe(4 / 12);
  });

  it("cost per reliable improvement: eleven clients for 1.5 years, one for a year, four improved", () => {
    expect(values.costPerImprovement).toBeCloseTo((values.costPerClientYear * (11 * 1.5 + 1)) / 4, 8);
  });

  it("is not defined where nobody improved or nobody was followed up", () => {
    const none = byHand();
    for (const outcome of none.tenure.followUp) outcome.fill(50);
    none.history.clients.outcome[0][14] = 50;
    const of = (name: string) => kpiValuesOf(definitions, none)[definitions.findIndex((one) => one.name === name)];
    expect(of("anyImproved")).toBe(0);
    expect(of("costPerImprovement")).toBeNaN();
    none.history.clients.neverEngages.fill(1);
    expect([of("anyImproved"), of("qoliChangeWorstTenth"), of("costPerImprovement")]).toEqual(
      Array(3).fill(Number.NaN),
    );
  });
});
