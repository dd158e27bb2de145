// Does a scenario with teams say what it means, and is one that cannot be meant refused with the way out?
import { describe, expect, it } from "vitest";
import { exactPower } from "../../models/exact/exactPower.ts";
import { conditionsOfPaths } from "../../models/scenario/conditions.ts";
import { NO_TEAMS } from "../scenarioFixture.ts";
import { GOOD, problemsOf, scenarioOf } from "./parse.ts";

const withTeams = (teams: string, more = "") => GOOD.replace("  b: 0.2\n", `  b: 0.2\n${more}  teams: { ${teams} }\n`);

describe("teams of a path model", () => {
  it("are none unless they are given; a grid may vary them", async () => {
    expect((await scenarioOf(GOOD)).paths.teams).toEqual(NO_TEAMS);
    const text = withTeams("iccM: 0.05, xBetween: 1, bBetween: 0.4").replace(
      "grid:",
      "grid:\n    paths.teams.count: [14, 28]",
    );
    const conditions = conditionsOfPaths(await scenarioOf(text));
    expect(conditions.map(({ paths, nClients }) => [paths.teams.count, nClients])).toEqual([
      [14, 100],
      [14, 200],
      [28, 100],
      [28, 200],
    ]);
    expect(conditions[0].paths.teams.bBetween).toBe(0.4);
    expect(exactPower(conditions[0], "sobel")).toBeNull();
  });

  it.each([
    [withTeams("count: 1"), "teams.count must be 0 (no teams) or at least 2, got 1"],
    [withTeams("iccM: 0.05"), "teams.iccM is given, but teams.count is 0: set the number of teams, or leave it out"],
    [withTeams("count: 14, iccM: 1"), "paths.teams.iccM must be in [0, 1), got 1"],
    [withTeams("count: 100"), "nClients must be above paths.teams.count = 100, got 100"],
    [
      withTeams("count: 14, xBetween: 0.5", "  x: { distribution: binary }\n"),
      "teams.xBetween must be 0 or 1 with a binary X, got 0.5",
    ],
    [
      withTeams("count: 14, bBetween: 0.5", "  standardized: true\n"),
      "teams.bBetween = 0.5 differs from b = 0.2, which needs raw coefficients",
    ],
  ])("are refused: %#", async (text, message) => {
    const problems = await problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
  });
});
