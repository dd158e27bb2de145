// Right: costs of services whose quantities are known, and of random ones counted a second time.
import { describe, expect, it } from "vitest";
import { COST_HEADINGS, costsOf, totalOf } from "../../models/costs/costsOf.ts";
import { type CostChanges, costParameterEntries, costParameters } from "../../models/costs/parameters.ts";
import { kpiDefinitionsOf, kpiValuesOf } from "../../models/kpis/kpiDefinitions.ts";
import { isWithinLimits } from "../../models/registry/registry.ts";
import { type PlayedService, playService } from "../../models/service/playService.ts";
import { simulateService } from "../../models/service/simulateService.ts";
import { studyParameters } from "../../models/study/parameters.ts";
import { keyOf } from "../../sim/random/address.ts";
import { differences, quietService, smallService } from "../service/fixture.ts";

const key = keyOf("costs", 0);

function valuesOf(played: PlayedService, changes: CostChanges = {}): Record<string, number> {
  const definitions = kpiDefinitionsOf({ study: studyParameters(), costs: costParameters(changes), kpis: [] });
  const values = kpiValuesOf(definitions, played);
  return Object.fromEntries(definitions.map(({ name }, k) => [name, values[k]]));
}

describe("prices", () => {
  it("have a source each, and lie inside their own plausible range", () => {
    for (const { path, parameter } of costParameterEntries()) {
      expect(parameter.source, path).not.toBe("");
      expect(isWithinLimits(parameter, parameter.value), path).toBe(true);
      if (!("plausible" in parameter) || parameter.plausible === undefined) continue;
      const [low, high] = parameter.plausible;
      expect(low <= parameter.value && parameter.value <= high, path).toBe(true);
    }
  });
});

describe("one team of one case manager with one client, no turnover, two years of 52 weeks: costs in closed form", () => {
  const WEEKS = 104;
  const YEARS = (WEEKS * 7) / 365.25;
  const played = playService(
    quietService({
      time: { weeks: WEEKS },
      contacts: { perMonth: 3, needLogSd: 0, hoursPerContact: 2 },
      fidelity: {
        on: true,
        abandonment: { on: false },
        // 12 months are 365.25 days: the weeks that begin on days 0, 7, … 364 are 53.
        training: { months: 12, supervisionHours: 2 },
        monitoring: { months: 12 },
      },
    }),
    key,
  );
  const prices: CostChanges = {
    salaries: { manager: 60_000, leader: 90_000, leaderFte: 0.25 },
    overhead: 0.2,
    supervision: { hour: 20 },
    training: { newManager: 1_000, teamYear: 5_000 },
    audits: { perYear: 2, audit: 4_000 },
    travel: { contact: 7 },
    hospital: { day: 500 },
  };
  const values = valuesOf(played, prices);
  const salaries = (60_000 + 0.25 * 90_000) * YEARS;
  const trainedYears = (53 * 7) / 365.25;
  const contacts = (3 * WEEKS * 7) / (365.25 / 12);
  const truth = {
    costSalaries: salaries,
    costOverhead: 0.2 * salaries,
    costVacancies: 0,
    costSupervision: 20 * 2 * 53,
    costTraining: 5_000 * trainedYears,
    costAudits: 4_000 * 2 * trainedYears,
    costTravel: 7 * contacts,
  };
  const total = Object.values(truth).reduce((sum, cost) => sum + cost, 0);

  for (const [name, cost] of Object.entries({
    ...truth,
    costTotal: total,
    costPerYear: total / YEARS,
    costPerClientYear: total / YEARS,
    costPerContactHour: total / (contacts * 2),
    hospitalCostPerClientYear: 0,
  }))
    it(name, () => {
      expect(values[name]).toBeCloseTo(cost, 6);
    });

  it("the budget is missed by what the year costs more, or kept", () => {
    expect(valuesOf(played, { ...prices, budget: total / YEARS - 5 }).budgetShortfall).toBeCloseTo(5, 6);
    expect(valuesOf(played, { ...prices, budget: total / YEARS + 5 }).budgetShortfall).toBe(0);
    expect(values).not.toHaveProperty("budgetShortfall");
  });
});

describe("costs of random services", () => {
  const parameters = smallService({
    staffing: { partTimeShare: 0.5 },
    time: { stepsPerWeek: 2 },
    fidelity: { training: { months: 12 } },
  });

  it("are quantities × prices, counted a second time by what an observer sees", () => {
    const n = { fte: 0, trainedFte: 0, vacant: 0, trained: 0, monitored: 0, left: 0, began: 0 };
    let before = new Uint8Array(0);
    const played = playService(parameters, key, [
      {
        atStart: ({ managers }) => {
          before = managers.present.slice();
        },
        afterProcess: (process, { managers }) => {
          if (process !== "staffing") return;
          for (let seat = 0; seat < managers.n; seat++) {
            if (before[seat] === 1 && managers.present[seat] === 0) n.left++;
            if (before[seat] === 0 && managers.present[seat] === 1) n.began++;
          }
          before = managers.present.slice();
        },
        afterStep: ({ managers, teams }, { day, index }) => {
          if (index % 2 === 0) return;
          for (let team = 0; team < 4; team++) {
            const trained = teams.abandoned[team] === 0 && day < 365.25;
            if (trained) n.trained++;
            if (teams.abandoned[team] === 0 && day < 0.75 * 365.25) n.monitored++;
            for (let seat = 3 * team; seat < 3 * team + 3; seat++) {
              if (managers.present[seat] === 0) n.vacant++;
              else n.fte += managers.fte[seat];
              if (managers.present[seat] === 1 && trained) n.trainedFte += managers.fte[seat];
            }
          }
        },
      },
    ]);
    expect(n.vacant).toBeGreaterThan(20);
    expect(n.trained).toBeLessThan(4 * 53);
    const prices = costParameters();
    const week = 7 / 365.25;
    const costs = costsOf(played, prices);
    expect(costs.salaries).toBeCloseTo(85_000 * n.fte * week + 100_000 * 0.5 * 4 * 78 * week, 5);
    expect(costs.vacancies).toBeCloseTo(300 * n.vacant + 0.25 * 85_000 * n.left, 6);
    expect(costs.supervision).toBeCloseTo(25 * 1.5 * n.trainedFte, 6);
    expect(costs.training).toBeCloseTo(3_000 * n.began + 6_000 * n.trained * week, 6);
    expect(costs.audits).toBeCloseTo(2 * 3_000 * n.monitored * week, 6);
  });

  it("headings add up to the total, bit for bit", () => {
    for (let replication = 0; replication < 5; replication++) {
      const played = playService(parameters, keyOf("costs", replication));
      const values = valuesOf(played);
      let sum = 0;
      for (const heading of COST_HEADINGS) sum += values[`cost${heading[0].toUpperCase()}${heading.slice(1)}`];
      expect(values.costTotal).toBe(sum);
      expect(totalOf(costsOf(played, costParameters()))).toBe(sum);
    }
  });

  it("change nothing that happens", () => {
    expect(differences(playService(parameters, key).history, simulateService(parameters, key))).toEqual([]);
  });

  it("double prices are double costs, and no price is no cost", () => {
    const played = playService(parameters, key);
    const once = valuesOf(played, { overhead: 0, vacancies: { replacement: 0 } });
    const twice = Object.fromEntries(
      costParameterEntries()
        .filter(({ parameter }) => "unit" in parameter && parameter.unit.startsWith("money/"))
        .map(({ path, parameter }) => [path, 2 * (parameter.value as number)]),
    );
    const doubled = valuesOf(played, {
      salaries: { manager: twice["salaries.manager"], leader: twice["salaries.leader"] },
      overhead: 0,
      vacancies: { week: twice["vacancies.week"], replacement: 0 },
      supervision: { hour: twice["supervision.hour"] },
      training: { newManager: twice["training.newManager"], teamYear: twice["training.teamYear"] },
      audits: { audit: twice["audits.audit"] },
      travel: { contact: twice["travel.contact"] },
    });
    expect(doubled.costTotal).toBeCloseTo(2 * once.costTotal, 5);
  });

  it("per client and per hour are not defined where there are none", () => {
    const empty = playService(quietService({ time: { weeks: 4 }, referrals: { initialCaseload: 0 } }), key);
    const { costTotal, costPerClientYear, costPerContactHour, costPerImprovement } = valuesOf(empty);
    expect(costTotal).toBeGreaterThan(0);
    expect([costPerClientYear, costPerContactHour, costPerImprovement]).toEqual(Array(3).fill(Number.NaN));
  });
});
