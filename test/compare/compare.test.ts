// Same luck, same numbers: nothing changed differs in nothing, and what else is compared changes nobody's numbers.
import { describe, expect, it } from "vitest";
import { changesBetween } from "../../models/compare/changes.ts";
import { compare } from "../../models/compare/compare.ts";
import { replicationPlayer } from "../../models/compare/simulateKeyFigures.ts";
import { verdictOf } from "../../models/compare/verdict.ts";
import { costParameters } from "../../models/costs/parameters.ts";
import { kpiDefinitionsOf, kpiValuesOf } from "../../models/kpis/kpiDefinitions.ts";
import { serviceParameters } from "../../models/service/parameters.ts";
import { playService } from "../../models/service/playService.ts";
import { inThisThread } from "../../sim/montecarlo/replicate.ts";
import { keyOf } from "../../sim/random/address.ts";
import { studyParameters } from "../../models/study/parameters.ts";
import { comparisonTable } from "../../reports/comparisonTable.ts";
import { compareHere, planOf, scenarioWith } from "./fixture.ts";

const bigger = scenarioWith("bigger", { staffing: { caseloadCap: 6 } });
const calmer = scenarioWith("calmer", { staffing: { turnover: { perYear: 0.3 } } });

describe("the null comparison", () => {
  it("differs in nothing, exactly, and is over at the first look", async () => {
    const { scenarios, nSelfChecked } = await compareHere(planOf([scenarioWith("again")]));
    const [{ changes, figures, replications, isPrecise }] = scenarios;
    expect([changes, replications, isPrecise, nSelfChecked]).toEqual([[], 30, true, 10]);
    for (const { name, nPairs, difference, mcse, ci } of figures)
      if (nPairs > 1) expect([name, difference, mcse, ...ci]).toEqual([name, 0, 0, 0, 0]);
    expect(figures.filter(({ nPairs }) => nPairs > 1).length).toBeGreaterThan(20);
  });

  it("of prices and own figures that nothing depends on: only costs differ", async () => {
    const costs = costParameters();
    const dearer = costParameters({ travel: { contact: 16 } });
    const plan = planOf([{ ...scenarioWith("dearer"), costs: dearer }], { replications: 30 });
    const { scenarios } = await compareHere({ ...plan, base: { ...plan.base, costs } });
    const [{ changes, figures }] = scenarios;
    expect(changes.map(({ path, from, to }) => [path, from, to])).toEqual([["costs.travel.contact", 8, 16]]);
    const differing = figures.filter(({ difference }) => difference !== 0 && !Number.isNaN(difference));
    expect(differing.every(({ name }) => name.startsWith("cost"))).toBe(true);
    const travel = figures.find(({ name }) => name === "costTravel");
    expect(travel?.value).toBe(2 * (travel?.base ?? Number.NaN));
  });
});

describe("a comparison", () => {
  it("is the mean of paired differences of the services' key figures, replication by replication", async () => {
    const plan = planOf([calmer], { replications: 40, precision: 1e-6 });
    const { scenarios } = await compareHere(plan);
    const [{ figures, replications, isPrecise }] = scenarios;
    expect([replications, isPrecise]).toEqual([40, false]);
    const definitions = kpiDefinitionsOf(plan.base);
    const at = definitions.findIndex(({ name }) => name === "alliance");
    const alliance = ({ service }: typeof calmer, replication: number) =>
      kpiValuesOf(definitions, playService(service, keyOf("compare", replication)))[at];
    let sum = 0;
    for (let r = 0; r < 40; r++) sum += alliance(calmer, r) - alliance(plan.base, r);
    expect(figures[at].difference).toBeCloseTo(sum / 40, 12);
  });

  it("of one scenario more changes no number of the others, whichever of them runs longer", async () => {
    // The calmer one is known at the first look, the bigger one later.
    const both = await compareHere(planOf([bigger, calmer]));
    const [ofBigger, ofCalmer] = both.scenarios;
    expect(ofBigger.replications).toBeGreaterThan(ofCalmer.replications);
    expect((await compareHere(planOf([calmer]))).scenarios).toEqual([ofCalmer]);
    expect((await compareHere(planOf([bigger]))).scenarios).toEqual([ofBigger]);
    expect((await compareHere(planOf([calmer, bigger]))).scenarios).toEqual([ofCalmer, ofBigger]);
  });

  it("stops at the first look at which every headline figure is precise enough", async () => {
    const [{ figures, replications, isPrecise }] = (await compareHere(planOf([bigger], { replications: 200 })))
      .scenarios;
    expect(isPrecise).toBe(true);
    expect(replications).toBeGreaterThan(30);
    expect(replications).toBeLessThan(200);
    for (const { headline, nPairs, ci, tolerance, runsNeeded, base } of figures) {
      if (!headline || nPairs < 2) continue;
      expect((ci[1] - ci[0]) / 2).toBeLessThanOrEqual(tolerance);
      expect(tolerance).toBe(0.01 * Math.abs(base));
      expect(runsNeeded).toBeLessThanOrEqual(replications);
    }
    const sooner = await compareHere(planOf([bigger], { replications: Math.floor(replications / 1.1) - 1 }));
    expect(sooner.scenarios[0].isPrecise).toBe(false);
  });

  it("takes what is measured from the base, and says what of another scenario has no effect", async () => {
    const study = studyParameters({ instruments: { qoli: { reliability: 0.5 } } });
    const plan = planOf([{ ...scenarioWith("other study"), study }, scenarioWith("again")], { replications: 30 });
    const [other, again] = (await compareHere(plan)).scenarios;
    expect([other.ignored, again.ignored]).toEqual([["study"], []]);
    expect(other.figures).toEqual(again.figures);
    expect(comparisonTable(await compareHere(plan), false)).toContain(
      "- its section study: differs, but has no effect here: the base's counts for all\nagain\n- nothing: this is the base again",
    );
  });

  it("of fewer than 30 replications is never precise, even where nothing differs", async () => {
    const [{ replications, isPrecise }] = (await compareHere(planOf([scenarioWith("again")], { replications: 29 })))
      .scenarios;
    expect([replications, isPrecise]).toEqual([29, false]);
  });

  it("whose base differs from itself is no comparison", async () => {
    const plan = planOf([calmer]);
    const play = replicationPlayer(plan);
    const careless = inThisThread((block) => {
      const { figures, weeks } = play(block);
      if (block.conditionIndex === 2 && block.firstReplication === 4) figures[0] += 1e-9;
      return { figures, weeks };
    });
    await expect(compare(plan, careless, "test")).rejects.toThrow(
      /^the base differs from itself: clientsServed of replication 4 is \d+, then \d+\.\d+$/,
    );
  });
});

it("what changed is named with its place, what it is and its unit", () => {
  const base = scenarioWith("base");
  const changed = serviceParameters(
    { staffing: { caseloadCap: 6, handOver: "pool" }, fidelity: { monitoring: { on: false } } },
    base.service,
  );
  expect(changesBetween(base, { ...base, service: changed })).toEqual([
    {
      path: "staffing.caseloadCap",
      label: "Most clients a full-time case manager is given",
      unit: "clients",
      from: 4,
      to: 6,
    },
    expect.objectContaining({ path: "staffing.handOver", unit: "", from: "hold", to: "pool" }),
    expect.objectContaining({ path: "fidelity.monitoring.on", unit: "", from: true, to: false }),
  ]);
});

it.each([
  [[1, 2], "higher", "better"],
  [[1, 2], "lower", "worse"],
  [[-2, -1], "lower", "better"],
  [[-2, -1], null, "lower"],
  [[0, 2], "higher", "indifferent"],
  [[Number.NaN, Number.NaN], "higher", "not defined"],
] as const)("an interval of %j where %s is better: %s", ([lower, upper], better, verdict) => {
  expect(verdictOf({ ci: [lower, upper], better })).toBe(verdict);
});
