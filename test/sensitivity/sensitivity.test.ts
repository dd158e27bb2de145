// Are the differences at the ends of ranges those of the services themselves, is nothing dropped in silence, and is no influence found
// where there is none?
import { describe, expect, it } from "vitest";
import { changesBetween } from "../../models/compare/changes.ts";
import { pairedDifference } from "../../models/compare/pairedDifference.ts";
import { costParameters } from "../../models/costs/parameters.ts";
import { kpiDefinitionsOf, kpiValuesOf } from "../../models/kpis/kpiDefinitions.ts";
import { assumptionsOf, valueAtShare } from "../../models/sensitivity/assumptions.ts";
import { stepOf } from "../../models/sensitivity/elementaryEffects.ts";
import { designOf } from "../../models/sensitivity/points.ts";
import { servicesOf } from "../../models/sensitivity/sensitivity.ts";
import type { PointValues } from "../../models/sensitivity/variedAlone.ts";
import { variedAlone } from "../../models/sensitivity/variedAlone.ts";
import { type ServiceChanges, serviceParameters } from "../../models/service/parameters.ts";
import { playService } from "../../models/service/playService.ts";
import { keyOf } from "../../sim/random/address.ts";
import { scenarioWith } from "../compare/fixture.ts";
import { BASE, BIGGER, planWith, sensitivityHere } from "./fixture.ts";

/** A key figure of a service with changes, played on its own. */
function figureOf({ service, ...parts }: typeof BASE, name: string, changes: ServiceChanges, replication: number) {
  const definitions = kpiDefinitionsOf(parts);
  const played = playService(serviceParameters(changes, service), keyOf("sensitivity", replication));
  return kpiValuesOf(definitions, played)[definitions.findIndex((one) => one.name === name)];
}

describe("one at a time", () => {
  it("both scenarios are played with the assumption at its ends, on the same luck", async () => {
    const plan = planWith({ "service.contacts.perMonth": [1, 8], "service.staffing.turnover.perYear": [0.2, 0.6] });
    const { alone, central } = await sensitivityHere(plan);
    const differences = (changes: ServiceChanges) =>
      Array.from(
        { length: 8 },
        (_, r) => figureOf(BIGGER, "alliance", changes, r) - figureOf(BASE, "alliance", changes, r),
      );
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const middle = differences({});
    expect(central.difference).toBeCloseTo(mean(middle), 12);
    const found = alone.find(({ assumption }) => assumption.path === "contacts.perMonth")!;
    const [low, high] = [1, 8].map((perMonth) => differences({ contacts: { perMonth } }));
    expect(found.ends.map(({ end, value }) => [end, value])).toEqual([
      ["low", 1],
      ["high", 8],
    ]);
    expect(found.ends[0].difference.difference).toBeCloseTo(mean(low), 12);
    expect(found.ends[1].change).toEqual(pairedDifference(middle, high));
    expect(found.swing).toEqual(pairedDifference(low, high));
    // Sorted by how far the ends reach.
    expect(alone[0].extent).toBeGreaterThanOrEqual(alone[1].extent);
  });

  it("prices move costs by a closed form, and nothing that happens: travel of contacts is price times contacts", async () => {
    const ranges = { "costs.travel.contact": [2, 20], "costs.hospital.day": [600, 1800] } as const;
    const ofAlliance = await sensitivityHere(planWith(ranges));
    for (const { swing, isInfluential, extent } of ofAlliance.alone)
      expect([swing.difference, swing.mcse, extent, isInfluential]).toEqual([0, 0, 0, false]);
    for (const { muStar, sigma, luck, isInfluential } of ofAlliance.together)
      expect([muStar, sigma, luck, isInfluential]).toEqual([0, 0, 0, false]);
    // All prices are reckoned on one service each: 8 replications of two scenarios, which the trajectories share out anew.
    expect(ofAlliance.nServices).toBe(2 * 8 + 2 * 8);

    const { alone, central, together } = await sensitivityHere(planWith(ranges, { figure: "costTravel" }));
    const [travel, hospital] = alone;
    expect(travel.assumption.path).toBe("costs.travel.contact");
    expect(travel.ends[0].difference.difference).toBeCloseTo((central.difference * 2) / 8, 9);
    expect(travel.ends[1].difference.difference).toBeCloseTo((central.difference * 20) / 8, 9);
    expect(hospital.extent).toBe(0);
    // Linear and alone in it: the effect over the whole range is the same wherever it begins, for the same luck.
    const { mu, muStar } = together[0];
    expect(Math.abs(mu)).toBeCloseTo(muStar, 9);
    expect(together[1].muStar).toBe(0);
  });

  it("a null comparison stays one wherever its assumptions are taken", async () => {
    const plan = planWith({ "service.contacts.perMonth": [1, 8] }, { other: { ...BASE, name: "again" } });
    const { central, alone, together } = await sensitivityHere(plan);
    expect([central.difference, central.mcse, alone[0].extent, together[0].muStar]).toEqual([0, 0, 0, 0]);
    // Both scenarios are one service.
    expect(servicesOf(plan)).toBe(3 * 8 + 2 * 8);
  });

  const values = (other: readonly number[]): PointValues => ({
    base: new Float64Array(other.length),
    other: Float64Array.from(other),
  });
  const [assumption] = planWith({ "service.contacts.perMonth": [1, 8] }).assumptions;
  it.each([
    ["turns round", [1, 1.1, 1.2], [-1, -1.1, -1], [1, 1.2, 1.1], "reversed", true],
    ["may vanish", [1, 1.1, 1.2], [-1, 0.1, 1], [1, 1.2, 1.1], "lost", false],
    ["holds", [1, 1.1, 1.2], [2, 2.1, 2.2], [3, 3.1, 3.2], "none", true],
    ["is made by the range", [-1, 0, 1], [-3, -3.1, -3], [3, 3.1, 3], "reversed", true],
    ["was never known", [-1, 0, 1], [-1, 0, 1], [-1, 0, 1], "none", false],
    ["is the same at both ends, but not in the middle", [1, 1.1, 1.2], [3, 3.1, 3.2], [3, 3.1, 3.2], "none", true],
  ] as const)("a sign that %s", (_, central, low, high, sign, isInfluential) => {
    const found = variedAlone(assumption, values(central), values(low), values(high));
    expect([found.sign, found.isInfluential]).toEqual([sign, isInfluential]);
  });

  it("an extent counts the middle: both ends moving the difference one way is no swing of 0", () => {
    const found = variedAlone(assumption, values([1, 1]), values([3, 3]), values([2, 2]));
    expect([found.extent, found.swing.difference]).toEqual([2, -1]);
  });
});

describe("trajectories", () => {
  it("effects are those of the services: recomputed step by step", async () => {
    const plan = planWith(
      {
        "service.contacts.perMonth": [1, 8],
        "service.alliance.carriedOver": [0, 0.6],
        "costs.travel.contact": [2, 20],
      },
      { replications: 4 },
    );
    const { walks, perTrajectory } = designOf(plan);
    expect([walks.length, perTrajectory]).toEqual([2, 2]);
    const effects = walks.map(({ trajectory, points }, t) => {
      const step = trajectory.order.indexOf(0);
      const difference = ({ values }: (typeof points)[number]) => {
        const changes = {
          contacts: { perMonth: values.get("contacts.perMonth")! },
          alliance: { carriedOver: values.get("alliance.carriedOver")! },
        };
        const of = (r: number) => figureOf(BIGGER, "alliance", changes, r) - figureOf(BASE, "alliance", changes, r);
        return (of(2 * t) + of(2 * t + 1)) / 2;
      };
      return (difference(points[step + 1]) - difference(points[step])) / stepOf(trajectory, step);
    });
    const { together } = await sensitivityHere(plan);
    const found = together.find(({ assumption }) => assumption.path === "contacts.perMonth")!;
    expect(found.mu).toBeCloseTo((effects[0] + effects[1]) / 2, 12);
    expect(found.muStar).toBeCloseTo((Math.abs(effects[0]) + Math.abs(effects[1])) / 2, 12);
  });

  it("replications are dealt out to at most ten, at least two each, none twice", () => {
    for (const replications of [4, 5, 20, 37]) {
      const { walks, perTrajectory } = designOf({ ...planWith({ "service.contacts.perMonth": [1, 8] }), replications });
      expect(walks).toHaveLength(Math.min(10, Math.floor(replications / 2)));
      const used = walks.map(({ points }) => points[0].firstReplication);
      expect(used).toEqual(walks.map((_, t) => t * perTrajectory));
      expect(perTrajectory).toBeGreaterThanOrEqual(2);
      expect(walks.length * perTrajectory).toBeLessThanOrEqual(replications);
    }
  });

  it("whole numbers stay whole", () => {
    const seats = { path: "teams.seats", label: "", unit: "", source: "", isWhole: true, value: 6, low: 4, high: 9 };
    expect([0, 1 / 3, 2 / 3, 1].map((share) => valueAtShare(seats, share))).toEqual([4, 6, 7, 9]);
  });
});

describe("assumptions", () => {
  const ranges = (paths: readonly string[]) => new Map(paths.map((path) => [path, { range: [0, 9] as const }]));
  it("are the numbers with a range, but not what the comparison changes, nor a text or a switch", () => {
    const annotations = ranges([
      "service.staffing.caseloadCap",
      "service.staffing.turnover.on",
      "service.contacts.perMonth",
      "costs.currency",
      "costs.vacancies.week",
      "study.audits.visitErrorSd",
    ]);
    const { varied, changed, problems } = assumptionsOf(
      { ...BASE, costs: costParameters({ vacancies: { week: 5 } }) },
      annotations,
      changesBetween(BASE, BIGGER),
    );
    expect(varied.map(({ path }) => path)).toEqual(["contacts.perMonth", "costs.vacancies.week"]);
    expect([changed, problems]).toEqual([["staffing.caseloadCap"], []]);
  });

  it("must lie in their ranges", () => {
    const { problems } = assumptionsOf(
      scenarioWith("base", { contacts: { perMonth: 12 } }),
      ranges(["service.contacts.perMonth"]),
      [],
    );
    expect(problems).toEqual([
      "base: contacts.perMonth is played with 12, outside its range [0, 9]; widen the range, or change the value",
    ]);
  });
});

it("combinations that cannot be simulated are named: which end, which scenario, why, and how many trajectories", async () => {
  const plan = planWith({ "service.contacts.attendance.mean": [0.5, 1.4], "service.contacts.perMonth": [1, 8] });
  const { alone, together, infeasible } = await sensitivityHere(plan);
  const why = "contacts.attendance.mean must be a number from 0 to 1, got 1.4";
  expect(infeasible[0]).toEqual({
    path: "contacts.attendance.mean",
    value: 1.4,
    where: "high",
    nTrajectories: 0,
    scenario: "base",
    why,
  });
  const found = alone.find(({ assumption }) => assumption.path === "contacts.attendance.mean")!;
  expect(found.ends.map(({ end }) => end)).toEqual(["low"]);
  expect(found.swing.difference).toBeCloseTo(-found.ends[0].change.difference, 12);
  const onTheWay = infeasible.slice(1);
  expect(onTheWay.length).toBeGreaterThan(0);
  expect(onTheWay.every(({ where, nTrajectories }) => where === "trajectories" && nTrajectories > 0)).toBe(true);
  // Every step of this assumption goes to or from a level beyond 1, as the upper two of four are: none is left.
  const screened = together.find(({ assumption }) => assumption.path === "contacts.attendance.mean")!;
  expect([screened.nEffects, screened.muStar]).toEqual([0, Number.NaN]);
  expect(together.find(({ assumption }) => assumption.path === "contacts.perMonth")!.nEffects).toBeLessThan(4);
});
