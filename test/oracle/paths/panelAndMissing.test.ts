// Do panels have the power that R finds by lm, and do complete cases end up where R's do?
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { crossSection, fitPathStudies } from "../../../models/estimators/pathStudies.ts";
import { interceptFor } from "../../../models/paths/missingValues.ts";
import { createStudyObserver } from "../../../models/paths/observeStudy.ts";
import { populationOf } from "../../../models/paths/population.ts";
import type { MissingValues } from "../../../models/scenario/types.ts";
import { createBlockSimulator } from "../../../models/simulateBlock.ts";
import { keyOf, seedKeyOf } from "../../../sim/random/address.ts";
import { conditionWith, pathsWith } from "../../scenarioFixture.ts";
import { expectWithin, LIMIT, seedFor } from "../../statistical/expectStatistics.ts";

const oracle = JSON.parse(readFileSync(new URL("panelAndMissing.json", import.meta.url), "utf8"));

const STABILITY = { x: 0.6, m: 0.4, y: 0.3 };
const PANEL = { a: 0.25, b: 0.22, cPrime: 0.1 };

describe("a panel of X, M and Y", () => {
  it("has the stationary covariances that R solves for", () => {
    const { panel } = populationOf(pathsWith({ ...PANEL, waves: { count: 3, stability: STABILITY, yOnM: 0.15 } }));
    for (const [k, value] of oracle.panel.sigma.flat().entries()) expect(panel?.longRun[k]).toBeCloseTo(value, 11);
  });

  it.each([
    ["first", 3, 150, "first"],
    ["first", 2, 150, "half"],
    ["equal", 4, 60, "equal"],
  ] as const)("by the lags %s of %i waves has R's power", (lags, count, nClients, name) => {
    const R = 20_000;
    const waves = { count, stability: STABILITY, yOnM: 0.15 };
    const condition = conditionWith(nClients, ["jointSignificance"], { ...PANEL, waves }, { lags });
    const simulate = createBlockSimulator(condition, seedKeyOf(seedFor("panel")));
    const { decisions } = simulate({ conditionIndex: 0, firstReplication: 0, count: R });
    const rate = decisions[0].reduce((sum, said) => sum + (said & 1), 0) / R;
    const truth = oracle.panel.power[name];
    const variance = truth * (1 - truth) * (1 / R + 1 / oracle.panel.replications);
    expectWithin(rate, { truth, mcse: Math.sqrt(variance) });
  });
});

describe("complete cases of very many clients", () => {
  const N = 1_000_000;
  const { slope, share, intercept, cases, n } = oracle.limits;

  it("are missing by the intercept that R's integral asks for", () => {
    expect(interceptFor(share, slope, { parts: [{ weight: 1, mean: 0 }], sd: 1 })).toBeCloseTo(intercept, 9);
  });

  it.each<[string, Partial<MissingValues>]>([
    ["marOnY", { mechanism: "mar", on: "y", m: share }],
    ["marOnX", { mechanism: "mar", on: "x", m: share }],
    ["mnarY", { mechanism: "mnar", y: share }],
  ])("%s: a and b are those that R finds", (name, missing) => {
    const paths = pathsWith({ a: 0.4, b: 0.3, cPrime: 0.1, missing: { slope, ...missing } });
    const { columns } = createStudyObserver(populationOf(paths), paths, N)(keyOf(seedFor("limits"), 0));
    const complete = crossSection(columns, null);
    const fit = fitPathStudies("ols", complete);
    if (fit === null) throw new Error("not fitted");
    const both = Math.sqrt(1 + N / n);
    const lost = 1 - complete.nClients / N;
    expectWithin(lost, { truth: cases[name].share, mcse: both * Math.sqrt((share * (1 - share)) / N) });
    expectWithin(fit.a, { truth: cases[name].a, mcse: both * fit.seA });
    expectWithin(fit.b, { truth: cases[name].b, mcse: both * fit.seB });
    if (name !== "marOnX") expect(Math.abs(fit.b - 0.3) / fit.seB).toBeGreaterThan(LIMIT);
  });
});
