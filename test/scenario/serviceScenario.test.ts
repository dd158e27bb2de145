// Does a scenario file with a service say what it means, and is one that cannot be meant refused with the way out?
import { describe, expect, it } from "vitest";
import { conditionsOfService } from "../../models/scenario/conditions.ts";
import { parseScenario } from "../../models/scenario/parseScenario.ts";
import { resolvedYaml } from "../../models/scenario/resolvedYaml.ts";
import type { ServiceScenario } from "../../models/scenario/types.ts";
import { serviceParameters } from "../../models/service/parameters.ts";
import { studyParameters } from "../../models/study/parameters.ts";
import { SMALL_SERVICE } from "../serviceScenario.ts";
import { anyScenarioOf, problemsOf } from "./parse.ts";

const MINIMAL = `service: { time: { weeks: 190 } }
study: { sampling: { from: everyone } }
analysis: { x: fid4_5, m: rprs4_5, y: qoli9 }
`;

async function serviceOf(text: string, overrides = {}): Promise<ServiceScenario> {
  const scenario = await anyScenarioOf(text, { overrides });
  if (scenario.generator !== "service") throw new Error("a service was expected");
  return scenario;
}

describe("a service in a scenario file", () => {
  it("has the registry's values where the file gives none", async () => {
    const scenario = await serviceOf(MINIMAL);
    expect(scenario.service).toEqual(serviceParameters({ time: { weeks: 190 } }));
    expect(scenario.study).toEqual(studyParameters({ sampling: { from: "everyone" } }));
    expect(scenario.analysis.models).toEqual([{ label: "", x: "fid4_5", m: "rprs4_5", y: "qoli9", covariates: [] }]);
    // Everyone: what is expected to be referred in 97 weeks.
    expect(scenario.power.conditions).toEqual([{}]);
    expect(conditionsOfService(scenario)).toMatchObject([{ index: 0, nClients: Math.round(14 * 0.6 * 97) }]);
  });

  it.each([
    ["staffing: { vacancy: 2 months }", "vacancy", (2 * 365.25) / 12 / 7],
    ["staffing: { vacancy: 10 days }", "vacancy", 10 / 7],
    ["staffing: { vacancy: 8 weeks }", "vacancy", 8],
    ['staffing: { vacancy: "2 * 3 weeks" }', "vacancy", 6],
    ["staffing: { turnover: { perYear: 0.02 per month } }", "turnover.perYear", 0.24],
    ["staffing: { turnover: { perYear: 0.3 per year } }", "turnover.perYear", 0.3],
    ["staffing: { turnover: { perYear: 0.3/year } }", "turnover.perYear", 0.3],
  ])("takes times and rates with units: %s", async (text, path, expected) => {
    const { service } = await serviceOf(MINIMAL.replace("time: {", `${text}, time: {`));
    const value = path.split(".").reduce<unknown>((part, key) => (part as never)[key], service.staffing);
    expect(Math.abs((value as number) - expected)).toBeLessThan(1e-12);
  });

  it("counts what arrives in its own unit", async () => {
    const { service } = await serviceOf(
      MINIMAL.replace("time: {", "referrals: { perWeek: 30 clients per year }, time: {"),
    );
    expect(Math.abs(service.referrals.perWeek - (30 * 7) / 365.25)).toBeLessThan(1e-12);
  });

  it("spreads the clients asked for over the teams", async () => {
    const scenario = await serviceOf(SMALL_SERVICE);
    const conditions = conditionsOfService(scenario);
    expect(conditions.map(({ label, nClients, study }) => [label, nClients, study.clientsPerTeam])).toEqual([
      ["quality of life", 40, 10],
      ["quality of life", 60, 15],
      ["quality of life, no effect", 40, 10],
      ["quality of life, no effect", 60, 15],
      ["functioning", 40, 10],
      ["functioning", 60, 15],
      ["functioning, no effect", 40, 10],
      ["functioning, no effect", 60, 15],
    ]);
    expect(conditions.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(conditions[3].model).toEqual({
      label: "quality of life",
      x: "fid2",
      m: "rprs2",
      y: "qoli4",
      covariates: ["age", "site", "qoli0"],
    });
    expect(conditions[2].service.effects.fidelityOnAlliance).toBe(0);
  });

  it("counts clients per team and teams up to nClients", async () => {
    const grid = ["study.clientsPerTeam=5,10", "teams.count=4,8"];
    const scenario = await serviceOf(SMALL_SERVICE, { grid, set: ["power.conditions=", "power.grid.nClients="] });
    expect(conditionsOfService(scenario).map(({ factors }) => factors)).toMatchObject([
      { nClients: 20, "study.clientsPerTeam": 5, "service.teams.count": 4 },
      { nClients: 40, "study.clientsPerTeam": 5, "service.teams.count": 8 },
      { nClients: 40, "study.clientsPerTeam": 10, "service.teams.count": 4 },
      { nClients: 80, "study.clientsPerTeam": 10, "service.teams.count": 8 },
      // The second model.
      { nClients: 20 },
      { nClients: 40 },
      { nClients: 40 },
      { nClients: 80 },
    ]);
  });

  it("is changed from the command line, switches and choices too, by short names", async () => {
    const set = [
      "staffing.turnover.on=false",
      "staffing.handOver=pool",
      "alliance.feedback=0",
      "study.clientsPerTeam=9",
    ];
    const { service, study } = await serviceOf(SMALL_SERVICE, { set });
    expect([service.staffing.turnover.on, service.staffing.handOver, service.alliance.feedback]).toEqual([
      false,
      "pool",
      0,
    ]);
    expect(study.clientsPerTeam).toBe(9);
  });

  it("a flag for a factor replaces what the file says of it, and labels that told it apart", async () => {
    const listed = SMALL_SERVICE.replace(
      "    - { effects.fidelityOnAlliance: 0.5 }",
      "    - { label: weak, effects.fidelityOnAlliance: 0.5 }",
    );
    const grid = ["study.clientsPerTeam=5", "effects.fidelityOnAlliance=0.1,0.2"];
    const conditions = conditionsOfService(await serviceOf(listed, { grid }));
    expect(conditions.slice(0, 2).map(({ label, factors }) => [label, factors])).toEqual([
      ["quality of life", { nClients: 20, "study.clientsPerTeam": 5, "service.effects.fidelityOnAlliance": 0.1 }],
      ["quality of life", { nClients: 20, "study.clientsPerTeam": 5, "service.effects.fidelityOnAlliance": 0.2 }],
    ]);
  });

  it("shown in full and read again, is the same", async () => {
    const reading = await parseScenario(SMALL_SERVICE, { fileName: "small-service.yaml" });
    if (!reading.ok) throw new Error(reading.problems.join("\n"));
    const shown = resolvedYaml(reading.file, reading.annotations, reading.written);
    expect(await anyScenarioOf(shown)).toEqual(reading.scenario);
    expect(shown).toMatch(/perYear: 0\.3 # Hazard of leaving \(default\); unit: 1\/year; source: Rollins 2010/);
  });

  it("keeps what calibration may move", async () => {
    const free =
      "calibration: { free: { alliance.traitSd: [2, 15], service.alliance.mean: [60, 80] }, replications: 50 }";
    const { calibration } = await serviceOf(MINIMAL + free);
    expect(calibration).toEqual({
      free: { "service.alliance.traitSd": [2, 15], "service.alliance.mean": [60, 80] },
      replications: 50,
    });
  });
});

/** [what is wrong, the text, the message]. */
const REFUSED: readonly (readonly [string, string, string | RegExp])[] = [
  [
    "two generators",
    `${MINIMAL}paths: { a: 1, b: 1 }`,
    "my.yaml:4:8: paths does not go with service; a scenario has one generator, paths or service",
  ],
  [
    "a value beyond its limits",
    MINIMAL.replace("weeks: 190", "weeks: 190 }, staffing: { caseloadCap: 0"),
    "my.yaml:1:59: service.staffing.caseloadCap must be a whole number from 1 to 1000 (clients), got 0; evidence leaves 12 to 40 open",
  ],
  [
    "a negative rate",
    MINIMAL.replace("weeks: 190", "weeks: 190 }, staffing: { turnover: { perYear: -0.1 }"),
    /my\.yaml:1:67: service\.staffing\.turnover\.perYear must be a number from 0 to 50 \(1\/year\), got -0\.1/,
  ],
  [
    "an unknown key",
    MINIMAL.replace("weeks: 190", "weeks: 190 }, staffing: { caseloadCapp: 20"),
    'my.yaml:1:46: unknown key "caseloadCapp" in service.staffing; did you mean "caseloadCap"?',
  ],
  [
    "an unknown choice",
    MINIMAL.replace("weeks: 190", "weeks: 190 }, staffing: { handOver: forget"),
    /my\.yaml:1:56: unknown service\.staffing\.handOver "forget"; known are hold, redistribute, pool/,
  ],
  [
    "an unknown unit",
    MINIMAL.replace("weeks: 190", "weeks: 190 }, staffing: { vacancy: 3 fortnights"),
    'my.yaml:1:55: service.staffing.vacancy takes "weeks", got "fortnights"; times are in hours, days, weeks, months, years, rates like "0.3 per year"',
  ],
  [
    "a rate for a time",
    MINIMAL.replace("weeks: 190", "weeks: 190 }, staffing: { vacancy: 3 per year"),
    /service\.staffing\.vacancy takes "weeks", got "per year"/,
  ],
  [
    "a unit where there is none",
    MINIMAL.replace("weeks: 190", "weeks: 190 }, staffing: { coverShare: 3 weeks"),
    /service\.staffing\.coverShare takes no unit, got "weeks"; leave the unit out/,
  ],
  [
    "a runaway loop",
    MINIMAL.replace("weeks: 190", "weeks: 190 }, effects: { allianceOnOutcomes: 5 }, alliance: { feedback: 9 "),
    /my\.yaml:1:\d+: .*loop gain .* must be below 1, got \d\.\d+; lower alliance\.feedback/,
  ],
  [
    "a step longer than a delay",
    MINIMAL.replace("weeks: 190", "weeks: 190 }, staffing: { vacancy: 0.5 "),
    /my\.yaml:1:55: the step of 7 days is longer than the delay of staffing\.vacancy, 3\.5 days; raise time\.stepsPerWeek to 2/,
  ],
  [
    "interviews beyond the horizon",
    MINIMAL.replace("weeks: 190", "weeks: 160"),
    /the interviews at 18 months of those enrolled last would come after time\.weeks \(160\); raise it to 18\d or enrol sooner/,
  ],
  [
    "audits beyond the horizon",
    `${MINIMAL.replace("weeks: 190", "weeks: 190").replace("study: {", "study: { audits: { months: [0, 60] },")}`,
    /my\.yaml:2:\d+: study\.audits\.months must end within time\.weeks \(190\), got 60; raise time\.weeks to 261/,
  ],
  [
    "more clients than can be enrolled",
    `${MINIMAL.replace("from: everyone", "from: everyone, scheme: random")}power: { grid: { nClients: [311, 5000] } }`,
    /my\.yaml:4:\d+: condition 2 \(nClients=5000\): study\.clientsPerTeam must be at most the clients referred to a team while the study enrols, 58\.2 \(0\.6 a week for 97 weeks\), got 357/,
  ],
  [
    "a size set twice",
    `${MINIMAL.replace("from: everyone", "from: everyone, scheme: random")}power: { grid: { nClients: 100, study.clientsPerTeam: 5 } }`,
    /nClients and study\.clientsPerTeam both set the number of clients/,
  ],
  [
    "a size of everyone",
    `${MINIMAL}power: { grid: { nClients: 100 } }`,
    /nClients needs a sample to be drawn, but study\.sampling\.scheme .* is "all"; write "random"/,
  ],
  ["no outcome", MINIMAL.replace(", y: qoli9", ""), /my\.yaml:3:11: analysis\.y is missing/],
  ["an unknown column", MINIMAL.replace("qoli9", "qoli8"), /there is no column "qoli8"; did you mean "qoli0"\?/],
  [
    "a column twice",
    MINIMAL.replace("y: qoli9", "y: qoli9, covariates: [age, age]"),
    /column "age" is used twice; leave one out/,
  ],
  [
    "a site that is the same for all",
    MINIMAL.replace("weeks: 190", "weeks: 190 }, teams: { perAgency: [14]").replace(
      "y: qoli9",
      "y: qoli9, covariates: [site]",
    ),
    /site is the same for all clients/,
  ],
  [
    "models without names",
    `${MINIMAL.replace("y: qoli9", "models: [{ y: qoli9 }, { y: mcas9 }]")}`,
    /every model needs a label; name each/,
  ],
  [
    "columns with the path model",
    "paths: { a: 1, b: 1 }\npower: { grid: { nClients: 50 } }\nanalysis: { y: qoli9 }",
    "my.yaml:3:16: analysis.y names columns of a study of a service; with paths leave it out",
  ],
  [
    "a factor of the other generator",
    "paths: { a: 1, b: 1 }\npower: { grid: { nClients: 50, teams.count: 3 } }",
    /unknown factor "teams\.count"/,
  ],
  [
    "a free parameter that is none",
    `${MINIMAL}calibration: { free: { alliance.traitSdd: [1, 2] } }`,
    /unknown parameter "alliance\.traitSdd" in calibration\.free; did you mean "service\.alliance\.traitSd"\?/,
  ],
  [
    "free bounds in the wrong order",
    `${MINIMAL}calibration: { free: { alliance.traitSd: [3, 2] } }`,
    /calibration\.free\.service\.alliance\.traitSd must be two numbers \[low, high\] with low below high/,
  ],
  [
    "shares that sum over 1",
    MINIMAL.replace("weeks: 190", "weeks: 190 }, clients: { schizophrenia: 0.9 "),
    /clients\.schizophrenia, bipolar and borderline must sum to at most 1, got 1\.27/,
  ],
];

describe("refused, with the place, the rule, the value and the way out", () => {
  it.each(REFUSED)("%s", async (_, text, message) => {
    const problems = await problemsOf(text);
    expect(problems.length).toBe(1);
    if (typeof message === "string") expect(problems[0]).toBe(message);
    else expect(problems[0]).toMatch(message);
  });
});
