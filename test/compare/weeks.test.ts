// Week by week: are the means those of the services themselves, over the same replications?
import { describe, expect, it } from "vitest";
import { pairedDifference } from "../../models/compare/pairedDifference.ts";
import { createPairedWeeks } from "../../models/compare/pairedWeeks.ts";
import { WEEKLY_SERIES, weeklySeriesOf } from "../../models/compare/weeklySeries.ts";
import type { ServiceHistory } from "../../models/service/history.ts";
import { playService } from "../../models/service/playService.ts";
import { keyOf } from "../../sim/random/address.ts";
import { compareHere, planOf, scenarioWith } from "./fixture.ts";

describe("weekly series of a service", () => {
  it("weigh teams by who is in them, and have no value where nobody is", () => {
    const weeks = {
      inService: [3, 1, 0, 0],
      alliance: [60, 80, Number.NaN, Number.NaN],
      fidelity: [20, 30, 22, 30],
      waiting: [2, 5, 0, 1],
      managersPresent: [2, 0, 1, 3],
      meanCaseload: [1.5, 0, 4, 8],
    };
    const series = weeklySeriesOf({ nTeams: 2, nWeeks: 2, weeks } as unknown as ServiceHistory);
    expect(WEEKLY_SERIES.map(({ name }) => name)).toEqual(["alliance", "fidelity", "waiting", "caseload"]);
    expect([...series]).toEqual([65, Number.NaN, 25, 26, 7, 1, 1.5, 7]);
  });
});

describe("paired weeks", () => {
  it("are pairedDifference week by week, without pairs that lack a value", () => {
    const nan = Number.NaN;
    const base = [Float64Array.of(1, 5, nan, 1), Float64Array.of(2, nan, nan, nan), Float64Array.of(4, 6, nan, 2)];
    const other = [Float64Array.of(2, 7, 1, nan), Float64Array.of(2, 8, nan, 3), Float64Array.of(7, 6, nan, 3)];
    const gathered = createPairedWeeks();
    for (const [r, weeks] of base.entries()) gathered.add(weeks, other[r]);
    const paired = gathered.paired();
    for (let week = 0; week < 4; week++) {
      const truth = pairedDifference(
        base.map((weeks) => weeks[week]),
        other.map((weeks) => weeks[week]),
      );
      expect([paired.base[week], paired.value[week], paired.difference[week]]).toEqual([
        truth.base,
        truth.value,
        truth.difference,
      ]);
      if (truth.nPairs > 1) expect(paired.half[week]).toBeCloseTo((truth.ci[1] - truth.ci[0]) / 2, 12);
      else expect(paired.half[week]).toBeNaN();
    }
  });

  it("of a comparison are means over its own replications, however they are batched by looks", async () => {
    const bigger = scenarioWith("bigger", { staffing: { caseloadCap: 6 } });
    const plan = planOf([bigger, scenarioWith("again")], { replications: 37, precision: 1e-6 });
    const { scenarios } = await compareHere(plan);
    const [ofBigger, again] = scenarios;
    expect([ofBigger.replications, again.replications]).toEqual([37, 30]);
    const waiting = (service: typeof bigger.service, replication: number) => {
      const { history } = playService(service, keyOf("compare", replication));
      return history.weeks.waiting[20];
    };
    let [sum, sumBase] = [0, 0];
    for (let r = 0; r < 37; r++) {
      sum += waiting(bigger.service, r);
      sumBase += waiting(plan.base.service, r);
    }
    const at = 2 * 26 + 20;
    expect(ofBigger.weeks.value[at]).toBeCloseTo(sum / 37, 12);
    expect(ofBigger.weeks.base[at]).toBeCloseTo(sumBase / 37, 12);
    expect(ofBigger.weeks.difference[at]).toBeCloseTo((sum - sumBase) / 37, 12);
    for (const [i, difference] of again.weeks.difference.entries())
      if (!Number.isNaN(difference)) expect([difference, again.weeks.half[i]]).toEqual([0, 0]);
  });
});
