import { describe, expect, it } from "vitest";
import { FAN_QUANTILES } from "../../models/service/fan.ts";
import { serviceParameters } from "../../models/service/parameters.ts";
import { DAYS_PER_MONTH } from "../../models/service/time.ts";
import type { SimulationRun } from "../../models/simulationTypes.ts";
import { auditTeams } from "../../models/study/audits.ts";
import { simulateStudy } from "../../models/study/observe.ts";
import { studyParameters } from "../../models/study/parameters.ts";
import { chartsOfService } from "../../reports/charts/service/chartsOfService.ts";
import { clientFlow } from "../../reports/charts/service/clientFlow.ts";
import { fidelityByTeam } from "../../reports/charts/service/fidelityByTeam.ts";
import { monthTicks, pagesOfTeams, weeksDrawn } from "../../reports/charts/service/serviceLook.ts";
import { staffStrips } from "../../reports/charts/service/staffStrips.ts";
import { tenureFans } from "../../reports/charts/service/tenureFans.ts";
import { type Chart, renderSvg } from "../../reports/render.ts";
import { keyOf } from "../../sim/random/address.ts";
import { textOutside, warningsOf } from "./chartChecks.ts";
import { runOf, smallPlan } from "./serviceFixture.ts";

const HOSTILE = `<script>alert("1")</script> & 'co' ]]> \u0000`;
const ONE_AUDIT = studyParameters({
  audits: { months: [0] },
  interviews: { months: [0] },
  instruments: {
    rprs: { months: [0] },
    qoli: { months: [0] },
    pgi: { months: [0] },
    ths: { months: [0] },
    mcas: { months: [0] },
  },
  managerRating: { months: [0] },
});

/** Services of every shape that a chart must hold. */
const RUNS: Readonly<Record<string, SimulationRun>> = {
  four: await runOf(smallPlan()),
  three: await runOf(smallPlan({ replications: 1 }, { teams: { count: 3 } })),
  one: await runOf(smallPlan({ replications: 1 }, { teams: { count: 1, seats: 1 } })),
  twentyEight: await runOf({
    ...smallPlan({ replications: 1 }),
    service: serviceParameters({
      time: { weeks: 120 },
      teams: { count: 28 },
      referrals: { cohort: { on: true, perTeam: 3, window: 8 } },
    }),
  }),
  manyTeams: await runOf(smallPlan({ replications: 1 }, { teams: { count: 90 }, time: { weeks: 130 } })),
  aWeek: await runOf(smallPlan({ replications: 1, study: ONE_AUDIT }, { time: { weeks: 1 } })),
  long: await runOf(smallPlan({ replications: 1 }, { time: { weeks: 1000 }, teams: { count: 2 } })),
  nobody: await runOf(
    smallPlan(
      { replications: 1 },
      { staffing: { turnover: { perYear: 50 }, vacancy: 520 }, referrals: { perWeek: 0 } },
    ),
  ),
  hostile: await runOf(smallPlan({ replications: 1, name: HOSTILE, seed: HOSTILE }, { teams: { count: 2 } })),
};

describe("every chart of every shape of service", () => {
  for (const [name, run] of Object.entries(RUNS))
    it(`compiles without a warning, draws, and keeps its text inside: ${name}`, async () => {
      const charts = chartsOfService(run);
      expect(new Set(charts.map((chart) => chart.name)).size).toBe(charts.length);
      for (const chart of charts) {
        expect(warningsOf(chart), chart.name).toEqual([]);
        expect(chart.description).not.toMatch(/NaN|undefined|Infinity/);
        const svg = await renderSvg(chart);
        expect(svg).not.toMatch(/NaN|undefined|Infinity/);
        expect(textOutside(svg), chart.name).toEqual([]);
        expect(svg).not.toContain("<script");
      }
    });

  it("a service with 90 teams has three pages of each chart of teams, and says that more are in the data", () => {
    const names = chartsOfService(RUNS.manyTeams).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith("fidelity"))).toHaveLength(3);
    expect(fidelityByTeam(RUNS.manyTeams)[0].title).toBe("Fidelity by team (1 of 3, further teams in the data)");
    expect(pagesOfTeams(29).pages.map((page) => page.length)).toEqual([28, 1]);
    expect(pagesOfTeams(29).isCut).toBe(false);
  });

  it("has no fan where too few clients are admitted", () => {
    expect(tenureFans(RUNS.aWeek)).toEqual([]);
    expect(tenureFans(RUNS.four)).toHaveLength(1);
  });
});

type Found = { readonly mark: Record<string, unknown>; readonly values: readonly Record<string, number>[] };

/** All layers of a chart with data. */
function layersOf(chart: Chart): Found[] {
  const found: Found[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) walk(one);
    else if (typeof node === "object" && node !== null) {
      const { mark, data } = node as { mark?: Found["mark"]; data?: { values: Found["values"] } };
      if (mark !== undefined && data !== undefined) found.push({ mark, values: data.values });
      for (const one of Object.values(node)) walk(one);
    }
  };
  walk(chart.spec);
  return found;
}

describe("what charts show", () => {
  const run = RUNS.four;
  const { plan } = run;
  const { history } = simulateStudy(plan.service, plan.study, keyOf("fixture", 0));

  it("fidelity: each team's weekly scores of replication 0, and its audits at their days", () => {
    const layers = layersOf(fidelityByTeam(run)[0]);
    const lines = layers.filter(({ mark }) => mark.type === "line" && mark.strokeDash === undefined);
    expect(lines).toHaveLength(4);
    lines.forEach(({ values }, team) => {
      expect(values.map(({ score }) => score)).toEqual(
        Array.from({ length: 130 }, (_, week) => history.weeks.fidelity[week * 4 + team]),
      );
      expect(values[51].month).toBeCloseTo((52 * 7) / 30.4375, 10);
    });
    const audits = auditTeams(history, plan.study, keyOf("fixture", 0));
    const dots = layers.filter(({ mark }) => mark.type === "point" && mark.filled === true);
    dots.forEach(({ values }, team) => {
      for (const { month, score } of values) {
        const audit = plan.study.audits.months.findIndex((m) => Math.abs(m - month) < 1e-9);
        expect(score).toBe(audits.total[audit * 4 + team]);
      }
    });
    // Nobody audits a team that has abandoned the model.
    const nHeld = audits.total.filter((score) => !Number.isNaN(score)).length;
    expect(dots.reduce((sum, { values }) => sum + values.length, 0)).toBe(nHeld);
    expect(nHeld).toBeLessThan(20);
  });

  it("flow: the stack ends at everyone referred, every week", () => {
    const areas = layersOf(clientFlow(run)[0]).filter(({ mark }) => mark.type === "area");
    const top = areas[areas.length - 1].values;
    const histories = [0, 1, 2].map((r) => simulateStudy(plan.service, plan.study, keyOf("fixture", r)).history);
    top.forEach(({ high }, week) => {
      const referred = histories.map(({ weeks }) =>
        [0, 1, 2, 3].reduce((sum, team) => sum + weeks.flows.referred[week * 4 + team], 0),
      );
      expect(high).toBeCloseTo(referred.reduce((sum, n) => sum + n, 0) / 3, 8);
    });
    // Each area begins where the one below ends.
    for (let a = 1; a < areas.length; a++)
      areas[a].values.forEach(({ low }, week) => {
        expect(low).toBeCloseTo(areas[a - 1].values[week].high, 10);
      });
  });

  it("fans: ordered bands, and upright lines at interviews three weeks after the month", () => {
    const layers = layersOf(tenureFans(run)[0]);
    const bands = layers.filter(({ mark, values }) => mark.type === "area" && "q10" in values[0]);
    expect(bands).toHaveLength(10);
    for (const { values } of bands)
      for (const value of values) {
        const band = [value.q10, value.q25, value.q50, value.q75, value.q90];
        expect(band).toEqual(band.toSorted((a, b) => a - b));
      }
    expect(bands[0].values[3].q50).toBe(run.fan.quantile[3 * FAN_QUANTILES.length + 2]);
    const upright = layers.filter(({ mark, values }) => mark.type === "rule" && "month" in values[0]);
    expect(upright[0].values.map(({ month }) => month - 21 / DAYS_PER_MONTH)).toEqual(
      [4.5, 13.5].map((m) => expect.closeTo(m, 9)),
    );
  });

  it("strips: weeks of every class, reckoned from the history", () => {
    const { weeks } = history;
    const strips = layersOf(staffStrips(run)[0]).filter(
      ({ mark, values }) => mark.type === "rect" && values[0] !== undefined && "bottom" in values[0],
    );
    const weeksOf = (color: string) =>
      strips
        .filter(({ mark }) => mark.color === color)
        .flatMap(({ values }) => values)
        .reduce((sum, { from, to }) => sum + (to - from) * (30.4375 / 7), 0);
    const count = (is: (at: number) => boolean) => weeks.fidelity.reduce((n, _, at) => n + (is(at) ? 1 : 0), 0);
    const vacant = (at: number) => 3 - weeks.managersPresent[at];
    expect(weeksOf("#7b858f")).toBeCloseTo(
      count((at) => vacant(at) === 1),
      8,
    );
    expect(weeksOf("#22262b")).toBeCloseTo(
      count((at) => vacant(at) > 1),
      8,
    );
    const load = (at: number) => (weeks.managersPresent[at] > 0 ? weeks.meanCaseload[at] / 8 : Number.NaN);
    expect(weeksOf("#4d95c6")).toBeCloseTo(
      count((at) => load(at) > 0.9 && load(at) <= 1),
      8,
    );
    expect(weeksOf("#86b8dc")).toBeCloseTo(
      count((at) => load(at) > 0.75 && load(at) <= 0.9),
      8,
    );
  });

  it("draws at most 320 moments, the last among them, and ticks that fit", () => {
    expect(weeksDrawn(320)).toHaveLength(320);
    expect(weeksDrawn(1000)).toHaveLength(250);
    expect(weeksDrawn(1000).at(-1)).toBe(999);
    expect(monthTicks(36, 740)).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36]);
    expect(monthTicks(36, 104)).toEqual([0, 24]);
    expect(monthTicks(0.2, 740)).toEqual([0]);
  });
});
