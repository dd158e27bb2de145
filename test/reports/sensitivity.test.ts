// Do tables and charts of a sensitivity analysis say what was found, and hold every shape of it?
import { describe, expect, it } from "vitest";
import { pairedDifference } from "../../models/compare/pairedDifference.ts";
import type { Assumption } from "../../models/sensitivity/assumptions.ts";
import { screen } from "../../models/sensitivity/screened.ts";
import type { Sensitivity } from "../../models/sensitivity/sensitivityTypes.ts";
import { type PointValues, variedAlone } from "../../models/sensitivity/variedAlone.ts";
import { morrisChart } from "../../reports/charts/morris.ts";
import { tornado } from "../../reports/charts/tornado.ts";
import { renderSvg } from "../../reports/render.ts";
import { sensitivityTable } from "../../reports/sensitivityTable.ts";
import { signWords } from "../../reports/signWords.ts";
import { planWith } from "../sensitivity/fixture.ts";
import { textOutside, warningsOf } from "./chartChecks.ts";

const HOSTILE = `<script>alert("1")</script> & 'co' ]]> \u0000`;

function assumption(i: number, label: string): Assumption {
  return {
    path: `section.value${i}`,
    label,
    unit: "1",
    source: "assumption",
    isWhole: false,
    value: 2,
    low: 1,
    high: 4,
  };
}

/** Values of a point: base 0, other scenario as given. */
function point(...other: readonly number[]): PointValues {
  return { base: new Float64Array(other.length), other: Float64Array.from(other) };
}

const CENTRAL = point(-1, -1.2, -0.8);
const FIGURE = {
  name: "alliance",
  label: "Alliance, mean",
  unit: "RPRS points",
  definition: "",
  better: "higher",
  headline: true,
} as const;

/** An analysis whose assumption i has these values at its ends; a trajectory of one input each. */
function found(
  ends: readonly (readonly [PointValues | null, PointValues | null])[],
  label = "What it is",
): Sensitivity {
  const plan = planWith({ "service.contacts.perMonth": [1, 8] });
  const walks = [0, 1].map((t) => ({
    trajectory: {
      points: ends.map((_, at) => ends.map((__, i) => (i < at ? 2 / 3 : 0))).concat([ends.map(() => 2 / 3)]),
      order: ends.map((_, i) => i),
    },
    values: [CENTRAL, ...ends.map(([low], i) => low && point(...Array.from(low.other, (x) => x + t * 0.1 * i)))],
  }));
  const assumptions = ends.map((_, i) => assumption(i, label));
  return {
    plan: { ...plan, base: { ...plan.base, name: label === "What it is" ? "base" : HOSTILE } },
    version: "1.0.0",
    figure: FIGURE,
    nServices: 10,
    nTrajectories: 2,
    perTrajectory: 3,
    central: pairedDifference(CENTRAL.base, CENTRAL.other),
    alone: ends.map(([low, high], i) => variedAlone(assumptions[i], CENTRAL, low, high)),
    together: screen(assumptions, walks),
    infeasible: [],
  };
}

const TURNS = [point(-3, -3.2, -3), point(2, 2.1, 2.2)] as const;
const NOTHING = [CENTRAL, CENTRAL] as const;
const VANISHES = [point(-1, 0, 1.1), point(-1.1, -1.2, -0.9)] as const;
const HOLDS = [point(-2, -2.2, -1.9), point(-1.1, -1.2, -0.9)] as const;

const SHAPES: Readonly<Record<string, Sensitivity>> = {
  one: found([TURNS]),
  nothingMoves: found([NOTHING, NOTHING]),
  many: found(Array.from({ length: 40 }, (_, i) => [TURNS, VANISHES, HOLDS, NOTHING][i % 4])),
  missingEnds: found([[null, TURNS[1]], HOLDS, [TURNS[0], null]]),
  longAndHostile: found([TURNS, HOLDS], `${HOSTILE} ${"a very long description of what is assumed here ".repeat(6)}`),
};

describe("charts", () => {
  for (const [name, sensitivity] of Object.entries(SHAPES))
    it(`compile without a warning, draw, and keep their text inside: ${name}`, async () => {
      for (const chart of [tornado(sensitivity), morrisChart(sensitivity)]) {
        expect(warningsOf(chart), chart.name).toEqual([]);
        expect(chart.description).not.toMatch(/NaN|undefined|Infinity/);
        const svg = await renderSvg(chart);
        expect(svg).not.toMatch(/NaN|undefined|Infinity|<script/);
        expect(textOutside(svg), chart.name).toEqual([]);
      }
    });

  it("a tornado has bars from the central difference to those at the ends, and whiskers for the change", () => {
    const text = JSON.stringify(tornado(SHAPES.one).spec);
    const [{ ends }] = SHAPES.one.alone;
    for (const { difference, change } of ends) {
      expect(text).toContain(JSON.stringify({ row: 0, at: -1, to: difference.difference }));
      expect(text).toContain(JSON.stringify({ row: 0, at: -1 + change.ci[0], to: -1 + change.ci[1] }));
    }
    expect(text).toContain("Difference (RPRS points)");
  });
});

describe("words", () => {
  it("say so where the sign changes, where it may vanish, and where it holds", () => {
    expect(signWords(SHAPES.one)).toEqual([
      expect.stringMatching(
        /^The difference changes sign inside the plausible range of section\.value0: −3\.067 \(−3\.354 to −2\.780\) at 1 and \+2\.100 \(\+1\.852 to \+2\.348\) at 4 \(the scenarios have 2\)\.$/,
      ),
    ]);
    expect(signWords(found([VANISHES]))[0]).toMatch(/^The difference cannot be told from 0 at an end of .* at 1 \(/);
    expect(signWords(found([HOLDS]))[0]).toMatch(/^bigger lowers it whichever assumption is taken/);
  });

  it("list eight assumptions, or all, with what could not be played", () => {
    const text = sensitivityTable(SHAPES.many, false);
    expect(text.match(/^section\.value\d+ /gm)).toHaveLength(16);
    expect(text).toContain("32 more assumptions move it less");
    expect(sensitivityTable(SHAPES.many, true).match(/^section\.value\d+ /gm)).toHaveLength(80);
    const infeasible = [
      { path: "a.b", value: 2, where: "high", nTrajectories: 0, scenario: "base", why: "a.b must be 1, got 2" },
      { path: null, value: Number.NaN, where: "trajectories", nTrajectories: 1, scenario: "base", why: "too much" },
    ] as const;
    const left = sensitivityTable({ ...SHAPES.missingEnds, infeasible }, false);
    expect(left).toContain("cannot be");
    expect(left).toContain("- a.b at its high end, 2: base cannot be simulated: a.b must be 1, got 2.");
    expect(left).toContain(
      "- 1 random walk began where base cannot be simulated: too much. The changes there are missing.",
    );
  });
});
