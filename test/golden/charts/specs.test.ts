/**
 * Chart specs, not pixels, against committed JSON: the specs may be wrong, they must not move unnoticed.
 * After a wanted change, look at the charts as pictures, then write the files anew: UPDATE_GOLDEN=1 npx vitest run test/golden/charts
 */
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { chartsOf } from "../../../reports/charts/chartsOf.ts";
import { fixtureRun } from "../../reports/fixture.ts";

const RUNS = {
  oneSeries: fixtureRun({ counts: [100, 300, 500, 700, 900], replications: 120 }),
  twoLabelledSeries: fixtureRun({
    series: [
      { label: "QOLI-20, 9 months", a: 0.165, b: 0.105 },
      { label: "No effect of alliance", a: 0.165, b: 0 },
    ],
    counts: [200, 800],
    tests: ["jointSignificance", "biasCorrectedBootstrap"],
    replications: 60,
  }),
  oneCondition: fixtureRun({ counts: [311], tests: ["sobel", "productDistribution"], replications: 40 }),
};

describe("chart specs", () => {
  for (const [name, run] of Object.entries(RUNS)) {
    it(`of ${name} are as committed`, () => {
      const file = new URL(`${name}.golden.json`, import.meta.url);
      const specs = Object.fromEntries(chartsOf(run).map((chart) => [chart.name, chart]));
      const text = `${JSON.stringify(specs, null, 1)}\n`;
      if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, text);
      expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(file, "utf8")));
    });
  }
});
