// Does "clients or teams?" show power over clients per team for each number of teams, and only then?
import { describe, expect, it } from "vitest";
import type { ConditionSummary, PowerRun, TestSummary } from "../../models/powerTypes.ts";
import { clientsOrTeams } from "../../reports/charts/clientsOrTeams.ts";
import { renderSvg } from "../../reports/render.ts";
import { textOutside, warningsOf } from "./chartChecks.ts";
import { fixtureRun } from "./fixture.ts";

/** Made-up power that levels off at 1 − 4/teams, at N = 112 … 896 for each number of teams. */
function runOf(counts: readonly number[], factor = "paths.teams.count", labels: readonly string[] = [""]): PowerRun {
  const run = fixtureRun({ counts: [112], tests: ["jointSignificance"] });
  const [one] = run.result.conditions;
  const conditions = labels.flatMap((label) =>
    counts.flatMap((nTeams) =>
      [112, 224, 448, 896].map((nClients): ConditionSummary => {
        const power = (1 - 4 / nTeams) * (1 - nTeams / nClients);
        const known = one.tests.jointSignificance as TestSummary;
        const rate: TestSummary = { ...known, power, ci: [power - 0.02, power + 0.02], exact: null };
        const named = label === "" ? {} : { label: `${label}, ${nTeams} teams` };
        return {
          ...one,
          ...named,
          factors: { nClients, [factor]: nTeams },
          nClients,
          tests: { jointSignificance: rate },
        };
      }),
    ),
  );
  return { ...run, result: { ...run.result, conditions }, exactCurves: [] };
}

describe("clients or teams", () => {
  it("has a line per number of teams, over clients per team", async () => {
    const [chart, ...more] = clientsOrTeams(runOf([8, 14, 28]));
    expect(more).toEqual([]);
    expect(warningsOf(chart)).toEqual([]);
    expect(chart.description).toBe(
      "Joint significance: with 8 teams power goes from .464 at 14 clients per team to .496 at 112 clients per team; " +
        "with 14 teams power goes from .625 at 8 clients per team to .703 at 64 clients per team; " +
        "with 28 teams power goes from .643 at 4 clients per team to .830 at 32 clients per team.",
    );
    const svg = await renderSvg(chart);
    expect(textOutside(svg)).toEqual([]);
    for (const words of ["8 teams", "14 teams", "28 teams", "Clients per team"]) expect(svg).toContain(words);
  });

  it("has a panel per model of a service, whose labels name the teams", () => {
    const [{ description }] = clientsOrTeams(runOf([14, 28], "service.teams.count", ["QOLI", "PGI"]));
    expect(description.match(/QOLI, Joint significance: with 14 teams|PGI, Joint significance: with 14/g)).toHaveLength(
      2,
    );
  });

  it("is not drawn for one number of teams, for none, or without an effect", () => {
    expect(clientsOrTeams(runOf([14]))).toEqual([]);
    expect(clientsOrTeams(fixtureRun())).toEqual([]);
    const run = runOf([8, 14]);
    const conditions = run.result.conditions.map((one) => ({ ...one, isNull: true }));
    expect(clientsOrTeams({ ...run, result: { ...run.result, conditions } })).toEqual([]);
  });
});
